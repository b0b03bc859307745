import { ChannelType, MessageFlags } from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, Snowflake } from '../model.ts';
import { timeOf } from '../payloads.ts';
import type { World } from '../world.ts';
import type { Export } from './export.ts';

/** Channel types by the names that exports give them; others stand there as numbers. */
const TYPES: Record<string, ChannelType> = {
  GuildTextChat: ChannelType.GuildText,
  GuildVoiceChat: ChannelType.GuildVoice,
  GuildNews: ChannelType.GuildAnnouncement,
  GuildNewsThread: ChannelType.AnnouncementThread,
  GuildPublicThread: ChannelType.PublicThread,
  GuildPrivateThread: ChannelType.PrivateThread,
  GuildStageVoice: ChannelType.GuildStageVoice,
  GuildForum: ChannelType.GuildForum,
};

const THREADS = [ChannelType.AnnouncementThread, ChannelType.PublicThread, ChannelType.PrivateThread];

/** The channel or thread of an export, which is made if it isn't there yet, with what it is in. */
export function addPlace(world: World, guild: GuildTruth, exported: Export): ChannelTruth {
  const { id, name, topic = null } = exported.channel;
  const type = typeOf(exported);
  const there = guild.channels.get(id);
  if (there) return Object.assign(there, { name, topic });
  if (THREADS.includes(type)) return addThread(world, guild, exported, type);
  const parentId = addParent(world, guild, exported, ChannelType.GuildCategory);
  return world.addChannel(guild.id, type, { id, name, topic, parentId });
}

/** Whether an export is of a thread, whose parent may be another export's. */
export function isThread(exported: Export): boolean {
  return THREADS.includes(typeOf(exported));
}

/** What a message begins or ends is known when all messages are there. */
export function finishThread(world: World, guild: GuildTruth, channel: ChannelTruth): void {
  const { thread } = channel;
  if (!thread) return;
  const parent = guild.channels.get(channel.parentId!)!;
  const anchor = parent.messages.get(channel.id);
  if (anchor) anchor.flags |= MessageFlags.HasThread;
  const announced = [...parent.messages.values()].find(
    ({ reference }) => reference?.channelId === channel.id,
  );
  const [first] = channel.messages.values();
  thread.ownerId = (announced ?? first)?.authorId ?? guild.ownerId;
  for (const { authorId, webhook } of channel.messages.values()) if (!webhook) thread.members.add(authorId);
  thread.members.add(thread.ownerId);
  thread.archivedAt = Math.min(world.now(), timeOf(channel.lastMessageId ?? channel.id) + ARCHIVED_AFTER_MS);
}

const ARCHIVED_AFTER_MS = 3 * 86_400_000;

function typeOf({ channel: { type } }: Export): ChannelType {
  return TYPES[type] ?? (Number(type) as ChannelType);
}

/** An export doesn't say that its thread is archived; old ones are. */
function addThread(world: World, guild: GuildTruth, exported: Export, type: ChannelType): ChannelTruth {
  const { id, name } = exported.channel;
  const [first] = exported.messages;
  const isNews = type === ChannelType.AnnouncementThread;
  const plain = isNews ? ChannelType.GuildAnnouncement : ChannelType.GuildText;
  const parentType = first?.id === id && first.type === 'Default' ? ChannelType.GuildForum : plain;
  const parentId = addParent(world, guild, exported, parentType) ?? world.addChannel(guild.id, parentType).id;
  const archivedAt = timeOf(id);
  const thread = world.seedThread(parentId, { id, name, ownerId: guild.ownerId, archivedAt });
  return Object.assign(thread, { type });
}

function addParent(
  world: World,
  guild: GuildTruth,
  { channel: { categoryId, category } }: Export,
  type: ChannelType,
): Snowflake | null {
  // Versions that didn't know wrote 0.
  if (!categoryId || categoryId === '0') return null;
  if (!guild.channels.has(categoryId))
    world.addChannel(guild.id, type, { id: categoryId, name: category ?? 'unnamed' });
  return categoryId;
}
