import { beforeAll, describe, expect, it } from 'vitest';
import { hoursOfDay, weekdayHours, weekdays } from '../../../db/queries/weekday-hours.ts';
import { type AskedGuild, askedGuild } from '../../support/asked-guild.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { groupBy, localParts, type NaiveMessage, writtenIn } from '../../support/naive.ts';
import { GUILD } from '../../support/records.ts';
import { post, write } from '../../support/written.ts';

const database = useDatabase();
const folder = useFolder();
let guild: AskedGuild;
beforeAll(async () => {
  guild = await askedGuild(database, `${folder.path}/asked`);
});

const range = (length: number) => Array.from({ length }, (_, i) => i);

describe('the clock', () => {
  it('is what a naive pass reads, in every scope', async () => {
    for (const [name, scope] of Object.entries(guild.scopes)) {
      const at = (m: NaiveMessage) => localParts(m.ms, scope.window.timeZone);
      const list = writtenIn(guild.naive, scope);
      const bySlot = groupBy(list, (m) => `${at(m).weekday} ${at(m).hour}`);
      const byHour = groupBy(list, (m) => String(at(m).hour));
      const byWeekday = groupBy(list, (m) => String(at(m).weekday));
      const figures = (of: NaiveMessage[] = []) => ({ messages: of.length });
      const slots = range(168).map((slot) => ({ weekday: Math.floor(slot / 24) + 1, hour: slot % 24 }));
      const naive = slots.map((slot) => ({
        ...slot,
        ...figures(bySlot.get(`${slot.weekday} ${slot.hour}`)),
      }));
      expect(await weekdayHours(database.db, scope), name).toEqual(naive);
      expect(await hoursOfDay(database.db, scope), name).toEqual(
        range(24).map((hour) => ({ hour, ...figures(byHour.get(String(hour))) })),
      );
      expect(await weekdays(database.db, scope), name).toEqual(
        range(7).map((i) => ({ weekday: i + 1, ...figures(byWeekday.get(String(i + 1))) })),
      );
    }
  });

  it.for([
    // An hour is left out, and one is struck twice; on Lord Howe half of one.
    ['Europe/Vienna', '2026-03-28T00:00Z', '2026-03-31T00:00Z'],
    ['Europe/Vienna', '2026-10-24T00:00Z', '2026-10-27T00:00Z'],
    ['Australia/Lord_Howe', '2026-04-03T00:00Z', '2026-04-06T00:00Z'],
    ['Australia/Lord_Howe', '2026-10-02T00:00Z', '2026-10-05T00:00Z'],
  ] as const)('is right where it is set (%s, %s)', async ([timeZone, from, to]) => {
    const window = { fromMs: Date.parse(from), toMs: Date.parse(to), timeZone };
    const HALF_HOUR = 1_800_000;
    const times = range((window.toMs - window.fromMs) / HALF_HOUR).map((i) => window.fromMs + i * HALF_HOUR);
    await database.pool.query('delete from messages where guild_id = $1', [GUILD]);
    await write(
      database,
      times.map((ms) => post(new Date(ms).toISOString())),
    );
    const naive = groupBy(times, (ms) => {
      const { weekday, hour } = localParts(ms, timeZone);
      return `${weekday} ${hour}`;
    });
    const scope = { guildId: GUILD, window };
    const rows = await weekdayHours(database.db, scope);
    const counted = rows.filter(({ messages }) => messages > 0);
    expect(counted.map(({ weekday, hour, messages }) => [`${weekday} ${hour}`, messages]).toSorted()).toEqual(
      [...naive].map(([slot, list]) => [slot, list.length]).toSorted(),
    );
  });
});
