/** A guild's channels and threads as Discord shows them to the bot, and what it may read of them. */
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Access } from '../../db/access.ts';
import { accessTo, type Overwrite, permissionsIn, type Standing } from '../../db/permissions.ts';
import { emptyBatch, type RecordBatch, type Snowflake } from '../../db/records.ts';
import { addChannel, isHidden } from '../discord/channels.ts';
import {
  type ArchivedKind,
  fetchActiveThreads,
  fetchArchivedThreads,
  fetchChannels,
  fetchGuild,
  fetchMember,
} from '../discord/fetch.ts';
import { addGuild } from '../discord/guilds.ts';
import { addMember } from '../discord/members.ts';
import type { Refused } from './page.ts';
import { added, type Reading } from './reading.ts';

/** A channel or thread as Discord shows it, as far as it is looked at here. */
export interface Shown {
  id: Snowflake;
  type: number;
  name?: string | null;
  flags?: number;
  parent_id?: Snowflake | null;
  permission_overwrites?: Overwrite[];
  thread_metadata?: { archived: boolean; archive_timestamp: string };
  member?: unknown;
  /** May name a message that is deleted; null: none was ever sent. */
  last_message_id?: Snowflake | null;
  total_message_sent?: number;
}

export interface Survey {
  standing: Standing;
  shown: Map<Snowflake, Shown>;
  /** Threads that we are in. */
  joined: Set<Snowflake>;
  /** When it was asked for: what may be read was so then. */
  sentAtMs: number;
  /** All of it as records, to be written by whoever asked. */
  batch: RecordBatch;
}

type Asking = Pick<Reading, 'calls' | 'guildId' | 'tellerAt' | 'card' | 'log'>;

export const THREADS: readonly number[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];
export const WITH_MESSAGES: readonly number[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
  ...THREADS,
];
export const WITH_THREADS: readonly number[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
];

/** Asks for a guild, our place in it, its channels and its active threads: four requests. Undefined: it is closed to us. */
export async function survey(asking: Asking, ownId: Snowflake): Promise<Survey | undefined> {
  const { calls, guildId, tellerAt } = asking;
  const [guild, member, channels, active] = await Promise.all([
    fetchGuild(calls, guildId),
    fetchMember(calls, guildId, ownId),
    fetchChannels(calls, guildId),
    fetchActiveThreads(calls, guildId),
  ]);
  if (guild.is !== 'found' || member.is !== 'found' || channels.is !== 'found' || active.is !== 'found')
    return undefined;
  const { owner_id: ownerId, roles } = guild.payload;
  const found: Survey = {
    standing: { guildId, ownerId, roles, memberId: ownId, memberRoles: member.payload.roles },
    shown: new Map(),
    joined: new Set(),
    sentAtMs: Math.min(guild.sentAtMs, member.sentAtMs, channels.sentAtMs, active.sentAtMs),
    batch: emptyBatch(),
  };
  added(asking, () => addGuild(found.batch, tellerAt(guild.sentAtMs), guild.payload));
  added(asking, () => addMember(found.batch, tellerAt(member.sentAtMs), member.payload));
  addShown(asking, found, channels.payload, channels.sentAtMs);
  addShown(asking, found, active.payload.threads, active.sentAtMs, active.payload.members);
  return found;
}

/** Notes and records what is shown; of a placeholder only that it is there. */
export function addShown(
  asking: Asking,
  { shown, joined, batch }: Survey,
  payloads: unknown[],
  sentAtMs: number,
  memberships: { id?: Snowflake }[] = [],
): void {
  for (const payload of payloads) {
    if (!added(asking, () => addChannel(batch, asking.tellerAt(sentAtMs), payload))) continue;
    const channel = payload as Shown;
    shown.set(channel.id, channel);
    if (channel.member) joined.add(channel.id);
  }
  for (const { id } of memberships) if (id) joined.add(id);
}

/** What we may do in a channel that is shown; in a thread as its parent lets us. */
export function accessOf({ standing, shown, joined }: Survey, channel: Shown): Access {
  const isThread = THREADS.includes(channel.type);
  const ruling = isThread ? shown.get(channel.parent_id ?? '') : channel;
  // A thread whose channel is in no list is within one that is hidden from us.
  if (!ruling || isHidden(ruling) || isHidden(channel)) return 'hidden';
  const { permission_overwrites: overwrites = [] } = ruling;
  return accessTo(standing, { type: channel.type, overwrites, isJoined: joined.has(channel.id) });
}

/** The lists in which a channel's archived threads are; of private ones those that we are in, where we may not see all. */
export function archivedListsOf(found: Survey, channel: Shown): ArchivedKind[] {
  if (!WITH_THREADS.includes(channel.type) || accessOf(found, channel) !== 'readable') return [];
  if (channel.type !== ChannelType.GuildText) return ['public'];
  const granted = permissionsIn(found.standing, channel.permission_overwrites);
  return ['public', granted & PermissionFlagsBits.ManageThreads ? 'private' : 'joined'];
}

/** Lists archived threads of a channel, 100 an answer, until `isEnough` of an answer; tells what it was refused with. */
export async function listArchived(
  asking: Asking,
  found: Survey,
  channelId: Snowflake,
  kind: ArchivedKind,
  isEnough: (threads: Shown[], pages: number) => boolean,
): Promise<Refused | undefined> {
  let pages = 0;
  for await (const answer of fetchArchivedThreads(asking.calls, channelId, kind)) {
    if (answer.is !== 'found') return answer;
    const { threads, members } = answer.payload;
    addShown(asking, found, threads, answer.sentAtMs, members);
    if (isEnough(threads as Shown[], ++pages)) break;
  }
  return undefined;
}
