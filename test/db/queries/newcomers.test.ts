import { beforeAll, describe, expect, it } from 'vitest';
import { newcomers, newcomersBy } from '../../../db/queries/newcomers.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { retention, returning } from '../../../db/queries/retention.ts';
import { windowBefore } from '../../../db/window.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import {
  everIn,
  groupBy,
  type NaiveMessage,
  nameOf,
  pieceStart,
  rounded,
  writtenIn,
} from '../../support/naive.ts';
import { AUTHOR, CHANNEL, GUILD } from '../../support/records.ts';
import { post, write } from '../../support/written.ts';

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
});

/** Everybody's first message in the channels that count. */
const firsts = (asked: Asked): Map<string, NaiveMessage> =>
  new Map([...groupBy(everIn(guild.naive, asked), (m) => m.authorId)].map(([id, own]) => [id, own[0]!]));

describe('newcomers', () => {
  it('are those of a naive pass, in every scope', async () => {
    const everybody = { ...guild.scopes['all time']!, limit: 10_000 };
    for (const [name, scope] of Object.entries({ ...guild.scopes, everybody })) {
      const { fromMs, toMs } = scope.window;
      const written = groupBy(writtenIn(guild.naive, scope), (m) => m.authorId);
      const naive = [...firsts(scope)]
        .filter(([id, { ms }]) => ms >= fromMs && ms < toMs && !guild.naive.unranked.has(id))
        .toSorted(([, a], [, b]) => (BigInt(a.id) < BigInt(b.id) ? 1 : -1))
        .slice(0, scope.limit)
        .map(([id, first]) => ({
          id,
          name: nameOf(guild.naive, id),
          firstAt: new Date(first.ms).toISOString(),
          channelId: first.channelId,
          channel: guild.naive.channels.get(first.channelId)?.name ?? null,
          messages: written.get(id)!.length,
        }));
      expect(await newcomers(database.db, scope), name).toEqual(naive);
    }
  });

  it.for(['day', 'week', 'month'] as const)(
    'by %s are those of a naive pass, in every scope',
    async (unit) => {
      for (const [name, scope] of Object.entries(guild.scopes)) {
        const { fromMs, timeZone } = scope.window;
        const first = firsts(scope);
        const pieces = groupBy(writtenIn(guild.naive, scope), (m) => pieceStart(m.ms, timeZone, unit));
        const naive = [...pieces].map(([start, list]) => {
          const people = new Set(list.map((m) => m.authorId));
          const isNew = (id: string) => {
            const { ms } = first.get(id)!;
            return ms >= fromMs && pieceStart(ms, timeZone, unit) === start;
          };
          const fresh = [...people].filter(isNew).length;
          return { start, newcomers: fresh, returning: people.size - fresh };
        });
        const rows = await newcomersBy(database.db, { ...scope, limit: 100_000 }, unit);
        expect(
          rows.filter((row) => row.newcomers + row.returning > 0),
          name,
        ).toEqual(naive);
        expect(await newcomersBy(database.db, { ...scope, limit: 4 }, unit), name).toEqual(rows.slice(-4));
      }
    },
  );
});

describe('returning', () => {
  it('is what a naive pass counts, in every scope', async () => {
    const windows = Object.entries(guild.scopes).map(([name, scope]): [string, Asked] => {
      const half = (scope.window.fromMs + scope.window.toMs) / 2;
      return [name, { ...scope, window: { ...scope.window, fromMs: half } }];
    });
    for (const [name, scope] of windows) {
      const before = new Set(
        writtenIn(guild.naive, { ...scope, window: windowBefore(scope.window) }).map((m) => m.authorId),
      );
      const now = new Set(writtenIn(guild.naive, scope).map((m) => m.authorId));
      const again = [...before].filter((id) => now.has(id)).length;
      expect(await returning(database.db, scope), name).toEqual([
        { before: before.size, again, share: before.size === 0 ? null : rounded(again / before.size, 4) },
      ]);
    }
  });
});

