/** /guide as people use it: whose eyes it is for, what its buttons keep, and who is not answered with a list. */
import { InteractionResponseType, PermissionFlagsBits } from 'discord-api-types/v10';
import { afterEach, describe, expect, it } from 'vitest';
import { linkGuild, openLinked } from '../../../db/linked-guilds.ts';
import { saveSettings } from '../../../db/settings.ts';
import { wordsIn } from '../../../reports/words.ts';
import type { Use } from '../../support/discord/interactions.ts';
import { GUILD } from '../../support/records.ts';
import { post, posts, write } from '../../support/written.ts';
import { bytesOf, CANARY, refusalOf, textOf, useTown } from './town.ts';

const town = useTown();
const { answering, guide, care } = wordsIn('en');
const { refusals, howCounted } = answering;
const { DeferredChannelMessageWithSource } = InteractionResponseType;
const LONG =
  'What do people here think of the pier, and of the paint that it needs, and who would know more about it?';
const NEED = 'I want to kill myself';
const shape = ({ answers }: Use) => answers.map(({ what, message: { isEphemeral } }) => [what, isEphemeral]);

afterEach(() =>
  saveSettings(town.database.db, town.whole.guild.id, { commandRoles: {}, helpChannel: null }, new Date()),
);

describe('a guide', () => {
  it('is shown to all who see the channel, of what they all can read', async () => {
    const use = town.use('guide', { topic: 'the pier' });
    expect(await use.acknowledged()).toMatchObject({ type: DeferredChannelMessageWithSource });
    const message = await use.answered();
    expect(shape(use)).toEqual([
      ['deferred', false],
      ['answered', false],
    ]);
    expect(textOf(message)).toContain('It needs paint.');
    expect(bytesOf(use)).not.toContain(CANARY);
  });

  it('in private is of what who asks can read, and nobody else is told', async () => {
    const ofBen = await town.ask('guide', { topic: CANARY, private: true });
    expect(ofBen.isEphemeral).toBe(true);
    expect(textOf(ofBen)).toContain(`#${CANARY}-secret`);
    for (const topic of [CANARY.slice(0, -1), 'nothing', '']) {
      const use = town.use('guide', { topic, private: true }, { by: town.ada });
      expect(textOf(await use.answered())).toContain(topic === '' ? 'Harbour' : guide.silent.asker);
      expect(bytesOf(use)).not.toContain(CANARY);
    }
  });

  it('without a topic tells where to start', async () => {
    const use = town.use('guide');
    expect(textOf(await use.answered())).toContain(guide.title('Harbour'));
    expect(bytesOf(use)).not.toContain(CANARY);
  });

  it('is refused to whom the settings do not let ask', async () => {
    const commandRoles = { guide: [town.hidden.crew] };
    await saveSettings(town.database.db, town.whole.guild.id, { commandRoles }, new Date());
    expect(await refusalOf(town.use('guide', {}, { by: town.ada }))).toBe(refusals.notAllowed);
    expect(textOf(await town.ask('guide'))).toContain(guide.title('Harbour'));
  });

  it('takes a topic as long as Discord lets one be, without the command’s own limit', async () => {
    const message = await town.ask('guide', { topic: 'pier '.repeat(1200) }, { isUnchecked: true });
    expect(textOf(message)).toContain('It needs paint.');
    expect(town.log.join('')).not.toContain('"level":50');
  });

  it('suggests nothing for a topic: what others look for is theirs', async () => {
    const command = town.discord.interactions
      .commandsOf(town.whole.guild.id)
      .find(({ name }) => name === 'guide')!;
    expect(command.options!.find(({ name }) => name === 'topic')).not.toHaveProperty('autocomplete');
  });
});

