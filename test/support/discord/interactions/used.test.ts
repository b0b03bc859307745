import { ButtonStyle, ComponentType, GatewayIntentBits, PermissionFlagsBits } from 'discord.js';
import { ChannelType } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { identifyRaw } from '../gateway/raw-client.ts';
import { useDiscord } from '../rest/asking.ts';
import { beginWithBot, register } from './asking.ts';

const begin = useDiscord();

test('a command reaches the bot with all that Discord tells', async () => {
  const begun = await begin();
  await register(begun);
  const { world, guild, channel, anna, discord, clock } = begun;
  const role = world.addRole(guild.id, { name: 'Crew', permissions: PermissionFlagsBits.ManageGuild });
  world.giveRole(guild.id, anna, role.id);
  world.overwrite(channel, anna, { deny: PermissionFlagsBits.SendMessages });
  const thread = world.startThread(channel, { ownerId: anna, name: 'about it' });
  const client = await identifyRaw(discord.gateway.url, GatewayIntentBits.Guilds);
  clock.now += 5000;
  const use = discord.interactions.use({
    channelId: thread.id,
    userId: anna,
    command: 'stats',
    options: { period: 'week', private: true, channel: { channel }, role: { role: role.id } },
    locale: 'de',
  });
  const { d } = await client.next('INTERACTION_CREATE');
  const permissions = expect.stringMatching(/^\d+$/) as string;
  expect(d).toEqual({
    id: use.id,
    application_id: world.truth.application.id,
    type: 2,
    token: use.token,
    version: 1,
    guild_id: guild.id,
    guild: { id: guild.id, locale: 'en-US', features: [] },
    guild_locale: 'en-US',
    channel_id: thread.id,
    channel: expect.objectContaining({
      id: thread.id,
      type: ChannelType.PublicThread,
      parent_id: channel,
      permissions,
    }) as unknown,
    member: expect.objectContaining({ roles: [role.id], nick: null, permissions }) as unknown,
    app_permissions: permissions,
    locale: 'de',
    entitlements: [],
    authorizing_integration_owners: { 0: guild.id },
    context: 0,
    attachment_size_limit: 10_485_760,
    data: {
      id: discord.interactions.commandsOf(guild.id)[0]!.id,
      name: 'stats',
      type: 1,
      options: [
        { name: 'period', type: 3, value: 'week' },
        { name: 'private', type: 5, value: true },
        { name: 'channel', type: 7, value: channel },
        { name: 'role', type: 8, value: role.id },
      ],
      resolved: {
        channels: { [channel]: expect.objectContaining({ name: 'general', permissions }) as unknown },
        roles: { [role.id]: expect.objectContaining({ name: 'Crew' }) as unknown },
      },
    },
  });
  const member = BigInt((d.member as { permissions: string }).permissions);
  expect(member & PermissionFlagsBits.ManageGuild).not.toBe(0n);
  expect(member & PermissionFlagsBits.SendMessages).toBe(0n);
  expect(use).toMatchObject({
    atMs: clock.now,
    typed: `/stats period:week private:true channel:<#${channel}> role:<@&${role.id}>`,
  });
});

test('people can do only what Discord lets them do', async () => {
  const { interactions, world, guild, channel, anna, stats } = await beginWithBot(await begin(), {
    command: (interaction) =>
      interaction.reply({
        content: 'x',
        components: [
          {
            type: ComponentType.ActionRow,
            components: [
              {
                type: ComponentType.Button,
                style: ButtonStyle.Secondary,
                label: 'Off',
                customId: 'off',
                disabled: true,
              },
              {
                type: ComponentType.Button,
                style: ButtonStyle.Link,
                label: 'Web',
                url: 'https://example.com/',
              },
            ],
          },
        ] as never,
      }),
  });
  const use = (command: string, more = {}) =>
    interactions.use({ channelId: channel, userId: anna, command, ...more });
  expect(() => use('guide')).toThrow('There is no command /guide');
  expect(() => use('stats', { options: { perod: 'week' } })).toThrow(/no option perod/);
  expect(() => use('stats', { options: { private: 'yes' } })).toThrow(/of type Boolean/);
  expect(() => use('backfill', { subcommand: 'status' })).toThrow(/may not use/);
  const role = world.addRole(guild.id, { permissions: PermissionFlagsBits.ManageGuild });
  world.giveRole(guild.id, anna, role.id);
  expect(() => use('backfill')).toThrow(/needs a subcommand/);
  expect(() => use('backfill', { subcommand: 'pause' })).toThrow(/no subcommand pause/);
  expect(() => use('backfill', { subcommand: 'start' })).toThrow(/needs the option days/);
  expect(() => use('backfill', { subcommand: 'start', options: { days: 0 } })).toThrow(/no such value/);
  expect(use('backfill', { subcommand: 'start', options: { days: 3 } }).typed).toBe('/backfill start days:3');
  expect(use('guide', { isUnchecked: true, options: { any: 1.5 } }).typed).toBe('/guide any:1.5');
  expect(() =>
    interactions.type({ channelId: channel, userId: anna, command: 'stats', focused: 'period' }),
  ).toThrow(/Nothing is typed/);
  world.overwrite(channel, anna, { deny: PermissionFlagsBits.ViewChannel });
  expect(() => use('stats')).toThrow(/does not see/);
  world.overwrite(channel, anna, { allow: PermissionFlagsBits.ViewChannel });
  const answer = await stats().answered();
  const press = (label: string) => interactions.press({ message: answer, label, userId: anna });
  expect(() => press('None')).toThrow(/no button/);
  expect(() => press('Off')).toThrow(/disabled/);
  expect(() => press('Web')).toThrow(/asks the bot nothing/);
});
