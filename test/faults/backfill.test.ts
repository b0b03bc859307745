/** A backfill as a process of its own, ended at random while Discord misbehaves: in the end the database is the truth. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { holesOf } from '../../db/holes.ts';
import { snowflakeAt } from '../../db/snowflake.ts';
import { differences, recordOf, truthOf } from '../ingest/backfill/scene.ts';
import { useDatabase } from '../support/database.ts';
import { type BigGuild, makeBigGuild, readableIn } from '../support/discord/big-guild.ts';
import { type Discord, startDiscord } from '../support/discord/server.ts';
import { type Ended, startAlmanac } from '../support/program.ts';
import { pick, seededRandom } from '../support/random.ts';

const MESSAGES = Number(process.env.ALMANAC_TEST_HISTORY_MESSAGES ?? 2_000);
const INTERRUPTIONS = Number(process.env.ALMANAC_TEST_INTERRUPTIONS ?? 2);
const SEED = Number(process.env.SEED ?? 1);
/** Pages under way at once, asked for (32) or waiting to be written (64); and of each channel, as many as a kill may lose. */
const [AT_ONCE_MAX, LOST_MAX] = [96, 2];
/** About how long it takes when nothing comes in between. */
const RUN_MS = MESSAGES / 4;
const PATIENCE_MS = 60_000 + MESSAGES * 10 + INTERRUPTIONS * 30_000;

const database = useDatabase();
beforeEach(() => database.clear());

interface Scene {
  discord: Discord;
  big: BigGuild;
  random: () => number;
  /** Runs `almanac backfill`, and sends it a signal after a time; without one it runs to its end. */
  run(signal?: NodeJS.Signals, afterMs?: number): Promise<Ended>;
  /** The same to its end, which is a good one. */
  finish(): Promise<void>;
}

async function openScene(): Promise<Scene> {
  const discord = await startDiscord();
  const random = seededRandom(SEED);
  const big = makeBigGuild(discord.world, {
    messages: MESSAGES,
    channels: 40,
    threads: Math.ceil(MESSAGES / 100),
    members: 60,
    seed: SEED,
    slope: 0.8,
  });
  const folder = await mkdtemp(join(tmpdir(), 'almanac-history-'));
  onTestFinished(async () => {
    await discord.close();
    await rm(folder, { recursive: true, force: true });
  });
  const settings = {
    DATABASE_URL: database.url,
    ALMANAC_DATA: folder,
    DISCORD_TOKEN: discord.world.truth.token,
    DISCORD_API: discord.url,
  };
  const scene: Scene = {
    discord,
    big,
    random,
    async finish() {
      const { code, stderr } = await scene.run();
      expect(code, stderr).toBe(0);
    },
    async run(signal, afterMs = 0) {
      const before = discord.tally.figures.pages;
      const { process: child, ended } = startAlmanac(
        ['backfill', '--guild', big.guild.id, '--json'],
        settings,
      );
      if (signal === undefined) return ended;
      const over = once(child, 'exit');
      // From when it reads: its start takes longer than some of its runs.
      while (discord.tally.figures.pages === before && child.exitCode === null) await sleep(20);
      await Promise.race([over, sleep(afterMs)]);
      child.kill(signal);
      return ended;
    },
  };
  return scene;
}

/** What is asked after its end is another run: it looks for what is new. */
async function isDone(): Promise<boolean> {
  const { rows } = await database.pool.query(`select from backfill_runs where state = 'done'`);
  return rows.length > 0;
}

/** Pages that were answered in full more than once: how often more, by channel. */
function repeats({ discord }: Scene): Map<string, number> {
  const asked = new Map<string, number>();
  const again = new Map<string, number>();
  for (const { path, query, status } of discord.requests) {
    const [, channelId] = /^\/channels\/(\d+)\/messages$/.exec(path) ?? [];
    if (channelId === undefined || status !== 200) continue;
    const times = (asked.get(path + query) ?? 0) + 1;
    asked.set(path + query, times);
    if (times > 1) again.set(channelId, (again.get(channelId) ?? 0) + 1);
  }
  return again;
}

const sumOf = (counts: Iterable<number>): number => [...counts].reduce((sum, count) => sum + count, 0);

