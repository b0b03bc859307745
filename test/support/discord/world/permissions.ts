import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Snowflake } from '../model.ts';
import type { Base } from './base.ts';
import type { channelActions } from './channels.ts';
import type { roleActions } from './roles.ts';

/** A permission by Discord's name for it. */
export type Permission = keyof typeof PermissionFlagsBits;

/** Takes permissions from the bot and gives them back, in a channel or in all of a guild; what Discord tells of it is told. */
export function permissionActions(
  base: Base,
  { overwrite }: Pick<ReturnType<typeof channelActions>, 'overwrite'>,
  { updateRole }: Pick<ReturnType<typeof roleActions>, 'updateRole'>,
) {
  const { truth } = base;
  const bitsOf = (names: Permission[]) => names.reduce((all, name) => all | PermissionFlagsBits[name], 0n);

  return {
    /** In a channel, and so in its threads, which have no permissions of their own: by an overwrite for the bot. */
    forbid(channelId: Snowflake, ...names: Permission[]): void {
      overwrite(ownPlace(base, channelId), truth.bot.id, { deny: bitsOf(names) });
    },

    /** The opposite of `forbid`: allowed there whatever the roles say. */
    permit(channelId: Snowflake, ...names: Permission[]): void {
      overwrite(ownPlace(base, channelId), truth.bot.id, { allow: bitsOf(names) });
    },

    /** In all of a guild: from every role that the bot has, @everyone among them. Overwrites stay. */
    forbidEverywhere(guildId: Snowflake, ...names: Permission[]): void {
      const { guild, member } = base.member(guildId, truth.bot.id);
      for (const roleId of [...member.roles, guild.id]) {
        const before = BigInt(guild.roles.get(roleId)!.permissions);
        const permissions = before & ~bitsOf(names);
        if (permissions !== before) updateRole(guildId, roleId, { permissions });
      }
    },

    /** In all of a guild: by the bot's own role. */
    permitEverywhere(guildId: Snowflake, ...names: Permission[]): void {
      const { guild, member } = base.member(guildId, truth.bot.id);
      const own = member.roles.find((roleId) => guild.roles.get(roleId)!.managed) ?? guild.id;
      const permissions = BigInt(guild.roles.get(own)!.permissions) | bitsOf(names);
      updateRole(guildId, own, { permissions });
    },
  };
}

function ownPlace(base: Base, channelId: Snowflake): Snowflake {
  const { channel } = base.channel(channelId);
  if (channel.thread) throw new Error(`Channel ${channelId} is a thread: its parent has the permissions`);
  return channelId;
}
