/** A community from a seed: the same seed, the same community. */
import { pick } from '../../support/random.ts';
import { type Cast, cast } from './cast.ts';
import { chatter } from './lines/passing.ts';
import type { Community, PlantedPerson, PlantedTopic } from './planted.ts';
import { exchange, joke, smallTalk, talk } from './scenes.ts';
import { DAY_MS, openStage, type Stage } from './stage.ts';
import { remark } from './speech.ts';
import { type Topic, topics } from './topics.ts';

/** Decoys write so many times what an expert writes. */
const OUT_WRITTEN = 10;

/** For tuning only topics that are not held back; for reporting all that are, and as many others as there is room for. */
export function plantCommunity(seed: number, isForTuning: boolean): Community {
  const stage = openStage(seed);
  const { community, random } = stage;
  const people = cast(stage, isForTuning ? topics.filter(({ isHeldBack }) => !isHeldBack) : chosen(stage));
  for (const topic of community.topics) questions(stage, people, topic);
  for (const { topic, by, to } of people.friends) {
    for (let left = 20 + Math.floor(random() * 15); left > 0; left--)
      exchange(stage, people, {
        topic,
        atMs: stage.moment(by.fromMs, by.toMs),
        asker: to,
        answerer: by,
        as: 'friend',
      });
  }
  for (const topic of community.topics) noise(stage, people, topic);
  everyday(stage, people);
  for (const by of community.people) sayAliveAtLast(stage, by);
  // Last, since they write as many times what the experts have written.
  for (const topic of community.topics) talkers(stage, topic);
  community.messages = community.messages
    .filter(({ atMs, by }) => atMs < Math.min(community.endMs, by.toMs))
    .toSorted((a, b) => a.atMs - b.atMs);
  return community;
}

function chosen({ random }: Stage): Topic[] {
  const isSure = ({ isHeldBack, language }: Topic) => isHeldBack === true || language !== 'en';
  const others = topics.filter((topic) => !isSure(topic)).map((topic) => ({ topic, at: random() }));
  const some = others.toSorted((a, b) => a.at - b.at).slice(0, 15);
  return [...topics.filter(isSure), ...some.map(({ topic }) => topic)];
}

function questions(stage: Stage, people: Cast, topic: PlantedTopic): void {
  const { random, community } = stage;
  const knowing = [...topic.experts, ...topic.decoys.former];
  const [asker] = topic.decoys.asker;
  const fromAsker = asker ? 12 + Math.floor(random() * 14) : 0;
  for (let left = 28 + Math.floor(random() * 25) + fromAsker; left > 0; left--) {
    const atMs = stage.moment(community.fromMs, community.endMs);
    const by =
      left <= fromAsker ? asker : stage.around(random() < 0.8 ? people.crowd : strangers(stage, topic), atMs);
    const dice = random();
    const expert = dice < 0.68 ? oneOf(stage, knowing, atMs) : undefined;
    const answerer = expert ?? (dice < 0.9 ? passer(stage, people, topic, atMs) : undefined);
    if (by && by !== answerer)
      exchange(stage, people, { topic, atMs, asker: by, answerer, as: expert ? 'expert' : 'passer' });
  }
}

/** The first of them answers most. */
function oneOf({ random }: Stage, people: PlantedPerson[], atMs: number): PlantedPerson | undefined {
  const there = people.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
  const weights = there.map((_, i) => 0.75 ** i);
  let dice = random() * weights.reduce((sum, weight) => sum + weight, 0);
  return there.find((_, i) => (dice -= weights[i]!) <= 0);
}

function passer(stage: Stage, people: Cast, topic: PlantedTopic, atMs: number): PlantedPerson | undefined {
  return stage.around(stage.random() < 0.7 ? people.crowd : strangers(stage, topic), atMs);
}

/** The experts of all other topics: here they are nobodies. */
function strangers({ community }: Stage, topic: PlantedTopic): PlantedPerson[] {
  return community.topics.filter((other) => other !== topic).flatMap(({ experts }) => experts);
}

/** All that is said on a topic and answers nobody. */
function noise(stage: Stage, people: Cast, topic: PlantedTopic): void {
  const { random, community } = stage;
  for (const popular of topic.decoys.popular)
    for (let left = 30 + Math.floor(random() * 20); left > 0; left--) joke(stage, topic, popular);
  const place = topic.home.type === 15 ? stage.everyday[0]! : topic.home;
  for (let left = 25 + Math.floor(random() * 30); left > 0; left--) {
    const atMs = stage.moment(community.fromMs, community.endMs);
    const by = stage.around(random() < 0.8 ? people.crowd : topic.experts, atMs);
    if (by) stage.say({ atMs, place, by, text: remark(topic.topic, random) });
  }
}

function talkers(stage: Stage, topic: PlantedTopic): void {
  const experts = new Set(topic.experts);
  const theirs = stage.community.messages.filter(({ by }) => experts.has(by)).length / experts.size;
  for (const by of topic.decoys.talker) talk(stage, topic, by, Math.ceil(theirs * OUT_WRITTEN));
}

function everyday(stage: Stage, { crowd }: Cast): void {
  const { random, community } = stage;
  const all = [...crowd, ...community.people.filter((by) => !by.isBot && !crowd.includes(by))];
  const draw = (atMs: number) => {
    const there = all.filter(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs);
    let dice = random() * there.reduce((sum, { chats }) => sum + chats, 0);
    return there.find(({ chats }) => (dice -= chats) <= 0);
  };
  for (let left = 700 + Math.floor(random() * 500); left > 0; left--) smallTalk(stage, draw);
}

/** Whoever is here to the end is heard of in the last two months. */
function sayAliveAtLast(stage: Stage, by: PlantedPerson): void {
  const { community, random } = stage;
  if (by.toMs < community.endMs || by.isBot) return;
  const atMs = stage.moment(community.endMs - 60 * DAY_MS, community.endMs);
  stage.say({ atMs, place: stage.everyday[0]!, by, text: pick(chatter, random) });
}
