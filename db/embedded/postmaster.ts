import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { link, open, readFile, readlink, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { childOptions } from './cluster.ts';
import { EmbeddedError } from './embedded-error.ts';
import type { Home } from './home.ts';
import { isAlive } from './whole-folder.ts';

/** What a server says of itself in postmaster.pid, which it makes first and removes last. */
export interface PidFile {
  text: string;
  pid: number;
  port: number;
  isReady: boolean;
}

/** A server that we started: whether it still runs, and what it logged since. */
export interface Start {
  hasEnded(): boolean;
  /** Why it never ran at all. */
  failure(): Error | undefined;
  logged(): Promise<string>;
}

/** Enough for the recoveries of a year; what was before goes to a second file. */
const logMaxBytes = 1024 * 1024;

/** A last checkpoint writes up to a gigabyte of buffers. */
const stopMaxMs = 5 * 60_000;

/** Where in the data folder the server logs. */
export const logIn = (dataFolder: string): string => join(dataFolder, 'postgres.log');

/**
 * What the pid file of a cluster says, if there is one.
 *
 * Source  src/include/utils/pidfile.h: line 1 is the process, line 4 the port, line 8 the status
 */
export async function readPidFile(cluster: string): Promise<PidFile | undefined> {
  const text = await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const pid = Number.parseInt(lines[0] ?? '', 10);
  return { text, pid, port: Number(lines[3]), isReady: lines[7]?.trim() === 'ready' };
}

/**
 * Who has the process number in a pid file: a server of this cluster; another program that got the number of a dead server
 * (or the dead one, while its parent hasn't noticed); or nobody. Where that can't be told, because the file is being
 * written or there is no /proc, it may be a server, which has to prove itself by answering.
 */
export async function holderOf(pid: number, cluster: string): Promise<'server' | 'other' | 'nobody'> {
  if (!(pid > 0)) return 'server';
  if (!isAlive(pid)) return 'nobody';
  if (process.platform !== 'linux') return 'server';
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  // Postgres works in its cluster's folder, which tells a server that was started by hand; but not everyone may look.
  const workingFolder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  return commandLine.split('\0').includes(cluster) || workingFolder === cluster ? 'server' : 'other';
}

/**
 * Removes a pid file that was judged to be left over, unless another start has replaced it meanwhile. (Postgres does it
 * itself when the number belongs to nobody; it cannot tell another program from a server.)
 */
export async function removePidFile(cluster: string, judged: PidFile): Promise<void> {
  const path = join(cluster, 'postmaster.pid');
  const aside = `${path}.${process.pid}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== judged.text) await link(aside, path);
    await rm(aside);
  } catch (error) {
    // Somebody else was faster, to remove it or to make a new one.
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Starts a server of its own session, so that neither Ctrl-C nor our end reaches it. */
export async function startPostmaster(
  home: Home,
  programs: string,
  cluster: string,
  settings: Record<string, string>,
): Promise<Start> {
  await using log = await openLog(home);
  const { size } = await log.stat();
  const words = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [program, arguments_] =
    process.platform === 'win32'
      ? pgCtlStart(programs, cluster, words)
      : [join(programs, 'bin', 'postgres'), ['-D', cluster, ...words]];
  const child = spawn(program, arguments_, {
    ...childOptions(home),
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  let failure: Error | undefined;
  child.on('error', (error) => (failure = error));
  child.unref();
  await once(child, 'spawn').catch(() => {});
  return {
    hasEnded: () => failure !== undefined || child.signalCode !== null || hasExited(child.exitCode),
    failure: () => failure,
    logged: async () => (await readFile(logIn(home.folder))).subarray(size).toString('utf8'),
  };
}

/**
 * Stops the server by a fast shutdown (open transactions are rolled back) and waits until it has ended.
 *
 * Errors  EmbeddedError `not-stopped`: it is still busy after five minutes
 */
export async function stopPostmaster(programs: string, cluster: string): Promise<void> {
  const pid = (await readPidFile(cluster))?.pid;
  if (!pid || (await holderOf(pid, cluster)) !== 'server') return;
  if (process.platform === 'win32') {
    // A signal would be a kill there.
    const child = spawn(join(programs, 'bin', 'pg_ctl'), ['stop', '-m', 'fast', '-W', '-D', cluster], {
      windowsHide: true,
    });
    await once(child, 'exit');
  } else {
    process.kill(pid, 'SIGINT');
  }
  const deadline = AbortSignal.timeout(stopMaxMs);
  while ((await holderOf(pid, cluster)) === 'server') {
    if (deadline.aborted) throw stopError(pid, cluster);
    await sleep(10);
  }
}

function stopError(pid: number, cluster: string): EmbeddedError {
  return new EmbeddedError(
    'not-stopped',
    `Postgres (process ${pid}) is still stopping, and will end by itself; its files are in ${cluster}.`,
  );
}

/** On Windows the child is pg_ctl, which succeeds long before the server. */
function hasExited(code: number | null): boolean {
  return code !== null && !(process.platform === 'win32' && code === 0);
}

/** Postgres refuses administrators on Windows; pg_ctl gives up their rights first. */
function pgCtlStart(programs: string, cluster: string, words: string[]): [string, string[]] {
  const quoted = words.map((word) => `"${word}"`).join(' ');
  return [join(programs, 'bin', 'pg_ctl'), ['start', '-W', '-D', cluster, '-o', quoted]];
}

async function openLog({ folder, account }: Home): Promise<FileHandle> {
  const path = logIn(folder);
  const { size } = await stat(path).catch(() => ({ size: 0 }));
  if (size > logMaxBytes) await rename(path, `${path}.old`);
  const log = await open(path, 'a', 0o600);
  // Root's visit must not lock out the user whose folder it is.
  if (account) await log.chown(account.uid, account.gid);
  return log;
}
