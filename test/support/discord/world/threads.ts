import {
  ChannelType,
  GatewayDispatchEvents,
  GatewayIntentBits,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, Snowflake } from '../model.ts';
import { channelPayload, memberPayload, threadMemberPayload } from '../payloads.ts';
import { mayView } from '../visibility.ts';
import type { Base } from './base.ts';
import { blankChannel } from './channels.ts';
import { post, readMentions, tellUpdate } from './post.ts';

/** How a thread begins. */
export interface ThreadOptions {
  name?: string;
  ownerId: Snowflake;
  /** The message that it is about: it then has the message's id. */
  messageId?: Snowflake;
  isPrivate?: boolean;
  /** Of a forum post: what it says. */
  content?: string;
}

const { GuildMembers, Guilds } = GatewayIntentBits;
const { ThreadCreate, ThreadDelete, ThreadMembersUpdate, ThreadUpdate } = GatewayDispatchEvents;

/** Threads and forum posts. */
export function threadActions(base: Base) {
  const { truth, now, nextId, tell } = base;

  function change(threadId: Snowflake, apply: (thread: OpenThread) => void): void {
    const { guild, channel } = threadOf(base, threadId);
    apply(channel);
    tellThread(base, guild, channel);
  }

  return {
    /** A thread of a message, of none, private, or a post in a forum. */
    startThread(channelId: Snowflake, options: ThreadOptions): ChannelTruth {
      const { guild, channel: parent } = base.channel(channelId);
      const { name = 'thread', ownerId, messageId } = options;
      base.member(guild.id, ownerId);
      const isForum = parent.type === ChannelType.GuildForum || parent.type === ChannelType.GuildMedia;
      if (messageId) base.message({ channelId, id: messageId });
      if (messageId && guild.channels.has(messageId))
        throw new Error(`Message ${messageId} has a thread already`);
      if (isForum && options.content === undefined) throw new Error('A forum post says something');
      const thread: ChannelTruth = {
        ...blankChannel(messageId ?? nextId(), typeOfThread(parent, options)),
        name,
        parentId: channelId,
        thread: {
          ownerId,
          archived: false,
          locked: false,
          archivedAt: now(),
          createdAt: now(),
          members: new Set([ownerId]),
          sent: 0,
        },
      };
      guild.channels.set(thread.id, thread);
      const payload = { ...channelPayload(truth, guild, thread), newly_created: true };
      tell(guild, ThreadCreate, payload as never, Guilds, { channelId: thread.id });
      begin(base, guild, parent, thread, options);
      return thread;
    },

    archiveThread(threadId: Snowflake, { locked = false }: { locked?: boolean } = {}): void {
      change(threadId, ({ thread }) => Object.assign(thread, { archived: true, locked, archivedAt: now() }));
    },

    unarchiveThread(threadId: Snowflake): void {
      change(threadId, ({ thread }) =>
        Object.assign(thread, { archived: false, locked: false, archivedAt: now() }),
      );
    },

    renameThread(threadId: Snowflake, name: string): void {
      change(threadId, (channel) => (channel.name = name));
    },

    deleteThread(threadId: Snowflake): void {
      const { guild, channel } = threadOf(base, threadId);
      const { id, type, parentId } = channel;
      const gone = { id, guild_id: guild.id, parent_id: parentId, type };
      tell(guild, ThreadDelete, gone as never, Guilds, { channelId: id });
      guild.channels.delete(id);
    },

    /** Somebody is added; where that is the bot, it is told of the thread as if of a new one. */
    addToThread(threadId: Snowflake, userId: Snowflake): void {
      const { guild, channel } = threadOf(base, threadId);
      base.member(guild.id, userId);
      joinThread(base, guild, channel, userId);
    },

    removeFromThread(threadId: Snowflake, userId: Snowflake): void {
      const { guild, channel } = threadOf(base, threadId);
      if (!channel.thread.members.has(userId)) throw new Error(`User ${userId} is not in thread ${threadId}`);
      const isBot = userId === truth.bot.id;
      const told = {
        id: threadId,
        guild_id: guild.id,
        member_count: channel.thread.members.size - 1,
        removed_member_ids: [userId],
      };
      tell(guild, ThreadMembersUpdate, told, isBot ? Guilds : GuildMembers, { channelId: threadId });
      channel.thread.members.delete(userId);
    },
  };
}

/** Somebody becomes a member of a thread, if not one yet. */
export function joinThread(base: Base, guild: GuildTruth, channel: ChannelTruth, userId: Snowflake): void {
  const { truth, tell } = base;
  const { id, thread } = channel;
  if (!thread || thread.members.has(userId)) return;
  thread.members.add(userId);
  const isBot = userId === truth.bot.id;
  if (isBot && mayView(guild, channel, userId))
    tell(guild, ThreadCreate, channelPayload(truth, guild, channel) as never, Guilds, { channelId: id });
  const added = {
    ...threadMemberPayload(channel, userId),
    member: memberPayload(truth, guild.members.get(userId)!),
    presence: null,
  };
  const told = { id, guild_id: guild.id, member_count: thread.members.size, added_members: [added] };
  tell(guild, ThreadMembersUpdate, told, isBot ? Guilds : GuildMembers, { channelId: id });
}

/** Whatever is sent into an archived thread opens it again. */
export function reopen(base: Base, guild: GuildTruth, channel: ChannelTruth): void {
  if (!channel.thread?.archived) return;
  if (channel.thread.locked) throw new Error(`Thread ${channel.id} is locked`);
  Object.assign(channel.thread, { archived: false, archivedAt: base.now() });
  tellThread(base, guild, channel);
}

type OpenThread = ChannelTruth & Required<Pick<ChannelTruth, 'thread'>>;

function threadOf(base: Base, threadId: Snowflake): { guild: GuildTruth; channel: OpenThread } {
  const { guild, channel } = base.channel(threadId);
  if (!channel.thread) throw new Error(`Channel ${threadId} is no thread`);
  return { guild, channel: channel as OpenThread };
}

function tellThread({ truth, tell }: Base, guild: GuildTruth, channel: ChannelTruth): void {
  tell(guild, ThreadUpdate, channelPayload(truth, guild, channel) as never, Guilds, {
    channelId: channel.id,
  });
}

function typeOfThread(parent: ChannelTruth, { isPrivate = false }: ThreadOptions): ChannelType {
  if (parent.type === ChannelType.GuildAnnouncement) return ChannelType.AnnouncementThread;
  return isPrivate ? ChannelType.PrivateThread : ChannelType.PublicThread;
}

/** The messages that a new thread brings with it. */
function begin(
  base: Base,
  guild: GuildTruth,
  parent: ChannelTruth,
  thread: ChannelTruth,
  { ownerId, messageId, content, isPrivate }: ThreadOptions,
): void {
  const guildId = guild.id;
  if (content !== undefined) {
    post(base, guild, thread, {
      id: thread.id,
      authorId: ownerId,
      content,
      ...readMentions(base, guild, content),
    });
  } else if (messageId) {
    const about = parent.messages.get(messageId)!;
    about.flags |= MessageFlags.HasThread;
    tellUpdate(base, guild, about);
    const reference = { messageId, channelId: parent.id, guildId };
    post(base, guild, thread, {
      authorId: about.authorId,
      type: MessageType.ThreadStarterMessage,
      reference,
    });
  } else if (!isPrivate) {
    const reference = { channelId: thread.id, guildId };
    post(base, guild, parent, {
      authorId: ownerId,
      type: MessageType.ThreadCreated,
      content: thread.name,
      reference,
    });
  }
}
