/** What happens in a planted community. */
import { pick } from '../../support/random.ts';
import type { Cast } from './cast.ts';
import { followUps, furtherAnswers, nothings, plainAnswers, thanks } from './lines/asking.ts';
import { banter, botLines, chatter, everydayAnswers, everydayAsks, jokes } from './lines/passing.ts';
import type { PlantedMessage, PlantedPerson, PlantedPlace, PlantedTopic } from './planted.ts';
import { filled, question, remark } from './speech.ts';
import { MINUTE_MS, type Stage } from './stage.ts';

/** How an answer is given: as a reply, in a thread on the question, or by just speaking next. */
const WAYS = { reply: 0.68, thread: 0.8 };

/** Of all questions; more than any expert answers. */
const REPLIED_WITH_NOTHING = 0.33;

interface Exchange {
  topic: PlantedTopic;
  atMs: number;
  asker: PlantedPerson;
  answerer: PlantedPerson | undefined;
  as: 'expert' | 'passer' | 'friend';
}

/** A question, what comes between, perhaps an answer, and what comes of it. */
export function exchange(stage: Stage, people: Cast, { topic, atMs, asker, answerer, as }: Exchange): void {
  const { random } = stage;
  const spot = placeOf(stage, topic);
  const asks = { atMs, place: spot, by: asker, text: question(topic.topic, random) };
  const { message: asked, thread: post } =
    spot.type === 15 ? stage.post(asks) : { message: stage.say(asks), thread: undefined };
  let place = post ?? spot;
  let now = between(stage, people, topic, asked, place);
  if (!answerer) return;
  const dice = random();
  const isReply = !post && (as === 'friend' || dice < WAYS.reply);
  if (!post && !isReply && dice < WAYS.thread)
    place = stage.addPlace(asked.text.slice(0, 40), 11, spot.id, asked.id);
  now += stage.wait(as === 'passer' ? 20 : 12);
  if (now > answerer.toMs || now > asker.toMs) return;
  const answer = stage.say({
    atMs: now,
    place,
    by: answerer,
    text: answerText(stage, topic, as),
    ...(isReply && { replyTo: asked }),
    ...(as === 'expert' && random() < 0.25 && { reactions: 1 + Math.floor(random() * 4) }),
  });
  topic.answers.push({ by: answerer.id, to: asker.id });
  after(stage, { topic, asker, answerer, as, place, answer });
  if (place === spot && random() < 0.15) {
    const by = stage.around(people.crowd, now);
    if (by && by !== asker)
      stage.say({
        atMs: now + stage.wait(30),
        place,
        by,
        text: pick(plainAnswers.en, random),
        replyTo: asked,
      });
  }
}

function placeOf({ random, help, everyday }: Stage, { home }: PlantedTopic): PlantedPlace {
  const dice = random();
  if (dice < 0.72) return home;
  return dice < 0.88 ? pick(help, random) : everyday[0]!;
}

/** What others say before there is an answer; tells when they have done. */
function between(
  stage: Stage,
  people: Cast,
  topic: PlantedTopic,
  asked: PlantedMessage,
  place: PlantedPlace,
): number {
  const { random } = stage;
  let now = asked.atMs;
  if (random() < REPLIED_WITH_NOTHING) {
    now += stage.wait(4);
    stage.say({ atMs: now, place, by: people.replier, text: pick(nothings, random), replyTo: asked });
  }
  if (place.type === 11) return now;
  if (stage.help.includes(place) && random() < 0.1) {
    now += 2000;
    stage.say({ atMs: now, place, by: people.bot, text: pick(botLines, random), replyTo: asked });
  }
  for (let left = random() < 0.45 ? 1 + Math.floor(random() * 3) : 0; left > 0; left--) {
    now += stage.wait(2);
    const isTalk = random() < 0.4;
    const by = isTalk ? topic.decoys.talker[0]! : stage.around(people.crowd, now);
    if (by)
      stage.say({ atMs: now, place, by, text: isTalk ? remark(topic.topic, random) : pick(chatter, random) });
  }
  return now;
}

