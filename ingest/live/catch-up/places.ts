/** Where a guild's messages are, as Discord lists it for gap repair; the lists are recorded on the way. */
import { ChannelType } from 'discord-api-types/v10';
import { excludedChannels, standingChannels } from '../../../db/recorded.ts';
import type { Snowflake } from '../../../db/records.ts';
import { isHidden } from '../../discord/channels.ts';
import { type ArchivedKind, fetchChannel } from '../../discord/fetch.ts';
import { addGone, UNKNOWN_CHANNEL } from '../../history/gone.ts';
import { inLanes } from '../../history/lanes.ts';
import {
  accessOf,
  addShown,
  archivedListsOf,
  listArchived,
  type Shown,
  type Survey,
  survey,
  WITH_MESSAGES,
} from '../../history/survey.ts';
import { parseTime } from '../../time.ts';
import { noteLost, noteNotReadable } from './card.ts';
import type { Repair } from './repair.ts';

/** Archived threads of a channel, 100 a page; the joined ones come by id, and so can't end with the gap. */
const ARCHIVED_PAGES_MAX = 50;
/** What was refused is not asked for again so soon: Discord bans addresses for it. */
const REMEMBERED_MS = 3_600_000;

/** Where messages may be read, and what was refused when it was asked for. */
export interface Places {
  readable: Snowflake[];
  closed: Snowflake[];
}

/** Lists a guild and records the lists; tells where it is read for a gap. Undefined: it is closed to us. */
export async function listPlaces(repair: Repair, ownId: Snowflake): Promise<Places | undefined> {
  const found = await survey(repair, ownId);
  if (!found) return undefined;
  await listAllArchived(repair, found);
  const closed = await askUnlisted(repair, found);
  await repair.write(found.batch);
  return toPlaces(repair, found, closed, await excludedChannels(repair.pool, repair.guildId));
}

const isReadable = (found: Survey, channel: Shown): boolean => accessOf(found, channel) === 'readable';

/** Archived threads are in no list of the guild: each channel's are paged back to when the gap began. */
async function listAllArchived(repair: Repair, found: Survey): Promise<void> {
  const lists = [...found.shown.values()].flatMap((channel) =>
    archivedListsOf(found, channel).map((kind): [Snowflake, ArchivedKind] => [channel.id, kind]),
  );
  await inLanes(repair.settings.channelsAtOnce, lists, async ([channelId, kind]) => {
    const isPast = (threads: Shown[]) =>
      kind !== 'joined' && threads.some((thread) => isOver(repair, thread));
    await listArchived(
      repair,
      found,
      channelId,
      kind,
      (threads, pages) => isPast(threads) || pages >= ARCHIVED_PAGES_MAX,
    );
  });
}

/** Whether a thread was archived before the gap: nothing has changed in it since. */
function isOver({ gap }: Repair, { thread_metadata: metadata }: Shown): boolean {
  return metadata?.archived === true && (parseTime(metadata.archive_timestamp) ?? Infinity) < gap.fromMs;
}

/** What we know and no list shows is archived, hidden from us, or deleted: each is asked for by its id. Tells what was refused. */
async function askUnlisted(repair: Repair, listed: Survey): Promise<Set<Snowflake>> {
  const { pool, guildId, settings, calls, card } = repair;
  const { shown, batch } = listed;
  const closed = new Set<Snowflake>();
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
  return closed;
}

function toPlaces(repair: Repair, listed: Survey, closed: Set<Snowflake>, excluded: Set<Snowflake>): Places {
  const readable: Snowflake[] = [];
  for (const channel of listed.shown.values()) {
    if (!WITH_MESSAGES.includes(channel.type) || excluded.has(channel.id) || isOver(repair, channel))
      continue;
    if (isReadable(listed, channel)) readable.push(channel.id);
    else noteNotReadable(repair.card, channel.id, isHidden(channel) ? 'hidden' : 'permission');
  }
  for (const id of closed) noteNotReadable(repair.card, id, 'closed');
  return { readable, closed: [...closed] };
}
