import { beforeEach, describe, expect, it } from 'vitest';
import { holesOf } from '../../db/holes.ts';
import { useDatabase } from '../support/database.ts';
import { seededRandom } from '../support/random.ts';
import { at, CHANNEL, GUILD, idAt } from '../support/records.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const OTHER = '100000000000000009';
const LAST = idAt(at(1000));
/** Seconds as an id; and the last id before. */
const id = (seconds: number) => idAt(at(seconds));
const before = (seconds: number) => String(BigInt(id(seconds)) - 1n);

const run = (text: string, values: unknown[] = []) => database.pool.query(text, values);
const span = (from: string, to: string, grade = 'verified', more: { channel?: string; at?: number } = {}) =>
  run('insert into coverage values ($1, $2, $3, $4, $5, $6, $7)', [
    GUILD,
    more.channel ?? CHANNEL,
    from,
    to,
    grade === 'claimed' ? 'dce' : 'rest',
    grade,
    new Date(more.at ?? at(0)),
  ]);
const holes = async (fromId = '0', toId = LAST, sinceMs?: number) =>
  (await holesOf(database.pool, GUILD, [CHANNEL], { fromId, toId }, sinceMs === undefined ? {} : { sinceMs }))
    .get(CHANNEL)!
    .map((hole) => [hole.fromId, hole.toId]);

describe('what is left to read', () => {
  it('is all of a channel of which nothing is known, and of each that is asked for', async () => {
    expect(await holes()).toEqual([['0', LAST]]);
    const both = await holesOf(database.pool, GUILD, [CHANNEL, OTHER, OTHER], { fromId: '5', toId: '9' });
    expect([...both.keys()].toSorted()).toEqual([CHANNEL, OTHER]);
    expect(both.get(OTHER)).toEqual([{ fromId: '5', toId: '9' }]);
    expect(await holesOf(database.pool, GUILD, [], { fromId: '5', toId: '9' })).toEqual(new Map());
  });

  it('is what neither verified nor read spans hold, newest first, both ends within', async () => {
    await span('10', '19');
    await span('20', '29', 'read');
    await span('40', '49');
    await span('45', '60');
    expect(await holes('0', '100')).toEqual([
      ['61', '100'],
      ['30', '39'],
      ['0', '9'],
    ]);
    expect(await holes('15', '45')).toEqual([['30', '39']]);
    expect(await holes('12', '25')).toEqual([]);
  });

  it('is not filled by an export, by another channel or by another server', async () => {
    await span('10', '19', 'claimed');
    await span('10', '19', 'verified', { channel: OTHER });
    await run(`insert into coverage values (1, $1, 10, 19, 'rest', 'verified', now())`, [CHANNEL]);
    expect(await holes('0', '100')).toEqual([['0', '100']]);
  });

  it('reaches to the last of all ids', async () => {
    const end = '9223372036854775807';
    expect(await holes('5', end)).toEqual([['5', String(BigInt(end) - 1n)]]);
    await span('10', end);
    expect(await holes('5', end)).toEqual([['5', '9']]);
  });

  it('is all that was answered before a moment, where it is to be read again', async () => {
    await span('10', '19', 'verified', { at: at(50) });
    await span('20', '29', 'read', { at: at(60) });
    await live(0, 2000);
    expect(await holes('0', '100', at(60))).toEqual([
      ['30', '100'],
      ['0', '19'],
    ]);
  });

  it('is what a naive pass over each id finds', async () => {
    const random = seededRandom(7);
    for (let round = 0; round < 20; round++) {
      await run('delete from coverage');
      const covered = new Set<number>();
      for (let i = 0; i < 1 + random() * 6; i++) {
        const from = Math.floor(random() * 60);
        const to = from + Math.floor(random() * 12);
        const grade = ['verified', 'read', 'claimed'][Math.floor(random() * 3)]!;
        await span(String(from), String(to), grade, { at: at(i) });
        if (grade !== 'claimed') for (let one = from; one <= to; one++) covered.add(one);
      }
      const left = (await holes('3', '60')).flatMap(([from, to]) =>
        Array.from({ length: Number(to) - Number(from) + 1 }, (_, i) => Number(to) - i),
      );
      const all = Array.from({ length: 58 }, (_, i) => 60 - i);
      expect(left).toEqual(all.filter((one) => !covered.has(one)));
    }
  });
});

/** The bot hears everything from one second to another, in a channel that is older unless it says otherwise. */
async function live(from: number, to: number, channelId = CHANNEL): Promise<void> {
  await run('insert into shards (application_id, shard_id, shard_count, alive_at) values (1, 0, 1, $1)', [
    new Date(at(to)),
  ]);
  await run(`insert into guild_moments values ($1, 'available', $2)`, [GUILD, new Date(at(from))]);
  await run('insert into channels (guild_id, channel_id, type) values ($1, $2, 0)', [GUILD, channelId]);
  await readable(from, channelId);
}
const readable = (from: number, channelId: string, access = 'readable') =>
  run('insert into channel_access values ($1, $2, $3, $4)', [GUILD, channelId, new Date(at(from)), access]);
const missed = (from: number, to: number) =>
  run(`insert into gaps values ($1, $2, $3, 'new session', 'open', null, '{}')`, [
    GUILD,
    new Date(at(from)),
    new Date(at(to)),
  ]);

describe('what was recorded live', () => {
  it('is not to be read, but for 10 s from where it begins, and before where it ends', async () => {
    await live(100, 2000);
    expect(await holes()).toEqual([['0', before(110)]]);
    expect(await holes('0', id(3000))).toEqual([
      [id(1990.001), id(3000)],
      ['0', before(110)],
    ]);
  });

  it('leaves what was missed, and as much around it', async () => {
    await live(100, 2000);
    await missed(500, 600);
    await missed(605, 610);
    expect(await holes('0', before(2000))).toEqual([
      [id(490), before(620)],
      ['0', before(110)],
    ]);
    // What a repair or a backfill has read of it is done.
    await span(id(480), id(615), 'read');
    expect(await holes('0', before(2000))).toEqual([
      [String(BigInt(id(615)) + 1n), before(620)],
      ['0', before(110)],
    ]);
  });

  it('is only what the bot could hear', async () => {
    await live(100, 2000);
    await readable(300, CHANNEL, 'no view');
    expect(await holes()).toEqual([
      [id(290), LAST],
      ['0', before(110)],
    ]);
  });

  it('has nothing older in a channel made meanwhile', async () => {
    const born = id(200);
    await live(100, 2000, born);
    await run('delete from channel_access');
    // The bot notes it a moment later.
    await readable(201, born);
    const left = (await holesOf(database.pool, GUILD, [born], { fromId: '0', toId: LAST })).get(born);
    expect(left).toEqual([]);
    // It may have been made while nobody listened, and said so later.
    await missed(195, 202);
    const unsure = (await holesOf(database.pool, GUILD, [born], { fromId: '0', toId: LAST })).get(born);
    expect(unsure).toEqual([{ fromId: '0', toId: before(212) }]);
  });
});

it('is found for thousands of channels at once', async () => {
  await live(100, 2000);
  await run(
    `insert into coverage select $1, c, c * 1000 + s * 10, c * 1000 + s * 10 + 4, 'rest', 'verified', now()
     from generate_series(1, 3000) c, generate_series(1, 5) s`,
    [GUILD],
  );
  const ids = Array.from({ length: 3000 }, (_, i) => String(i + 1));
  const found = await holesOf(database.pool, GUILD, ids, { fromId: '0', toId: LAST });
  expect(found.size).toBe(3000);
  expect(ids.every((one) => found.get(one)!.length === 6)).toBe(true);
});
