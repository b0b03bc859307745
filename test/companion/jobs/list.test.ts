/** All that runs by itself, as it is listed. */
import { beforeEach, describe, expect, it } from 'vitest';
import { listedJobs } from '../../../companion/jobs/list.ts';
import { plans } from '../../../companion/plans.ts';
import { endJob, leaseJob, noteJob } from '../../../db/jobs.ts';
import { queueRun, setRunState, startRun } from '../../../db/runs.ts';
import { saveSettings } from '../../../db/settings.ts';
import { useDatabase } from '../../support/database.ts';
import { CHANNEL, GUILD } from '../../support/records.ts';
import { post, write } from '../../support/written.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const SUNDAY_MS = Date.UTC(2026, 10, 15, 12);
const MONDAY_MS = Date.UTC(2026, 10, 16, 9);
const MINUTE_MS = 60_000;

const list = (nowMs = SUNDAY_MS) => listedJobs(database.pool, plans(database.pool), nowMs);
const one = async (job: string, nowMs?: number) => (await list(nowMs)).find((listed) => listed.job === job);
const postHere = () =>
  saveSettings(database.db, GUILD, { weeklyChannel: CHANNEL }, new Date(SUNDAY_MS - MINUTE_MS));

describe('the list of jobs', () => {
  it('of a program that has done nothing yet holds what it will do, and when', async () => {
    await write(database, [post('2026-11-15T10:00Z')]);
    await postHere();
    expect(await list()).toEqual([
      {
        job: 'checks',
        guildId: '0',
        guildName: null,
        startedAtMs: null,
        durationMs: null,
        outcome: null,
        note: null,
        failures: 0,
        nextAtMs: SUNDAY_MS,
        isRunning: false,
      },
      {
        job: 'weekly-report',
        guildId: GUILD,
        guildName: 'Lighthouse',
        startedAtMs: null,
        durationMs: null,
        outcome: null,
        note: null,
        failures: 0,
        nextAtMs: MONDAY_MS,
        isRunning: false,
      },
    ]);
  });

  it('tells of a job when it was last begun, how long it took, what came of it, and when it is next', async () => {
    await postHere();
    const key = { guildId: GUILD, job: 'weekly-report' };
    const lease = await leaseJob(database.pool, key, {
      holder: 'x',
      leaseMs: MINUTE_MS,
      nowMs: SUNDAY_MS - 3_000,
    });
    expect(await one('weekly-report')).toMatchObject({ isRunning: true, outcome: null, durationMs: null });
    const end = { endedAtMs: SUNDAY_MS, outcome: 'done', note: '2026-W45 posted' } as const;
    await endJob(database.pool, lease!, end);
    expect(await one('weekly-report')).toMatchObject({
      startedAtMs: SUNDAY_MS - 3_000,
      durationMs: 3_000,
      outcome: 'done',
      note: '2026-W45 posted',
      nextAtMs: MONDAY_MS,
      isRunning: false,
    });
  });

  it('tells of a failure how often, and that it rests before the next time', async () => {
    await postHere();
    const key = { guildId: GUILD, job: 'weekly-report' };
    for (const nowMs of [MONDAY_MS, MONDAY_MS + MINUTE_MS]) {
      const lease = await leaseJob(database.pool, key, { holder: 'x', leaseMs: MINUTE_MS, nowMs });
      const nextAtMs = MONDAY_MS + 5 * MINUTE_MS;
      await endJob(database.pool, lease!, { endedAtMs: nowMs, outcome: 'failed', note: 'Error', nextAtMs });
    }
    expect(await one('weekly-report', MONDAY_MS + 2 * MINUTE_MS)).toMatchObject({
      outcome: 'failed',
      failures: 2,
      nextAtMs: MONDAY_MS + 5 * MINUTE_MS,
    });
  });

  it('holds the checks of a post of late data for three days', async () => {
    await postHere();
    await database.pool.query(
      `insert into posts (guild_id, report, period, due_at, state, try_at, posted_at, checked_at, checked, message_id)
       values ($1, 'weekly', '2026-W46', $2, 'posted', $2, $2, $2, '{}', 1)`,
      [GUILD, new Date(MONDAY_MS)],
    );
    expect(await one('late-data', MONDAY_MS)).toMatchObject({ nextAtMs: MONDAY_MS + 30 * MINUTE_MS });
    expect(await one('late-data', MONDAY_MS + 72 * 60 * MINUTE_MS)).toBeUndefined();
  });

  it('holds backfills, as they are', async () => {
    const order = { guildId: GUILD, channelIds: null, sinceId: '0', withReactors: false, isAgain: false };
    const run = await queueRun(database.pool, order, SUNDAY_MS);
    expect(await one('backfill')).toMatchObject({ outcome: 'waiting', note: 'queued', isRunning: false });
    await startRun(database.pool, run, SUNDAY_MS);
    expect(await one('backfill')).toMatchObject({ isRunning: true, startedAtMs: SUNDAY_MS });
    await setRunState(database.pool, run, 'done', { nowMs: SUNDAY_MS + 5_000 });
    expect(await one('backfill')).toMatchObject({ outcome: 'done', durationMs: 5_000, note: null });
  });

  it('holds repairs of gaps, as they are', async () => {
    const times = [new Date(SUNDAY_MS - MINUTE_MS), new Date(SUNDAY_MS)];
    await database.pool.query(
      `insert into gaps (guild_id, from_at, to_at, reason, state, card) values ($1, $2, $3, 'new session', 'open', '{}')`,
      [GUILD, ...times],
    );
    expect(await one('gap-repair')).toMatchObject({ outcome: 'waiting', nextAtMs: SUNDAY_MS });
    await database.pool.query(`update gaps set state = 'partly', repaired_at = $1`, [
      new Date(SUNDAY_MS + 4_000),
    ]);
    expect(await one('gap-repair')).toMatchObject({
      outcome: 'done',
      durationMs: 4_000,
      note: 'some of it could not be read',
      nextAtMs: null,
    });
  });

  it('holds sums and words, which run under a right of their own', async () => {
    for (const job of ['sums', 'words'])
      await noteJob(
        database.pool,
        { guildId: '0', job },
        { startedAtMs: SUNDAY_MS - 50, endedAtMs: SUNDAY_MS, outcome: 'done' },
      );
    const listed = (await list()).filter(({ job }) => job !== 'checks');
    expect(listed).toMatchObject([
      { job: 'sums', durationMs: 50, outcome: 'done' },
      { job: 'words', durationMs: 50, outcome: 'done' },
    ]);
  });
});
