/** Who does a job, and when: of several companions one, of several times one after the other. */
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Job, JobWork, Planned } from '../../../companion/jobs/job.ts';
import { type Jobs, startJobs } from '../../../companion/jobs/runner.ts';
import { leaseJob, listJobs } from '../../../db/jobs.ts';
import { TokenError } from '../../../ingest/discord/fetch-calls.ts';
import { eventually } from '../../bot/recording-bot.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const NOW_MS = Date.UTC(2026, 10, 16, 9);
/** Waits of the runner: between looks, and between renewals. */
const LOOK_MS = 5_000;
const RENEW_MS = 15_000;

interface Runner {
  jobs: Jobs;
  warnings: string[];
  /** Lets a lease be renewed, as if its time had come. */
  renew(): void;
  /** Looks now, and waits for the end of what that began. */
  look(): Promise<void>;
}

function start(
  work: Pick<Job, 'run' | 'plan'>,
  { now = () => NOW_MS, holder = String(Math.random()) }: { now?: () => number; holder?: string } = {},
): Runner {
  const warnings: string[] = [];
  let renewed = new AbortController();
  const jobs = startJobs({
    pool: database.pool,
    jobs: [{ name: 'made-up', ...work }],
    holder,
    now,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const end = () => reject(new Error('waited no longer'));
        if (signal?.aborted) end();
        signal?.addEventListener('abort', end, { once: true });
        if (ms === RENEW_MS) renewed.signal.addEventListener('abort', () => resolve(), { once: true });
        else expect(ms).toBe(LOOK_MS);
      }),
    random: () => 1,
    log: { info() {}, warn: (_, message) => void warnings.push(message) },
  });
  onTestFinished(() => jobs.close());
  return {
    jobs,
    warnings,
    renew() {
      const before = renewed;
      renewed = new AbortController();
      before.abort();
    },
    look: () => jobs.look(),
  };
}

/** One guild a job, from 1 on, due at once until it is done. */
function once(count: number) {
  const left = new Set(Array.from({ length: count }, (_, i) => String(i + 1)));
  const plan = async (): Promise<Planned[]> => [...left].map((guildId) => ({ guildId, atMs: NOW_MS }));
  return { left, plan };
}

const done = { outcome: 'done' } as const;
const endLeases = () =>
  database.pool.query(`update jobs set leased_until = clock_timestamp() - interval '1 ms'`);

