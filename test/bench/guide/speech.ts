/** From lines to what people write: other names for things, slips of the keyboard, everybody's own way. */
import { pick } from '../../support/random.ts';
import { frames, generalAsks } from './lines/asking.ts';
import { after, before, passing } from './lines/passing.ts';
import type { Topic } from './topics.ts';

type Random = () => number;

/** Somebody's way of writing. */
export interface Style {
  /** Slips a word, 0 to 1. */
  slips: number;
  /** Begins sentences with a capital and ends them with a full stop. */
  isProper: boolean;
}

export const styleOf = (random: Random): Style => ({
  slips: random() < 0.25 ? 0.03 + random() * 0.05 : 0.005,
  isProper: random() < 0.3,
});

/** How often a thing is called as the line has it, and not by another name. */
const AS_WRITTEN = 0.62;

/** A line in full: `{starter}` is any of its names. */
export function filled(line: string, topic: Topic, random: Random): string {
  const any = () => pick(topic.words, random).split('|')[0]!;
  return line.replace(/\{([^}]+)\}/g, (_, name: string) => {
    if (name === 'word') return any();
    const names = topic.words.map((words) => words.split('|')).find((list) => list.includes(name)) ?? [name];
    return random() < AS_WRITTEN ? name : pick(names, random);
  });
}

/** A question on a topic, put in somebody's words. */
export function question(topic: Topic, random: Random): string {
  const lines = random() < 0.25 ? generalAsks[topic.language] : topic.asks;
  return pick(frames[topic.language], random).replace('%', () => filled(pick(lines, random), topic, random));
}

/** Something said in passing on a topic: one or two of its lines. */
export function remark(topic: Topic, random: Random): string {
  const some = () =>
    filled(pick(random() < 0.5 ? passing[topic.language] : topic.talk, random), topic, random);
  const line = random() < 0.3 ? `${some()}. ${some()}` : some();
  return topic.language === 'en' ? pick(before, random) + line + pick(after, random) : line;
}

/** A text as somebody types it. */
export function typed(text: string, { slips, isProper }: Style, random: Random): string {
  const slipped = text.replace(/\p{L}{4,}/gu, (word) => (random() < slips ? slip(word, random) : word));
  if (!isProper) return slipped;
  const begun = slipped.charAt(0).toUpperCase() + slipped.slice(1);
  return /\p{L}$/u.test(begun) ? `${begun}.` : begun;
}

/** A word with one slip in it, never in its first letter. */
export function slip(word: string, random: Random): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const [head, here, next, tail] = [word.slice(0, at), word[at]!, word[at + 1]!, word.slice(at + 2)];
  const dice = random();
  if (dice < 0.3 && here !== next) return head + next + here + tail;
  if (dice < 0.6) return head + next + tail;
  if (dice < 0.8) return head + here + here + next + tail;
  return head + pick('etaonrisl'.replace(here, '').split(''), random) + next + tail;
}
