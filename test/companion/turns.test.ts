/** Which backfills are worked on, in which order, and what becomes of those that fail. */
import { beforeEach, describe, expect, it } from 'vitest';
import { pauseRuns, readRun, type RunKey } from '../../db/runs.ts';
import { TokenError, UnansweredError } from '../../ingest/discord/fetch-calls.ts';
import { eventually } from '../bot/recording-bot.ts';
import { useDatabase } from '../support/database.ts';
import { guild, guildsOf, openProcess as open, queueIn, someLooks, stateIn } from './process.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const openProcess = () => open(database);
const queue = (guildId: string, more: { channelIds?: string[]; atMs?: number } = {}) =>
  queueIn(database, guildId, more);
const stateOf = (key: RunKey) => stateIn(database, key);

const MINUTE_MS = 60_000;

describe('guilds', () => {
  it('have one run each at a time, the one asked for first, and the next when it has ended', async () => {
    const [first, second] = [
      await queue(guild(1), { atMs: 1 }),
      await queue(guild(1), { atMs: 2, channelIds: ['5'] }),
    ];
    const process = openProcess();
    process.start();
    await eventually(() => expect(process.working.get(guild(1))?.run.askedAtMs).toBe(first.askedAtMs));
    await someLooks();
    expect([await stateOf(first), await stateOf(second)]).toEqual(['running', 'queued']);
    process.working.get(guild(1))!.end('done');
    await eventually(() => expect(process.working.get(guild(1))?.run.askedAtMs).toBe(second.askedAtMs));
    process.working.get(guild(1))!.end('partly');
    await eventually(() => expect(process.done).toEqual([guild(1), guild(1)]));
  });

  it('are worked on side by side, eight at most, and share what may be asked evenly', async () => {
    for (let i = 0; i < 3; i++) await queue(guild(i));
    const process = openProcess();
    process.start();
    const shares = () => [...process.working.values()].map((one) => one.requestsAtOnce());
    await eventually(() => expect(shares()).toEqual([10, 10, 10]));
    for (let i = 3; i < 10; i++) await queue(guild(i));
    await eventually(() => expect(shares()).toEqual([4, 4, 4, 4, 4, 4, 4, 4]));
    await someLooks();
    expect(process.begun).toHaveLength(8);
    process.working.get(guild(3))!.end('done');
    await eventually(() => expect(process.begun.toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8].map(guild)));
  });

  it('have ten minutes each where others wait, and go on behind those when their turn comes', async () => {
    for (let i = 0; i < 10; i++) await queue(guild(i));
    const process = openProcess();
    process.start();
    await eventually(() => expect(guildsOf(process)).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map(guild)));
    process.clock.ms += 9 * MINUTE_MS;
    await someLooks();
    expect(process.begun).toHaveLength(8);
    process.clock.ms += MINUTE_MS;
    // All eight have had their time: who gave it up waits behind the others, and then takes the next one's place.
    await eventually(() => expect(guildsOf(process)).toEqual([0, 1, 2, 3, 4, 5, 8, 9].map(guild)));
    await someLooks();
    expect(process.begun.slice(8).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 8, 9].map(guild));
  });

  it('go on for as long as they like where nobody waits', async () => {
    for (let i = 0; i < 8; i++) await queue(guild(i));
    const process = openProcess();
    process.start();
    await eventually(() => expect(process.begun).toHaveLength(8));
    process.clock.ms += 60 * MINUTE_MS;
    await someLooks();
    expect(process.begun).toHaveLength(8);
    expect([...process.working.values()].some(({ signal }) => signal.aborted)).toBe(false);
  });

  it('whose run is paused by somebody while it waits are not begun', async () => {
    for (let i = 0; i < 9; i++) await queue(guild(i));
    const process = openProcess();
    process.start();
    await eventually(() => expect(process.begun).toHaveLength(8));
    await someLooks();
    await pauseRuns(database.pool, guild(8), 'by hand', 1);
    await someLooks();
    process.working.get(guild(0))!.end('done');
    await eventually(() => expect(process.done).toEqual([guild(0)]));
    await someLooks();
    expect(process.begun).toHaveLength(8);
  });
});

describe('a run that fails', () => {
  it('since Discord does not answer is tried again after longer and longer, and the others go on', async () => {
    const run = await queue(guild(1));
    await queue(guild(2));
    const process = openProcess();
    process.start();
    for (const [attempt, waitMs] of [1_000, 2_000, 4_000].entries()) {
      await eventually(() => expect(process.begun.filter((id) => id === guild(1))).toHaveLength(attempt + 1));
      process.working.get(guild(1))!.fail(new UnansweredError('away'));
      await eventually(() => expect(process.working.has(guild(1))).toBe(false));
      process.clock.ms += waitMs - 1;
      await someLooks();
      expect(process.begun.filter((id) => id === guild(1))).toHaveLength(attempt + 1);
      process.clock.ms += 1;
    }
    await eventually(() => expect(process.working.has(guild(1))).toBe(true));
    expect(await stateOf(run)).toBe('running');
    expect(process.begun.filter((id) => id === guild(2))).toHaveLength(1);
    // It worked for a while: the next trouble is a new one.
    process.clock.ms += 2 * MINUTE_MS;
    process.working.get(guild(1))!.fail(Object.assign(new Error('x'), { code: 'ECONNRESET' }));
    await eventually(() => expect(process.working.has(guild(1))).toBe(false));
    process.clock.ms += 1_000;
    await eventually(() => expect(process.working.has(guild(1))).toBe(true));
  });

  it('by an error that nobody expected has failed, and says so without its message', async () => {
    const run = await queue(guild(1));
    const process = openProcess();
    process.start();
    await eventually(() => expect(process.working.has(guild(1))).toBe(true));
    process.working.get(guild(1))!.fail(new TypeError('secret'));
    await eventually(async () => expect(await stateOf(run)).toBe('failed'));
    expect((await readRun(database.pool, run))!.reason).toBe('an unexpected error (TypeError)');
    expect(process.log).toEqual(['backfill failed by an error that nobody expected']);
    expect(process.done).toEqual([]);
  });

  it('since Discord refuses the token ends all, and every run stays as it is', async () => {
    const runs = [await queue(guild(1)), await queue(guild(2))];
    const process = openProcess();
    const { ended } = process.start();
    await eventually(() => expect(process.begun).toHaveLength(2));
    process.working.get(guild(1))!.fail(new TokenError('refused'));
    await expect(ended).rejects.toThrow(TokenError);
    await eventually(() => expect(process.working.size).toBe(0));
    await someLooks();
    expect(await Promise.all(runs.map(stateOf))).toEqual(['running', 'running']);
    expect(process.begun).toHaveLength(2);
  });
});
