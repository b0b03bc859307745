/** Names and texts of people, made harmless in Markdown: nothing formats, links, pings or runs the wrong way. */

/** Controls, and marks that turn the direction of what follows them. */
const INVISIBLE =
  /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff\u{e0000}-\u{e007f}]/gu;
/** More than a few marks on one letter is a heap, not a language. */
const HEAP = /(\p{M}{4})\p{M}+/gu;
const SPECIAL = /[\\`*_[\]<>#|~@$]|:(?=\/\/)|(?<=www)\./gi;
const LENGTH_MAX = 80;

/** A name or a short text on one line; at most 80 characters of it. */
export function plainText(text: string): string {
  const flat = text.replace(INVISIBLE, ' ').replace(HEAP, '$1').replace(/\s+/g, ' ').trim();
  const characters = [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(flat)].map(
    (s) => s.segment,
  );
  return characters.length > LENGTH_MAX ? `${characters.slice(0, LENGTH_MAX - 1).join('')}…` : flat;
}

/** The same, escaped; a right-to-left name is set apart so that it doesn't turn its line. */
export function markdownText(text: string): string {
  const plain = plainText(text);
  // An escaped @ still pings in Discord; a joiner behind it doesn't show and ends the mention.
  const escaped = plain.replace(SPECIAL, (c) => (c === '@' ? '@\u2060' : `\\${c}`));
  return /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(plain) ? `\u2068${escaped}\u2069` : escaped;
}

/** A table, its first column to the left and numbers to the right. */
export function markdownTable(heads: string[], rows: string[][]): string {
  const rule = heads.map((_, i) => (i === 0 ? '---' : '---:'));
  return [heads, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
