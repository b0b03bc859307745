/** What /settings shows, whole: in English and in German, as it has always been. */
import { describe, expect, it } from 'vitest';
import { toDiscord } from '../../../reports/message/discord.ts';
import type { Message } from '../../../reports/message.ts';
import { LANGUAGES } from '../../../reports/words.ts';
import { NAMES } from '../../reports/names.ts';
import {
  type Asking,
  channel,
  GENERAL,
  GONE,
  GONE_ROLE,
  HELPERS,
  HIDDEN,
  MODS,
  NEWS,
  OLD_TALK,
  REPORTS,
  STAFF,
  textOf,
  THREAD,
  told,
  useSettings,
} from './scene.ts';

const { write, use, save, talk, link } = useSettings();

/** The message in each language, as it has always been; each from the settings that `before` makes. */
async function expectGolden(
  file: string,
  asking: Omit<Asking, 'language'> = {},
  before: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  const messages: Record<string, Message> = {};
  for (const language of LANGUAGES) {
    await before();
    messages[language] = await use({ ...asking, language });
  }
  await expect(`${JSON.stringify(messages, null, 2)}\n`).toMatchFileSnapshot(
    `../../golden/commands/settings-${file}.json`,
  );
}

describe('the settings', () => {
  it('of a server where nothing was set', () => expectGolden('unset'));

  it('of one where everything is', async () => {
    await talk(GENERAL, REPORTS);
    await link();
    await save({
      weeklyChannel: REPORTS,
      weeklyDay: 5,
      weeklyHour: 18,
      helpChannel: REPORTS,
      timeZone: 'Europe/Vienna',
      language: 'de',
      countBots: true,
      excludedChannels: [OLD_TALK, STAFF, GONE, HIDDEN, THREAD],
      commandRoles: { stats: [HELPERS, MODS], weekly: [], 'top-contributors': [GONE_ROLE] },
    });
    await expectGolden('set');
  });

  it('that were changed', async () => {
    await link();
    const before = () =>
      save({ helpChannel: null, excludedChannels: [OLD_TALK], timeZone: 'UTC', countBots: false });
    await expectGolden(
      'changed',
      {
        options: {
          'weekly-channel': REPORTS,
          'help-channel': 'general',
          'time-zone': 'Wien',
          exclude: 'general',
          include: 'old-talk',
          'count-bots': true,
        },
      },
      before,
    );
  });

  it('that were so before', () => expectGolden('unchanged', { options: { language: 'en' } }));

  it('with a weekly channel in which the bot may not post', async () => {
    await save({ weeklyChannel: NEWS });
    await expectGolden('cannot-post');
  });
});

describe('hostile names', () => {
  /** Postgres keeps no zero. */
  const names = Object.values(NAMES).map((name) => name.replaceAll('\0', ''));
  const idOf = (i: number) => String(BigInt(GENERAL) + BigInt(1_000 + i));

  it('format nothing, ping nobody, and do not run the wrong way', async () => {
    await write({
      guilds: [{ ...told, observedAt: told.observedAt + 1, name: names.join(' ') }],
      channels: names.map((name, i) => channel(idOf(i), name)),
      roles: names.map((name, i) => ({
        ...told,
        roleId: idOf(i),
        look: { name, color: 0, position: i },
        permissions: '0',
      })),
    });
    await link(NAMES.mention);
    const ids = names.map((_, i) => idOf(i));
    await save({
      excludedChannels: ids,
      weeklyChannel: ids[0]!,
      helpChannel: ids[1]!,
      commandRoles: { stats: ids },
    });
    await expectGolden('hostile');
    const text = textOf(await use());
    expect(text).not.toMatch(/@everyone|@here|(?<!\\)(?:[<[]|:\/\/)|[\u202e\u200b\ufeff]/);
  });

  it('and the most of everything still fit into a message, whole', async () => {
    const long = '*'.repeat(100);
    const many = Array.from({ length: 500 }, (_, i) => idOf(i));
    await write({
      guilds: [{ ...told, observedAt: told.observedAt + 1, name: long }],
      channels: many.map((id) => channel(id, long)),
      roles: many.map((id) => ({
        ...told,
        roleId: id,
        look: { name: long, color: 0, position: 1 },
        permissions: '0',
      })),
    });
    for (let i = 0; i < 25; i++) await link(long, idOf(i));
    const roles = (from: number) => many.slice(from, from + 250);
    const set = {
      excludedChannels: many,
      weeklyChannel: many[0]!,
      helpChannel: many[1]!,
      commandRoles: { stats: roles(0), weekly: roles(1), 'top-contributors': roles(2), guide: roles(3) },
    };
    const options = {
      'weekly-channel': NEWS,
      'weekly-hour': 23,
      'help-channel': NEWS,
      'time-zone': 'America/North_Dakota/New_Salem',
      language: 'de',
      exclude: GENERAL,
      include: many[0]!,
      'count-bots': true,
      command: 'stats',
      role: MODS,
      server: idOf(3),
      open: true,
    };
    for (const language of LANGUAGES) {
      await save(set);
      const message = await use({ language, options });
      const { components } = toDiscord(message);
      const shown = JSON.stringify(components);
      for (const block of message.blocks)
        if (block.is === 'text') expect(shown).toContain(JSON.stringify(block.text).slice(1, -1));
      expect(textOf(message).length).toBeLessThan(4_000);
    }
  });
});
