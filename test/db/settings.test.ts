import { beforeEach, describe, expect, it } from 'vitest';
import {
  changeSettings,
  type GuildSettings,
  readSettings,
  saveSettings,
  type SettingsChange,
} from '../../db/settings.ts';
import { useDatabase } from '../support/database.ts';
import { at, GUILD } from '../support/records.ts';

const database = useDatabase();
beforeEach(async () => {
  await database.clear();
  await database.pool.query('delete from command_rules');
});

const OTHER = '100000000000000009';
/** Above what a double can hold. */
const [ONE, TWO] = ['1411139355279360001', '1411139355279360002'];
const now = new Date(at(0));

const DEFAULTS: GuildSettings = {
  timeZone: 'UTC',
  language: 'en',
  excludedChannels: [],
  weeklyChannel: null,
  weeklyDay: 1,
  weeklyHour: 9,
  weeklyLateDays: 3,
  weeklySinceMs: null,
  helpChannel: null,
  countBots: false,
  commandRoles: {},
};

const read = (guildId = GUILD) => readSettings(database.db, guildId);
const save = (change: SettingsChange, when = now) => saveSettings(database.db, GUILD, change, when);

describe('the settings of a guild', () => {
  it('are the defaults where nothing was ever set', async () => {
    expect(await read()).toEqual(DEFAULTS);
  });

  /** What is kept beside a change that says when something is posted. */
  const since = { weeklySinceMs: now.getTime() };
  const isSchedule = (change: SettingsChange) =>
    ['timeZone', 'weeklyChannel', 'weeklyDay', 'weeklyHour'].some((key) => key in change);
  const CHANGES: SettingsChange[] = [
    { timeZone: 'Europe/Vienna' },
    { language: 'de' },
    { excludedChannels: [ONE, TWO] },
    { weeklyChannel: ONE },
    { weeklyDay: 7 },
    { weeklyHour: 0 },
    { weeklyLateDays: 0 },
    { helpChannel: TWO },
    { countBots: true },
    { commandRoles: { stats: [TWO, ONE], weekly: [] } },
  ];
  it.for(CHANGES)('%o is kept, and nothing else is touched', async (change) => {
    await save(change);
    expect(await read()).toEqual({ ...DEFAULTS, ...change, ...(isSchedule(change) && since) });
    expect(await read(OTHER)).toEqual(DEFAULTS);
  });

  it('each is kept beside all others, and can be taken back', async () => {
    for (const change of CHANGES) await save(change);
    expect(await read()).toEqual({ ...DEFAULTS, ...Object.assign({}, ...CHANGES), ...since });
    const { weeklySinceMs: _, ...defaults } = DEFAULTS;
    await save(defaults);
    expect(await read()).toEqual({ ...DEFAULTS, ...since });
  });

  it('a command may be called as something that every object has', async () => {
    await save({ commandRoles: { constructor: [ONE] } });
    expect((await read()).commandRoles).toEqual({ constructor: [ONE] });
  });

  it('a day or an hour that no week has is refused by the database', async () => {
    await expect(save({ weeklyDay: 8 })).rejects.toThrow(/weekly_day/);
    await expect(save({ weeklyHour: 24 })).rejects.toThrow(/weekly_hour/);
    expect(await read()).toEqual(DEFAULTS);
  });
});

describe('since when the weekly report is due', () => {
  const later = new Date(now.getTime() + 3_600_000);
  const sinceAfter = async (change: SettingsChange): Promise<Date | null> => {
    await save(change, later);
    const { weeklySinceMs } = await read();
    return weeklySinceMs === null ? null : new Date(weeklySinceMs);
  };

  it('is unknown until it is set', async () => {
    expect(await sinceAfter({ language: 'de', weeklyLateDays: 5, countBots: true })).toBeNull();
  });

  it('begins when it is turned on, and anew when it is turned on again', async () => {
    expect(await sinceAfter({ weeklyChannel: ONE })).toEqual(later);
    await save({ weeklyChannel: null });
    await save({ weeklyChannel: ONE });
    expect((await read()).weeklySinceMs).toBe(now.getTime());
  });

  it.for<SettingsChange>([{ weeklyDay: 4 }, { weeklyHour: 10 }, { timeZone: 'Asia/Tokyo' }])(
    'begins anew with %o',
    async (change) => {
      await save({ weeklyChannel: ONE });
      expect(await sinceAfter(change)).toEqual(later);
    },
  );

  it.for<SettingsChange>([
    { weeklyChannel: TWO },
    { weeklyChannel: ONE, weeklyDay: 1, weeklyHour: 9, timeZone: 'UTC' },
    { language: 'de' },
    { weeklyLateDays: 0 },
    { weeklyChannel: null },
    { excludedChannels: [TWO] },
  ])('stays with %o, which is not about when', async (change) => {
    await save({ weeklyChannel: ONE });
    expect(await sinceAfter(change)).toEqual(now);
  });
});

describe('a change by what the settings are', () => {
  const exclude = (id: string) =>
    changeSettings(
      database.db,
      GUILD,
      ({ excludedChannels }) => ({ excludedChannels: [...excludedChannels, id] }),
      now,
    );

  it('tells what they were, and what they are', async () => {
    await save({ excludedChannels: [ONE] });
    const { before, after } = await exclude(TWO);
    expect([before.excludedChannels, after.excludedChannels]).toEqual([[ONE], [ONE, TWO]]);
  });

  it('is made one after the other: of several at once none is lost', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => String(BigInt(ONE) + BigInt(i)));
    await Promise.all(ids.map(exclude));
    expect((await read()).excludedChannels).toEqual(ids);
  });

  it('that is refused changes nothing', async () => {
    const refused = changeSettings(
      database.db,
      GUILD,
      () => {
        throw new Error('refused');
      },
      now,
    );
    await expect(refused).rejects.toThrow('refused');
    expect(await read()).toEqual(DEFAULTS);
  });
});
