import { expect, it } from 'vitest';
import { startSums } from '../../companion/sums.ts';
import { keepSums } from '../../db/rollups/refresh.ts';
import { eventually } from '../bot/recording-bot.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const GUILD = '100000000000000001';
const log = { info() {}, warn() {} };

const staleDays = async (): Promise<number> => {
  const { rows } = await database.pool.query('select from stale_days');
  return rows.length;
};

it('sums are made anew when it begins, and again and again, until it is closed', async () => {
  await database.pool.query(`insert into guilds (guild_id, name) values ($1, 'Guild')`, [GUILD]);
  // Kept, however small, with a day that is stale.
  expect(await keepSums(database.db, GUILD, 'UTC', 0)).toBe(true);
  const mark = () =>
    database.pool.query('insert into stale_days (guild_id, day, marked_by) values ($1, 4000, 1)', [GUILD]);
  await mark();
  // A bell that nobody waits for yet is heard by who waits next.
  const rings: (() => void)[] = [];
  const clock = { rung: 0 };
  const ring = () => {
    clock.rung++;
    for (const heard of rings.splice(0)) heard();
  };
  const wait = (_: number, signal: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason as Error);
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      const heard = () => {
        clock.rung--;
        resolve();
      };
      if (clock.rung > 0) heard();
      else rings.push(heard);
    });
  const sums = startSums({ store: database, wait, now: () => 0, log });
  await eventually(async () => expect(await staleDays()).toBe(0));
  await mark();
  ring();
  await eventually(async () => expect(await staleDays()).toBe(0));
  await sums.close();
  await mark();
  ring();
  expect(await staleDays()).toBe(1);
});
