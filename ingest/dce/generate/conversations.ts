import type { Purpose } from './channels.ts';
import type { Hour } from './hours.ts';
import { type Language, languages } from './languages.ts';
import { arrived, crowdOf, isLurker, speaker } from './people.ts';
import { draw, mixture, type Mixture } from './random.ts';
import { HOUR } from './rhythm.ts';
import type { Conversation, Kind, OpenQuestion, Scene, Written } from './scene.ts';
import type { Topic } from './speech.ts';
import { tell } from './telling.ts';

const MINUTE = 60_000;
const LONGEST = 110 * MINUTE;
const LENGTH_MAX = 50;
const COMPANY_MAX = 12;
const ALONE_MAX = 2;

const KINDS: Readonly<Record<Purpose, Mixture<Kind>>> = {
  talk: mixture<Kind>([
    ['chat', 50],
    ['question', 26],
    ['report', 10],
    ['showcase', 5],
    ['late answer', 9],
  ]),
  help: mixture<Kind>([
    ['question', 70],
    ['chat', 8],
    ['late answer', 22],
  ]),
  welcome: mixture<Kind>([['welcome', 1]]),
  introductions: mixture<Kind>([['intro', 1]]),
  news: mixture<Kind>([['news', 1]]),
  feed: mixture<Kind>([['feed', 1]]),
  commands: mixture<Kind>([['command', 1]]),
  photos: mixture<Kind>([
    ['showcase', 75],
    ['chat', 25],
  ]),
  voice: mixture<Kind>([['chat', 1]]),
};
// Messages that follow the first one, on average.
const FOLLOWING: Readonly<Record<Kind, number>> = {
  question: 4,
  'late answer': 2,
  chat: 8,
  report: 5,
  showcase: 4,
  intro: 4,
  welcome: 2,
  thread: 7,
  command: 0.6,
  feed: 0,
  news: 0,
};

/** Puts an hour's conversations among the turns of a place: exactly the hour's messages, though some may run late. */
export function beginConversations(scene: Scene, hour: Hour): void {
  let left = hour.messages;
  while (left > 0) {
    const conversation = newConversation(scene, hour, left);
    left -= conversation.length;
    schedule(scene, conversation, hour);
  }
}

function newConversation(scene: Scene, hour: Hour, most: number): Conversation {
  const { random } = scene;
  const kind = kindOf(scene, hour);
  const question = kind === 'late answer' ? takeQuestion(scene) : null;
  const wanted = Math.min(most, LENGTH_MAX, 1 + Math.floor(random.exponential(FOLLOWING[kind])));
  const beginner = beginnerOf(scene, hour, kind, question);
  const topic = question?.topic ?? topicOf(scene, beginner, kind);
  const people = companyOf(scene, hour, beginner, topic.language, wanted);
  // Whoever asked hears of the answer; whoever is welcomed may say hello.
  const guest = question?.person ?? (kind === 'welcome' ? scene.newcomer : null);
  if (guest !== null && !people.includes(guest) && isHere(scene, guest, hour)) people.push(guest);
  // Nobody talks to themselves for long.
  const length = people.length === 1 ? Math.min(wanted, ALONE_MAX) : wanted;
  return { kind, topic, people, length, said: 0, opener: question, last: question, hasAnswer: false };
}

function kindOf(scene: Scene, hour: Hour): Kind {
  const { place, random, openQuestions, newcomer } = scene;
  if (place.opening) return 'thread';
  const kind = draw(random, KINDS[place.purpose]);
  if (kind === 'late answer' && openQuestions.length === 0) return 'question';
  if (kind === 'intro') return newest(scene, hour) === null ? 'chat' : 'intro';
  return kind === 'welcome' && newcomer === null ? 'chat' : kind;
}

/** The newest member who has not introduced themselves, if there is one since the last who did. */
function newest(scene: Scene, hour: Hour): number | null {
  const { people } = scene.world;
  const last = scene.newcomer ?? -1;
  for (let person = arrived(people, people.everyone, hour.from) - 1; person > last; person--) {
    if (isHere(scene, person, hour)) return person;
  }
  return null;
}

function takeQuestion({ openQuestions, random }: Scene): OpenQuestion {
  return openQuestions.splice(random.below(openQuestions.length), 1)[0] as OpenQuestion;
}

function beginnerOf(scene: Scene, hour: Hour, kind: Kind, question: OpenQuestion | null): number {
  const { place, random, world } = scene;
  if (kind === 'news') return random.below(Math.min(world.people.count, 4));
  if (kind === 'intro') return (scene.newcomer = newest(scene, hour)) as number;
  const creator = place.opening?.creator;
  if (creator !== undefined && random.chance(0.25) && isHere(scene, creator, hour)) return creator;
  const crowd = crowdOf(world.people, question?.topic.language ?? place.language, hour.from);
  let person = speaker(world.people, crowd, hour.from, place.index, random);
  for (let tries = 0; person === question?.person && tries < 5; tries++) {
    person = speaker(world.people, crowd, hour.from, place.index, random);
  }
  return person;
}

/** A thread keeps to its topic. Elsewhere most people write the place's language, but not always. */
function topicOf({ place, random, world }: Scene, beginner: number, kind: Kind): Topic {
  if (place.opening) return { ...place.opening.topic };
  const isFree = place.language === languages[0] && kind !== 'news' && kind !== 'command';
  const own = languages[world.people.language[beginner] as number] as Language;
  const language = isFree && random.chance(0.22) ? own : place.language;
  return {
    language,
    subject: random.pick(language === place.language ? place.subjects : language.subjects),
    question: null,
  };
}

function companyOf(scene: Scene, hour: Hour, beginner: number, language: Language, length: number): number[] {
  const { place, random, world } = scene;
  const crowd = crowdOf(world.people, language, hour.from);
  const people = [beginner];
  const wanted = Math.min(COMPANY_MAX, length, 2 + Math.floor(random.exponential(length / 4)));
  for (let tries = 0; people.length < wanted && tries < wanted + 4; tries++) {
    const person = speaker(world.people, crowd, hour.from, place.index, random);
    if (!people.includes(person)) people.push(person);
  }
  return people;
}

/** Deals out times: minutes or an hour before a question's first answer, otherwise a steady exchange. */
function schedule(scene: Scene, conversation: Conversation, { from, to }: Hour): void {
  const { random } = scene;
  const { kind, length } = conversation;
  let ms = Math.floor(from + 1000 + random.next() * Math.max(0, to - from - 1000));
  const limit = ms + LONGEST;
  const pace = (kind === 'thread' ? 5 : 0.2 + random.exponential(0.8)) * MINUTE;
  const write = (turn: Written) => tell(scene, conversation, turn);
  for (let said = 0; said < length; said++) {
    scene.turns.push({ ms, isFirst: false, write });
    const isAnswerNext = said === 0 && (kind === 'question' || kind === 'intro');
    const pause = isAnswerNext ? random.exponential(14 * MINUTE) : 2000 + random.exponential(pace);
    // Those still to come share the time that is left, so that a long exchange ends within its limit.
    ms += Math.max(1, Math.floor(Math.min(pause, (limit - ms) / (length - said))));
  }
}

/** Whether somebody writes at all, and won't have left before a conversation of this hour is over. */
function isHere({ world: { people } }: Scene, person: number, hour: Hour): boolean {
  return !isLurker(people, person) && (people.leavesAt[person] as number) > hour.to + 2 * HOUR;
}
