/** Phrases found in a text however they are spelled: with accents or without, apart or together, with 1 for i and * for any. */

/** Letters and signs in a row, without what parts words, and where words begin and end among them. */
export interface Spelled {
  letters: string[];
  starts: Set<number>;
  ends: Set<number>;
}

/** Phrases by their letters, one after the other. */
export interface Phrases {
  next: Map<string, Phrases>;
  /** A phrase is complete here; `open`: and its last word may go on. */
  end?: 'closed' | 'open';
}

/** Where a phrase stands in a text: from a letter, until before another. */
export interface Extent {
  from: number;
  to: number;
}

/** More than this nobody types; a topic is shorter. */
const LENGTH_MAX = 8_000;

/** Letters of their own that no mark is to be taken off. */
const OWN_LETTERS: Record<string, string> = { ß: 'ss', ı: 'i', ł: 'l', ø: 'o', æ: 'ae', œ: 'oe' };

/** Letters, each with what passes for it: digits, signs, and letters of other scripts that look the same. */
const LOOK_ALIKES = 'a4@аα b8 cс e3€еε g9 i1!|іι kкκ l1| mм o0оο pр s5$ѕ t7т vν xх yуυ';

const passesFor = new Map<string, string[]>();
for (const [letter, ...signs] of LOOK_ALIKES.split(' '))
  for (const sign of signs) passesFor.set(sign, [...(passesFor.get(sign) ?? []), letter!]);

/** A text as its letters. A letter that is written several times in a row stands once, for whoever draws a word out. */
export function spelled(text: string): Spelled {
  const plain = text
    .slice(0, LENGTH_MAX)
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .replace(/[ßıłøæœ]/g, (letter) => OWN_LETTERS[letter]!);
  const found: Spelled = { letters: [], starts: new Set(), ends: new Set() };
  for (const [word] of plain.matchAll(/(?![*!|])[\p{L}\p{N}@$€!|*]+(?<![*!|])/gu))
    for (const part of isCensored(word) ? [word] : word.split('*').filter(Boolean)) addWord(found, part);
  return found;
}

/** Whether asterisks in a word hide letters; else they multiply, or set something in bold. */
const isCensored = (word: string): boolean =>
  word.length > 3 && word.replaceAll('*', '').length * 2 >= word.length;

function addWord({ letters, starts, ends }: Spelled, word: string): void {
  for (const [i, letter] of [...word].entries()) {
    if (letter === '*' || letter !== letters.at(-1)) letters.push(letter);
    if (i === 0) starts.add(letters.length - 1);
  }
  ends.add(letters.length);
}

/** Where any of these phrases stands, from the beginning of a word to the end of one. */
export const extentsOf = (text: Spelled, phrases: Phrases): Extent[] =>
  [...text.starts].flatMap((from) => [...endsOf(text, from, phrases)].map((to) => ({ from, to })));

/** Where the phrases end of which as much as leads here stands before `at`. */
function* endsOf(text: Spelled, at: number, { next, end }: Phrases): Generator<number> {
  if (end === 'open' || (end === 'closed' && text.ends.has(at))) yield at;
  const typed = text.letters[at];
  if (typed === undefined) return;
  if (typed === '*') {
    for (const phrases of next.values()) yield* endsOf(text, at + 1, phrases);
    // The second of a double letter is not looked for.
    if (text.letters[at - 1] === '*') yield* endsOf(text, at + 1, { next });
    return;
  }
  for (const letter of [typed, ...(passesFor.get(typed) ?? [])]) {
    const phrases = next.get(letter);
    if (phrases) yield* endsOf(text, at + 1, phrases);
  }
}

/**
 * The phrases of a list with commas between. Of words with `|` between them each is meant; a phrase with `…` behind it may
 * go on in its last word.
 */
export function phrasesOf(list: string): Phrases {
  const all: Phrases = { next: new Map() };
  for (const entry of list.split(',')) {
    const text = entry.trim();
    for (const phrase of variantsOf(text))
      add(all, spelled(phrase).letters, text.endsWith('…') ? 'open' : 'closed');
  }
  return all;
}

function variantsOf(text: string): string[] {
  const words = text.split(/\s+/).map((word) => word.split('|'));
  return words.reduce((before, word) => before.flatMap((one) => word.map((next) => `${one} ${next}`)), ['']);
}

function add(all: Phrases, letters: readonly string[], end: 'closed' | 'open'): void {
  let last = all;
  for (const letter of letters) {
    const next: Phrases = last.next.get(letter) ?? { next: new Map() };
    last.next.set(letter, next);
    last = next;
  }
  if (last.end !== 'open') last.end = end;
}
