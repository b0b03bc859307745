import { ChannelType } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { refusalOf, useDiscord } from './rest/asking.ts';
import { HIDDEN_NAME } from './payloads.ts';
import type { Permission } from './world/permissions.ts';

const begin = useDiscord();

/** What is told from now on, and what of whom. */
async function listened() {
  const begun = await begin();
  const { world } = begun;
  const told: { t: string; d: { id?: string; name?: string; role?: { id: string }; threads?: unknown[] } }[] =
    [];
  world.on(({ dispatch }) => told.push(dispatch as never));
  return { ...begun, names: () => told.splice(0).map(({ t }) => t), told };
}

test('a channel loses its history, and gets it back, each with an update of the channel', async () => {
  const { world, anna, channel, get, names } = await listened();
  world.send(channel, { author: anna, content: 'there' });
  names();
  const count = async () => (await get<unknown[]>(`/channels/${channel}/messages`)).length;
  world.forbid(channel, 'ReadMessageHistory');
  expect(names()).toEqual(['CHANNEL_UPDATE']);
  expect(await count()).toBe(0);
  world.permit(channel, 'ReadMessageHistory');
  expect(names()).toEqual(['CHANNEL_UPDATE']);
  expect(await count()).toBe(1);
});

test('a channel that is taken from sight becomes a placeholder, and comes back with its active threads', async () => {
  const { world, anna, channel, told, names } = await listened();
  const open = world.startThread(channel, { ownerId: anna }).id;
  world.archiveThread(world.startThread(channel, { ownerId: anna }).id);
  names();
  world.forbid(channel, 'ViewChannel');
  expect(told).toMatchObject([{ t: 'CHANNEL_UPDATE', d: { id: channel, name: HIDDEN_NAME } }]);
  names();
  world.permit(channel, 'ViewChannel');
  expect(told).toMatchObject([
    { t: 'CHANNEL_UPDATE', d: { id: channel, name: 'general' } },
    { t: 'THREAD_LIST_SYNC', d: { threads: [{ id: open }] } },
  ]);
  expect(told[1]!.d.threads).toHaveLength(1);
});

test('a voice channel is closed without CONNECT, its threads by what their parent says', async () => {
  const { world, guild, anna, channel, get } = await listened();
  const voice = world.addChannel(guild.id, ChannelType.GuildVoice).id;
  world.forbid(voice, 'Connect');
  expect(await refusalOf(get(`/channels/${voice}/messages`))).toEqual([403, 50_001]);
  world.permit(voice, 'Connect');
  expect(await get(`/channels/${voice}/messages`)).toEqual([]);
  const thread = world.startThread(channel, { ownerId: anna }).id;
  expect(() => world.forbid(thread, 'ViewChannel')).toThrow('is a thread');
  world.forbid(channel, 'ManageThreads');
  expect(await refusalOf(get(`/channels/${channel}/threads/archived/private`))).toEqual([403, 50_013]);
  world.permit(channel, 'ManageThreads');
  expect(await get(`/channels/${channel}/threads/archived/private`)).toMatchObject({ threads: [] });
});

test.for<Permission>(['ReadMessageHistory', 'ViewChannel', 'Connect', 'ManageThreads'])(
  '%s is taken in all of a guild from every role of the bot, and given back by its own',
  async (name) => {
    const { world, guild, bot, told, names } = await listened();
    const [own] = guild.members.get(bot)!.roles;
    world.forbidEverywhere(guild.id, name);
    const roles = told.filter(({ t }) => t === 'GUILD_ROLE_UPDATE').map(({ d }) => d.role!.id);
    expect(roles).toEqual(name === 'ManageThreads' ? [own] : [own, guild.id]);
    const isLost = name === 'ViewChannel' ? ['CHANNEL_UPDATE'] : [];
    expect(names().filter((t) => t !== 'GUILD_ROLE_UPDATE')).toEqual(isLost);
    world.permitEverywhere(guild.id, name);
    const isGained = name === 'ViewChannel' ? ['CHANNEL_UPDATE', 'THREAD_LIST_SYNC'] : [];
    expect(names()).toEqual([...isGained, 'GUILD_ROLE_UPDATE']);
  },
);
