/** What a button says when it is pressed. It holds all that it asks, so that it works after a restart, and for years. */
import type { Options } from './command.ts';

export interface Press {
  /** `again`: asks this; `why`: how this was counted. */
  act: 'again' | 'why';
  command: string;
  subcommand?: string;
  options: Options;
}

/** Discord's limit for a button's id. */
export const PRESS_LENGTH_MAX = 100;

const ACTS = { again: 'a', why: 'w' } as const;

/** How an option is written: one letter, and of what kind its value is. */
const LETTERS: Record<string, [letter: string, kind: 'text' | 'id' | 'flag']> = {
  period: ['p', 'text'],
  week: ['w', 'text'],
  by: ['b', 'text'],
  since: ['s', 'text'],
  channel: ['c', 'id'],
  server: ['g', 'id'],
  'include-bots': ['i', 'flag'],
  'reaction-users': ['r', 'flag'],
  again: ['a', 'flag'],
};

const NAMES = Object.fromEntries(
  Object.entries(LETTERS).map(([name, [letter, kind]]) => [letter, { name, kind }]),
);

/**
 * The id of a button: `a|stats||p2026-W46|c8h3k...`; ids by 36, to have room.
 *
 * Errors  where an option is none of those above, or the whole is longer than Discord allows: a fault of ours
 */
export function pressId({ act, command, subcommand = '', options }: Press): string {
  const parts = Object.entries(options).map(([name, value]) => {
    const [letter, kind] = LETTERS[name] ?? [];
    if (letter === undefined) throw new Error(`No button can hold the option ${name}.`);
    if (kind === 'id') return `${letter}${BigInt(value).toString(36)}`;
    return `${letter}${kind === 'flag' ? Number(value) : encodeURIComponent(String(value))}`;
  });
  const id = [ACTS[act], command, subcommand, ...parts].join('|');
  if (id.length > PRESS_LENGTH_MAX) throw new Error(`A button's id has ${id.length} characters.`);
  return id;
}

/** What a button's id says; undefined of one that no version of ours has made. */
export function readPress(id: string): Press | undefined {
  const [act, command = '', subcommand = '', ...parts] = id.split('|');
  const found = Object.entries(ACTS).find(([, letter]) => letter === act);
  if (!found || !/^[a-z-]{1,32}$/.test(command)) return undefined;
  try {
    const options = Object.fromEntries(parts.map(readOption));
    return {
      act: found[0] as Press['act'],
      command,
      ...(subcommand !== '' && { subcommand }),
      options,
    };
  } catch {
    return undefined;
  }
}

function readOption(part: string): [name: string, value: string | boolean] {
  const { name, kind } = NAMES[part.charAt(0)]!;
  const text = part.slice(1);
  if (kind === 'flag') return [name, text === '1'];
  return [name, kind === 'id' ? idOf(text) : decodeURIComponent(text)];
}

function idOf(text: string): string {
  if (!/^[0-9a-z]{1,13}$/.test(text)) throw new Error('no id');
  let id = 0n;
  for (const digit of text) id = id * 36n + BigInt(Number.parseInt(digit, 36));
  return String(id);
}
