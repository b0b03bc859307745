import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { Happening } from './model.ts';
import { isHidden } from './payloads.ts';
import { ALL_PERMISSIONS, mayRead, mayView, permissionsIn, permissionsOf } from './visibility.ts';
import { makeWorld } from './world.ts';

const { Administrator, Connect, ManageThreads, SendMessages, ViewChannel } = PermissionFlagsBits;

/** A guild with a channel and two people. */
function start() {
  const world = makeWorld();
  const guild = world.addGuild();
  const channel = world.addChannel(guild.id);
  const anna = world.addUser('anna', { guildId: guild.id });
  const bela = world.addUser('bela', { guildId: guild.id });
  return { world, guild, channel, anna, bela };
}

describe('what somebody may do', () => {
  it('comes of roles, then of overwrites for everyone, roles and the member, in this order', () => {
    const { world, guild, channel, anna } = start();
    const may = (bit: bigint) => (permissionsIn(guild, channel, anna.id) & bit) !== 0n;
    const role = world.addRole(guild.id, { permissions: ManageThreads });
    expect([may(ViewChannel), may(ManageThreads)]).toEqual([true, false]);
    world.giveRole(guild.id, anna.id, role.id);
    expect(may(ManageThreads)).toBe(true);
    world.overwrite(channel.id, guild.id, { deny: SendMessages });
    expect(may(SendMessages)).toBe(false);
    world.overwrite(channel.id, role.id, { allow: SendMessages });
    expect(may(SendMessages)).toBe(true);
    world.overwrite(channel.id, anna.id, { deny: SendMessages });
    expect(may(SendMessages)).toBe(false);
    world.overwrite(channel.id, anna.id, { deny: ViewChannel });
    expect(permissionsIn(guild, channel, anna.id)).toBe(0n);
    world.updateRole(guild.id, role.id, { permissions: Administrator });
    expect(permissionsIn(guild, channel, anna.id)).toBe(ALL_PERMISSIONS);
    expect(permissionsOf(guild, guild.ownerId)).toBe(ALL_PERMISSIONS);
    expect(permissionsOf(guild, '123')).toBe(0n);
  });

  it('in a thread is what its parent allows; a private one is for its members and moderators', () => {
    const { world, guild, channel, anna, bela } = start();
    const thread = world.startThread(channel.id, { ownerId: anna.id, isPrivate: true });
    const viewers = () => [anna.id, bela.id, world.truth.bot.id].map((id) => mayView(guild, thread, id));
    expect(viewers()).toEqual([true, false, true]);
    world.overwrite(channel.id, guild.id, { deny: ViewChannel });
    expect(viewers()).toEqual([false, false, false]);
  });

  it('in voice needs CONNECT; a category is seen with what is in it', () => {
    const { world, guild, anna } = start();
    const category = world.addChannel(guild.id, ChannelType.GuildCategory);
    const voice = world.addChannel(guild.id, ChannelType.GuildVoice, { parentId: category.id });
    world.overwrite(voice.id, guild.id, { deny: Connect });
    expect([mayView(guild, voice, anna.id), mayRead(guild, voice, anna.id)]).toEqual([true, false]);
    expect(permissionsIn(guild, voice, anna.id)).toBe(ViewChannel);
    world.overwrite(category.id, guild.id, { deny: ViewChannel });
    expect(mayView(guild, category, anna.id)).toBe(true);
    world.overwrite(voice.id, guild.id, { deny: ViewChannel });
    expect(mayView(guild, category, anna.id)).toBe(false);
  });

  it('hides channels from the bot when its role changes, and says so', () => {
    const { world, guild, channel } = start();
    const [own] = guild.members.get(world.truth.bot.id)!.roles;
    world.overwrite(channel.id, guild.id, { deny: ViewChannel });
    world.overwrite(channel.id, own!, { allow: ViewChannel });
    const told: Happening[] = [];
    world.on((happening) => told.push(happening));
    world.deleteRole(guild.id, own!);
    expect(guild.members.get(world.truth.bot.id)!.roles).toEqual([]);
    expect(isHidden(world.truth, guild, channel)).toBe(true);
    expect(told.map(({ dispatch }) => dispatch.t)).toEqual(['CHANNEL_UPDATE', 'GUILD_ROLE_DELETE']);
    expect(told[0]!.dispatch.d).toMatchObject({ name: '___hidden___' });
    expect(() => {
      const role = world.addRole(guild.id, { permissions: Administrator });
      world.giveRole(guild.id, world.truth.bot.id, role.id);
      world.hideChannel(channel.id);
    }).toThrow('cannot be hidden');
  });
});
