/**
 * What a member may do, as Discord computes it from a guild's lists.
 *
 * Source  https://discord.com/developers/docs/topics/permissions#permission-hierarchy
 */
import { ChannelType, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Access } from './access.ts';
import type { Snowflake } from './records.ts';

export interface Overwrite {
  id: Snowflake;
  type: number;
  allow: string;
  deny: string;
}

/** Somebody in a guild. */
export interface Standing {
  /** Also the id of the role that everyone has. */
  guildId: Snowflake;
  ownerId: Snowflake;
  roles: { id: Snowflake; permissions: string }[];
  memberId: Snowflake;
  memberRoles: Snowflake[];
}

/** Every permission there is, those of years to come too. */
export const ALL_PERMISSIONS = (1n << 64n) - 1n;

const { Administrator, Connect, ManageThreads, ReadMessageHistory, ViewChannel } = PermissionFlagsBits;

/** A member's permissions under a channel's overwrites (a thread has those of its parent); in the guild without any. */
export function permissionsIn(standing: Standing, overwrites: Overwrite[] = []): bigint {
  const { guildId, ownerId, roles, memberId, memberRoles } = standing;
  if (memberId === ownerId) return ALL_PERMISSIONS;
  const own = new Set([guildId, ...memberRoles]);
  let granted = 0n;
  for (const { id, permissions } of roles) if (own.has(id)) granted |= BigInt(permissions);
  if (granted & Administrator) return ALL_PERMISSIONS;
  const steps = [
    overwrites.filter(({ id }) => id === guildId),
    overwrites.filter(({ id, type }) => type === OverwriteType.Role && id !== guildId && own.has(id)),
    overwrites.filter(({ id, type }) => type === OverwriteType.Member && id === memberId),
  ];
  // Within a step what one overwrite allows outweighs what another denies.
  for (const step of steps) {
    for (const { deny } of step) granted &= ~BigInt(deny);
    for (const { allow } of step) granted |= BigInt(allow);
  }
  return granted;
}

/** A channel or thread as far as it decides who reads it; `overwrites` are its parent's for a thread. */
export interface Place {
  type: number;
  overwrites?: Overwrite[];
  /** Of a private thread: is in it. */
  isJoined?: boolean;
}

const VOICE: number[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice];

/** What a member may do in a channel or thread. Without reading the past Discord answers with an empty list. */
export function accessTo(standing: Standing, { type, overwrites, isJoined }: Place): Access {
  const granted = permissionsIn(standing, overwrites);
  const has = (permission: bigint) => (granted & permission) === permission;
  if (!has(ViewChannel)) return 'no view';
  if (VOICE.includes(type) && !has(Connect)) return 'no connect';
  const isOutside = type === ChannelType.PrivateThread && isJoined !== true && !has(ManageThreads);
  if (isOutside) return 'not joined';
  return has(ReadMessageHistory) ? 'readable' : 'no history';
}

/** Whether a member may read a channel's or thread's past. */
export const mayRead = (standing: Standing, place: Place): boolean =>
  accessTo(standing, place) === 'readable';
