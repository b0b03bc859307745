/** What is suggested for options of `/settings`. */
import { describe, expect, it } from 'vitest';
import { RULED_COMMANDS } from '../../../commands/may-use.ts';
import command from '../../../commands/settings.ts';
import { NAMES } from '../../reports/names.ts';
import {
  ARCHIVE,
  channel,
  GENERAL,
  GONE,
  IMPORTED,
  MANAGER,
  MODERATOR,
  NEWS,
  OLD_TALK,
  REPORTS,
  STAFF,
  VOICE,
  useSettings,
} from './scene.ts';

const { write, complete, save, link } = useSettings();

describe('a suggestion', () => {
  /** Postgres keeps no zero. */
  const stored = (name: string) => name.replaceAll('\0', '');
  const values = async (option: string, typed: string, asker = MANAGER) =>
    (await complete(option, typed, { asker })).map(({ value }) => value);

  it('for time-zone tells what time it is there, the one of now first', async () => {
    await save({ timeZone: 'Asia/Tokyo' });
    expect(await complete('time-zone', 'wien')).toEqual([
      { name: 'Europe/Vienna · 13:00', value: 'Europe/Vienna' },
    ]);
    const [first, ...others] = await complete('time-zone', '');
    expect(first).toEqual({ name: 'Asia/Tokyo · 21:00', value: 'Asia/Tokyo' });
    expect(others).toHaveLength(24);
  });

  it('for exclude is a channel or category that the asker can see, and that is not excluded', async () => {
    expect(await values('exclude', '')).toEqual([GENERAL, REPORTS, NEWS, ARCHIVE, OLD_TALK, VOICE]);
    expect(await values('exclude', '', MODERATOR)).toContain(STAFF);
    await save({ excludedChannels: [GENERAL] });
    expect(await complete('exclude', '#NEW')).toEqual([{ name: '#news', value: NEWS }]);
    expect(await values('exclude', 'general')).toEqual([]);
  });

  it('for help-channel is a channel that the asker can see, no category; and off', async () => {
    expect(await values('help-channel', '')).toEqual(['off', GENERAL, REPORTS, NEWS, OLD_TALK, VOICE]);
    expect(await values('help-channel', '', MODERATOR)).toContain(STAFF);
    expect(await values('help-channel', 'of')).toEqual(['off']);
    expect(await complete('help-channel', 'aus', { language: 'de' })).toEqual([
      { name: 'aus', value: 'off' },
    ]);
    expect(await complete('help-channel', '#rep')).toEqual([{ name: '#reports', value: REPORTS }]);
  });

  it('for include is what is excluded, by its id where the asker cannot see it', async () => {
    await save({ excludedChannels: [GENERAL, STAFF, GONE] });
    expect(await complete('include', '')).toEqual([
      { name: '#general', value: GENERAL },
      { name: STAFF, value: STAFF },
      { name: `a deleted channel (${GONE})`, value: GONE },
    ]);
    expect(await values('include', 'gen')).toEqual([GENERAL]);
    expect(await values('include', 'staff')).toEqual([]);
    expect(await values('include', STAFF)).toEqual([STAFF]);
  });

  it('for server is a linked one; for other options there is none', async () => {
    await link();
    expect(await complete('server', 'old')).toEqual([{ name: 'Old Lighthouse', value: IMPORTED }]);
    expect(await complete('role', '')).toEqual([]);
  });

  it('is one of 25 at most, of 100 characters at most, whatever channels are called', async () => {
    const names = [...Object.values(NAMES), ...Array.from({ length: 40 }, (_, i) => `room-${i}`)];
    const channels = names.map((name, i) =>
      channel(String(BigInt(GENERAL) + BigInt(1_000 + i)), stored(name)),
    );
    await write({ channels });
    const ids = channels.map(({ channelId }) => channelId);
    const check = async (option: string) => {
      const choices = await complete(option, '');
      expect(choices).toHaveLength(25);
      for (const { name, value } of choices)
        for (const text of [name, value]) {
          expect(text.length).toBeGreaterThan(0);
          expect(text.length).toBeLessThanOrEqual(100);
        }
    };
    await check('exclude');
    await save({ excludedChannels: ids });
    await check('include');
  });

  it('of commands that rules are for is each that asks', () => {
    const option = command.data.options!.find(({ name }) => name === 'command');
    expect(option).toMatchObject({ choices: RULED_COMMANDS.map((value) => ({ name: `/${value}`, value })) });
  });
});
