/** Which process keeps sums and words. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startUpkeep } from '../../../companion/upkeep.ts';
import { eventually } from '../../bot/recording-bot.ts';
import { useDatabase } from '../../support/database.ts';

const database = useDatabase();

function open(applicationId = '1') {
  const state = { working: 0, begun: 0, warnings: [] as string[] };
  const upkeep = startUpkeep({
    pool: database.pool,
    applicationId,
    begin() {
      state.begun++;
      state.working++;
      return [{ close: async () => void state.working-- }];
    },
    wait: (_, signal) => sleep(5, undefined, { signal }),
    log: { info() {}, warn: (_, message) => void state.warnings.push(message) },
  });
  onTestFinished(() => upkeep.close());
  return { ...upkeep, state };
}

describe('the upkeep', () => {
  it('is one process’s of an application, and another’s when that ends', async () => {
    const one = open();
    await eventually(() => expect(one.state.working).toBe(1));
    const other = open();
    const stranger = open('2');
    await eventually(() => expect(stranger.state.working).toBe(1));
    await sleep(30);
    expect(other.state.begun).toBe(0);
    await one.close();
    await eventually(() => expect(other.state.working).toBe(1));
    expect(one.state.working).toBe(0);
  });

  it('ends where the connection is lost that holds the right to it, and begins again', async () => {
    const one = open();
    await eventually(() => expect(one.state.working).toBe(1));
    await database.pool.query(
      `select pg_terminate_backend(pid) from pg_locks
       where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`,
    );
    await eventually(() => expect([one.state.begun, one.state.working]).toEqual([2, 1]));
    expect(one.state.warnings).toEqual(['the right to the upkeep was lost with its connection']);
  });
});
