import {
  type APIBaseVoiceState,
  type APIEmoji,
  type APIGuildMember,
  type APIRole,
  type APIUser,
  type GuildMemberFlags,
  type UserFlags,
} from 'discord-api-types/v10';
import type { GuildTruth, MemberTruth, Snowflake, Truth } from '../model.ts';
import { apiTime } from './time.ts';

const NONE = 0 as UserFlags;

/** An account, with the fields that Discord always sends. */
export function userPayload(user: APIUser): APIUser {
  return { public_flags: NONE, flags: NONE, primary_guild: null, ...user };
}

/** A member with its account; a message's `member` and a mention's lack it. */
export function memberPayload(truth: Truth, member: MemberTruth): APIGuildMember {
  return { ...profilePayload(member), user: userPayload(truth.users.get(member.userId)!) };
}

/** A member without its account, as beside a message. */
export function profilePayload(member: MemberTruth): Omit<APIGuildMember, 'user'> {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    flags: 0 as GuildMemberFlags,
    joined_at: apiTime(member.joinedAt),
    nick: member.nick,
    pending: false,
    premium_since: null,
    roles: [...member.roles],
    mute: false,
    deaf: false,
  };
}

/** A role; it is kept as Discord shows it. */
export function rolePayload(role: APIRole): APIRole {
  return { ...role };
}

/** A custom emoji of a guild. */
export function emojiPayload({
  id,
  name,
  animated,
}: {
  id: Snowflake;
  name: string;
  animated: boolean;
}): APIEmoji & {
  id: Snowflake;
} {
  return { id, name, roles: [], require_colons: true, managed: false, animated, available: true };
}

/** Where somebody is in voice; `channel_id` null where they left. */
export function voiceStatePayload(truth: Truth, guild: GuildTruth, userId: Snowflake): APIBaseVoiceState {
  const voice = guild.voice.get(userId);
  const member = guild.members.get(userId);
  return {
    guild_id: guild.id,
    channel_id: voice?.channelId ?? null,
    user_id: userId,
    session_id: voice?.sessionId ?? '',
    ...(member && { member: memberPayload(truth, member) }),
    deaf: false,
    mute: false,
    self_deaf: false,
    self_mute: voice?.selfMute ?? false,
    self_video: false,
    self_stream: false,
    suppress: false,
    request_to_speak_timestamp: null,
  } as APIBaseVoiceState;
}
