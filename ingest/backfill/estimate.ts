/** How many messages and requests there are in what is not read yet, by what Discord tells without reading it. */
import { ChannelType } from 'discord-api-types/v10';
import type { IdSpan } from '../../db/holes.ts';
import { snowflakeMs } from '../../db/snowflake.ts';
import { PAGE_MAX } from '../discord/fetch.ts';
import { fetchPage, isFull } from '../history/page.ts';
import type { Shown } from '../history/survey.ts';
import { isThread } from './places.ts';
import { type Counts, type CountsOptions, openCounts } from './search.ts';

export interface ToRead {
  channel: Shown;
  /** Of a channel: those of its threads that are shown. */
  threads: Shown[];
  parent: Shown | undefined;
  /** Newest first. */
  holes: IdSpan[];
}

/** Requests that estimate, at most; the channels after that are unknown. */
const ASKED_MAX = 500;
/** A channel with more holes is estimated as if it was evenly full. */
const HOLES_COUNTED = 5;
/** Waited in all for Discord's index of messages. */
const PATIENCE_MS = 10_000;
/** In threads older than this Discord counts no further than 50. */
const COUNTED_SINCE_MS = Date.UTC(2022, 6, 1);

/** Estimates one channel after the other: about how many messages its holes have; null: nobody tells. */
export function openEstimates(
  options: Omit<CountsOptions, 'patienceMs'>,
): (toRead: ToRead) => Promise<number | null> {
  const counts = openCounts({ ...options, patienceMs: PATIENCE_MS });
  let asked = 0;
  return async (toRead) => {
    const { channel, holes } = toRead;
    const lastId = channel.last_message_id;
    if (lastId === null) return 0;
    const full =
      lastId === undefined ? holes : holes.filter(({ fromId }) => BigInt(fromId) <= BigInt(lastId));
    if (full.length === 0) return 0;
    const told = toldBy(toRead, full);
    if (told !== undefined) return told;
    if (asked + full.length > ASKED_MAX) return null;
    const counted = full.length > HOLES_COUNTED ? undefined : await countIn(counts, toRead, full);
    asked += full.length;
    return counted ?? byDensity(options, channel, full);
  };
}

/** What a thread says of itself, where all of it is to be read. */
function toldBy({ channel, parent }: ToRead, holes: IdSpan[]): number | undefined {
  const { message_count: standing, total_message_sent: sent } = channel as Shown & { message_count?: number };
  const isWhole = holes.length === 1 && BigInt(holes[0]!.fromId) <= BigInt(channel.id);
  if (!isThread(channel) || !isWhole || sent === undefined) return undefined;
  const isCounted = snowflakeMs(channel.id) >= COUNTED_SINCE_MS;
  const isPost = parent?.type === ChannelType.GuildForum || parent?.type === ChannelType.GuildMedia;
  // The message that a post begins with is not among them.
  return (isCounted && standing !== undefined ? standing : sent) + Number(isPost);
}

async function countIn(
  counts: Counts,
  { channel, threads }: ToRead,
  holes: IdSpan[],
): Promise<number | undefined> {
  const place = {
    channelId: channel.id,
    threads: threads.map(({ id, last_message_id: last = null }) => ({ channelId: id, messageId: last })),
  };
  let sum = 0;
  for (const hole of holes) {
    const count = await counts.count(place, hole);
    if (typeof count === 'string') return undefined;
    sum += count;
  }
  return sum;
}

/** As if all of it was as dense as its newest page. */
async function byDensity(
  { calls }: Pick<CountsOptions, 'calls'>,
  { id: channelId }: Shown,
  holes: IdSpan[],
): Promise<number | null> {
  const page = await fetchPage(calls, channelId, {});
  if ('is' in page) return null;
  const [oldest, newest] = [page.ids[0], page.ids.at(-1)];
  if (oldest === undefined || newest === undefined) return 0;
  const within = page.ids.filter((id) =>
    holes.some(({ fromId, toId }) => BigInt(id) >= BigInt(fromId) && BigInt(id) <= BigInt(toId)),
  ).length;
  if (!isFull(page)) return within;
  const [bornMs, oldestMs] = [snowflakeMs(channelId), snowflakeMs(oldest)];
  const olderMs = holes.reduce((sum, { fromId, toId }) => {
    const from = Math.max(snowflakeMs(fromId), bornMs);
    return sum + Math.max(0, Math.min(snowflakeMs(toId), oldestMs) - from);
  }, 0);
  const perMs = page.ids.length / Math.max(1, snowflakeMs(newest) - oldestMs);
  return within + Math.round(olderMs * perMs);
}

/**
 * The requests that read so many messages: pages, of which the last reaches beyond a hole's beginning where something
 * is older; where nothing is, it takes one more to see that.
 */
export function requestsOf({ channel, holes }: Pick<ToRead, 'channel' | 'holes'>, messages: number): number {
  if (holes.length === 0) return 0;
  const { id, last_message_id: lastId } = channel;
  const hasOlder = ({ fromId }: IdSpan) => BigInt(fromId) > BigInt(id);
  const isEmpty = messages === 0 && !holes.some(hasOlder);
  // What was sent last is asked for, too, before an emptiness is believed.
  if (isEmpty || lastId === null) return lastId === null ? 1 : 2;
  const ends = holes.reduce((sum, hole) => sum + (hasOlder(hole) ? 1 : 2), 0);
  return Math.floor(messages / PAGE_MAX) + ends;
}
