import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { joinsAndLeaves } from '../../../db/queries/joins-and-leaves.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { bucketsOf } from '../../../db/window.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { groupBy, localDate, type NaiveGuild, naiveGuild } from '../../support/naive.ts';
import { AUTHOR, GUILD } from '../../support/records.ts';
import { post, write } from '../../support/written.ts';

const MINUTE_MS = 60_000;
const KINDS = ['joined', 'left', 'banned'] as const;
type Kind = (typeof KINDS)[number];
interface Moment {
  userId: string;
  kind: Kind;
  ms: number;
}

const database = useDatabase();
const moment = (guildId: string, userId: string, kind: string, ms: number, source = 'gateway') =>
  database.pool.query('insert into member_moments values ($1, $2, $3, $4, $5)', [
    guildId,
    userId,
    kind,
    new Date(ms),
    source,
  ]);

const momentsOf = (guild: NaiveGuild): Moment[] =>
  guild.moments
    .map(({ user_id: userId, kind, at }) => ({ userId: String(userId), kind: kind as Kind, ms: Number(at) }))
    .filter(({ kind }) => KINDS.includes(kind))
    .toSorted((a, b) => a.ms - b.ms || (a.kind < b.kind ? -1 : 1));

/** Moments without those that tell once more what the one before told within ten minutes. */
function toldOnce(moments: Moment[]): Moment[] {
  const stories = groupBy(moments, ({ userId, kind }) => `${userId} ${kind === 'banned'}`);
  return [...stories.values()].flatMap((story) =>
    story.filter(({ kind, ms }, i) => story[i - 1]?.kind !== kind || ms - story[i - 1]!.ms > 10 * MINUTE_MS),
  );
}

function naive(guild: NaiveGuild, { window, bots, members, limit }: Asked, unit: 'week' | 'month') {
  const all = momentsOf(guild);
  const until = Math.max(guild.messages.at(-1)!.ms, all.at(-1)!.ms);
  const counted = toldOnce(
    all.filter(({ userId }) => (bots || !guild.bots.has(userId)) && members?.includes(userId) !== false),
  ).filter(({ ms }) => ms >= window.fromMs && ms < window.toMs);
  const starts = bucketsOf(window, unit).map(({ start }) => start);
  return starts
    .map((start, i) => {
      const isIn = (ms: number) => {
        const date = localDate(ms, window.timeZone);
        return date >= start && !(date >= starts[i + 1]!);
      };
      const count = (of: Kind) => {
        const first = all.find(({ kind }) => kind === of)?.ms;
        const isOver = first !== undefined && localDate(first, window.timeZone) >= starts[i + 1]!;
        if (first === undefined || isOver || localDate(until, window.timeZone) < start) return null;
        return counted.filter(({ kind, ms }) => kind === of && isIn(ms)).length;
      };
      const [joined, left, banned] = [count('joined'), count('left'), count('banned')];
      return { start, joined, left, banned, net: joined === null || left === null ? null : joined - left };
    })
    .slice(-limit);
}