describe('retention', () => {
  it('is what a naive pass counts, in every scope', async () => {
    for (const [name, scope] of Object.entries(guild.scopes)) {
      const { fromMs, toMs, timeZone } = scope.window;
      const weekOf = (ms: number) => Date.parse(pieceStart(ms, timeZone, 'week')) / (7 * 86_400_000);
      const first = firsts(scope);
      const written = writtenIn(guild.naive, scope);
      const cohorts = groupBy(
        [...first].filter(([, { ms }]) => ms >= fromMs && ms < toMs),
        ([, { ms }]) => pieceStart(ms, timeZone, 'week'),
      );
      const active = new Set(written.map((m) => `${m.authorId} ${weekOf(m.ms)}`));
      const rows = await retention(database.db, { ...scope, limit: 10_000 });
      expect(
        rows.filter((row) => row.people > 0).map((row) => row.cohort),
        name,
      ).toEqual([...cohorts.keys()].toSorted());
      for (const { cohort, people, ...shares } of rows) {
        const ids = (cohorts.get(cohort) ?? []).map(([id]) => id);
        expect(people, `${name}, ${cohort}`).toBe(ids.length);
        const week = weekOf(Date.parse(`${cohort}T12:00Z`));
        const naive = [1, 2, 3, 4, 5, 6, 7, 8].map((later) =>
          people === 0 || week + later > weekOf(toMs - 1)
            ? null
            : rounded(ids.filter((id) => active.has(`${id} ${week + later}`)).length / people, 4),
        );
        expect(Object.values(shares), `${name}, ${cohort}`).toEqual(naive);
      }
      expect(await retention(database.db, { ...scope, limit: 3 }), name).toEqual(rows.slice(-3));
    }
  });
});

describe('a newcomer', () => {
  const week = (day: number) => ({
    fromMs: Date.UTC(2026, 0, day),
    toMs: Date.UTC(2026, 0, day + 7),
    timeZone: 'UTC',
  });
  const asked = (day: number, more: Partial<Asked> = {}) => ({
    guildId: GUILD,
    window: week(day),
    limit: 10,
    ...more,
  });

  beforeAll(() =>
    write(
      database,
      [
        post('2026-01-02T10:00Z', { channelId: '31' }),
        post('2026-01-03T10:00Z', { authorId: '72', type: 7 }),
        post('2026-01-06T10:00Z'),
        post('2026-01-06T11:00Z', { authorId: '72' }),
        post('2026-01-14T11:00Z', { authorId: '72' }),
      ],
      // A fresh import makes everyone's row new.
      {
        members: [
          { source: 'rest', observedAt: Date.UTC(2026, 5, 1), guildId: GUILD, userId: AUTHOR, name: 'anna' },
        ],
      },
    ),
  );

  it('is one by their first message, and not by when they joined or their row was made', async () => {
    expect((await newcomers(database.db, asked(5))).map(({ id }) => id)).toEqual(['72']);
    expect(await newcomers(database.db, asked(12))).toEqual([]);
  });

  it('is none where the window cuts off the beginning of the week in which they were', async () => {
    const window = { ...week(5), fromMs: Date.UTC(2026, 0, 6, 11) };
    await write(database, [post('2026-01-08T10:00Z', { authorId: AUTHOR, channelId: '35' })]);
    const channels = [CHANNEL, '35'];
    expect(await newcomersBy(database.db, { guildId: GUILD, window, channels }, 'week')).toEqual([
      { start: '2026-01-05', newcomers: 1, returning: 1 },
    ]);
    expect(await retention(database.db, { guildId: GUILD, window, channels })).toMatchObject([{ people: 1 }]);
  });

  it('is new in the channels that may count', async () => {
    const rows = await newcomers(database.db, asked(5, { channels: [CHANNEL] }));
    expect(rows.map(({ id, firstAt }) => [id, firstAt])).toEqual([
      ['72', '2026-01-06T11:00:00.000Z'],
      [AUTHOR, '2026-01-06T10:00:00.000Z'],
    ]);
  });

  it('comes back in a later week, and is counted for none that is yet to come', async () => {
    const window = { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 0, 19), timeZone: 'UTC' };
    const rows = await retention(database.db, { guildId: GUILD, window });
    expect(
      rows.map(({ cohort, people, week1Share, week2Share }) => [cohort, people, week1Share, week2Share]),
    ).toEqual([
      ['2025-12-29', 1, 1, 0],
      ['2026-01-05', 1, 1, null],
      ['2026-01-12', 0, null, null],
    ]);
    expect(await newcomersBy(database.db, { guildId: GUILD, window }, 'week')).toEqual([
      { start: '2025-12-29', newcomers: 1, returning: 0 },
      { start: '2026-01-05', newcomers: 1, returning: 1 },
      { start: '2026-01-12', newcomers: 0, returning: 1 },
    ]);
  });
});
