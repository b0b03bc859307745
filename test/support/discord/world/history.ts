import { ChannelType, MessageType } from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, MessageTruth, ReactionTruth, Snowflake } from '../model.ts';
import { timeOf } from '../payloads.ts';
import { type Base, emojiKey } from './base.ts';
import { blankChannel } from './channels.ts';
import { blankMessage, keep, NO_REACTIONS, readMentions } from './post.ts';
import { type EmojiGiven, emojiOf } from './reactions.ts';

/** A message of the past: when, or under which id; from whom; and what of it isn't plain. What is `undefined` is plain. */
export interface PastMessage extends Partial<
  Omit<MessageTruth, 'id' | 'channelId' | 'authorId' | 'reactions' | 'webhook' | 'pinned' | 'nonce'>
> {
  id?: Snowflake | undefined;
  /** Ms since 1970, where there is no id. */
  at?: number | undefined;
  /** Absent: its webhook's id. */
  author?: Snowflake | undefined;
  webhook?: { id: Snowflake; name: string } | undefined;
  /** A message of this channel; it need not be there (any more). */
  replyTo?: Snowflake | undefined;
  reactions?: { emoji: EmojiGiven; users?: Iterable<Snowflake>; burst?: Iterable<Snowflake> }[] | undefined;
  /** With when, or at its own time. */
  pinned?: boolean | number | undefined;
}

/** A thread of the past. */
export interface PastThread {
  id?: Snowflake;
  /** When it was made, ms since 1970, where there is no id: one of a message has that message's. */
  at?: number;
  ownerId: Snowflake;
  name?: string;
  isPrivate?: boolean;
  /** When it was archived, ms since 1970; absent: it is active. */
  archivedAt?: number;
  locked?: boolean;
  /** Beside its owner. */
  members?: Iterable<Snowflake>;
  memberCount?: number;
}

/** What was there before anybody looked: nothing of it is told, and nobody need be in the guild any more. */
export function historyActions(base: Base) {
  const { truth, idAt } = base;

  return {
    /**
     * Puts messages of the past into a channel or thread, in any order; one that is there already is replaced. Its newest
     * message ever is then the newest of all; a thread counts them as sent.
     */
    seed(channelId: Snowflake, past: Iterable<PastMessage>): MessageTruth[] {
      const { guild, channel } = base.channel(channelId);
      const seeded: MessageTruth[] = [];
      for (const one of past) {
        const message = toMessage(base, guild, channel, one);
        keep(channel, message);
        if (message.pinnedAt !== undefined)
          channel.lastPinAt = Math.max(channel.lastPinAt ?? 0, message.pinnedAt);
        seeded.push(message);
      }
      return seeded;
    },

    /** Puts a thread of the past into a channel; its messages are seeded on their own. */
    seedThread(parentId: Snowflake, past: PastThread): ChannelTruth {
      const { guild, channel: parent } = base.channel(parentId);
      const { at, ownerId, name = 'thread', archivedAt, locked = false, members = [], memberCount } = past;
      const id = past.id ?? idAt(at ?? base.now());
      if (guild.channels.has(id)) throw new Error(`There is a channel ${id} already`);
      const isPrivate = past.isPrivate === true;
      const isNews = parent.type === ChannelType.GuildAnnouncement;
      const type = isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread;
      const thread: ChannelTruth = {
        ...blankChannel(id, isNews ? ChannelType.AnnouncementThread : type),
        name,
        parentId,
        thread: {
          ownerId,
          archived: archivedAt !== undefined,
          locked,
          archivedAt: archivedAt ?? timeOf(id),
          createdAt: timeOf(id),
          members: new Set([ownerId, ...members]),
          sent: 0,
          ...(memberCount !== undefined && { memberCount }),
        },
      };
      guild.channels.set(id, thread);
      return thread;
    },

    /** Puts a member of the past into a guild, untold. */
    seedMember(
      guildId: Snowflake,
      userId: Snowflake,
      { joinedAt, roles = [], nick = null }: { joinedAt: number; roles?: Snowflake[]; nick?: string | null },
    ): void {
      if (!truth.users.has(userId)) throw new Error(`This world has no user ${userId}`);
      base.guild(guildId).members.set(userId, { userId, nick, roles, joinedAt });
    },
  };
}

function toMessage(base: Base, guild: GuildTruth, channel: ChannelTruth, past: PastMessage): MessageTruth {
  const { id: given, at, author, webhook, replyTo, reactions, pinned = false, ...plain } = past;
  if (given === undefined && at === undefined) throw new Error('A message of the past has an id or a time');
  const authorId = author ?? webhook?.id;
  if (authorId === undefined) throw new Error('A message has an author or a webhook');
  if (!webhook && !base.truth.users.has(authorId)) throw new Error(`This world has no user ${authorId}`);
  const id = given ?? base.idAt(at!);
  const message = blankMessage(id, channel.id, authorId);
  // Only what it has beside the rest: a key more is 8 bytes in each of a million.
  for (const [key, value] of Object.entries(plain))
    if (value !== undefined) Object.assign(message, { [key]: value });
  if (past.mentions === undefined && message.content.includes('@'))
    Object.assign(message, readMentions(base, guild, message.content));
  if (webhook) message.webhook = { name: webhook.name };
  if (replyTo !== undefined) answer(message, guild, channel, replyTo, past);
  if (pinned !== false) {
    message.pinned = true;
    message.pinnedAt = pinned === true ? timeOf(id) : pinned;
  }
  if (reactions && reactions.length > 0) message.reactions = toReactions(guild, reactions);
  return message;
}

/** Whom it answers it mentions, as `send` does, if that is known and nothing else is said. */
function answer(
  message: MessageTruth,
  guild: GuildTruth,
  channel: ChannelTruth,
  replyTo: Snowflake,
  { type, mentions }: PastMessage,
): void {
  message.type = type ?? MessageType.Reply;
  message.reference = { messageId: replyTo, channelId: channel.id, guildId: guild.id };
  const answered = channel.messages.get(replyTo);
  if (
    mentions === undefined &&
    answered &&
    !answered.webhook &&
    !message.mentions.includes(answered.authorId)
  )
    message.mentions = [...message.mentions, answered.authorId];
}

function toReactions(
  guild: GuildTruth,
  given: NonNullable<PastMessage['reactions']>,
): Map<string, ReactionTruth> {
  const reactions = new Map<string, ReactionTruth>();
  for (const { emoji: sign, users = [], burst = [] } of given) {
    const emoji = emojiOf(guild, sign);
    const reaction = { emoji, normal: new Set(users), burst: new Set(burst) };
    if (reaction.normal.size + reaction.burst.size > 0) reactions.set(emojiKey(emoji), reaction);
  }
  return reactions.size > 0 ? reactions : NO_REACTIONS;
}