describe('jobs', () => {
  it('of many companions that look at once are each done once, and never two of one at a time', async () => {
    const { left, plan } = once(200);
    const working = new Set<string>();
    const seen: string[] = [];
    const run = async ({ guildId }: JobWork) => {
      expect(working.has(guildId)).toBe(false);
      working.add(guildId);
      seen.push(guildId);
      await sleep(1);
      left.delete(guildId);
      working.delete(guildId);
      return done;
    };
    for (let companion = 0; companion < 5; companion++) start({ plan, run });
    await eventually(() => expect([left.size, new Set(seen).size]).toEqual([0, 200]));
    // One that had planned it before another was done with it may find nothing to do; at once they never are.
    await eventually(async () =>
      expect((await listJobs(database.pool)).filter(({ outcome }) => outcome !== 'done')).toEqual([]),
    );
  });

  it('are four at a time, the one that waited longest first', async () => {
    const gate = Promise.withResolvers<void>();
    const begun: string[] = [];
    const plan = async () =>
      ['5', '3', '6', '1', '4', '2'].map((guildId) => ({ guildId, atMs: NOW_MS - 10 + Number(guildId) }));
    const run = async ({ guildId }: JobWork) => {
      begun.push(guildId);
      await gate.promise;
      return done;
    };
    start({ plan, run });
    await eventually(() => expect(begun).toHaveLength(4));
    expect(begun.toSorted()).toEqual(['1', '2', '3', '4']);
    gate.resolve();
  });

  it('are not begun before their time', async () => {
    let nowMs = NOW_MS - 1;
    let runs = 0;
    const plan = async () => (runs === 0 ? [{ guildId: '1', atMs: NOW_MS }] : []);
    const run = async () => (runs++, done);
    const runner = start({ plan, run }, { now: () => nowMs });
    await runner.look();
    expect(runs).toBe(0);
    nowMs = NOW_MS;
    await runner.look();
    expect(runs).toBe(1);
  });

  it('of a holder that died are taken over when its lease has ended, and not before', async () => {
    const { left, plan } = once(1);
    const key = { guildId: '1', job: 'made-up' };
    await leaseJob(database.pool, key, { holder: 'dead', leaseMs: 60_000, nowMs: NOW_MS });
    const runner = start({ plan, run: async ({ guildId }) => (left.delete(guildId), done) });
    await runner.look();
    expect(left.size).toBe(1);
    await endLeases();
    await runner.look();
    expect(left.size).toBe(0);
  });

  it('whose lease was lost hear of it, and leave what came of them to whoever has it', async () => {
    const { plan } = once(1);
    const gate = Promise.withResolvers<void>();
    let signal: AbortSignal | undefined;
    const runner = start({
      plan,
      async run(work) {
        signal = work.signal;
        await gate.promise;
        return { outcome: 'done', note: 'by the slow one' };
      },
    });
    await eventually(() => expect(signal).toBeDefined());
    runner.renew();
    await sleep(20);
    expect(signal!.aborted).toBe(false);
    await endLeases();
    const key = { guildId: '1', job: 'made-up' };
    await leaseJob(database.pool, key, { holder: 'other', leaseMs: 60_000, nowMs: NOW_MS });
    runner.renew();
    await eventually(() => expect(signal!.aborted).toBe(true));
    gate.resolve();
    await runner.look();
    expect(await listJobs(database.pool)).toMatchObject([
      { holder: 'other', isRunning: true, outcome: null, note: null },
    ]);
  });

  it('that fail are tried again after a time that doubles up to a quarter of an hour, and is noted', async () => {
    let nowMs = NOW_MS;
    let isWell = false;
    const plan = async () => (isWell ? [] : [{ guildId: '1', atMs: NOW_MS }]);
    let tries = 0;
    const run = async () => {
      tries++;
      throw Object.assign(new RangeError('with a name in it'), { code: 'ENOSPC' });
    };
    const runner = start({ plan, run }, { now: () => nowMs });
    const waits: number[] = [];
    for (let failure = 1; failure <= 8; failure++) {
      await runner.look();
      expect(tries).toBe(failure);
      const [row] = await listJobs(database.pool);
      expect(row).toMatchObject({ outcome: 'failed', note: 'RangeError ENOSPC', failures: failure });
      waits.push((row!.nextAtMs! - nowMs) / 1000);
      nowMs = row!.nextAtMs! - 1;
      await runner.look();
      expect(tries).toBe(failure);
      nowMs = row!.nextAtMs!;
    }
    expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
    isWell = true;
  });

  it('that are done forget their failures', async () => {
    let nowMs = NOW_MS;
    let tries = 0;
    const plan = async () => (tries < 2 ? [{ guildId: '1', atMs: NOW_MS }] : []);
    const run = async () => {
      if (tries++ === 0) throw new Error('once');
      return done;
    };
    const runner = start({ plan, run }, { now: () => nowMs });
    await runner.look();
    nowMs += 60_000;
    await runner.look();
    expect(await listJobs(database.pool)).toMatchObject([{ outcome: 'done', failures: 0, nextAtMs: null }]);
  });

  it('end, all of them, where Discord refuses the token', async () => {
    const { plan } = once(3);
    const runner = start({
      plan,
      run: async () => {
        throw new TokenError('refused');
      },
    });
    await expect(runner.jobs.ended).rejects.toThrow(TokenError);
  });

  it('that are closed in the middle stop before their next step, and are not counted as failures', async () => {
    const { plan } = once(1);
    let signal: AbortSignal | undefined;
    const runner = start({
      plan,
      run: (work) =>
        new Promise((_, reject) => {
          signal = work.signal;
          work.signal.addEventListener('abort', () => reject(work.signal.reason as Error));
        }),
    });
    await eventually(() => expect(signal).toBeDefined());
    await runner.jobs.close();
    expect(signal!.aborted).toBe(true);
    expect(await listJobs(database.pool)).toMatchObject([
      { outcome: 'waiting', failures: 0, isRunning: false, holder: null },
    ]);
  });

  it('go on when the database is back, and say once that it was away', async () => {
    const { left, plan } = once(1);
    let isAway = true;
    const runner = start({
      async plan() {
        if (isAway) throw new Error('the database is away');
        return plan();
      },
      run: async ({ guildId }) => (left.delete(guildId), done),
    });
    for (let look = 0; look < 3; look++) {
      runner.jobs.nudge();
      await sleep(5);
    }
    isAway = false;
    await runner.look();
    expect([left.size, runner.warnings]).toEqual([0, ['jobs could not be looked at']]);
  });
});
