/** Where a guild's messages are, as Discord lists it for gap repair; the lists are recorded on the way. */
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { excludedChannels, standingChannels } from '../../../db/recorded.ts';
import { emptyBatch, type RecordBatch, type Snowflake } from '../../../db/records.ts';
import { addChannel, isHidden } from '../../discord/channels.ts';
import {
  type ArchivedKind,
  fetchActiveThreads,
  fetchArchivedThreads,
  fetchChannel,
  fetchChannels,
  fetchGuild,
  fetchMember,
} from '../../discord/fetch.ts';
import { addGuild } from '../../discord/guilds.ts';
import { addMember } from '../../discord/members.ts';
import { mayRead, type Overwrite, permissionsIn, type Standing } from '../../discord/permissions.ts';
import { parseTime } from '../../time.ts';
import { noteLost, noteNotReadable } from './card.ts';
import { added, type Repair } from './repair.ts';
import { inLanes } from './lanes.ts';

/** A channel or thread as Discord shows it, as far as it is looked at here. */
interface Shown {
  id: Snowflake;
  type: number;
  name?: string | null;
  flags?: number;
  parent_id?: Snowflake | null;
  permission_overwrites?: Overwrite[];
  thread_metadata?: { archived: boolean; archive_timestamp: string };
  member?: unknown;
}

/** All that Discord shows of a guild's channels and threads. */
interface Listed {
  standing: Standing;
  shown: Map<Snowflake, Shown>;
  /** Threads that we are in. */
  joined: Set<Snowflake>;
  /** Asked for by their ids, and refused. */
  closed: Set<Snowflake>;
  batch: RecordBatch;
}

const THREADS: number[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];
const WITH_MESSAGES: number[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
  ...THREADS,
];
const WITH_THREADS: number[] = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
];
/** Archived threads of a channel, 100 a page; the joined ones come by id, and so can't end with the gap. */
const ARCHIVED_PAGES_MAX = 50;
/** What was refused is not asked for again so soon: Discord bans addresses for it. */
const REMEMBERED_MS = 3_600_000;
/** Discord's code for a channel that is no more. */
export const UNKNOWN_CHANNEL = 10_003;

/** Where messages may be read, and what was refused when it was asked for. */
export interface Places {
  readable: Snowflake[];
  closed: Snowflake[];
}

/** Lists a guild and records the lists; tells where it is read for a gap. Undefined: it is closed to us. */
export async function listPlaces(repair: Repair, ownId: Snowflake): Promise<Places | undefined> {
  const { calls, guildId, tellerAt } = repair;
  const [guild, member, channels, active] = await Promise.all([
    fetchGuild(calls, guildId),
    fetchMember(calls, guildId, ownId),
    fetchChannels(calls, guildId),
    fetchActiveThreads(calls, guildId),
  ]);
  if (guild.is !== 'found' || member.is !== 'found' || channels.is !== 'found' || active.is !== 'found')
    return undefined;
  const { owner_id: ownerId, roles } = guild.payload;
  const standing = { guildId, ownerId, roles, memberId: ownId, memberRoles: member.payload.roles };
  const listed: Listed = {
    standing,
    shown: new Map(),
    joined: new Set(),
    closed: new Set(),
    batch: emptyBatch(),
  };
  added(repair, () => addGuild(listed.batch, tellerAt(guild.sentAtMs), guild.payload));
  added(repair, () => addMember(listed.batch, tellerAt(member.sentAtMs), member.payload));
  addShown(repair, listed, channels.payload, channels.sentAtMs);
  addShown(repair, listed, active.payload.threads, active.sentAtMs, active.payload.members);
  await listArchived(repair, listed);
  await askUnlisted(repair, listed);
  await repair.write(listed.batch);
  return toPlaces(repair, listed, await excludedChannels(repair.pool, guildId));
}

/** Notes and records what is shown; of a placeholder only that it is there. */
function addShown(
  repair: Repair,
  { shown, joined, batch }: Listed,
  payloads: unknown[],
  sentAtMs: number,
  memberships: { id?: Snowflake }[] = [],
): void {
  for (const payload of payloads) {
    if (!added(repair, () => addChannel(batch, repair.tellerAt(sentAtMs), payload))) continue;
    const channel = payload as Shown;
    shown.set(channel.id, channel);
    if (channel.member) joined.add(channel.id);
  }
  for (const { id } of memberships) if (id) joined.add(id);
}

