/** Leases of jobs. */
import { beforeEach, describe, expect, it } from 'vitest';
import { endJob, leaseJob, listJobs, noteJob, renewLease } from '../../db/jobs.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const KEY = { guildId: '1', job: 'made-up' };
const NOW_MS = Date.UTC(2026, 10, 16, 9);
const lease = (holder: string, leaseMs = 60_000) =>
  leaseJob(database.pool, KEY, { holder, leaseMs, nowMs: NOW_MS });
const endLeases = () =>
  database.pool.query(`update jobs set leased_until = clock_timestamp() - interval '1 ms'`);
const end = { endedAtMs: NOW_MS + 5_000, outcome: 'done' } as const;

describe('a lease', () => {
  it('is one’s of many who ask for it at once', async () => {
    const leases = await Promise.all(Array.from({ length: 12 }, (_, i) => lease(`holder ${i}`)));
    expect(leases.filter((one) => one !== undefined)).toEqual([{ ...KEY, token: '1' }]);
  });

  it('is free when it is given back, or was not renewed in time, and has another token then', async () => {
    const first = await lease('first');
    expect(await lease('second')).toBeUndefined();
    await endJob(database.pool, first!, end);
    expect(await lease('second')).toEqual({ ...KEY, token: '2' });
    await endLeases();
    expect(await lease('third')).toEqual({ ...KEY, token: '3' });
  });

  it('is renewed by who has it alone, and not when it has ended', async () => {
    const first = await lease('first');
    expect(await renewLease(database.pool, first!, 60_000)).toBe(true);
    await endLeases();
    expect(await renewLease(database.pool, first!, 60_000)).toBe(false);
    const second = await lease('second');
    expect(await renewLease(database.pool, first!, 60_000)).toBe(false);
    expect(await renewLease(database.pool, second!, 60_000)).toBe(true);
  });

  it('that is another’s by now can’t be ended', async () => {
    const first = await lease('first');
    await endLeases();
    await lease('second');
    await endJob(database.pool, first!, end);
    expect(await listJobs(database.pool)).toMatchObject([
      { holder: 'second', isRunning: true, outcome: null },
    ]);
  });
});

describe('a job', () => {
  it('counts its failures one after the other, until it is done or waits', async () => {
    const outcomes = ['failed', 'failed', 'waiting', 'failed', 'done'] as const;
    const counted: number[] = [];
    for (const outcome of outcomes) {
      await endJob(database.pool, (await lease('x'))!, { endedAtMs: NOW_MS, outcome, nextAtMs: NOW_MS });
      counted.push((await listJobs(database.pool))[0]!.failures);
    }
    expect(counted).toEqual([1, 2, 0, 1, 0]);
  });

  it('that runs under another right is noted', async () => {
    const times = { startedAtMs: NOW_MS, endedAtMs: NOW_MS + 70 };
    await noteJob(database.pool, KEY, { ...times, outcome: 'failed' });
    await noteJob(database.pool, KEY, { ...times, outcome: 'failed' });
    expect(await listJobs(database.pool)).toMatchObject([
      { ...KEY, ...times, failures: 2, isRunning: false },
    ]);
    await noteJob(database.pool, KEY, { ...times, outcome: 'done' });
    expect(await listJobs(database.pool)).toMatchObject([{ failures: 0, outcome: 'done' }]);
  });
});