async function expectTruth({ discord, big }: Scene): Promise<void> {
  const scene = {
    world: discord.world,
    rows: async <R extends object>(query: string, ...values: unknown[]) =>
      (await database.pool.query(query, values)).rows as R[],
  };
  const truth = truthOf(scene, big.guild);
  expect(truth.size).toBeGreaterThan(MESSAGES / 2);
  expect(differences(truth, await recordOf(scene, big.guild))).toEqual([]);
}

/** All that can be read is covered until the run began, and nothing is of what never could be. */
async function expectCovered({ discord, big }: Scene): Promise<void> {
  const { readable, closed } = readableIn(discord.world, big.guild);
  const { rows } = await database.pool.query<{ at: Date }>('select min(started_at) as at from backfill_runs');
  const span = { fromId: '0', toId: snowflakeAt(rows[0]!.at.getTime() - 10_000) };
  const holes = await holesOf(database.pool, big.guild.id, [...readable.keys()], span);
  expect([...holes].filter(([, left]) => left.length > 0)).toEqual([]);
  const { rows: claimed } = await database.pool.query(
    'select from coverage where guild_id = $1 and channel_id = any($2::bigint[])',
    [big.guild.id, [...closed.keys()]],
  );
  expect(claimed).toEqual([]);
}

describe(`a backfill of ${MESSAGES} messages, interrupted ${INTERRUPTIONS} times (seed ${SEED})`, () => {
  it(
    'by Ctrl+C asks for no page twice, and for hardly more than are needed',
    { timeout: PATIENCE_MS },
    async () => {
      const scene = await openScene();
      const { discord, big, random } = scene;
      for (let i = 0; i < INTERRUPTIONS; i++) {
        const { code, stderr } = await scene.run('SIGINT', (random() * RUN_MS) / INTERRUPTIONS);
        expect([0, 130], stderr).toContain(code);
        if (await isDone()) break;
      }
      if (!(await isDone())) await scene.finish();
      expect(sumOf(repeats(scene).values())).toBe(0);
      const whole = [...big.readable.values()].filter((count) => count > 0 && count % 100 === 0).length;
      expect(discord.tally.figures.pages).toBeLessThanOrEqual(big.pagesNeeded * 1.01 + whole);
      await expectTruth(scene);
      await expectCovered(scene);
    },
  );

  it(
    'by kill -9 asks for at most two pages again of each channel under way',
    { timeout: PATIENCE_MS },
    async () => {
      const scene = await openScene();
      for (let i = 0; i < INTERRUPTIONS; i++) {
        await scene.run('SIGKILL', (scene.random() * RUN_MS) / INTERRUPTIONS);
        if (await isDone()) break;
      }
      if (!(await isDone())) await scene.finish();
      const again = repeats(scene);
      expect(Math.max(0, ...again.values())).toBeLessThanOrEqual(LOST_MAX * INTERRUPTIONS);
      expect(sumOf(again.values())).toBeLessThanOrEqual(INTERRUPTIONS * AT_ONCE_MAX);
      await expectTruth(scene);
      await expectCovered(scene);
    },
  );

  it(
    'while Discord fails, refuses, and takes permissions and gives them back, ends in the truth',
    { timeout: PATIENCE_MS },
    async () => {
      const scene = await openScene();
      const { discord, big, random } = scene;
      const { world, faults } = discord;
      faults.randomly({ random, rate: 0.04, path: /\/(messages|archived)/, waitMsMax: 300 });
      const places = [...big.guild.channels.values()].filter(
        ({ id, parentId, thread }) => big.readable.has(id) && !thread && parentId !== undefined,
      );
      let isOver = false;
      const meddling = (async () => {
        while (!isOver) {
          const { id } = pick(places, random);
          const permission = pick(['ReadMessageHistory', 'ViewChannel'] as const, random);
          world.forbid(id, permission);
          await sleep(random() * 400);
          world.permit(id, permission);
          await sleep(random() * 200);
        }
      })();
      for (let i = 0; i < INTERRUPTIONS; i++)
        await scene.run(
          pick(['SIGINT', 'SIGKILL', 'SIGTERM'] as const, random),
          (random() * 2 * RUN_MS) / INTERRUPTIONS,
        );
      await scene.run();
      isOver = true;
      await meddling;
      faults.clear();
      await scene.finish();
      expect(sumOf(Object.values(faults.spoilt))).toBeGreaterThan(0);
      await expectTruth(scene);
      await expectCovered(scene);
    },
  );
});
