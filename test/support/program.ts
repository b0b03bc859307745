/** The real program as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

const PROGRAM = join(import.meta.dirname, '..', '..', 'almanac.ts');

/** Where it finds its database and how it keeps texts: environment variables. */
export type Settings = Partial<Record<'DATABASE_URL' | 'ALMANAC_DATA' | 'STORE_CONTENT', string>>;

export interface Ended {
  /** Null where a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Starts the program; `ended` settles when it has ended and said everything. */
export function startAlmanac(
  args: string[],
  settings: Settings,
): { process: ChildProcess; ended: Promise<Ended> } {
  const { DATABASE_URL: _d, ALMANAC_DATA: _a, STORE_CONTENT: _s, ...env } = process.env;
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    // Away from the checkout, whose `.env` may name somebody's database.
    cwd: tmpdir(),
    env: { ...env, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = Promise.all([once(child, 'close'), text(child.stdout), text(child.stderr)]).then(
    ([[code], stdout, stderr]): Ended => ({ code, stdout, stderr }),
  );
  return { process: child, ended };
}

/** Runs the program to its end. */
export function almanac(args: string[], settings: Settings): Promise<Ended> {
  return startAlmanac(args, settings).ended;
}

/** The same, with the one JSON object that it printed; fails where it ended otherwise than with `code`. */
export async function almanacJson<T>(args: string[], settings: Settings, code = 0): Promise<T> {
  const ended = await almanac([...args, '--json'], settings);
  if (ended.code !== code) {
    throw new Error(`almanac ${args.join(' ')} ended with ${ended.code}:\n${ended.stdout}\n${ended.stderr}`);
  }
  return JSON.parse(ended.stdout);
}
