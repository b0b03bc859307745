/** Names and texts of people, made harmless in Markdown: nothing formats, links, pings or runs the wrong way. */
import type { Markup } from './markup.ts';
import { isRightToLeft, plainText } from './plain-text.ts';

export { plainText };

/** An ampersand only where it would begin an entity, a colon where an address. */
const SPECIAL = /[\\`*_[\]<>#|~@$]|&(?=#?\w+;)|:(?=\/\/)|(?<=www)\./gi;

/** A name or a text, escaped; a right-to-left one is set apart so that it doesn't turn its line. */
export function markdownText(text: string, lengthMax?: number): string {
  const plain = plainText(text, lengthMax);
  // An escaped @ still pings in Discord; a joiner behind it doesn't show and ends the mention.
  const escaped = plain.replace(SPECIAL, (c) => (c === '@' ? '@\u2060' : `\\${c}`));
  return isRightToLeft(plain) ? `\u2068${escaped}\u2069` : escaped;
}

/** How sentences are written in Markdown. */
export const markdown: Markup = {
  text: markdownText,
  strong: (text) => `**${text}**`,
};

/** A table: its first columns, of texts, to the left, and numbers to the right. */
export function markdownTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  textColumns = 1,
): string {
  const rule = heads.map((_, i) => (i < textColumns ? '---' : '---:'));
  return [heads, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