describe('in a community', () => {
  const folder = useFolder();
  let guild: AskedGuild;
  beforeAll(async () => {
    guild = await askedGuild(database, `${folder.path}/asked`);
    const { guildId, naive: before } = guild;
    // Most joins are told once more, and many who came went.
    const more = momentsOf(before).flatMap(({ userId, ms }, i) => {
      const leftMs = ms + (1 + (i % 9)) ** 5 * MINUTE_MS;
      return [
        ...(i % 3 > 0 ? [[userId, 'joined', ms - (i % 7) * 2 * MINUTE_MS - 700]] : []),
        ...(i % 4 === 0 ? [[userId, 'joined', ms]] : []),
        ...(i % 2 === 0 ? [[userId, 'left', leftMs]] : []),
        ...(i % 10 === 0 ? [[userId, 'banned', leftMs - 5]] : []),
        ...(i % 5 === 0 ? [[userId, 'joined', leftMs + (i % 3) * MINUTE_MS]] : []),
        [userId, 'renamed', ms + MINUTE_MS],
      ] as [string, string, number][];
    });
    for (const id of before.bots) more.push([id, 'joined', Date.UTC(2025, 5, 1)]);
    await database.pool.query(
      `insert into member_moments select $1, *, 'gateway' from unnest($2::bigint[], $3::text[], $4::timestamptz[])`,
      [guildId, more.map(([id]) => id), more.map(([, kind]) => kind), more.map(([, , ms]) => new Date(ms))],
    );
    guild.naive = await naiveGuild(database.db, guildId);
  });

  it.for(['week', 'month'] as const)('are what a naive pass over the moments counts, by %s', async (unit) => {
    expect(toldOnce(momentsOf(guild.naive)).length).toBeLessThan(momentsOf(guild.naive).length - 10);
    for (const [name, scope] of Object.entries(guild.scopes)) {
      const rows = await joinsAndLeaves(database.db, scope, unit);
      expect(rows, name).toEqual(naive(guild.naive, scope, unit));
    }
  });
});

describe('by hand', () => {
  const START = Date.UTC(2026, 0, 5, 12);
  const asked: Asked = {
    guildId: GUILD,
    limit: 10,
    window: { fromMs: Date.UTC(2025, 11, 22), toMs: Date.UTC(2026, 0, 26), timeZone: 'UTC' },
  };
  const weeks = async () =>
    (await joinsAndLeaves(database.db, asked, 'week')).map(({ start, ...counts }) => [
      start.slice(5),
      ...Object.values(counts),
    ]);
  beforeEach(async () => {
    await database.clear();
    await write(database, [post('2026-01-13T12:00Z')]);
  });

  it('there are none where nothing of it was recorded', async () => {
    await moment(GUILD, AUTHOR, 'renamed', START);
    expect(await weeks()).toEqual([]);
  });

  it('what was never recorded is unknown, and so is what was before its first and after the record', async () => {
    await moment(GUILD, AUTHOR, 'joined', START, 'message');
    expect(await weeks()).toEqual([
      ['12-22', null, null, null, null],
      ['12-29', null, null, null, null],
      ['01-05', 1, null, null, null],
      ['01-12', 0, null, null, null],
      ['01-19', null, null, null, null],
    ]);
    await moment(GUILD, AUTHOR, 'left', START + 8 * 86_400_000);
    expect((await weeks()).slice(2)).toEqual([
      ['01-05', 1, null, null, null],
      ['01-12', 0, 1, null, -1],
      ['01-19', null, null, null, null],
    ]);
  });

  it('one join that several sources tell is one, and two with a leave between are two', async () => {
    await moment(GUILD, AUTHOR, 'joined', START);
    await moment(GUILD, AUTHOR, 'joined', START, 'rest');
    await moment(GUILD, AUTHOR, 'joined', START + 1500, 'message');
    expect((await weeks())[2]).toEqual(['01-05', 1, null, null, null]);
    await moment(GUILD, AUTHOR, 'left', START + MINUTE_MS);
    await moment(GUILD, AUTHOR, 'joined', START + 2 * MINUTE_MS);
    expect((await weeks())[2]).toEqual(['01-05', 2, 1, null, 1]);
  });

  it('a join that is told before the window is not told again within it', async () => {
    await moment(GUILD, AUTHOR, 'joined', asked.window.fromMs - 1000);
    await moment(GUILD, AUTHOR, 'joined', asked.window.fromMs + 1000, 'message');
    expect((await weeks())[0]).toEqual(['12-22', 0, null, null, null]);
  });

  it('who is banned has left, once', async () => {
    await moment(GUILD, AUTHOR, 'joined', START);
    await moment(GUILD, AUTHOR, 'banned', START + MINUTE_MS);
    await moment(GUILD, AUTHOR, 'left', START + MINUTE_MS + 5);
    expect((await weeks())[2]).toEqual(['01-05', 1, 1, 1, 0]);
  });
});
