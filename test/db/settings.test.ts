import { beforeEach, describe, expect, it } from 'vitest';
import { changeSettings, type GuildSettings, readSettings, saveSettings } from '../../db/settings.ts';
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
  helpChannel: null,
  countBots: false,
  commandRoles: {},
};

const read = (guildId = GUILD) => readSettings(database.db, guildId);
const save = (change: Partial<GuildSettings>) => saveSettings(database.db, GUILD, change, now);

describe('the settings of a guild', () => {
  it('are the defaults where nothing was ever set', async () => {
    expect(await read()).toEqual(DEFAULTS);
  });

  const CHANGES: Partial<GuildSettings>[] = [
    { timeZone: 'Europe/Vienna' },
    { language: 'de' },
    { excludedChannels: [ONE, TWO] },
    { weeklyChannel: ONE },
    { weeklyDay: 7 },
    { weeklyHour: 0 },
    { helpChannel: TWO },
    { countBots: true },
    { commandRoles: { stats: [TWO, ONE], weekly: [] } },
  ];
  it.for(CHANGES)('%o is kept, and nothing else is touched', async (change) => {
    await save(change);
    expect(await read()).toEqual({ ...DEFAULTS, ...change });
    expect(await read(OTHER)).toEqual(DEFAULTS);
  });

  it('each is kept beside all others, and can be taken back', async () => {
    for (const change of CHANGES) await save(change);
    expect(await read()).toEqual({ ...DEFAULTS, ...Object.assign({}, ...CHANGES) });
    await save(DEFAULTS);
    expect(await read()).toEqual(DEFAULTS);
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
