import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach } from 'vitest';
import { startEmbedded, type EmbeddedOptions, type EmbeddedServer } from '../../../db/embedded.ts';

/** Of a test that makes a database on a busy machine, in ms. */
export const timeout = 20_000;
export const isRoot = process.getuid?.() === 0;
export const memoryBytes = 256 * 1024 * 1024;

/** What each test leaves is undone in reverse, also when it fails. */
export const cleanups: (() => Promise<unknown>)[] = [];

/** Cleans up behind each test of a file, and behind all of them. */
export function useServers(): void {
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });
  afterAll(async () => {
    if (used) await removeFolder(await used);
    used = undefined;
  });
}

/** An empty folder of this test. Everyone can enter it, so that root's Postgres finds its data in it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await makeFolder();
  cleanups.push(() => removeFolder(folder));
  return folder;
}

let used: Promise<string> | undefined;

/** A folder with a database that the tests of a file use one after the other, for making one takes the longest. */
export async function usedFolder(): Promise<string> {
  return (used ??= makeFolder());
}

async function makeFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'almanac-test-')));
  await chmod(folder, 0o755);
  return folder;
}

async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** A database's server, released after the test at the latest. */
export async function start(folder: string, more: Partial<EmbeddedOptions> = {}): Promise<EmbeddedServer> {
  const server = await startEmbedded({ folder, memoryBytes, ...more });
  cleanups.push(() => server.release());
  return server;
}

/** The rows of an answer, each a list of values. */
export async function ask(url: string, text: string): Promise<unknown[][]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<unknown[]>({ text, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

/** The number of the server's process, from its own file. */
export async function postmasterPid(folder: string): Promise<number> {
  return Number.parseInt(await readFile(join(folder, 'postgres/cluster/postmaster.pid'), 'utf8'), 10);
}

/** Whether a process runs; one that has ended, and whose parent hasn't noticed, has no command line. */
export async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return (
    process.platform !== 'linux' || (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')) !== ''
  );
}

/** Another process that uses the server until it hears a line. */
export class Neighbour {
  readonly process: ChildProcess;
  readonly url: Promise<string>;

  constructor(folder: string) {
    const embedded = new URL('../../../db/embedded.ts', import.meta.url).href;
    const program = `
      const { startEmbedded } = await import(${JSON.stringify(embedded)});
      const server = await startEmbedded({ folder: process.argv[1], memoryBytes: ${memoryBytes} });
      process.stdout.write(server.url);
      process.stdin.once('data', () => { process.stdin.destroy(); server.release(); });`;
    this.process = spawn(process.execPath, ['--input-type=module', '-e', program, folder], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.url = once(this.process.stdout!, 'data').then(([chunk]) => String(chunk));
    cleanups.push(() => this.kill());
  }

  /** Its exit code, once it has left: the process ends by itself when nothing is left open. */
  async leave(): Promise<unknown> {
    this.process.stdin!.write('leave\n');
    return (await once(this.process, 'exit'))[0];
  }

  async kill(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }
}
