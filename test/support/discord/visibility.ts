/**
 * What a member may do where, as Discord computes it.
 *
 * Source  https://discord.com/developers/docs/topics/permissions#permission-hierarchy
 */
import { ChannelType, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, Snowflake } from './model.ts';

/** Every permission there is: an owner's and an administrator's. */
export const ALL_PERMISSIONS = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

const { Administrator, Connect, ManageThreads, ViewChannel } = PermissionFlagsBits;

/** What somebody may do in the guild as a whole; nothing for who is no member. */
export function permissionsOf(guild: GuildTruth, userId: Snowflake): bigint {
  const member = guild.members.get(userId);
  if (!member) return 0n;
  if (guild.ownerId === userId) return ALL_PERMISSIONS;
  const granted = [guild.id, ...member.roles].reduce(
    (all, role) => all | BigInt(guild.roles.get(role)?.permissions ?? 0),
    0n,
  );
  return granted & Administrator ? ALL_PERMISSIONS : granted;
}

/** What somebody may do in a channel; in a thread, what its parent allows; nothing where it is not shown. */
export function permissionsIn(guild: GuildTruth, channel: ChannelTruth, userId: Snowflake): bigint {
  const granted = permissionsOf(guild, userId);
  const member = guild.members.get(userId);
  if (!member || granted === ALL_PERMISSIONS) return granted;
  const place = channel.thread ? guild.channels.get(channel.parentId ?? '') : channel;
  if (!place) return 0n;
  const allowed = overwritten(granted, place, guild.id, member.roles, userId);
  if (!(allowed & ViewChannel)) return 0n;
  return isVoice(place) && !(allowed & Connect) ? ViewChannel : allowed;
}

/**
 * Whether a channel is shown to somebody. A category is for each channel in it that is; a private thread only to who
 * is in it or may manage threads.
 */
export function mayView(guild: GuildTruth, channel: ChannelTruth, userId: Snowflake): boolean {
  const allowed = permissionsIn(guild, channel, userId);
  if (channel.type === ChannelType.GuildCategory && !(allowed & ViewChannel))
    return [...guild.channels.values()].some(
      (child) => child.parentId === channel.id && mayView(guild, child, userId),
    );
  if (channel.type !== ChannelType.PrivateThread) return (allowed & ViewChannel) !== 0n;
  return (
    (allowed & ViewChannel) !== 0n &&
    (channel.thread?.members.has(userId) || (allowed & ManageThreads) !== 0n)
  );
}

/** Whether somebody sees what is said in a channel now; its past needs READ_MESSAGE_HISTORY besides. */
export function mayRead(guild: GuildTruth, channel: ChannelTruth, userId: Snowflake): boolean {
  if (!mayView(guild, channel, userId)) return false;
  return !isVoice(channel) || (permissionsIn(guild, channel, userId) & Connect) !== 0n;
}

/** A voice channel, or a stage. */
export function isVoice({ type }: Pick<ChannelTruth, 'type'>): boolean {
  return type === ChannelType.GuildVoice || type === ChannelType.GuildStageVoice;
}

function overwritten(
  granted: bigint,
  { overwrites }: ChannelTruth,
  everyone: Snowflake,
  roles: Snowflake[],
  userId: Snowflake,
): bigint {
  const change = (now: bigint, isMeant: (id: Snowflake, type: OverwriteType) => boolean): bigint => {
    const meant = overwrites.filter(({ id, type }) => isMeant(id, type));
    const deny = meant.reduce((all, overwrite) => all | BigInt(overwrite.deny), 0n);
    const allow = meant.reduce((all, overwrite) => all | BigInt(overwrite.allow), 0n);
    return (now & ~deny) | allow;
  };
  const forEveryone = change(granted, (id) => id === everyone);
  const forRoles = change(forEveryone, (id, type) => type === OverwriteType.Role && roles.includes(id));
  return change(forRoles, (id, type) => type === OverwriteType.Member && id === userId);
}
