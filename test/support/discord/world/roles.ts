import {
  type APIRole,
  GatewayDispatchEvents,
  GatewayIntentBits,
  type RoleFlags,
} from 'discord-api-types/v10';
import type { Snowflake } from '../model.ts';
import { rolePayload } from '../payloads.ts';
import { type Base, known } from './base.ts';
import { withSight } from './sight.ts';

/** What is said of a role; permissions as bits. */
export interface RoleOptions {
  name?: string;
  permissions?: bigint;
  position?: number;
  color?: number;
}

const { Guilds } = GatewayIntentBits;
const { GuildRoleCreate, GuildRoleDelete, GuildRoleUpdate } = GatewayDispatchEvents;

/** Roles, and what they allow. */
export function roleActions(base: Base) {
  const { nextId, tell } = base;
  return {
    addRole(guildId: Snowflake, options: RoleOptions = {}): APIRole {
      const guild = base.guild(guildId);
      const role = makeRole(nextId(), { position: guild.roles.size, ...options });
      guild.roles.set(role.id, role);
      tell(guild, GuildRoleCreate, { guild_id: guildId, role: rolePayload(role) }, Guilds);
      return role;
    },

    updateRole(guildId: Snowflake, roleId: Snowflake, options: RoleOptions): void {
      const guild = base.guild(guildId);
      const { permissions, color, ...rest } = options;
      const role = known(guild.roles.get(roleId), 'role', roleId);
      withSight(base, guild, () =>
        Object.assign(
          role,
          rest,
          permissions !== undefined && { permissions: String(permissions) },
          color !== undefined && { color, colors: { ...role.colors, primary_color: color } },
        ),
      );
      tell(guild, GuildRoleUpdate, { guild_id: guildId, role: rolePayload(role) }, Guilds);
    },

    /** Members and channels lose it without being told of one by one. */
    deleteRole(guildId: Snowflake, roleId: Snowflake): void {
      const guild = base.guild(guildId);
      known(guild.roles.get(roleId), 'role', roleId);
      withSight(base, guild, () => {
        guild.roles.delete(roleId);
        for (const member of guild.members.values())
          member.roles = member.roles.filter((role) => role !== roleId);
        for (const channel of guild.channels.values())
          channel.overwrites = channel.overwrites.filter(({ id }) => id !== roleId);
      });
      tell(guild, GuildRoleDelete, { guild_id: guildId, role_id: roleId }, Guilds);
    },
  };
}

/** A role as Discord keeps it. */
export function makeRole(id: Snowflake, options: RoleOptions): APIRole {
  const { name = 'role', permissions = 0n, position = 1, color = 0 } = options;
  return {
    id,
    name,
    permissions: String(permissions),
    position,
    color,
    colors: { primary_color: color, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: false,
    mentionable: false,
    icon: null,
    unicode_emoji: null,
    flags: 0 as RoleFlags,
  };
}