describe('a guide to a linked server', () => {
  it('is of that server, for those who may ask about it', async () => {
    const { db } = town.database;
    const told = { source: 'dce' as const, observedAt: 0, guildId: GUILD };
    const reply = { type: 19, reference: { type: 0, messageId: '0', channelId: '100000000000000002' } };
    const asked = post('2026-01-05T10:00Z', { body: { content: 'Who tends the lamp?', fidelity: 3 } });
    const answered = post('2026-01-05T10:05Z', {
      ...reply,
      reference: { ...reply.reference, messageId: asked.messageId },
      authorId: '300000000000000001',
      body: { content: 'Nils tends the lamp until May.', fidelity: 3 },
    });
    await write(town.database, [asked, answered, ...posts(3, '2026-01-06T10:00Z')], {
      members: [{ ...told, userId: '300000000000000001', name: 'nils' }],
    });
    await linkGuild(db, town.whole.guild.id, GUILD, new Date());
    await town.readTexts();
    const topic = { topic: 'the lamp', server: GUILD };
    expect(await refusalOf(town.use('guide', { ...topic, private: true }))).toBe(refusals.serverClosed);
    await openLinked(db, town.whole.guild.id, GUILD, true);
    const message = await town.ask('guide', topic);
    expect(textOf(message)).toContain('Nils tends the lamp until May.');
    expect(textOf(message)).toContain('As of 6 January 2026');
    const why = await town.press(message, howCounted).answered();
    expect(textOf(why)).toContain('5 of the 5 recorded');
  });
});

describe('How was this counted?', () => {
  it('tells whoever presses it, privately, what a guide goes by', async () => {
    const message = await town.ask('guide', { topic: 'the pier' });
    const use = town.press(message, howCounted, town.hidden.zoe);
    expect(textOf(await use.answered())).toContain('half as much after every year');
    expect(shape(use)).toEqual([
      ['deferred', true],
      ['answered', true],
    ]);
    expect(bytesOf(use)).not.toContain(CANARY);
  });

  it('below a long question works after the bot was started again', async () => {
    const message = await town.ask('guide', { topic: LONG });
    await town.restart();
    expect(textOf(await town.press(message, howCounted).answered())).toContain('after every year');
  });

  it('below a question that was forgotten says so', async () => {
    const message = await town.ask('guide', { topic: `${LONG} Or once knew?` });
    await town.database.pool.query('delete from remembered_questions');
    expect(await refusalOf(town.press(message, howCounted))).toBe(refusals.oldButton);
  });
});

describe('who may need a person rather than a list', () => {
  const helpIn = (helpChannel: string) =>
    saveSettings(town.database.db, town.whole.guild.id, { helpChannel }, new Date());
  const kept = async () => {
    const { rows } = await town.database.pool.query(
      `select (select count(*)::int from remembered_questions) as asked,
        (select count(*)::int from messages where content like '%kill%') as written`,
    );
    return rows[0];
  };

  it('is told so alone: nobody else sees that they asked, and nothing of it is kept or logged', async () => {
    await helpIn(town.whole.chat.id);
    const before = await kept();
    const use = town.use(
      'guide',
      { topic: `${NEED}. ${'I do not know what to do. '.repeat(10)}` },
      { by: town.ada },
    );
    expect(await refusalOf(use)).toBe(care.help(`<#${town.whole.chat.id}>`));
    expect(shape(use)).toEqual([
      ['deferred', true],
      ['answered', true],
    ]);
    await town.written();
    expect(await kept()).toEqual(before);
    expect(town.log.join('')).not.toMatch(/kill|know what to do/);
  });

  it('is told so in place of a private answer, and in their language', async () => {
    const use = town.use('guide', { topic: 'ich will nicht mehr leben', private: true }, { locale: 'de' });
    expect(await refusalOf(use)).toBe(wordsIn('de').care.help());
    expect(shape(use)).toEqual([
      ['deferred', true],
      ['answered', true],
    ]);
  });

  it('is not sent where they cannot see anything', async () => {
    const { whole, world } = town;
    await helpIn(town.hidden.channel.id);
    expect(await refusalOf(town.use('guide', { topic: NEED }, { by: town.ada }))).toBe(care.help());
    await helpIn(whole.chat.id);
    world.overwrite(whole.chat.id, whole.guild.id, { deny: PermissionFlagsBits.ViewChannel });
    await town.written();
    expect(await refusalOf(town.use('guide', { topic: NEED }, { by: town.ada }))).toBe(care.help());
    world.overwrite(whole.chat.id, whole.guild.id, {});
  });

  it('is told so whatever the settings let them use', async () => {
    const commandRoles = { guide: [] };
    await saveSettings(town.database.db, town.whole.guild.id, { commandRoles }, new Date());
    expect(await refusalOf(town.use('guide', { topic: NEED }, { by: town.ada }))).toBe(care.help());
  });
});
