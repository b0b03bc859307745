/** What a button says when it is pressed. It holds all that it asks, so that it works after a restart, and for years. */
import { createHash } from 'node:crypto';
import { readMark } from '../reports/weekly/mark.ts';
import type { Options } from './command.ts';

export interface Press {
  /**
   * `again`: asks this; `why`: how this was counted; `unname`: no longer names me, whom this names; `nowhere`: names me
   * nowhere; `name`: names me again.
   */
  act: keyof typeof ACTS;
  command: string;
  subcommand?: string;
  options: Options;
  /** Texts that the id has no room for are kept under it, and not among the options. */
  key?: string;
  /** Of `unname`: a mark for each who is named. */
  named?: readonly string[];
  /** Of `unname`: the language of the message. */
  language?: string;
}

/** Discord's limit for a button's id. */
export const PRESS_LENGTH_MAX = 100;

const ACTS = { again: 'a', why: 'w', unname: 'u', nowhere: 'o', name: 'n' } as const;

/** How an option is written: one letter, and of what kind its value is. */
const LETTERS: Record<string, [letter: string, kind: 'text' | 'id' | 'flag']> = {
  period: ['p', 'text'],
  week: ['w', 'text'],
  by: ['b', 'text'],
  since: ['s', 'text'],
  topic: ['t', 'text'],
  channel: ['c', 'id'],
  server: ['g', 'id'],
  'include-bots': ['i', 'flag'],
  'reaction-users': ['r', 'flag'],
  again: ['a', 'flag'],
};

const NAMES = Object.fromEntries(
  Object.entries(LETTERS).map(([name, [letter, kind]]) => [letter, { name, kind }]),
);

/** What stands beside options: `l` and so on. */
const BESIDE = { k: 'key', n: 'named', l: 'language' } as const;

/** 24 bits. Whoever has somebody else's by chance asks not to be named all the same. */
const MARK_LENGTH = 4;

/** Stands for a person in a button that has no room for ids. */
export const markOf = (userId: string): string =>
  createHash('sha256').update(userId).digest('base64url').slice(0, MARK_LENGTH);

/**
 * The id of a button: `a|stats||p2026-W46|c8h3k...`; ids by 36, to have room.
 *
 * Errors  where an option is none of those above, or the whole is longer than Discord allows: a fault of ours
 */
export function pressId(press: Press): string {
  const id = written(press);
  if (id.length > PRESS_LENGTH_MAX) throw new Error(`A button's id has ${id.length} characters.`);
  return id;
}

/** The same of a press that may hold any text: where that has no room, it is kept by `keep`, which tells its key. */
export async function roomyPressId(press: Press, keep: (texts: Options) => Promise<string>): Promise<string> {
  const id = written(press);
  if (id.length <= PRESS_LENGTH_MAX) return id;
  const isText = ([name]: [string, unknown]) => LETTERS[name]![1] === 'text';
  const options = Object.entries(press.options);
  const key = await keep(Object.fromEntries(options.filter(isText)));
  return pressId({
    ...press,
    options: Object.fromEntries(options.filter((option) => !isText(option))),
    key,
  });
}

function written({ act, command, subcommand = '', options, key, named, language }: Press): string {
  const parts = Object.entries(options).map(([name, value]) => {
    const [letter, kind] = LETTERS[name] ?? [];
    if (letter === undefined) throw new Error(`No button can hold the option ${name}.`);
    if (kind === 'id') return `${letter}${BigInt(value).toString(36)}`;
    return `${letter}${kind === 'flag' ? Number(value) : encodeURIComponent(String(value))}`;
  });
  const beside = [
    ...(key === undefined ? [] : [`k${key}`]),
    ...(named === undefined ? [] : [`n${named.join('')}`]),
    ...(language === undefined ? [] : [`l${language}`]),
  ];
  return [ACTS[act], command, subcommand, ...parts, ...beside].join('|');
}

/** What a button's id says; undefined of one that no version of ours has made. */
export function readPress(id: string): Press | undefined {
  const post = readMark(id);
  // Below a weekly report that was posted by itself: the reader's own is asked as anew.
  if (post) return { act: post.isMine ? 'again' : 'why', command: 'weekly', options: { week: post.label } };
  const [act, command = '', subcommand = '', ...parts] = id.split('|');
  const found = Object.entries(ACTS).find(([, letter]) => letter === act);
  if (!found || !/^[a-z-]{1,32}$/.test(command)) return undefined;
  const isBeside = (part: string) => Object.hasOwn(BESIDE, part.charAt(0));
  try {
    return {
      act: found[0] as Press['act'],
      command,
      ...(subcommand !== '' && { subcommand }),
      options: Object.fromEntries(parts.filter((part) => !isBeside(part)).map(readOption)),
      ...Object.fromEntries(parts.filter(isBeside).map(readBeside)),
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

function readBeside(part: string): [name: string, value: string | string[]] {
  const name = BESIDE[part.charAt(0) as keyof typeof BESIDE];
  const text = part.slice(1);
  if (!/^[\w-]*$/.test(text)) throw new Error('nothing of ours');
  return [name, name === 'named' ? (text.match(MARKS) ?? []) : text];
}

const MARKS = new RegExp(`.{${MARK_LENGTH}}`, 'g');

function idOf(text: string): string {
  if (!/^[0-9a-z]{1,13}$/.test(text)) throw new Error('no id');
  let id = 0n;
  for (const digit of text) id = id * 36n + BigInt(Number.parseInt(digit, 36));
  return String(id);
}
