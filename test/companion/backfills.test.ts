/** Which process works on backfills, and how one stops. */
import { beforeEach, describe, expect, it } from 'vitest';
import { readRun, type RunKey } from '../../db/runs.ts';
import { eventually } from '../bot/recording-bot.ts';
import { useDatabase } from '../support/database.ts';
import { guild, guildsOf, openProcess as open, queueIn, someLooks, stateIn } from './process.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const openProcess = () => open(database);
const queue = (guildId: string, more: { channelIds?: string[]; atMs?: number } = {}) =>
  queueIn(database, guildId, more);
const stateOf = (key: RunKey) => stateIn(database, key);

describe('processes of one application', () => {
  it('work on backfills one at a time; who stands by takes over when the other ends', async () => {
    await queue(guild(1));
    const [one, two] = [openProcess(), openProcess()];
    const first = one.start();
    await eventually(() => expect(one.begun).toHaveLength(1));
    const second = two.start();
    await someLooks();
    expect([first.isRunner(), second.isRunner(), two.begun]).toEqual([true, false, []]);
    await first.close();
    await eventually(() => expect(two.begun).toEqual([guild(1)]));
    expect([first.isRunner(), second.isRunner()]).toEqual([false, true]);
  });

  it('one that loses its connection to the database stops, and begins again when it has the right anew', async () => {
    await queue(guild(1));
    const process = openProcess();
    process.start();
    await eventually(() => expect(process.begun).toHaveLength(1));
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );
    await eventually(() => expect(process.begun).toHaveLength(2));
    expect(process.log).toContain('the right to run backfills was lost with its connection');
  });

  it('one that closes waits until what it asked for is written', async () => {
    const run = await queue(guild(1));
    const process = openProcess();
    const backfills = process.start();
    await eventually(() => expect(process.begun).toHaveLength(1));
    const written = Promise.withResolvers<void>();
    process.writing.until = written.promise;
    let isClosed = false;
    const closing = backfills.close().then(() => (isClosed = true));
    await someLooks();
    expect([isClosed, process.working.get(guild(1))?.signal.aborted]).toEqual([false, true]);
    written.resolve();
    await closing;
    expect(process.working.size).toBe(0);
    expect(await stateOf(run)).toBe('running');
  });
});

describe('pausing', () => {
  it('stops a run between pages, notes why, and leaves the other guilds alone', async () => {
    const run = await queue(guild(1));
    await queue(guild(2));
    const process = openProcess();
    const backfills = process.start();
    await eventually(() => expect(process.begun).toHaveLength(2));
    const written = Promise.withResolvers<void>();
    process.writing.until = written.promise;
    const paused = backfills.pause(run, 'stopped by Ctrl+C');
    await someLooks();
    expect(await stateOf(run)).toBe('running');
    written.resolve();
    await paused;
    expect(await readRun(database.pool, run)).toMatchObject({
      state: 'paused',
      reason: 'stopped by Ctrl+C',
    });
    await someLooks();
    expect(process.begun).toHaveLength(2);
    expect(process.done).toEqual([]);
    expect(guildsOf(process)).toEqual([guild(2)]);
    expect(process.working.get(guild(2))!.signal.aborted).toBe(false);
  });

  it('one that has not begun yet is not begun', async () => {
    const process = openProcess();
    const backfills = process.start();
    await eventually(() => expect(backfills.isRunner()).toBe(true));
    const run = await queue(guild(1));
    await backfills.pause(run, 'why');
    await someLooks();
    expect(await stateOf(run)).toBe('paused');
  });
});
