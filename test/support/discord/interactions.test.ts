import { ComponentType, MessageFlags } from 'discord.js';
import { InteractionResponseType, MessageType } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { beginWithBot, chart, png, row } from './interactions/asking.ts';
import { useDiscord } from './rest/asking.ts';

const begin = useDiscord();

const { Ephemeral, IsComponentsV2 } = MessageFlags;

test('a public answer is deferred, filled with a chart, and a message of the channel', async () => {
  const { stats, world, channel, anna, interactions, failed } = await beginWithBot(await begin(), {
    async command(interaction) {
      await interaction.deferReply();
      await interaction.editReply(chart('## Week'));
    },
  });
  const told: [string, number | undefined][] = [];
  world.on(({ dispatch: { t, d } }) => told.push([t!, (d as { flags?: number }).flags]));
  const use = stats({ period: 'week' });
  expect(await use.acknowledged()).toMatchObject({
    type: InteractionResponseType.DeferredChannelMessageWithSource,
  });
  const answer = await use.answered();
  expect(failed()).toEqual([]);
  expect(use.answers.map(({ what, message }) => [what, message.flags])).toEqual([
    ['deferred', MessageFlags.Loading],
    ['answered', IsComponentsV2],
  ]);
  expect(answer).toMatchObject({ isEphemeral: false, isDeferred: false, content: '', embeds: [] });
  expect(answer.attachments).toEqual([
    {
      id: expect.any(String) as string,
      name: 'chart.png',
      description: 'A line that rises',
      contentType: 'image/png',
      bytes: png(800, 400),
    },
  ]);
  const { id: fileId } = answer.attachments[0]!;
  const url = `https://cdn.discordapp.com/attachments/${channel}/${fileId}/chart.png?ex=1`;
  expect(answer.components).toEqual([
    {
      type: 17,
      id: 1,
      accent_color: null,
      spoiler: false,
      components: [
        { type: 10, id: 2, content: '## Week' },
        {
          type: 12,
          id: 3,
          items: [
            {
              media: {
                id: fileId,
                url,
                proxy_url: url.replace('cdn.discordapp.com', 'media.discordapp.net'),
                width: 800,
                height: 400,
                content_type: 'image/png',
                attachment_id: fileId,
              },
              description: 'A line that rises',
              spoiler: false,
            },
          ],
        },
        {
          type: 1,
          id: 4,
          components: [{ type: 2, id: 5, style: 2, label: 'Earlier', custom_id: 'earlier' }],
        },
      ],
    },
  ]);
  const [payload] = use.payloads();
  expect(payload).toMatchObject({
    type: MessageType.ChatInputCommand,
    author: { id: world.truth.bot.id },
    webhook_id: world.truth.application.id,
    application_id: world.truth.application.id,
    interaction_metadata: { id: use.id, type: 2, user: { id: anna } },
    // What a component shows is not listed.
    attachments: [],
    edited_timestamp: null,
  });
  expect(world.channel(channel).channel.messages.has(answer.id)).toBe(true);
  expect(told.filter(([t]) => t.startsWith('MESSAGE'))).toEqual([
    ['MESSAGE_CREATE', MessageFlags.Loading],
    ['MESSAGE_UPDATE', IsComponentsV2],
  ]);
  expect(interactions.careless).toEqual([]);
});

test('a private answer is seen by who asked, and is nowhere in the channel', async () => {
  const { stats, world, channel, anna, ben, interactions } = await beginWithBot(await begin(), {
    async command(interaction) {
      await interaction.deferReply({ flags: Ephemeral });
      await interaction.editReply(chart('Yours'));
    },
    button: (interaction) =>
      interaction.update({ components: [{ type: ComponentType.TextDisplay, content: 'Pressed' }] }),
  });
  const answer = await stats({ private: true }).answered();
  expect(answer).toMatchObject({ isEphemeral: true, flags: Ephemeral | IsComponentsV2 });
  expect(world.channel(channel).channel.messages.size).toBe(0);
  const press = (userId: string) => interactions.press({ message: answer, label: 'Earlier', userId });
  expect(() => press(ben)).toThrow(/sees no message/);
  const pressed = press(anna);
  expect(await pressed.answered()).toMatchObject({ id: answer.id, isEphemeral: true, attachments: [] });
  expect(pressed.shown()).toHaveLength(1);
});

