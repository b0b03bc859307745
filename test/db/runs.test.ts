/** Runs of backfill as they are kept, and the right to work on them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { connect } from '../../db/connect.ts';
import { takeRunnerLock } from '../../db/runner-lock.ts';
import { addRunChannels, runChannels, saveRunProgress, troubledChannels } from '../../db/run-channels.ts';
import {
  listRuns,
  pauseRuns,
  queueRun,
  readRun,
  resumeRuns,
  type RunOrder,
  runsToDo,
  setRunState,
  startRun,
  touchRun,
} from '../../db/runs.ts';
import { emptyBatch } from '../../db/records.ts';
import { openWriter } from '../../db/write-batch.ts';
import { at, CHANNEL, GUILD } from '../support/records.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const OTHER = '100000000000000009';
const ORDER: RunOrder = {
  guildId: GUILD,
  channelIds: null,
  sinceId: '0',
  withReactors: false,
  isAgain: false,
};
const queue = (more: Partial<RunOrder> = {}, seconds = 0) =>
  queueRun(database.pool, { ...ORDER, ...more }, at(seconds));
const stateOf = async (key: { guildId: string; askedAtMs: number }) =>
  (await readRun(database.pool, key))!.state;

describe('asking for a run', () => {
  it('queues it as it was asked for', async () => {
    const order = { ...ORDER, channelIds: ['12', '11'], sinceId: '5', withReactors: true, isAgain: true };
    const run = await queueRun(database.pool, order, at(3));
    expect(run).toEqual({
      ...order,
      channelIds: ['11', '12'],
      askedAtMs: at(3),
      state: 'queued',
      card: {},
      reason: null,
      startedAtMs: null,
      updatedAtMs: at(3),
      finishedAtMs: null,
    });
    expect(await readRun(database.pool, run)).toEqual(run);
  });

  it('the same again goes on with the one that is unfinished, in whatever order its channels are named', async () => {
    const run = await queue({ channelIds: ['11', '12'] });
    expect(await queue({ channelIds: ['12', '11', '12'] }, 9)).toMatchObject({ askedAtMs: run.askedAtMs });
    await startRun(database.pool, run, at(10));
    expect(await queue({ channelIds: ['11', '12'] }, 11)).toMatchObject({ state: 'running' });
    expect(await listRuns(database.pool, { limit: 9 })).toHaveLength(1);
  });

  it('a paused one is queued again with all that it has, and without its reason', async () => {
    const run = await queue();
    await startRun(database.pool, run, at(1));
    await saveRunProgress(database.pool, run, [], { pages: 7 }, at(2));
    await setRunState(database.pool, run, 'paused', { reason: 'stopped by Ctrl+C', nowMs: at(3) });
    expect(await queue({}, 4)).toMatchObject({
      askedAtMs: run.askedAtMs,
      state: 'queued',
      reason: null,
      card: { pages: 7 },
      startedAtMs: at(1),
    });
  });

  it('another order, and the same after its end, are runs of their own, though asked for in one millisecond', async () => {
    const run = await queue();
    await setRunState(database.pool, run, 'done', { nowMs: at(1) });
    const orders = [
      {},
      { channelIds: [CHANNEL] },
      { sinceId: '9' },
      { withReactors: true },
      { isAgain: true },
    ];
    const asked = [run];
    for (const order of orders) asked.push(await queue(order));
    expect(asked.map(({ askedAtMs }) => askedAtMs - at(0))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('many that ask at once get one run', async () => {
    const runs = await Promise.all(Array.from({ length: 5 }, () => queue()));
    expect(new Set(runs.map(({ askedAtMs }) => askedAtMs))).toEqual(new Set([at(0)]));
    const others = await Promise.all(
      Array.from({ length: 5 }, (_, i) => queue({ channelIds: [String(i + 1)] })),
    );
    expect(new Set(others.map(({ askedAtMs }) => askedAtMs)).size).toBe(5);
  });
});

describe('what is to be done', () => {
  it('is one run a guild, the one asked for first, and the guild that asked first before all', async () => {
    const later = await queue({ guildId: OTHER }, 5);
    const first = await queue({}, 1);
    await queue({ channelIds: [CHANNEL] }, 2);
    const keys = async () => (await runsToDo(database.pool)).map((run) => [run.guildId, run.askedAtMs]);
    expect(await keys()).toEqual([
      [GUILD, first.askedAtMs],
      [OTHER, later.askedAtMs],
    ]);
    await setRunState(database.pool, first, 'paused', { nowMs: at(6) });
    expect(await keys()).toEqual([
      [GUILD, at(2)],
      [OTHER, at(5)],
    ]);
  });

  it('is also what was running when its process died', async () => {
    const run = await queue();
    await startRun(database.pool, run, at(1));
    expect(await runsToDo(database.pool)).toMatchObject([{ state: 'running', startedAtMs: at(1) }]);
  });
});

describe('the state of a run', () => {
  it('begins once, and not where it was paused or has ended', async () => {
    const run = await queue();
    expect(await startRun(database.pool, run, at(1))).toBe(true);
    expect(await startRun(database.pool, run, at(2))).toBe(true);
    expect((await readRun(database.pool, run))!.startedAtMs).toBe(at(1));
    await setRunState(database.pool, run, 'paused', { nowMs: at(3) });
    expect(await startRun(database.pool, run, at(4))).toBe(false);
    await setRunState(database.pool, run, 'done', { nowMs: at(5) });
    expect(await startRun(database.pool, run, at(6))).toBe(false);
  });

  it('a run that is worked on says so, though nothing was read for some seconds', async () => {
    const run = await queue();
    const updatedAt = async () => (await readRun(database.pool, run))!.updatedAtMs;
    await touchRun(database.pool, run, at(9));
    expect(await updatedAt()).toBe(at(0));
    await startRun(database.pool, run, at(10));
    await touchRun(database.pool, run, at(14));
    expect(await updatedAt()).toBe(at(10));
    await touchRun(database.pool, run, at(16));
    expect(await updatedAt()).toBe(at(16));
  });

  it('once it has ended it stays as it is', async () => {
    const run = await queue();
    const card = { messages: 3 };
    expect(await setRunState(database.pool, run, 'partly', { reason: 'why', card, nowMs: at(2) })).toBe(true);
    expect(await setRunState(database.pool, run, 'done', { nowMs: at(3) })).toBe(false);
    expect(await pauseRuns(database.pool, GUILD, 'too late', at(4))).toBe(0);
    expect(await readRun(database.pool, run)).toMatchObject({
      state: 'partly',
      reason: 'why',
      card,
      finishedAtMs: at(2),
    });
  });

  it('a pause and a resume are of all that is unfinished in a guild, and of no other', async () => {
    const [one, two, other] = [
      await queue({}, 0),
      await queue({ channelIds: ['1'] }, 1),
      await queue({ guildId: OTHER }, 2),
    ];
    await startRun(database.pool, one, at(3));
    expect(await pauseRuns(database.pool, GUILD, 'paused by hand', at(4))).toBe(2);
    expect(await readRun(database.pool, one)).toMatchObject({ state: 'paused', reason: 'paused by hand' });
    expect([await stateOf(two), await stateOf(other)]).toEqual(['paused', 'queued']);
    expect((await resumeRuns(database.pool, GUILD, at(5))).map((run) => run.askedAtMs)).toEqual([
      at(0),
      at(1),
    ]);
    expect(await readRun(database.pool, one)).toMatchObject({ state: 'queued', reason: null });
    expect(await resumeRuns(database.pool, GUILD, at(6))).toEqual([]);
  });

  it('runs are listed with the names of their guilds, the newest first, and no more than asked for', async () => {
    const writer = await openWriter(database.pool, { content: 'full' });
    const guild = { source: 'gateway' as const, observedAt: at(0), guildId: GUILD, name: 'Harbour' };
    await writer.write({ ...emptyBatch(), guilds: [guild] });
    await writer.close();
    await queue({}, 0);
    await queue({ guildId: OTHER }, 1);
    await queue({ channelIds: ['1'] }, 2);
    const names = async (of: { guildId?: string; limit: number }) =>
      (await listRuns(database.pool, of)).map(({ askedAtMs, guildName }) => [askedAtMs, guildName]);
    expect(await names({ limit: 2 })).toEqual([
      [at(2), 'Harbour'],
      [at(1), null],
    ]);
    expect(await names({ guildId: GUILD, limit: 9 })).toEqual([
      [at(2), 'Harbour'],
      [at(0), 'Harbour'],
    ]);
  });
});

describe('the channels of a run', () => {
  it('are noted once, and what becomes of them adds up', async () => {
    const run = await queue();
    await startRun(database.pool, run, at(1));
    await addRunChannels(database.pool, run, ['1', '2'], at(1));
    const steps = [
      { channelId: '1', pages: 1, messages: 100, oldestId: '500', newestId: '900' },
      { channelId: '1', pages: 2, messages: 150, oldestId: '300', newestId: '499' },
      { channelId: '2', isArchivedListed: true },
    ];
    expect(await saveRunProgress(database.pool, run, steps, { share: 0.5 }, at(2))).toBe(true);
    await addRunChannels(database.pool, run, ['1', '2', '3'], at(3));
    await saveRunProgress(database.pool, run, [{ channelId: '1', state: 'read', pages: 1 }], {}, at(4));
    const blank = { reason: null, oldestId: null, newestId: null, pages: 0, messages: 0 };
    expect(await runChannels(database.pool, run)).toEqual([
      {
        channelId: '1',
        state: 'read',
        reason: null,
        isArchivedListed: false,
        oldestId: '300',
        newestId: '900',
        pages: 4,
        messages: 250,
        notedAtMs: at(4),
      },
      { ...blank, channelId: '2', state: 'waiting', isArchivedListed: true, notedAtMs: at(1) },
      { ...blank, channelId: '3', state: 'waiting', isArchivedListed: false, notedAtMs: at(3) },
    ]);
  });

  it('what was read is saved though the run was paused meanwhile, which is told', async () => {
    const run = await queue();
    await startRun(database.pool, run, at(1));
    await addRunChannels(database.pool, run, ['1'], at(1));
    await pauseRuns(database.pool, GUILD, 'why', at(2));
    const step = { channelId: '1', pages: 1, oldestId: '5' };
    expect(await saveRunProgress(database.pool, run, [step], { pages: 1 }, at(3))).toBe(false);
    expect(await runChannels(database.pool, run)).toMatchObject([{ pages: 1, oldestId: '5' }]);
    expect(await readRun(database.pool, run)).toMatchObject({ state: 'paused', reason: 'why' });
  });

  it('those that could not be read are told by name and reason', async () => {
    const writer = await openWriter(database.pool, { content: 'full' });
    const channel = {
      source: 'rest' as const,
      observedAt: at(0),
      guildId: GUILD,
      channelId: CHANNEL,
      type: 0,
      name: 'mods',
    };
    await writer.write({ ...emptyBatch(), channels: [channel] });
    await writer.close();
    const run = await queue();
    await startRun(database.pool, run, at(1));
    await addRunChannels(database.pool, run, ['1', '2', CHANNEL], at(1));
    const steps = [
      { channelId: '1', state: 'failed' as const, reason: 'repeated' },
      { channelId: '2', state: 'read' as const },
      { channelId: CHANNEL, state: 'closed' as const, reason: 'no view' },
    ];
    await saveRunProgress(database.pool, run, steps, {}, at(2));
    expect(await troubledChannels(database.pool, run)).toEqual([
      { channelId: '1', name: null, type: null, parentId: null, state: 'failed', reason: 'repeated' },
      { channelId: CHANNEL, name: 'mods', type: 0, parentId: null, state: 'closed', reason: 'no view' },
    ]);
  });
});

describe('the right to run backfills', () => {
  const APPLICATION = '100000000000000077';
  const take = () => takeRunnerLock(database.pool, APPLICATION, 'backfills');

  async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      await sleep(20);
    }
  }

  it('is with one process at a time, an application each', async () => {
    const lock = (await take())!;
    expect(await take()).toBeUndefined();
    const other = await takeRunnerLock(database.pool, OTHER, 'backfills');
    expect(other).toBeDefined();
    other!.release();
    lock.release();
    lock.release();
    expect(lock.lost.aborted).toBe(false);
    (await eventually(take)).release();
  });

  it('ends with the connection that has it, and who had it hears of that', async () => {
    const mine = connect(database.url, 1);
    const lock = (await takeRunnerLock(mine.pool, APPLICATION, 'backfills'))!;
    const { rows } = await database.pool.query<{ pid: number }>(
      `select pid from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );
    await database.pool.query('select pg_terminate_backend($1)', [rows[0]!.pid]);
    (await eventually(take)).release();
    await eventually(async () => lock.lost.aborted || undefined);
    lock.release();
    await mine.close();
  });
});
