import { beforeAll, describe, expect, it } from 'vitest';
import { activeDayShare } from '../../../db/queries/active-day-share.ts';
import { activity } from '../../../db/queries/activity.ts';
import type { Unit } from '../../../db/window.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { groupBy, localDate, pieceStart, writtenIn } from '../../support/naive.ts';
import { GUILD } from '../../support/records.ts';
import { post, write } from '../../support/written.ts';

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
});

const UNITS: Unit[] = ['hour', 'day', 'week', 'month'];

describe('activity', () => {
  it.for(UNITS)('is what a naive pass counts for every %s, in every scope', async (unit) => {
    for (const [name, scope] of Object.entries(guild.scopes)) {
      const rows = await activity(database.db, { ...scope, limit: 100_000 }, unit);
      const pieces = groupBy(writtenIn(guild.naive, scope), (m) =>
        pieceStart(m.ms, scope.window.timeZone, unit),
      );
      const naive = [...pieces].map(([start, list]) => ({
        start,
        messages: list.length,
        people: new Set(list.map((m) => m.authorId)).size,
      }));
      expect(
        rows.filter((row) => row.messages > 0),
        name,
      ).toEqual(naive);
      expect(rows[0]!.start, name).toBe(pieceStart(scope.window.fromMs, scope.window.timeZone, unit));
      expect(rows.at(-1)!.start, name).toBe(pieceStart(scope.window.toMs - 1, scope.window.timeZone, unit));
    }
  });

  it.for(UNITS)('keeps the newest %ss, with the figures that they have among all', async (unit) => {
    for (const scope of Object.values(guild.scopes)) {
      const all = await activity(database.db, { ...scope, limit: 100_000 }, unit);
      for (const limit of [1, 3, 10]) {
        expect(await activity(database.db, { ...scope, limit }, unit)).toEqual(all.slice(-limit));
      }
    }
  });

  it('counts of the first and the last piece only what is in the window', async () => {
    await write(
      database,
      ['2026-01-05T10:00Z', '2026-01-05T14:00Z', '2026-01-06T10:00Z', '2026-01-06T14:00Z'].map((at) =>
        post(at),
      ),
    );
    const window = { fromMs: Date.UTC(2026, 0, 5, 12), toMs: Date.UTC(2026, 0, 6, 12), timeZone: 'UTC' };
    const scope = { guildId: GUILD, window };
    expect(await activity(database.db, scope, 'day')).toEqual([
      { start: '2026-01-05', messages: 1, people: 1 },
      { start: '2026-01-06', messages: 1, people: 1 },
    ]);
    expect(await activity(database.db, scope, 'week')).toEqual([
      { start: '2026-01-05', messages: 2, people: 1 },
    ]);
  });
});

describe('active-day-share', () => {
  it('is what a naive pass counts, in every scope', async () => {
    for (const [name, scope] of Object.entries(guild.scopes)) {
      const { fromMs, toMs, timeZone } = scope.window;
      const written = new Set(writtenIn(guild.naive, scope).map((m) => localDate(m.ms, timeZone)));
      const days = new Set<string>();
      for (let ms = fromMs; ms < toMs; ms += 3_600_000) days.add(localDate(ms, timeZone));
      days.add(localDate(toMs - 1, timeZone));
      expect(await activeDayShare(database.db, scope), name).toEqual([
        { days: days.size, activeDays: written.size, share: expect.closeTo(written.size / days.size, 4) },
      ]);
    }
  });

  it('of no days is none', async () => {
    const window = { fromMs: 0, toMs: 0, timeZone: 'UTC' };
    expect(await activeDayShare(database.db, { guildId: GUILD, window })).toEqual([
      { days: 0, activeDays: 0, share: null },
    ]);
  });
});