/** Who knows has often none of the topic's words in what they say, and who knows little may have many. */
function answerText({ random }: Stage, { topic }: PlantedTopic, as: Exchange['as']): string {
  const dice = random();
  const worded = () => filled(pick(topic.answers, random), topic, random);
  const hint = () => pick(topic.hints, random);
  if (as === 'friend' && dice < 0.65) return filled(pick(banter, random), topic, random);
  if (as === 'passer')
    return dice < 0.2 ? worded() : dice < 0.35 ? hint() : pick(plainAnswers[topic.language], random);
  return dice < 0.4 ? worded() : dice < 0.85 ? hint() : `${worded()}, ${hint()}`;
}

/** Further questions and answers, and thanks. */
function after(
  stage: Stage,
  {
    topic,
    asker,
    answerer,
    as,
    place,
    answer,
  }: Omit<Exchange, 'atMs'> & { answerer: PlantedPerson; place: PlantedPlace; answer: PlantedMessage },
): void {
  const { random } = stage;
  const { language } = topic.topic;
  let last = answer;
  const goOn = (by: PlantedPerson, text: string, isReply: boolean) => {
    last = stage.say({ atMs: last.atMs + stage.wait(3), place, by, text, ...(isReply && { replyTo: last }) });
  };
  for (let rounds = random() < 0.45 ? 1 + Math.floor(random() * 2) : 0; rounds > 0; rounds--) {
    goOn(asker, filled(pick(followUps[language], random), topic.topic, random), random() < 0.5);
    goOn(answerer, pick(furtherAnswers[language], random), random() < 0.6);
  }
  const chance = { expert: 0.55, passer: 0.25, friend: 0.12 }[as];
  if (random() < chance) goOn(asker, pick(thanks[language], random), random() < 0.6);
  if (random() < chance / 2) {
    answer.thankedBy = asker.id;
    answer.reactions++;
  }
}

/** Things said on a topic by somebody who answers nobody, a few in a row. */
export function talk(stage: Stage, { topic, home }: PlantedTopic, by: PlantedPerson, messages: number): void {
  const { random } = stage;
  const place = home.type === 15 ? stage.everyday[1]! : home;
  for (let left = messages; left > 0;) {
    let now = stage.moment(by.fromMs, by.toMs);
    let last: PlantedMessage | undefined;
    for (let i = Math.min(left, 1 + Math.floor(random() * 5)); i > 0; i--, left--) {
      const isReply = last && last.by !== by && random() < 0.3;
      last = stage.say({
        atMs: now,
        place,
        by,
        text: remark(topic, random),
        ...(isReply && { replyTo: last! }),
      });
      now += stage.wait(2);
      if (now > by.toMs) break;
    }
  }
}

/** What gets reactions: some of it with a word of the topic. */
export function joke(stage: Stage, { topic, home }: PlantedTopic, by: PlantedPerson): void {
  const { random } = stage;
  const place = random() < 0.4 || home.type === 15 ? stage.everyday[3]! : home;
  stage.say({
    atMs: stage.moment(by.fromMs, by.toMs),
    place,
    by,
    text: filled(pick(jokes, random), topic, random),
    reactions: 4 + Math.floor(random() * 30),
  });
}

/** A handful of people and nothing in particular. */
export function smallTalk(stage: Stage, draw: (atMs: number) => PlantedPerson | undefined): void {
  const { random, community } = stage;
  let now = stage.moment(community.fromMs, community.endMs);
  const place =
    random() < 0.75
      ? pick(stage.everyday, random)
      : pick(
          community.places.filter(({ type }) => type === 0),
          random,
        );
  const group = [draw(now), draw(now), draw(now)].filter((by) => by !== undefined);
  if (group.length === 0) return;
  let last: PlantedMessage | undefined;
  const isAsked = random() < 0.15;
  for (let i = 2 + Math.floor(random() * 8); i > 0; i--) {
    const by = pick(group, random);
    const lines = !isAsked ? chatter : last ? everydayAnswers : everydayAsks;
    const text = pick(lines, random) + (isAsked && !last ? '?' : '');
    const isReply = last !== undefined && last.by !== by && random() < 0.3;
    if (now < by.toMs) last = stage.say({ atMs: now, place, by, text, ...(isReply && { replyTo: last! }) });
    now = Math.min(now + Math.min(stage.wait(1.5), 20 * MINUTE_MS), community.endMs - 1);
  }
}
