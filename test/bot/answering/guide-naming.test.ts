/** "Don't name me" below a guide: it holds at once, for whoever presses it and nobody else, wherever the message stands. */
import { InteractionResponseType } from 'discord-api-types/v10';
import { afterEach, describe, expect, it } from 'vitest';
import { forgetPerson } from '../../../db/choices.ts';
import { saveSettings } from '../../../db/settings.ts';
import { linkGuild, openLinked } from '../../../db/linked-guilds.ts';
import { wordsIn } from '../../../reports/words.ts';
import type { ShownMessage, Use } from '../../support/discord/interactions.ts';
import { GUILD } from '../../support/records.ts';
import { post, write } from '../../support/written.ts';
import { bytesOf, CANARY, textOf, useTown } from './town.ts';

const town = useTown();
const { naming } = wordsIn('en').guide;
const { refusals } = wordsIn('en').answering;
const LONG =
  'What do people here think of the pier, and of the paint that it needs, and who would know more of it?';
const NAMES = ['ada', 'ben', 'cleo'];

/** Whom a message names, of those who answer about the pier. */
const namedIn = (message: Pick<ShownMessage, 'components' | 'content'>) =>
  NAMES.filter((name) => new RegExp(`\\b${name}\\b`).test(textOf(message as ShownMessage)));
/** A public message as everybody sees it now. */
const now = (message: ShownMessage) => town.whole.general.messages.get(message.id) as unknown as ShownMessage;
const unranked = async (guildId = town.whole.guild.id) => {
  const { rows } = await town.database.pool.query<{ id: string }>(
    `select user_id::text as id from choices where guild_id = $1 and choice = 'unranked' order by 1`,
    [guildId],
  );
  return rows.map(({ id }) => id);
};
/** Every change is there: what is said to whoever pressed, and the message. */
const done = (use: Use, count: number) =>
  use.until(() => use.answers.length >= count).then(() => use.answers);
const shape = ({ answers }: Use) => answers.map(({ what, message: { isEphemeral } }) => [what, isEphemeral]);

/** Whoever chose is named again, by the button itself, so that no answer is left over. */
const pressed: [ShownMessage, string][] = [];
async function unname(message: ShownMessage, by: string): Promise<Use> {
  const use = town.press(message, naming.unname, by);
  await done(use, 2);
  pressed.push([use.answers[0]!.message, by]);
  return use;
}
afterEach(async () => {
  for (const [told, by] of pressed.splice(0)) await town.press(told, naming.again, by).answered();
});

describe('"Don’t name me", pressed by somebody whom the answer names', () => {
  it('takes them out of it for all, says so to them alone, and leaves everybody else', async () => {
    const message = await town.ask('guide', { topic: 'the pier' });
    expect(namedIn(message)).toEqual(NAMES);
    const use = await unname(message, town.ada);
    expect(await use.acknowledged()).toMatchObject({ type: InteractionResponseType.DeferredMessageUpdate });
    expect(shape(use)).toEqual([
      ['followed up', true],
      ['answered', false],
    ]);
    expect(textOf(use.answers[0]!.message)).toBe(naming.unnamed);
    expect(use.answers[1]!.message.id).toBe(message.id);
    expect(namedIn(now(message))).toEqual(['ben', 'cleo']);
    expect(await unranked()).toEqual([town.ada]);
    expect(bytesOf(use)).not.toContain(CANARY);
  });

  it('holds for other answers at once, also for those of the last minute', async () => {
    const asked = () =>
      Promise.all([
        town.ask('top-contributors', { period: 'all' }),
        town.ask('guide', { topic: 'paint on the pier' }),
        town.ask('guide'),
      ]);
    for (const answer of await asked()) expect(namedIn(answer)).toContain('cleo');
    await unname((await asked())[1]!, town.cleo);
    for (const answer of await asked()) expect(namedIn(answer)).not.toContain('cleo');
  });

  it('leaves a public message one for all, in its language, though who presses reads more and speaks another', async () => {
    const message = await town.ask('guide', { topic: 'what of the pier' }, { by: town.ada });
    const use = town.press(message, naming.unname, town.ben, 'de');
    await done(use, 2);
    pressed.push([use.answers[0]!.message, town.ben]);
    const german = wordsIn('de').guide.naming;
    expect(textOf(use.answers[0]!.message)).toBe(german.unnamed);
    expect(bytesOf(use)).not.toContain(CANARY);
    expect(namedIn(now(message))).toEqual(['ada', 'cleo']);
    expect(textOf(now(message))).toContain(wordsIn('en').guide.headings.guides);
    // The button that takes it back is German, too.
    await town.press(use.answers[0]!.message, german.again, town.ben).answered();
    pressed.pop();
  });

  it('works below an answer that they alone see', async () => {
    const message = await town.ask('guide', { topic: 'the pier', private: true });
    const use = await unname(message, town.ben);
    const [told, anew] = use.answers;
    expect([told!.message.isEphemeral, anew!.message.isEphemeral, anew!.message.id]).toEqual([
      true,
      true,
      message.id,
    ]);
    expect(namedIn(anew!.message)).toEqual(['ada', 'cleo']);
  });

  it('works twice, and by two at once', async () => {
    const message = await town.ask('guide', { topic: 'who paints the pier?' });
    const uses = await Promise.all([town.ada, town.cleo, town.ada].map((by) => unname(message, by)));
    for (const use of uses) expect(textOf(use.answers[0]!.message)).toBe(naming.unnamed);
    expect(namedIn(now(message))).toEqual(['ben']);
    expect((await unranked()).length).toBe(2);
    const again = town.press(now(message), naming.unname, town.cleo);
    expect(textOf(await again.answered())).toBe(naming.unnamed);
    expect(shape(again)).toEqual([['followed up', true]]);
  });

  it('works after the bot was started again, below a question that no button has room for', async () => {
    const message = await town.ask('guide', { topic: LONG });
    await town.restart();
    await unname(message, town.ada);
    expect(namedIn(now(message))).toEqual(['ben', 'cleo']);
    expect(textOf(now(message))).toContain(LONG.slice(0, 80));
  });

  it('names them no more though the question was forgotten', async () => {
    const message = await town.ask('guide', { topic: `${LONG} Or once knew?` });
    await town.database.pool.query('delete from remembered_questions');
    await unname(message, town.ada);
    expect(textOf(now(message))).toBe(refusals.oldButton);
    expect(await unranked()).toEqual([town.ada]);
  });

  it('works for whom the settings do not let ask', async () => {
    const message = await town.ask('guide', { topic: 'the old pier' });
    const rules = { commandRoles: { guide: [] } };
    await saveSettings(town.database.db, town.whole.guild.id, rules, new Date());
    await unname(message, town.ada);
    expect(namedIn(now(message))).toEqual(['ben', 'cleo']);
    await saveSettings(town.database.db, town.whole.guild.id, { commandRoles: {} }, new Date());
  });
});

