/** Answers on stdout: tables for people, JSON for programs. */
import { type Command, Option } from 'commander';

export interface FormatOptions {
  format: string;
  json?: boolean;
}

/** Adds `--format`, which is for people unless it is json, and its short form `--json`. */
export function withFormat(command: Command, forPeople: 'table' | 'text' | 'md'): Command {
  const format = new Option('--format <format>', 'how to answer').choices([forPeople, 'json']);
  return command.addOption(format.default(forPeople)).option('--json', 'short for --format json');
}

/** Whether the answer is to be one JSON object. */
export const isJson = ({ format, json }: FormatOptions): boolean => json === true || format === 'json';

/** JSON for people to look at and programs to read. */
export const toJson = (value: unknown): string => JSON.stringify(value, null, 2);

/**
 * Rows as RFC 4180 has them, under their keys. A text that a spreadsheet would take for a formula is led by an
 * apostrophe: names are other people's.
 */
export function csv(rows: readonly Record<string, string | number | boolean | null>[]): string {
  const cell = (value: string | number | boolean | null) => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value ?? '');
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const heads = Object.keys(rows[0] ?? {});
  return [heads, ...rows.map((row) => heads.map((head) => row[head] ?? null))]
    .map((cells) => cells.map(cell).join(','))
    .join('\r\n');
}

/** A number for people. */
export const n = (count: number): string => count.toLocaleString('en');

/** A number of things, in words. */
export const some = (count: number, thing: string): string => `${n(count)} ${thing}${count === 1 ? '' : 's'}`;

/** Controls and marks of direction would let a name rewrite the terminal. */
const UNSAFE = /[\p{Cc}\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/** A text as one harmless line of a terminal. */
export const terminalText = (text: string): string => text.replace(UNSAFE, '�');

/** Rows under their heads, in columns; numbers to the right. */
export function table(heads: string[], rows: (string | number | null)[][]): string {
  const cells = [
    heads,
    ...rows.map((row) => row.map((cell) => (cell === null ? '' : terminalText(String(cell))))),
  ];
  const widths = heads.map((_, i) => Math.max(...cells.map((row) => width(row[i] ?? ''))));
  const isNumber = heads.map((_, i) => rows.length > 0 && rows.every((row) => typeof row[i] === 'number'));
  return cells
    .map((row) =>
      row
        .map((cell, i) =>
          isNumber[i]
            ? ' '.repeat(widths[i]! - width(cell)) + cell
            : cell + ' '.repeat(widths[i]! - width(cell)),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/gu;

/** Columns that a text takes on a terminal, near enough. */
function width(text: string): number {
  const marks = text.match(/\p{M}/gu)?.length ?? 0;
  return [...text].length - marks + (text.match(WIDE)?.length ?? 0);
}