/** Whether we may read it; a thread as its parent lets us. */
function isReadable({ standing, shown, joined }: Listed, channel: Shown): boolean {
  const isThread = THREADS.includes(channel.type);
  const ruling = isThread ? shown.get(channel.parent_id ?? '') : channel;
  if (!ruling || isHidden(ruling) || isHidden(channel)) return false;
  const { permission_overwrites: overwrites = [] } = ruling;
  return mayRead(standing, { type: channel.type, overwrites, isJoined: joined.has(channel.id) });
}

/** Archived threads are in no list of the guild: each channel's are paged back to when the gap began. */
async function listArchived(repair: Repair, listed: Listed): Promise<void> {
  const lists: [Snowflake, ArchivedKind][] = [];
  for (const channel of listed.shown.values()) {
    if (!WITH_THREADS.includes(channel.type) || !isReadable(listed, channel)) continue;
    lists.push([channel.id, 'public']);
    if (channel.type !== ChannelType.GuildText) continue;
    const granted = permissionsIn(listed.standing, channel.permission_overwrites);
    lists.push([channel.id, granted & PermissionFlagsBits.ManageThreads ? 'private' : 'joined']);
  }
  await inLanes(repair.settings.channelsAtOnce, lists, async ([channelId, kind]) => {
    let pages = 0;
    for await (const answer of fetchArchivedThreads(repair.calls, channelId, kind)) {
      if (answer.is !== 'found') return;
      const { threads, members } = answer.payload;
      addShown(repair, listed, threads, answer.sentAtMs, members);
      const isPast = kind !== 'joined' && threads.some((thread) => isOver(repair, thread as Shown));
      if (isPast || ++pages >= ARCHIVED_PAGES_MAX) return;
    }
  });
}

/** Whether a thread was archived before the gap: nothing has changed in it since. */
function isOver({ gap }: Repair, { thread_metadata: metadata }: Shown): boolean {
  return metadata?.archived === true && (parseTime(metadata.archive_timestamp) ?? Infinity) < gap.fromMs;
}

/** What we know and no list shows is archived, hidden from us, or deleted: each is asked for by its id. */
async function askUnlisted(repair: Repair, listed: Listed): Promise<void> {
  const { pool, guildId, settings, calls, card } = repair;
  const { shown, closed, batch } = listed;
  const known = await standingChannels(pool, guildId, repair.now() - REMEMBERED_MS);
  const unlisted = known.filter(({ channelId, parentId }) => {
    const parent = shown.get(parentId ?? '');
    // What is within a channel that is not for us is not, either; a category's rules bind nothing in it.
    const isWithin = parent && parent.type !== ChannelType.GuildCategory && !isReadable(listed, parent);
    return !shown.has(channelId) && !isWithin;
  });
  if (unlisted.length > settings.channelsAskedMax) noteLost(card, 'unchecked-channels');
  const asked = unlisted.slice(0, settings.channelsAskedMax);
  const ids = new Set(asked.map(({ channelId }) => channelId));
  const isBelow = ({ parentId }: { parentId: Snowflake | null }) => ids.has(parentId ?? '');
  const ask = async ({ channelId, parentId }: { channelId: Snowflake; parentId: Snowflake | null }) => {
    if (closed.has(parentId ?? '')) return;
    const answer = await fetchChannel(calls, channelId);
    if (answer.is === 'found') addShown(repair, listed, [answer.payload], answer.sentAtMs);
    else if (answer.is === 'closed') closed.add(channelId);
    else if (answer.code === UNKNOWN_CHANNEL) {
      addGone(batch, guildId, channelId, answer.sentAtMs);
      card.channelsDeleted++;
    }
  };
  // What is below a channel that is refused would be refused, too.
  await inLanes(
    settings.channelsAtOnce,
    asked.filter((one) => !isBelow(one)),
    ask,
  );
  await inLanes(settings.channelsAtOnce, asked.filter(isBelow), ask);
}

/** Adds that a channel is no more, since this moment at the latest. */
export function addGone(batch: RecordBatch, guildId: Snowflake, channelId: Snowflake, atMs: number): void {
  batch.channels.push({ source: 'rest', observedAt: atMs, guildId, channelId, deletedAt: atMs });
}

function toPlaces(repair: Repair, listed: Listed, excluded: Set<Snowflake>): Places {
  const readable: Snowflake[] = [];
  for (const channel of listed.shown.values()) {
    if (!WITH_MESSAGES.includes(channel.type) || excluded.has(channel.id) || isOver(repair, channel))
      continue;
    if (isReadable(listed, channel)) readable.push(channel.id);
    else noteNotReadable(repair.card, channel.id, isHidden(channel) ? 'hidden' : 'permission');
  }
  for (const id of listed.closed) noteNotReadable(repair.card, id, 'closed');
  return { readable, closed: [...listed.closed] };
}
