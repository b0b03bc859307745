/** What a run reads of a guild: its channels and threads, archived ones too, and what it may not read. */
import type { Access } from '../../db/access.ts';
import { storedChannels } from '../../db/recorded.ts';
import { emptyBatch, type Snowflake } from '../../db/records.ts';
import type { RunOrder } from '../../db/runs.ts';
import { fetchChannel } from '../discord/fetch.ts';
import type { Refused } from '../history/page.ts';
import type { Reading } from '../history/reading.ts';
import { snowflakeMs } from '../../db/snowflake.ts';
import {
  accessOf,
  addShown,
  archivedListsOf,
  listArchived,
  type Shown,
  type Survey,
  THREADS,
  WITH_MESSAGES,
} from '../history/survey.ts';
import { parseTime } from '../time.ts';

/** Whether it is asked for: a channel with its threads, a category or forum with all below it; all, where none is named. */
export function isAsked(
  { channelIds }: Pick<RunOrder, 'channelIds'>,
  { shown }: Survey,
  channel: Shown,
): boolean {
  if (channelIds === null) return true;
  const asked = new Set(channelIds);
  for (let at: Shown | undefined = channel; at; at = shown.get(at.parent_id ?? ''))
    if (asked.has(at.id) || asked.has(at.parent_id ?? '')) return true;
  return false;
}

export const hasMessages = ({ type }: Shown): boolean => WITH_MESSAGES.includes(type);
export const isThread = ({ type }: Shown): boolean => THREADS.includes(type);

/** Whether nothing was said in a thread since a time: it was archived before. */
export function isOverBefore({ thread_metadata: metadata }: Shown, sinceMs: number): boolean {
  return metadata?.archived === true && (parseTime(metadata.archive_timestamp) ?? Infinity) < sinceMs;
}

/** Why a channel is not read; undefined: it is. */
export function reasonNot(
  found: Survey,
  channel: Shown,
  excluded: Set<Snowflake>,
): Exclude<Access, 'readable'> | 'excluded' | undefined {
  const parent = found.shown.get(channel.parent_id ?? '');
  const isExcluded = [channel, parent].some(
    (one) => one && (excluded.has(one.id) || excluded.has(one.parent_id ?? '')),
  );
  if (isExcluded) return 'excluded';
  const access = accessOf(found, channel);
  return access === 'readable' ? undefined : access;
}

/** The channels that have lists of archived threads to be asked for. */
export function withArchived(found: Survey, order: RunOrder, excluded: Set<Snowflake>): Shown[] {
  return [...found.shown.values()].filter(
    (channel) =>
      archivedListsOf(found, channel).length > 0 &&
      isAsked(order, found, channel) &&
      reasonNot(found, channel, excluded) === undefined,
  );
}

/**
 * Lists the archived threads of a channel, back to a run's beginning; tells them. What is shown is added to the survey and to
 * `batch` alone. Else what it was refused with.
 */
export async function archivedThreads(
  reading: Reading,
  found: Survey,
  channel: Shown,
  sinceId: Snowflake,
): Promise<{ threads: Shown[]; batch: Survey['batch'] } | Refused> {
  const batch = emptyBatch();
  const before = new Set(found.shown.keys());
  const sinceMs = snowflakeMs(sinceId);
  for (const kind of archivedListsOf(found, channel)) {
    // The joined ones come by id: their order tells nothing of when they were archived.
    const isEnough = (threads: Shown[]) =>
      kind !== 'joined' && threads.some((one) => isOverBefore(one, sinceMs));
    const refused = await listArchived(reading, { ...found, batch }, channel.id, kind, isEnough);
    if (refused) return refused;
  }
  const threads = [...found.shown.values()].filter(
    (one) => !before.has(one.id) && one.parent_id === channel.id && !isOverBefore(one, sinceMs),
  );
  return { threads, batch };
}

/** Adds to a survey what an order names and no list of the guild has: an archived thread. */
export async function addNamed(
  listing: Reading,
  found: Survey,
  { channelIds }: Pick<RunOrder, 'channelIds'>,
): Promise<void> {
  for (const id of channelIds ?? []) {
    if (found.shown.has(id)) continue;
    const answer = await fetchChannel(listing.calls, id);
    if (answer.is !== 'found') continue;
    const { guild_id: guildId } = answer.payload as { guild_id?: Snowflake };
    if (guildId === listing.guildId) addShown(listing, found, [answer.payload], answer.sentAtMs);
  }
}

/** Adds to a survey what an earlier part of the run had listed: archived threads that are in no list of the guild. */
export async function addStored(reading: Reading, found: Survey, channelIds: Snowflake[]): Promise<void> {
  const missing = channelIds.filter((id) => !found.shown.has(id));
  for (const { channelId, type, name, parentId } of await storedChannels(
    reading.pool,
    reading.guildId,
    missing,
  )) {
    if (type === null || !THREADS.includes(type)) continue;
    found.shown.set(channelId, { id: channelId, type, name, parent_id: parentId });
    // It was listed by what we may see; whether that is so still, Discord says when it is asked.
    found.joined.add(channelId);
  }
}
