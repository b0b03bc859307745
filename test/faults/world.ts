/** One fault run: the loopback Discord with steady traffic, the program as a process, Postgres behind a proxy. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type Store } from '../../db/connect.ts';
import { type DatabaseDoor, openDoor } from '../support/database-door.ts';
import { type Discord, startDiscord } from '../support/discord/server.ts';
import { compare, type Comparison } from './compare.ts';
import { makeTraffic, type Traffic } from './traffic.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface FaultWorld {
  discord: Discord;
  traffic: Traffic;
  /** Between the program and Postgres. */
  door: DatabaseDoor;
  store: Store;
  /** The program's data folder. */
  folder: string;
  /** What the program said last, for when it fails. */
  lastWords(): string[];
  kill(): Promise<void>;
  start(settings?: Record<string, string>): void;
  isRunning(): boolean;
  signal(signal: NodeJS.Signals): void;
  /** Ends the program as its supervisor would; tells its exit code. */
  stop(): Promise<number | null>;
  /** Waits until the database is the truth, or gives up. */
  settle(maxMs: number): Promise<Comparison>;
  close(): Promise<void>;
}

/** Opens it on a migrated database. `random` decides what people do. */
export async function openFaultWorld(
  { databaseUrl, description }: { databaseUrl: string; description: string | undefined },
  random: () => number,
): Promise<FaultWorld> {
  const discord = await startDiscord({
    world: { token: 'loopback' },
    gateway: { heartbeatIntervalMs: 2_000 },
    openapi: description,
  });
  const traffic = makeTraffic(discord.world, random);
  const door = await openDoor(databaseUrl);
  const store = connect(databaseUrl, 2);
  const folder = await mkdtemp(join(tmpdir(), 'almanac-faults-'));
  const words: string[] = [];
  let child: ChildProcess | undefined;

  const start = (settings: Record<string, string> = {}) => {
    const { DATABASE_URL: _d, ALMANAC_DATA: _a, ...env } = process.env;
    const preload = join(import.meta.dirname, 'clock-jumps.ts');
    child = spawn(process.execPath, ['--import', preload, join(ROOT, 'almanac.ts'), 'start'], {
      cwd: tmpdir(),
      env: {
        ...env,
        DATABASE_URL: door.url,
        ALMANAC_DATA: folder,
        DISCORD_TOKEN: 'loopback',
        DISCORD_API: discord.url,
        CLOCK_JUMP_MS: '90000',
        ...settings,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      words.push(...text.split('\n').filter((line) => line !== ''));
      if (process.env.VERBOSE) process.stdout.write(text);
      words.splice(0, Math.max(0, words.length - 400));
    });
  };

  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    const ending = child;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return ending?.exitCode ?? null;
    const exit = once(ending, 'exit');
    ending.kill(signal);
    const [code] = (await exit) as [number | null];
    return code;
  };

  return {
    discord,
    traffic,
    door,
    store,
    folder,
    start,
    lastWords: () => words,
    isRunning: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    signal: (signal) => void child?.kill(signal),
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    async settle(maxMs) {
      const until = performance.now() + maxMs;
      while (true) {
        const comparison = await compare(store.pool, discord.world, traffic);
        if (comparison.differences.length === 0 || performance.now() > until) return comparison;
        await sleep(500);
      }
    },
    async close() {
      await end('SIGKILL');
      await store.close();
      await door.close();
      await discord.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
