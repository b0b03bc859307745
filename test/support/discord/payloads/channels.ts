import {
  type APIChannel,
  type APIThreadMember,
  ChannelFlags,
  ChannelType,
  type ThreadMemberFlags,
} from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, Snowflake, Truth } from '../model.ts';
import { isVoice, mayView } from '../visibility.ts';
import { apiTime } from './time.ts';

/** What stands for the name of a channel that the bot may not view; a visible one may be called so too. */
export const HIDDEN_NAME = '___hidden___';

/** A channel or thread to who may view it: REST's answer. */
export function channelPayload(truth: Truth, guild: GuildTruth, channel: ChannelTruth): APIChannel {
  const shared = {
    id: channel.id,
    type: channel.type,
    guild_id: guild.id,
    name: channel.name,
    parent_id: channel.parentId,
    flags: 0 as ChannelFlags,
    last_message_id: channel.lastMessageId,
    rate_limit_per_user: 0,
  };
  if (channel.thread) return { ...shared, ...threadFields(truth, channel) } as APIChannel;
  const pins = channel.lastPinAt === null ? null : apiTime(channel.lastPinAt);
  return {
    ...shared,
    position: channel.position,
    permission_overwrites: channel.overwrites.map((overwrite) => ({ ...overwrite })),
    topic: channel.topic,
    nsfw: channel.nsfw,
    ...(channel.type === ChannelType.GuildCategory ? {} : { last_pin_timestamp: pins }),
    ...(isVoice(channel) && { bitrate: 64_000, user_limit: 0, rtc_region: null }),
    ...(isForum(channel) && FORUM),
  } as APIChannel;
}

/** Whether the gateway tells the bot no more of a channel than that it is there, and REST not even that. */
export function isHidden(truth: Truth, guild: GuildTruth, channel: ChannelTruth): boolean {
  return !mayView(guild, channel, truth.bot.id);
}

/**
 * A channel as the gateway shows it, be it hidden.
 *
 * Source  https://discord.com/developers/docs/resources/channel#channel-object-obfuscated-channels
 */
export function gatewayChannel(truth: Truth, guild: GuildTruth, channel: ChannelTruth): APIChannel {
  const shown = channelPayload(truth, guild, channel);
  if (!isHidden(truth, guild, channel)) return shown;
  return {
    ...shown,
    name: HIDDEN_NAME,
    flags: ChannelFlags.ChannelObfuscated,
    topic: null,
    nsfw: false,
    last_message_id: null,
    ...('last_pin_timestamp' in shown && { last_pin_timestamp: null }),
    ...(isForum(channel) && { available_tags: [] }),
  } as APIChannel;
}

/** Somebody's place in a thread. */
export function threadMemberPayload(channel: ChannelTruth, userId: Snowflake): APIThreadMember {
  const joinedAt = apiTime(channel.thread!.createdAt);
  return { id: channel.id, user_id: userId, join_timestamp: joinedAt, flags: 0 as ThreadMemberFlags };
}

const FORUM = {
  available_tags: [],
  default_reaction_emoji: null,
  default_sort_order: null,
  default_forum_layout: 0,
};

function isForum({ type }: ChannelTruth): boolean {
  return type === ChannelType.GuildForum || type === ChannelType.GuildMedia;
}

function threadFields(truth: Truth, channel: ChannelTruth) {
  const thread = channel.thread!;
  const messages = channel.messages.size - (channel.messages.has(channel.id) ? 1 : 0);
  return {
    owner_id: thread.ownerId,
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: apiTime(thread.archivedAt),
      auto_archive_duration: 4320,
      locked: thread.locked,
      create_timestamp: apiTime(thread.createdAt),
      ...(channel.type === ChannelType.PrivateThread && { invitable: true }),
    },
    message_count: messages,
    total_message_sent: Math.max(thread.sent, messages),
    member_count: Math.min(thread.memberCount ?? thread.members.size, 50),
    ...(thread.members.has(truth.bot.id) && { member: threadMemberPayload(channel, truth.bot.id) }),
  };
}
