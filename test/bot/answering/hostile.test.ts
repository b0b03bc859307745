/** A server of 500 channels in which everything is called as nastily as can be. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { saveSettings } from '../../../db/settings.ts';
import { languageOf, wordsIn } from '../../../reports/words.ts';
import { NAMES } from '../../reports/names.ts';
import type { GuildTruth } from '../../support/discord/model.ts';
import { textOf, useTown } from './town.ts';

const CHANNELS = 500;
const nasty = Object.values(NAMES);
const nameOf = (i: number) => nasty[i % nasty.length]!;

let guild: GuildTruth;
let by: string;
let posting: { id: string };
const town = useTown({
  build({ world, ada }) {
    guild = world.addGuild({ name: nameOf(4), ownerId: ada });
    by = ada;
    const role = world.addRole(guild.id, { name: nameOf(0), permissions: PermissionFlagsBits.ManageGuild });
    const people = nasty.map((name) => world.addUser(name, { guildId: guild.id, global_name: name }).id);
    world.giveRole(guild.id, people[0]!, role.id);
    for (const [i, id] of people.entries()) world.setNick(guild.id, id, nameOf(i + 1));
    posting = world.addChannel(guild.id, 0, { name: nameOf(1) });
    for (let i = 1; i < CHANNELS; i++) world.addChannel(guild.id, 0, { name: nameOf(i) });
  },
});

/** Everybody writes, some more, one day in each channel. */
function say(): void {
  const people = [...guild.members.keys()].filter((id) => id !== town.world.truth.bot.id);
  for (const [i, { id }] of [...guild.channels.values()].entries())
    for (let n = 0; n <= i % 3; n++)
      town.world.send(id, { author: people[(i * (n + 1)) % people.length]!, content: `${nameOf(i)}?` });
  const thread = town.world.startThread(posting.id, { ownerId: by, name: nameOf(7) });
  town.world.send(thread.id, { author: by, content: nameOf(8) });
}

/** What would ping, link, or run the wrong way. */
const HARMFUL = /(?<!\\)<[@#][!&]?\d|@(?:everyone|here)|[\u202a-\u202e]|(?<!\\)https?:\/\/evil|(\p{M}){6}/u;

describe('hostile names', () => {
  it('are said in full answers, within every limit, and do no harm', async () => {
    say();
    await town.written();
    await town.database.pool.query('analyze');
    const commandRoles = { stats: [...guild.roles.keys()] };
    await saveSettings(town.database.db, guild.id, { commandRoles }, new Date());
    for (const [command, options, locale] of [
      ['stats', { period: 'today' }, 'en-US'],
      ['top-contributors', { period: 'today' }, 'de'],
      ['top-contributors', { period: 'today', by: 'activeDays' }, 'en-US'],
      ['weekly', { week: '2026-W47' }, 'de'],
      ['settings', {}, 'en-US'],
    ] as const) {
      const use = town.use(command, options, { by, where: posting, locale });
      const message = await use.answered();
      expect(use.answers.map(({ what }) => what)).toEqual(['deferred', 'answered']);
      expect(textOf(message).length).toBeGreaterThan(100);
      expect(textOf(message)).not.toMatch(HARMFUL);
      for (const { name, description = '' } of message.attachments) {
        expect(name).toMatch(/^[\w.-]+$/);
        expect(description).not.toMatch(/[\u202a-\u202e]/);
      }
      if (command === 'settings') continue;
      const why = town.press(message, wordsIn(languageOf(locale)).answering.howCounted, by);
      expect(textOf(await why.answered())).not.toMatch(HARMFUL);
    }
    expect(town.log.join('')).not.toContain('"level":50');
  });

  // Nobody types a NUL.
  const beginnings = nasty.filter((name) => !name.includes('\0')).map((name) => name.slice(0, 80));
  it.each(['', ...beginnings])('are suggested, 25 at most: %j', async (typed) => {
    const asked = { by, where: posting };
    for (const choices of [
      await town.suggested('stats', { channel: typed }, asked),
      await town.suggested('settings', { exclude: typed }, asked),
    ]) {
      expect(choices.length).toBeLessThanOrEqual(25);
      expect(choices.length).toBeGreaterThan(0);
      expect(choices.map(({ name }) => name).join()).not.toMatch(/[\u202a-\u202e]|(\p{M}){6}/u);
    }
  });

  it('can be asked for', async () => {
    const found = await town.suggested('stats', { channel: '' }, { by, where: posting });
    for (const { value } of found.slice(0, nasty.length)) {
      const use = town.use('stats', { period: 'today', channel: value }, { by, where: posting });
      expect(textOf(await use.answered())).not.toMatch(HARMFUL);
      expect(use.answers.map(({ what }) => what)).toEqual(['deferred', 'answered']);
    }
  });
});
