/** Claims of what is posted by itself. */
import { beforeEach, describe, expect, it } from 'vitest';
import { leaseJob } from '../../db/jobs.ts';
import { changePost, claimPost, listPosts, postingGuilds, readPost, recentPosts } from '../../db/posts.ts';
import { saveSettings } from '../../db/settings.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const DUE_MS = Date.UTC(2026, 10, 16, 9);
const WEEK_MS = 7 * 86_400_000;
const key = (period: string, guildId = '1') => ({ guildId, report: 'weekly', period });
const lease = async (holder: string) =>
  (await leaseJob(
    database.pool,
    { guildId: '1', job: 'weekly-report' },
    { holder, leaseMs: 60_000, nowMs: DUE_MS },
  ))!;
const endLeases = () =>
  database.pool.query(`update jobs set leased_until = clock_timestamp() - interval '1 ms'`);

describe('a claim', () => {
  it('is one a period, however many make it, and the first stands', async () => {
    const times = Array.from({ length: 8 }, (_, i) => DUE_MS + i);
    const claims = await Promise.all(times.map((ms) => claimPost(database.pool, key('2026-W46'), ms)));
    expect(new Set(claims.map(({ dueAtMs }) => dueAtMs)).size).toBe(1);
    expect(await listPosts(database.pool, { report: 'weekly', limit: 10 })).toMatchObject([
      { ...key('2026-W46'), state: 'due', tries: 0, unsureSinceMs: null, messageId: null },
    ]);
  });

  it('changes under its lease alone', async () => {
    const post = await claimPost(database.pool, key('2026-W46'), DUE_MS);
    const first = await lease('first');
    expect(await changePost(database.pool, post, { tries: 1 }, first)).toBe(true);
    await endLeases();
    const second = await lease('second');
    expect(await changePost(database.pool, post, { tries: 7, state: 'posted' }, first)).toBe(false);
    expect(await changePost(database.pool, post, { tries: 2 }, second)).toBe(true);
    expect(await readPost(database.pool, post)).toMatchObject({ tries: 2, state: 'due' });
  });

  it('keeps whatever is changed of it, and nothing else changes', async () => {
    const post = await claimPost(database.pool, key('2026-W46'), DUE_MS);
    const change = {
      reason: { is: 'refused', code: 50035 } as const,
      tries: 3,
      tryAtMs: DUE_MS + 1,
      unsureSinceMs: DUE_MS + 2,
      channelId: '22',
      messageId: '33',
      inputs: { week: '2026-W46' },
      built: ['a', { b: null }],
      postedAtMs: DUE_MS + 4,
      checkedAtMs: DUE_MS + 5,
      checked: { posted: { messages: 1, people: 1 } },
      editedAtMs: DUE_MS + 6,
    };
    const fence = await lease('x');
    await changePost(database.pool, post, change, fence);
    expect(await readPost(database.pool, post)).toEqual({ ...post, ...change });
    const none = { reason: null, unsureSinceMs: null, inputs: null, built: null, checked: null };
    await changePost(database.pool, post, none, fence);
    expect(await readPost(database.pool, post)).toEqual({ ...post, ...change, ...none });
  });
});

describe('guilds that are posted to', () => {
  it('are those with a channel, or with a claim that is open, with their newest claim', async () => {
    const now = new Date(DUE_MS - WEEK_MS);
    for (const id of ['1', '2', '3'])
      await saveSettings(database.db, id, { weeklyChannel: id === '3' ? null : '9', weeklyDay: 1 }, now);
    await claimPost(database.pool, key('2026-W46'), DUE_MS);
    await claimPost(database.pool, key('2026-W47'), DUE_MS + WEEK_MS);
    await claimPost(database.pool, key('2026-W46', '3'), DUE_MS);
    expect(await postingGuilds(database.pool)).toMatchObject([
      {
        guildId: '1',
        lastPeriod: '2026-W47',
        lastDueAtMs: DUE_MS + WEEK_MS,
        openTryAtMs: DUE_MS,
        weeklySinceMs: now.getTime(),
      },
      { guildId: '2', lastPeriod: null, lastDueAtMs: null, openTryAtMs: null },
      { guildId: '3', weeklyChannel: null, lastPeriod: '2026-W46', openTryAtMs: DUE_MS },
    ]);
  });
});

describe('recent posts', () => {
  it('are those that were posted since, and not edited', async () => {
    await saveSettings(database.db, '1', { weeklyChannel: '9' }, new Date(DUE_MS));
    const fence = await lease('x');
    for (const [period, postedAtMs, editedAtMs] of [
      ['2026-W44', DUE_MS - 2 * WEEK_MS, null],
      ['2026-W45', DUE_MS, DUE_MS],
      ['2026-W46', DUE_MS + 1, null],
    ] as const) {
      const post = await claimPost(database.pool, key(period), DUE_MS);
      await changePost(database.pool, post, { state: 'posted', postedAtMs, editedAtMs, checked: {} }, fence);
    }
    const found = await recentPosts(database.pool, 'weekly', DUE_MS - WEEK_MS);
    expect(found.map(({ postedAtMs }) => postedAtMs)).toEqual([DUE_MS + 1]);
  });
});
