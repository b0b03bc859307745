/** The channels of the big guild. */
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { pick } from '../../random.ts';
import type { ChannelTruth, GuildTruth, Snowflake } from '../model.ts';
import type { World } from '../world.ts';

const { Connect, ManageThreads, ReadMessageHistory, ViewChannel } = PermissionFlagsBits;
const { GuildAnnouncement, GuildCategory, GuildForum, GuildMedia, GuildStageVoice, GuildText, GuildVoice } =
  ChannelType;

/** A channel that is to be filled. */
export interface Place {
  channel: ChannelTruth;
  /** It holds exactly so many messages. */
  exactly?: number;
  /** So many of its newest messages are deleted again. */
  deleted: number;
}

interface Kind {
  name: string;
  type?: ChannelType;
  exactly?: number;
  deleted?: number;
  /** Taken from everyone there. */
  deny?: bigint;
  /** Hidden from the bot alone. */
  isHidden?: true;
}

/** One of each kind that is worth a test; the first is the largest by far. */
const KINDS: Kind[] = [
  { name: 'general' },
  { name: 'news', type: GuildAnnouncement },
  { name: 'Quay', type: GuildVoice },
  { name: 'Podium', type: GuildStageVoice },
  { name: 'help', type: GuildForum },
  { name: 'gallery', type: GuildMedia },
  { name: 'exactly-100', exactly: 100 },
  { name: 'exactly-200', exactly: 200 },
  { name: 'empty', exactly: 0 },
  { name: 'emptied', exactly: 0, deleted: 5 },
  { name: 'last-deleted', deleted: 1 },
  { name: 'last-page-deleted', exactly: 150, deleted: 120 },
  { name: 'not-for-everyone', deny: ViewChannel },
  { name: 'hidden', isHidden: true },
  { name: 'no-history', deny: ReadMessageHistory },
  { name: 'No entry', type: GuildVoice, deny: Connect },
  { name: 'No entry either', type: GuildStageVoice, deny: Connect },
  { name: 'forum-without-history', type: GuildForum, deny: ReadMessageHistory },
  { name: 'hidden-gallery', type: GuildMedia, isHidden: true },
  { name: 'private-threads', deny: ManageThreads },
];

/** Fewer channels than this the guild cannot have. */
export const CHANNELS_MIN = KINDS.length;

/** The others, as often as they stand here. */
const OTHERS: ChannelType[] = [
  ...Array.from({ length: 15 }, () => GuildText),
  GuildVoice,
  GuildVoice,
  GuildAnnouncement,
  GuildForum,
];

/** So many channels under categories, made in the first years; the largest first. */
export function furnish(
  world: World,
  guild: GuildTruth,
  { count, start, end, random }: { count: number; start: number; end: number; random: () => number },
): Place[] {
  const kinds = Array.from(
    { length: count },
    (_, n): Kind => KINDS[n] ?? { name: `channel-${n}`, type: pick(OTHERS, random) },
  );
  let category: Snowflake | null = null;
  return kinds.map((kind, n) => {
    if (n % CATEGORY_CHANNELS === 0)
      category = world.addChannel(guild.id, GuildCategory, { id: world.idAt(start), name: `Pier ${n}` }).id;
    const madeAt = n === 0 ? start : start + Math.floor((end - start) * 0.7 * random());
    const { name, type = GuildText, exactly, deleted = 0, deny, isHidden } = kind;
    const channel = world.addChannel(guild.id, type, { id: world.idAt(madeAt), name, parentId: category });
    if (deny !== undefined) world.overwrite(channel.id, guild.id, { deny });
    if (isHidden) world.hideChannel(channel.id);
    return { channel, deleted, ...(exactly !== undefined && { exactly }) };
  });
}

const CATEGORY_CHANNELS = 40;

/** Whether a channel holds only threads. */
export function isForum({ type }: ChannelTruth): boolean {
  return type === GuildForum || type === GuildMedia;
}
