import { customEmojis, type Emoji, standardEmojis } from './emoji.ts';
import { drawLink, type Link, pageNamed } from './links.ts';
import type { Random } from './random.ts';
import { escaped } from './written.ts';

/** Lists of words for the slots of phrases: `{place}` is one of `words.place`. */
export type Words = Readonly<Record<string, readonly string[]>>;

/** A sentence with slots, ready to be said; its text is escaped for JSON already. */
export type Phrase = readonly Part[];

type Part =
  | string
  | { slot: 'number'; low: number; high: number }
  | { slot: 'word'; words: readonly string[] }
  | { slot: 'page'; link: Link }
  | { slot: 'emoji' | 'custom' | 'link' };

/** What a message says: its escaped text and everything in it that an export lists apart. */
export interface Utterance {
  text: string;
  emojis: Emoji[];
  links: Link[];
  mentions: number[];
}

/** An utterance with nothing said yet. */
export function silence(): Utterance {
  return { text: '', emojis: [], links: [], mentions: [] };
}

/**
 * Phrases out of lines: `{12-30}` is a number of that range, `{emoji}`, `{custom}` (one of the server's own) and
 * `{link}` speak for themselves, `{link tracker}` is that page, any other `{slot}` is a word of that list.
 *
 * Errors  Error for a slot without words
 */
export function phrases(lines: readonly string[], words: Words): Phrase[] {
  return lines.map((line) =>
    line
      .split(/(\{[^}]+\})/)
      .filter((piece) => piece !== '')
      .map((piece) => (piece.startsWith('{') ? slot(piece.slice(1, -1), words) : escaped(piece))),
  );
}

/** Says a phrase: its text goes to the end of the utterance. */
export function say(utterance: Utterance, phrase: Phrase, random: Random): void {
  for (const part of phrase)
    utterance.text += typeof part === 'string' ? part : fill(utterance, part, random);
}

/** An emoji's text; the utterance remembers which one it was. */
export function emojiText(utterance: Utterance, list: readonly Emoji[], random: Random): string {
  // The power favours the first of the list, as people do.
  const emoji = list[Math.floor(random.next() ** 2.5 * list.length)] as Emoji;
  if (!utterance.emojis.includes(emoji)) utterance.emojis.push(emoji);
  return emoji.inText;
}

function fill(utterance: Utterance, part: Exclude<Part, string>, random: Random): string {
  switch (part.slot) {
    case 'number':
      return String(random.between(part.low, part.high));
    case 'word':
      return random.pick(part.words);
    case 'emoji':
      return emojiText(utterance, standardEmojis, random);
    case 'custom':
      return emojiText(utterance, customEmojis, random);
    default: {
      const link = part.slot === 'page' ? part.link : drawLink(random);
      utterance.links.push(link);
      return link.url;
    }
  }
}

function slot(name: string, words: Words): Part {
  const range = /^(\d+)-(\d+)$/.exec(name);
  if (range) return { slot: 'number', low: Number(range[1]), high: Number(range[2]) };
  if (name === 'emoji' || name === 'custom' || name === 'link') return { slot: name };
  if (name.startsWith('link ')) return { slot: 'page', link: pageNamed(name.slice('link '.length)) };
  const list = words[name];
  if (!list) throw new Error(`No words for {${name}}`);
  return { slot: 'word', words: list.map(escaped) };
}
