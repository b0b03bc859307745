/** Texts of people on one line, with nothing in them that hides, piles up or runs the wrong way. */

/** Controls, and marks that turn the direction of what follows them. */
const INVISIBLE =
  /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\u{e0000}-\u{e007f}]/gu;
/** More than a few marks on one letter is a heap, not a language. */
const HEAP = /(\p{M}{4})\p{M}+/gu;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const NAME_LENGTH_MAX = 80;

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A name or a short text on one line; of a longer one its beginning. Units: lengthMax: characters as people count. */
export function plainText(text: string, lengthMax = NAME_LENGTH_MAX): string {
  const flat = text.replace(INVISIBLE, ' ').replace(HEAP, '$1').replace(/\s+/g, ' ').trim();
  const characters = [...graphemes.segment(flat)].map((s) => s.segment);
  return characters.length > lengthMax ? `${characters.slice(0, lengthMax - 1).join('')}…` : flat;
}

/** Whether any of a text is written from right to left. */
export const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);
