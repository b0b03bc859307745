import { customEmojis, standardEmojis } from './emoji.ts';
import { emojiText, type Phrase, say, silence, type Utterance } from './grammar.ts';
import { type Language, languages, longTexts, type Question, type Subject } from './languages.ts';
import type { Random } from './random.ts';

/** What a message does in its conversation. */
export type Role =
  | 'ask'
  | 'answer'
  | 'thanks'
  | 'remark'
  | 'follow'
  | 'hello'
  | 'cheer'
  | 'praise'
  | 'intro'
  | 'greet'
  | 'report'
  | 'showcase'
  | 'news';

/** What is spoken about. */
export interface Topic {
  language: Language;
  subject: Subject;
  /** What was asked last. */
  question: Question | null;
}

/** What has been said lately in a place, so that nobody repeats it at once. */
export interface Memory {
  phrases: number;
  /** When each phrase was said last, counted in phrases. */
  said: Map<Phrase, number>;
}

/** Where something is said. */
export interface Room {
  random: Random;
  memory: Memory;
}

// An answer given fewer phrases ago than this need not be given again.
const FRESH = 30;

/** Says something of that role: text, and the emoji and links in it. A question becomes the topic's. */
export function speak(role: Role, topic: Topic, room: Room): Utterance {
  const { language, subject } = topic;
  const { random } = room;
  const utterance = silence();
  const isEnglish = language === languages[0];
  switch (role) {
    case 'ask':
      topic.question = random.pick(subject.questions);
      if (random.chance(0.3)) add(utterance, subject.remark, topic, room);
      add(utterance, [topic.question.ask], topic, room);
      break;
    case 'answer':
      sayAnswer(utterance, topic, room);
      break;
    case 'remark':
      sayRemark(utterance, topic, room);
      break;
    case 'report':
      if (isEnglish) add(utterance, longTexts.report, topic, room);
      else for (let line = 0; line < 3; line++) add(utterance, subject.remark, topic, room, '\\n');
      if (random.chance(0.4)) add(utterance, subject.remark, topic, room, '\\n\\n');
      break;
    case 'showcase':
      add(utterance, isEnglish ? longTexts.showcase : subject.remark, topic, room);
      break;
    case 'news':
      add(utterance, longTexts.news, topic, room);
      break;
    default:
      add(utterance, language[role], topic, room);
  }
  return utterance;
}

/** Adds what people add without thinking: an emoji, a link. */
export function flourish(utterance: Utterance, topic: Topic, room: Room): void {
  const { random } = room;
  const point = random.next();
  if (point < 0.06) utterance.text += ` ${emojiText(utterance, standardEmojis, random)}`;
  else if (point < 0.085) utterance.text += ` ${emojiText(utterance, customEmojis, random)}`;
  else if (point < 0.1 && topic.language === languages[0])
    add(utterance, longTexts.share, topic, room, '\\n');
}

function sayAnswer(utterance: Utterance, topic: Topic, room: Room): void {
  const { random, memory } = room;
  const answer = topic.question && leastRecent(topic.question.answers, room);
  const isStale = answer && memory.phrases - (memory.said.get(answer) ?? -FRESH) < FRESH;
  if (!answer || isStale)
    return add(utterance, random.chance(0.6) ? topic.language.follow : topic.subject.remark, topic, room);
  if (topic.language === languages[0] && random.chance(0.12))
    say(utterance, random.pick(longTexts.leadAnswer), random);
  add(utterance, [answer], topic, room, '');
  if (random.chance(0.2)) add(utterance, topic.subject.remark, topic, room);
}

function sayRemark(utterance: Utterance, topic: Topic, room: Room): void {
  const { random } = room;
  const point = topic.language === languages[0] ? random.next() : 1;
  if (point < 0.02) return add(utterance, longTexts.code, topic, room);
  if (point < 0.03) return add(utterance, longTexts.quote, topic, room);
  if (point < 0.1) say(utterance, random.pick(longTexts.leadRemark), random);
  add(utterance, topic.subject.remark, topic, room, '');
  if (random.chance(0.25)) add(utterance, topic.subject.remark, topic, room);
  if (random.chance(0.1)) add(utterance, topic.language.follow, topic, room);
}

/** Adds a phrase of a list behind what is said already. */
function add(
  utterance: Utterance,
  list: readonly Phrase[],
  topic: Topic,
  room: Room,
  space = topic.language.space,
): void {
  const phrase = leastRecent(list, room);
  room.memory.said.set(phrase, ++room.memory.phrases);
  if (utterance.text !== '') utterance.text += space;
  say(utterance, phrase, room.random);
}

/** Of three phrases at random the one not heard for longest. */
function leastRecent(list: readonly Phrase[], { random, memory: { said } }: Room): Phrase {
  let phrase = random.pick(list);
  for (let tries = 0; tries < 2; tries++) {
    const other = random.pick(list);
    if ((said.get(other) ?? 0) < (said.get(phrase) ?? 0)) phrase = other;
  }
  return phrase;
}
