/** What one member may read. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { ReadingRules } from '../../db/access.ts';
import { ALL_PERMISSIONS, mayRead, permissionsIn, type Standing } from '../../db/permissions.ts';
import { byRules, type Eyes } from './eyes.ts';

/** A member's eyes. A channel whose rules are not known is read by who reads all, and nobody else. */
export function membersEyes(
  { guildId, ownerId, roles, deletedRoles }: ReadingRules,
  member: { memberId: string; roles: readonly string[] },
): Eyes {
  const standing: Standing = {
    guildId,
    ownerId: ownerId ?? '',
    roles,
    memberId: member.memberId,
    memberRoles: member.roles.filter((id) => !deletedRoles.includes(id)),
  };
  const readAll = permissionsIn(standing) === ALL_PERMISSIONS;
  const reads = byRules((type, overwrites) => mayRead(standing, { type, overwrites }));
  return {
    readAll,
    reads: (channel) => readAll || reads(channel),
    managesThreads: byRules(
      (_type, overwrites) => (permissionsIn(standing, overwrites) & PermissionFlagsBits.ManageThreads) !== 0n,
    ),
  };
}
