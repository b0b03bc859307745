import {
  type APIUser,
  GatewayDispatchEvents,
  type GatewayGuildMemberUpdateDispatchData,
  GatewayIntentBits,
} from 'discord-api-types/v10';
import type { GuildTruth, MemberTruth, Snowflake } from '../model.ts';
import { memberPayload, userPayload, voiceStatePayload } from '../payloads.ts';
import { type Base, known } from './base.ts';
import { addUser } from './guilds.ts';
import { withSight } from './sight.ts';

const { GuildMembers, GuildModeration, GuildVoiceStates } = GatewayIntentBits;
const {
  GuildBanAdd,
  GuildBanRemove,
  GuildMemberAdd,
  GuildMemberRemove,
  GuildMemberUpdate,
  VoiceStateUpdate,
} = GatewayDispatchEvents;

/** Accounts, and their membership in guilds. */
export function memberActions(base: Base) {
  const { truth, now, nextId, tell } = base;

  /** The bot is told of itself without any intent. */
  function tellProfile(guild: GuildTruth, member: MemberTruth): void {
    const payload = { ...memberPayload(truth, member), guild_id: guild.id };
    const intents = member.userId === truth.bot.id ? 0 : GuildMembers;
    tell(guild, GuildMemberUpdate, payload as GatewayGuildMemberUpdateDispatchData, intents);
  }

  function join(guildId: Snowflake, userId: Snowflake): MemberTruth {
    const guild = base.guild(guildId);
    if (guild.members.has(userId)) throw new Error(`User ${userId} is in guild ${guildId} already`);
    if (guild.bans.has(userId)) throw new Error(`User ${userId} is banned from guild ${guildId}`);
    known(truth.users.get(userId), 'user', userId);
    const member: MemberTruth = { userId, nick: null, roles: [], joinedAt: now() };
    guild.members.set(userId, member);
    tell(guild, GuildMemberAdd, { ...memberPayload(truth, member), guild_id: guildId }, GuildMembers);
    return member;
  }

  function leave(guildId: Snowflake, userId: Snowflake): void {
    const { guild } = base.member(guildId, userId);
    if (userId === truth.bot.id) throw new Error('The bot leaves by kickBot');
    if (guild.voice.delete(userId))
      tell(guild, VoiceStateUpdate, voiceStatePayload(truth, guild, userId), GuildVoiceStates);
    for (const { thread } of guild.channels.values()) thread?.members.delete(userId);
    guild.members.delete(userId);
    const user = userPayload(truth.users.get(userId)!);
    tell(guild, GuildMemberRemove, { guild_id: guildId, user }, GuildMembers);
  }

  return {
    /** An account; a member of the guild too where one is named. */
    addUser(
      username: string,
      { guildId, ...user }: Partial<APIUser> & { guildId?: Snowflake } = {},
    ): APIUser {
      const added = addUser(truth, user.id ?? nextId(), username, user);
      if (guildId) join(guildId, added.id);
      return added;
    },

    join,
    leave,

    /** An account takes another name, or another name for show; every guild of it is told. */
    rename(userId: Snowflake, names: Partial<Pick<APIUser, 'username' | 'global_name'>>): void {
      Object.assign(known(truth.users.get(userId), 'user', userId), names);
      for (const guild of truth.guilds.values()) {
        const member = guild.members.get(userId);
        if (member) tellProfile(guild, member);
      }
    },

    setNick(guildId: Snowflake, userId: Snowflake, nick: string | null): void {
      const { guild, member } = base.member(guildId, userId);
      member.nick = nick;
      tellProfile(guild, member);
    },

    giveRole(guildId: Snowflake, userId: Snowflake, roleId: Snowflake): void {
      const { guild, member } = base.member(guildId, userId);
      known(guild.roles.get(roleId), 'role', roleId);
      if (member.roles.includes(roleId)) return;
      withSight(base, guild, () => member.roles.push(roleId));
      tellProfile(guild, member);
    },

    takeRole(guildId: Snowflake, userId: Snowflake, roleId: Snowflake): void {
      const { guild, member } = base.member(guildId, userId);
      if (!member.roles.includes(roleId)) throw new Error(`User ${userId} has no role ${roleId}`);
      withSight(base, guild, () => (member.roles = member.roles.filter((role) => role !== roleId)));
      tellProfile(guild, member);
    },

    /** Who is banned leaves. */
    ban(guildId: Snowflake, userId: Snowflake): void {
      const guild = base.guild(guildId);
      const user = userPayload(known(truth.users.get(userId), 'user', userId));
      guild.bans.add(userId);
      tell(guild, GuildBanAdd, { guild_id: guildId, user }, GuildModeration);
      if (guild.members.has(userId)) leave(guildId, userId);
    },

    unban(guildId: Snowflake, userId: Snowflake): void {
      const guild = base.guild(guildId);
      if (!guild.bans.delete(userId)) throw new Error(`User ${userId} is not banned from guild ${guildId}`);
      const user = userPayload(truth.users.get(userId)!);
      tell(guild, GuildBanRemove, { guild_id: guildId, user }, GuildModeration);
    },
  };
}