describe('"Don’t name me", pressed by somebody else', () => {
  it('changes nothing in the message, and offers to name them nowhere', async () => {
    const message = await town.ask('guide', { topic: 'the pier now' });
    const use = town.press(message, naming.unname, town.hidden.zoe);
    const told = await use.answered();
    expect(shape(use)).toEqual([['followed up', true]]);
    expect(textOf(told)).toBe(naming.notNamed);
    expect(await unranked()).toEqual([]);

    const nowhere = town.press(told, naming.nowhere, town.hidden.zoe);
    const out = await nowhere.answered();
    expect([out.id, out.isEphemeral, textOf(out)]).toEqual([told.id, true, naming.unnamed]);
    expect(await unranked()).toEqual([town.hidden.zoe]);

    const again = await town.press(out, naming.again, town.hidden.zoe).answered();
    expect([again.id, textOf(again)]).toEqual([told.id, naming.named]);
    expect(await unranked()).toEqual([]);
    expect(namedIn(now(message))).toEqual(NAMES);
  });
});

it('"Name me again" brings them back at once', async () => {
  const topic = { topic: 'a pier' };
  const message = await town.ask('guide', topic);
  const use = await unname(message, town.ada);
  const told = await town.press(use.answers[0]!.message, naming.again, town.ada).answered();
  expect([textOf(told), told.isEphemeral]).toEqual([naming.named, true]);
  pressed.pop();
  expect(namedIn(await town.ask('guide', topic))).toEqual(NAMES);
});

it('somebody who was forgotten is not named again by it', async () => {
  const { guild, general } = town.plain;
  const message = await town.ask('guide', { topic: 'the pier' }, { where: general });
  await forgetPerson(town.database.pool, guild.id, town.cleo, new Date());
  const use = town.press(message, naming.unname, town.cleo);
  await done(use, 2);
  // Whom ada answered is nobody any more.
  expect(namedIn(use.answers[1]!.message)).toEqual(['ben']);
  const still = await town.press(use.answers[0]!.message, naming.again, town.cleo).answered();
  expect(textOf(still)).toBe(naming.unnamed);
});

it('below an answer about a linked server it holds for that server', async () => {
  const { db } = town.database;
  const told = { source: 'dce' as const, observedAt: 0, guildId: GUILD };
  const asked = post('2026-01-05T10:00Z', { body: { content: 'Who tends the lamp?', fidelity: 3 } });
  const answered = post('2026-01-05T10:05Z', {
    type: 19,
    reference: { type: 0, messageId: asked.messageId, channelId: asked.channelId },
    authorId: town.ada,
    body: { content: 'I tend the lamp until May.', fidelity: 3 },
  });
  await write(town.database, [asked, answered], { members: [{ ...told, userId: town.ada, name: 'ada' }] });
  await linkGuild(db, town.whole.guild.id, GUILD, new Date());
  await openLinked(db, town.whole.guild.id, GUILD, true);
  await town.readTexts();
  for (const topic of ['the lamp', `Who tends the lamp? ${LONG}`]) {
    const message = await town.ask('guide', { topic, server: GUILD });
    expect(namedIn(message)).toEqual(['ada']);
    const use = town.press(message, naming.unname, town.ada);
    await done(use, 2);
    expect([await unranked(GUILD), await unranked()]).toEqual([[town.ada], []]);
    expect(namedIn(now(message))).toEqual([]);
    await town.press(use.answers[0]!.message, naming.again, town.ada).answered();
    expect(await unranked(GUILD)).toEqual([]);
  }
});

it('nothing of it is in the log but that a button was pressed', async () => {
  expect(await unranked()).toEqual([]);
  expect(town.log.join('')).not.toMatch(/pier|lamp|\bada\b/);
  expect(town.log.join('')).not.toContain('"level":50');
});
