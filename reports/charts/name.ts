/** Names and sentences, cut to what a chart has room for; widths are in em, the size of the letters. */
import { isRightToLeft, plainText } from '../plain-text.ts';

const WIDE =
  /\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const BROAD = /[MWmw@%&…—ЖМШЩЫЮжмшщыю]/u;
const SLIM = /[ijlftrI.,:;'|!()[\]\-\s·]/u;
/** Mathematical letters, which people dress their names in and no font of ours has. */
const DRESSED = /[\u{1d400}-\u{1d7ff}]/gu;
/** Accents that are no part of a letter once it is composed: a heap of them, seldom a language. */
const LOOSE = /[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20dc\ufe20-\ufe2f]/g;
const SHOWN = /[^\p{M}\p{Z}\p{C}]/u;
const NAME_IN_TITLE_WIDTH = 16;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A name within a width; the other one where it shows nothing. */
export function shortName(name: string | null, other: string, widthMax: number): string {
  const undressed = plainText(name ?? '').replaceAll(DRESSED, (letter) => letter.normalize('NFKC'));
  const plain = undressed.normalize('NFC').replaceAll(LOOSE, '');
  return cut(SHOWN.test(plain) ? plain : other, widthMax);
}

/** A name within a sentence: a right-to-left one is set apart so that it doesn't turn the sentence. */
export function nameInTitle(name: string | null, other: string): string {
  const short = shortName(name, other, NAME_IN_TITLE_WIDTH);
  return isRightToLeft(short) ? `\u2068${short}\u2069` : short;
}

/** A sentence in one line, or where it doesn't fit in two of about the same width. */
export function lines(sentence: string, widthMax: number): string[] {
  if (widthOf(sentence) <= widthMax) return [sentence];
  const words = sentence.split(' ');
  const breaks = words.map((_, i) => [words.slice(0, i).join(' '), words.slice(i).join(' ')] as const);
  const longest = (pair: readonly string[]): number => Math.max(...pair.map(widthOf));
  const [first, second] = breaks.toSorted((a, b) => longest(a) - longest(b))[0]!;
  return [cut(first, widthMax), cut(second, widthMax)].filter((line) => line !== '');
}

function cut(text: string, widthMax: number): string {
  if (widthOf(text) <= widthMax) return text;
  let width = widthOf('…');
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    width += widthOfOne(segment);
    if (width > widthMax) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}

function widthOf(text: string): number {
  return [...graphemes.segment(text)].reduce((sum, { segment }) => sum + widthOfOne(segment), 0);
}

/** Rounded up from Inter's: a name is rather cut too early than drawn over what stands beside it. */
function widthOfOne(grapheme: string): number {
  if (WIDE.test(grapheme)) return 1.15;
  if (BROAD.test(grapheme)) return 0.95;
  if (SLIM.test(grapheme)) return 0.36;
  return /[\p{Lu}\p{N}]/u.test(grapheme) ? 0.68 : 0.6;
}
