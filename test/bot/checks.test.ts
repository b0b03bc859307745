/** What the bot may do, as Discord's answers tell. */
import { ApplicationFlags, ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { expect, it, onTestFinished } from 'vitest';
import { checkDiscord } from '../../bot/checks.ts';
import { restClock } from '../../bot/clock.ts';
import { openRest } from '../../ingest/discord/rest.ts';
import { loadConfig } from '../../config.ts';
import type { GuildTruth } from '../support/discord/model.ts';
import { findDescription } from '../support/discord/openapi.ts';
import { type Discord, type DiscordOptions, startDiscord } from '../support/discord/server.ts';

const { Administrator, Connect, ManageThreads, ReadMessageHistory, ViewChannel } = PermissionFlagsBits;
const ALL = ViewChannel | ReadMessageHistory | Connect;

async function begin(options: DiscordOptions = {}): Promise<Discord> {
  const discord = await startDiscord({ openapi: findDescription(), ...options });
  onTestFinished(async () => {
    await discord.close();
    expect(discord.oracleFaults).toEqual([]);
  });
  return discord;
}

function check({ url, world }: Discord, patienceMs = 30_000) {
  const { live } = loadConfig({ DISCORD_TOKEN: world.truth.token, DISCORD_API: url });
  return checkDiscord(openRest({ ...live, ...restClock }).calls, patienceMs);
}

/** What lacks, by the channel's name. */
async function lacks(discord: Discord): Promise<Record<string, string[]>> {
  const { guilds } = await check(discord);
  return Object.fromEntries(guilds.flatMap((guild) => guild.unreadable.map((one) => [one.name, one.lacks])));
}

/** A guild in which nobody may do anything of ours but the bot by its role. */
function closedGuild({ world }: Discord, botPermissions: bigint): GuildTruth {
  const guild = world.addGuild({ botPermissions });
  world.updateRole(guild.id, guild.id, { permissions: 0n });
  return guild;
}

it('each privileged intent is told by its flag, that of a small bot and that of an approved one', async () => {
  const { GatewayGuildMembers, GatewayGuildMembersLimited, GatewayMessageContent } = ApplicationFlags;
  const intents = async (flags: ApplicationFlags) =>
    (await check(await begin({ world: { application: { flags } } }))).intents;
  expect(await intents(0 as ApplicationFlags)).toEqual({ members: false, content: false });
  expect(await intents(GatewayGuildMembers)).toEqual({ members: true, content: false });
  expect(await intents(GatewayGuildMembersLimited | GatewayMessageContent)).toEqual({
    members: true,
    content: true,
  });
});

it('three permissions are enough, and Connect is asked for where there are voices', async () => {
  const discord = await begin();
  const guild = closedGuild(discord, ALL);
  for (const type of [ChannelType.GuildText, ChannelType.GuildVoice, ChannelType.GuildForum])
    discord.world.addChannel(guild.id, type);
  expect((await check(discord)).guilds).toEqual([
    {
      id: guild.id,
      name: 'Guild',
      isUnavailable: false,
      readable: 3,
      unreadable: [],
      hasManageThreads: false,
    },
  ]);
  const role = [...guild.roles.values()].find(({ managed }) => managed)!;
  discord.world.updateRole(guild.id, role.id, {
    permissions: ViewChannel | ReadMessageHistory | ManageThreads,
  });
  const [after] = (await check(discord)).guilds;
  expect(after).toMatchObject({ readable: 2, hasManageThreads: true, unreadable: [{ lacks: ['Connect'] }] });
});

it('an administrator may do all, whatever a channel denies; so may the owner', async () => {
  const discord = await begin();
  const { world } = discord;
  const { bot } = world.truth;
  const guilds = [closedGuild(discord, Administrator), world.addGuild({ ownerId: bot.id, hasBot: false })];
  world.inviteBot(guilds[1]!.id, 0n);
  for (const guild of guilds) {
    const channel = world.addChannel(guild.id, ChannelType.GuildVoice);
    world.overwrite(channel.id, guild.id, { deny: ALL });
  }
  expect((await check(discord)).guilds).toMatchObject([
    { readable: 1, unreadable: [] },
    { readable: 1, unreadable: [] },
  ]);
});

it('what a channel denies its roles and the bot counts, and what it allows counts more', async () => {
  const discord = await begin();
  const { world } = discord;
  const { bot } = world.truth;
  const guild = closedGuild(discord, ALL);
  const role = [...guild.roles.values()].find(({ managed }) => managed)!;
  const channel = (name: string, type = ChannelType.GuildText) =>
    world.addChannel(guild.id, type, { name }).id;
  world.overwrite(channel('by everyone'), guild.id, { deny: ReadMessageHistory });
  const given = channel('given back');
  world.overwrite(given, guild.id, { deny: ReadMessageHistory });
  world.overwrite(given, role.id, { allow: ReadMessageHistory });
  world.overwrite(channel('by role'), role.id, { deny: ReadMessageHistory });
  world.overwrite(channel('by name'), bot.id, { deny: ReadMessageHistory });
  world.overwrite(channel('voice', ChannelType.GuildVoice), bot.id, { deny: ReadMessageHistory | Connect });
  world.overwrite(channel('another role'), world.addRole(guild.id).id, { deny: ReadMessageHistory });
  expect(await lacks(discord)).toEqual({
    'by everyone': ['Read Message History'],
    'by role': ['Read Message History'],
    'by name': ['Read Message History'],
    voice: ['Read Message History', 'Connect'],
  });
});

it("a category's denials are those of the channels that share them, and no others", async () => {
  const discord = await begin();
  const { world } = discord;
  const guild = world.addGuild();
  const deny = (id: string) => world.overwrite(id, world.truth.bot.id, { deny: ReadMessageHistory });
  const category = world.addChannel(guild.id, ChannelType.GuildCategory);
  deny(category.id);
  const { overwrites } = category;
  world.addChannel(guild.id, ChannelType.GuildText, { name: 'shares', parentId: category.id, overwrites });
  world.addChannel(guild.id, ChannelType.GuildText, { name: 'its own', parentId: category.id });
  expect(await lacks(discord)).toEqual({ shares: ['Read Message History'] });
});

it('a hidden channel counts nowhere, and one that is listed all the same lacks View Channels alone', async () => {
  const discord = await begin();
  const { world, faults } = discord;
  const guild = world.addGuild();
  const [hidden, open] = [world.addChannel(guild.id), world.addChannel(guild.id)];
  const { overwrites } = hidden;
  world.hideChannel(hidden.id);
  expect((await check(discord)).guilds).toMatchObject([{ readable: 1, unreadable: [] }]);

  const listed = (more: object) => {
    const body = [{ id: open.id, type: 0, name: 'open', permission_overwrites: overwrites, ...more }];
    faults.next({ status: 200, body }, { path: `/guilds/${guild.id}/channels` });
  };
  listed({ name: '___hidden___', flags: 1 << 17 });
  expect((await check(discord)).guilds).toMatchObject([{ readable: 0, unreadable: [] }]);
  listed({ permission_overwrites: [{ id: guild.id, type: 0, allow: '0', deny: String(ALL) }] });
  const [guildFindings] = (await check(discord)).guilds;
  // The bot's own role says nothing of it, so everyone's denial holds.
  expect(guildFindings).toMatchObject({
    readable: 0,
    unreadable: [{ name: 'open', lacks: ['View Channels'] }],
  });
});

it('an outage of one guild leaves the others to be checked', async () => {
  const discord = await begin({ openapi: undefined });
  const [away, here] = [discord.world.addGuild(), discord.world.addGuild()];
  discord.world.addChannel(here.id);
  discord.world.setUnavailable(away.id);
  expect((await check(discord, 2_000)).guilds).toMatchObject([
    { id: away.id, isUnavailable: true },
    { id: here.id, isUnavailable: false, readable: 1 },
  ]);
});

it('more guilds than are asked about at once are all checked', async () => {
  const discord = await begin();
  const ids = Array.from({ length: 23 }, () => discord.world.addGuild().id);
  expect((await check(discord)).guilds.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
});