test('a public deferral can be taken back, and what follows is private', async () => {
  const { stats, world, channel } = await beginWithBot(await begin(), {
    async command(interaction) {
      await interaction.deferReply();
      await interaction.deleteReply();
      await interaction.followUp({ content: 'Not here', flags: Ephemeral });
    },
  });
  const use = stats();
  expect(await use.answered()).toMatchObject({ content: 'Not here', isEphemeral: true });
  expect(use.answers.map(({ what }) => what)).toEqual(['deferred', 'deleted', 'followed up']);
  expect(use.shown()).toHaveLength(1);
  expect(use.payloads()[0]).toMatchObject({ type: MessageType.Reply, flags: Ephemeral });
  expect(world.channel(channel).channel.messages.size).toBe(0);
});

test('the first follow-up fills a deferral, and is as public as that was; the next is its own', async () => {
  const { stats } = await beginWithBot(await begin(), {
    async command(interaction) {
      await interaction.deferReply();
      await interaction.followUp({ content: 'first', flags: Ephemeral });
      await interaction.followUp({ content: 'second', flags: Ephemeral });
    },
  });
  const use = stats();
  await use.until(() => use.shown().length === 2);
  expect(use.answers.map(({ what }) => what)).toEqual(['deferred', 'answered', 'followed up']);
  expect(use.shown().map(({ content, isEphemeral }) => [content, isEphemeral])).toEqual([
    ['first', false],
    ['second', true],
  ]);
  expect(use.payloads()[1]!.message_reference?.message_id).toBe(use.shown()[0]!.id);
});

test('a pressed button may change its message in place, or be answered by another', async () => {
  const { stats, interactions, anna, ben, failed } = await beginWithBot(await begin(), {
    command: (interaction) => interaction.reply({ content: 'Week', components: [row('Later', 'later')] }),
    async button(interaction) {
      if (interaction.user.username === 'ben')
        return void (await interaction.reply({
          content: `${interaction.message.content}: yours`,
          flags: Ephemeral,
        }));
      await interaction.deferUpdate();
      await interaction.editReply({ content: 'Next week' });
      await interaction.followUp({ content: 'and more' });
    },
  });
  const answer = await stats().answered();
  const byBen = interactions.press({ message: answer.id, customId: 'later', userId: ben, locale: 'de' });
  expect(await byBen.answered()).toMatchObject({ content: 'Week: yours', isEphemeral: true });
  expect(byBen.payloads()[0]).toMatchObject({
    type: MessageType.Reply,
    interaction_metadata: { type: 3, interacted_message_id: answer.id },
  });
  const byAnna = interactions.press({ message: answer, label: 'Later', userId: anna });
  expect(await byAnna.acknowledged()).toMatchObject({ type: InteractionResponseType.DeferredMessageUpdate });
  await byAnna.until(() => byAnna.shown().length === 2);
  expect(failed()).toEqual([]);
  expect(byAnna.answers.map(({ what, message: { content } }) => [what, content])).toEqual([
    ['answered', 'Next week'],
    ['followed up', 'and more'],
  ]);
  expect(byAnna.shown()[0]!.id).toBe(answer.id);
  expect(byAnna.payloads()[0]!.edited_timestamp).not.toBeNull();
});

test('what is typed into an option is answered by suggestions', async () => {
  const { interactions, channel, anna } = await beginWithBot(await begin(), {
    typing: (interaction) =>
      interaction.respond([{ name: `of ${interaction.options.getFocused()}`, value: 'w' }]),
  });
  const typing = interactions.type({
    channelId: channel,
    userId: anna,
    command: 'stats',
    options: { period: 'we', private: true },
    focused: 'period',
  });
  expect(await typing.choices()).toEqual([{ name: 'of we', value: 'w' }]);
  expect(typing.shown()).toEqual([]);
});
