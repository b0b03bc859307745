/** Buttons below a weekly report that was posted by itself, which nobody asked for. */
import { REST } from '@discordjs/rest';
import { type APIMessage, InteractionResponseType, Routes } from 'discord-api-types/v10';
import { afterEach, expect, it } from 'vitest';
import { saveSettings } from '../../../db/settings.ts';
import { toDiscord } from '../../../reports/message/discord.ts';
import { postButtons } from '../../../reports/weekly/mark.ts';
import { wordsIn } from '../../../reports/words.ts';
import type { Use } from '../../support/discord/interactions.ts';
import { bytesOf, CANARY, textOf, useTown } from './town.ts';

const town = useTown();
const words = wordsIn('en');
const { howCounted, refusals } = words.answering;
const { mine } = words.posting;

afterEach(() => saveSettings(town.database.db, town.whole.guild.id, { commandRoles: {} }, new Date()));

/** As the companion posts it. */
async function post(label = '2026-W46'): Promise<APIMessage> {
  const { discord, world, whole } = town;
  const rest = new REST({ api: discord.url }).setToken(world.truth.token);
  const { files: _, ...body } = toDiscord({
    blocks: [{ is: 'text', text: 'The week' }],
    buttons: postButtons(label, words),
  });
  return (await rest.post(Routes.channelMessages(whole.general.id), { body })) as APIMessage;
}

const shape = ({ answers }: Use) => answers.map(({ what, message: { isEphemeral } }) => [what, isEphemeral]);
const PRIVATELY = [
  ['deferred', true],
  ['answered', true],
];

it('how it was counted is told to whoever asks, for those who can read the channel', async () => {
  const message = await post();
  const asked = [town.ada, town.hidden.zoe].map((by) => town.press(message, howCounted, by));
  for (const use of asked) {
    expect(await use.acknowledged()).toMatchObject({
      type: InteractionResponseType.DeferredChannelMessageWithSource,
    });
    const told = textOf(await use.answered());
    expect(shape(use)).toEqual(PRIVATELY);
    expect(told).toMatch(/2026-11-09T00:00\+00:00/);
    expect(told).toMatch(/19 of the 19 recorded/);
    expect(bytesOf(use)).not.toContain(CANARY);
  }
});

it('what one can read is told to oneself alone, and the post stays as it is', async () => {
  const message = await post();
  const [ada, zoe] = [town.ada, town.hidden.zoe].map((by) => town.press(message, mine, by));
  expect(textOf(await ada!.answered())).toContain('week 46 of 2026');
  expect(bytesOf(ada!)).not.toContain(`${CANARY}-secret`);
  const own = await zoe!.answered();
  expect(bytesOf(zoe!)).toContain(CANARY);
  expect(textOf(own)).toContain(words.answering.countedFor.asker);
  for (const use of [ada!, zoe!]) expect(shape(use)).toEqual(PRIVATELY);
  expect(textOf(town.whole.general.messages.get(message.id)! as never)).toContain('The week');
  // From there it leads on as any own answer does.
  const before = await town.press(own, words.answering.earlier, town.hidden.zoe).answered();
  expect([before.id, before.isEphemeral]).toEqual([own.id, true]);
  expect(textOf(before)).toContain('week 45 of 2026');
});

it('they answer in the language of who presses, and a bot that was started since knows them', async () => {
  const message = await post();
  await town.restart();
  const german = await town.press(message, mine, town.ada, 'de').answered();
  expect(textOf(german)).toContain('Kalenderwoche 46/2026');
  const why = await town.press(message, howCounted, town.ada, 'de').answered();
  expect(textOf(why)).toContain(wordsIn('de').answering.howCountedTitle);
});

it('they are for those who may use /weekly', async () => {
  const message = await post();
  const rules = { commandRoles: { weekly: [town.hidden.crew] } };
  await saveSettings(town.database.db, town.whole.guild.id, rules, new Date());
  for (const label of [howCounted, mine]) {
    const refused = town.press(message, label, town.ada);
    expect(textOf(await refused.answered())).toBe(refusals.notAllowed);
    expect(shape(refused)).toEqual(PRIVATELY);
    const told = await town.press(message, label, town.ben).answered();
    expect(textOf(told)).not.toBe(refusals.notAllowed);
  }
});

it('a week that there never was is refused with a sentence', async () => {
  const message = await post('2026-W99');
  for (const label of [howCounted, mine])
    expect(textOf(await town.press(message, label).answered())).toContain('is no week');
});
