/** Where a post goes: whether the bot may, who will read it, and whether the record is up to date. */
import { heardUntil, storedChannels } from '../../db/recorded.ts';
import { gapsToRepair } from '../../db/gaps.ts';
import type { Post, PostReason } from '../../db/posts.ts';
import { fetchChannel } from '../../ingest/discord/fetch.ts';
import type { Calls } from '../../ingest/discord/fetch-calls.ts';
import { isHidden } from '../../ingest/discord/channels.ts';
import { accessOf, type Survey, THREADS } from '../../ingest/history/survey.ts';
import { readableBy } from '../../reports/audience.ts';
import { placesOf } from '../../reports/seen-places.ts';
import type { PostingContext } from './context.ts';

/** Nobody by that id: only what the bot may do is asked for. */
const STRANGER = { id: '0', roles: [] };

/** Why nothing can be posted in a channel, by what is stored; undefined: nothing is known that hinders it. */
export async function faultOf(
  { store, self }: Pick<PostingContext, 'store' | 'self'>,
  guildId: string,
  channelId: string,
): Promise<PostReason | undefined> {
  const asked = { guildId, asker: STRANGER, ids: [channelId] };
  return (await placesOf({ ...store, botId: self.userId }, asked)).postingFault(channelId);
}

/** Why nothing can be posted in a channel that Discord does not list: it is deleted, or hidden since. Undefined: nothing. */
export async function unlistedFault(
  calls: Calls,
  channelId: string,
  { shown }: Survey,
): Promise<PostReason | undefined> {
  if (shown.has(channelId)) return undefined;
  const { is } = await fetchChannel(calls, channelId);
  if (is === 'missing') return { is: 'gone' };
  return is === 'closed' ? { is: 'lacks', permissions: ['viewChannel'] } : undefined;
}

/** Whether the bot may read what was written in a channel, as it was just shown; not where it is not shown at all. */
export function isReadable(found: Survey | undefined, channelId: string): boolean {
  const channel = found?.shown.get(channelId);
  return channel !== undefined && accessOf(found!, channel) === 'readable';
}

/**
 * What everybody who sees a channel can read, of what Discord has just shown: a channel that it did not show may be closed
 * by now to others, too. Undefined: who may read what is not known.
 */
export async function audienceOf(
  { store: { db, pool } }: PostingContext,
  guildId: string,
  channelId: string,
  { shown }: Survey,
): Promise<string[] | undefined> {
  const readable = await readableBy(db, guildId, { channelId });
  if (!readable) return undefined;
  const channels = await channelsOfThreads(pool, guildId, readable);
  return readable.filter((id) => {
    const channel = shown.get(channels.get(id) ?? id);
    return channel !== undefined && !isHidden(channel);
  });
}

/** Of threads, the channels that they are in. */
export async function channelsOfThreads(
  pool: PostingContext['store']['pool'],
  guildId: string,
  ids: string[],
): Promise<Map<string, string>> {
  const stored = await storedChannels(pool, guildId, ids);
  return new Map(
    stored.flatMap(({ channelId, type, parentId }) =>
      parentId !== null && THREADS.includes(type ?? -1) ? [[channelId, parentId] as const] : [],
    ),
  );
}

/** A recorder says that it is alive every few seconds. */
const SILENT_MS = 120_000;
/** What was missed is mostly read again by then; what comes later still is added to the post. */
const PATIENCE_MS = 30 * 60_000;

/** Since when a post waits for what was missed and is still being read, ms; undefined: it need not, or not any longer. */
export async function catchingUpSince(
  { store: { pool }, now }: PostingContext,
  { guildId, reason }: Post,
): Promise<number | undefined> {
  const nowMs = now();
  const sinceMs = (reason?.is === 'catching-up' ? reason.sinceMs : undefined) ?? nowMs;
  if (nowMs >= sinceMs + PATIENCE_MS) return undefined;
  const heardMs = await heardUntil(pool, guildId);
  const isBehind = heardMs !== undefined && heardMs < nowMs - SILENT_MS;
  return isBehind || (await gapsToRepair(pool, [guildId])).length > 0 ? sinceMs : undefined;
}
