/** What a backfill would read, and what that takes; nothing is written. */
import { holesOf } from '../../db/holes.ts';
import { reactorsToList } from '../../db/reactors-to-list.ts';
import { membersListedAt } from '../../db/recorded.ts';
import type { Snowflake } from '../../db/records.ts';
import { listRuns, type RunOrder } from '../../db/runs.ts';
import { snowflakeAt, snowflakeMs } from '../../db/snowflake.ts';
import { PER_SECOND } from '../discord/pace.ts';
import { openReadingCard } from '../history/card.ts';
import { inLanes } from '../history/lanes.ts';
import type { Reading } from '../history/reading.ts';
import { openEstimates, requestsOf, type ToRead } from './estimate.ts';
import type { BackfillOptions } from './options.ts';
import { isThread } from './places.ts';
import { type NotReadable, type OrderedPlaces, orderedPlaces } from './planned-places.ts';

export interface PlannedChannel {
  channelId: Snowflake;
  name: string | null;
  type: number;
  parentId: Snowflake | null;
  /** About so many that are not covered yet; null: not known. */
  messages: number | null;
  /** Requests that read them, the closing one among them; null: at least two. */
  requests: number | null;
  /** From when on it is not covered: its oldest hole begins here, ms; null: from its beginning. */
  fromMs: number | null;
}

export interface BackfillPlan {
  /** The biggest first. */
  channels: PlannedChannel[];
  /** Channels and threads with nothing to be read, since all of them is covered. */
  covered: number;
  notReadable: NotReadable[];
  /** That were made to plan, and are made again by the run. */
  listingRequests: number;
  /** That read pages, in all. */
  pageRequests: number;
  /** One an emoji, where it was asked for; null: not asked for. */
  reactorRequests: number | null;
  /** Nothing is recorded to go by: who reacted to what is not read yet is left out of the figures. */
  hasUnknownReactors: boolean;
  /** Members that are listed; null: they may not be. */
  memberRequests: number | null;
  messages: number;
  /** How many channels the figures leave out, since nobody tells how many messages they have. */
  unknown: number;
  tookMs: number;
  /** How long it will take, about. */
  estimateMs: number;
}

type Planning = BackfillOptions & { order: RunOrder };

/** What a channel allows, as it is observed: five pages in five seconds. */
const CHANNEL_PAGE_MS = 1_000;
/** What is younger when a run begins it leaves to live recording, or to the next run. */
const YOUNG_MS = 10_000;
/** Of a channel of which nobody tells how many messages there are. */
export const REQUESTS_MIN = 2;
/** Searches of one guild share a bucket. */
const SEARCHES_AT_ONCE = 4;

/** Plans it. Undefined: the guild is closed to the bot. Errors as of `backfill`. */
export async function planBackfill(options: Planning): Promise<BackfillPlan | undefined> {
  const { pool, order, clock, self, requestsAtOnce } = options;
  const { guildId, sinceId } = order;
  const beganMs = clock.discordNow();
  let listingRequests = 0;
  const reading = readingOf(options, () => {});
  const listing = readingOf(options, () => listingRequests++);
  const places = await orderedPlaces(reading, listing, self.userId, order, requestsAtOnce());
  if (!places) return undefined;
  const run = await unfinished(options);
  const toId = snowflakeAt((run?.startedAtMs ?? beganMs) - YOUNG_MS);
  const readable = places.readable.filter(({ id }) => BigInt(id) <= BigInt(toId));
  const ids = readable.map(({ id }) => id);
  const again = order.isAgain ? { sinceMs: run?.startedAtMs ?? beganMs } : {};
  const holes = await holesOf(pool, guildId, ids, { fromId: sinceId, toId }, again);
  const channels = await estimated(options, toReadOf({ ...places, readable }, holes));
  const messages = channels.reduce((sum, one) => sum + (one.messages ?? 0), 0);
  const pageRequests = channels.reduce((sum, one) => sum + (one.requests ?? REQUESTS_MIN), 0);
  const reactors = order.withReactors ? await reactorsToList(pool, guildId, ids, sinceId) : undefined;
  const reactorRequests = reactors
    ? reactors.missing + Math.round((messages * reactors.requests) / Math.max(1, reactors.messages))
    : null;
  const memberRequests = await membersToList(options, run?.startedAtMs ?? beganMs);
  const requests = listingRequests + pageRequests + (reactorRequests ?? 0) + (memberRequests ?? 0);
  const longest = Math.max(0, ...channels.map((one) => one.requests ?? REQUESTS_MIN));
  return {
    channels,
    covered: readable.length - channels.length,
    notReadable: places.notReadable,
    listingRequests,
    pageRequests,
    reactorRequests,
    hasUnknownReactors: reactors?.messages === 0 && messages > 0,
    memberRequests,
    messages,
    unknown: channels.filter((one) => one.messages === null).length,
    tookMs: clock.discordNow() - beganMs,
    estimateMs: Math.round(Math.max((requests / PER_SECOND) * 1_000, longest * CHANNEL_PAGE_MS)),
  };
}

/** A reading that counts its requests. */
function readingOf({ pool, order, calls, self, clock, log }: Planning, onRequest: () => void): Reading {
  const { guildId } = order;
  return {
    pool,
    guildId,
    log,
    card: openReadingCard({}),
    calls: {
      get(route, query, signal) {
        onRequest();
        return calls.get(route, query, signal);
      },
    },
    now: () => clock.discordNow(),
    tellerAt: (observedAt) => ({ source: 'rest', observedAt, guildId, self }),
    write: () => Promise.reject(new Error('What only looks writes nothing')),
  };
}

const RUNS_LOOKED_AT = 50;

/** A run of the same order that would be gone on with. */
async function unfinished({ pool, order }: Planning) {
  const shapeOf = ({ channelIds, sinceId, withReactors, isAgain }: RunOrder) =>
    JSON.stringify([channelIds && [...new Set(channelIds)].toSorted(), sinceId, withReactors, isAgain]);
  const runs = await listRuns(pool, { guildId: order.guildId, limit: RUNS_LOOKED_AT });
  return runs.find(
    (run) => ['queued', 'running', 'paused'].includes(run.state) && shapeOf(run) === shapeOf(order),
  );
}

/** Channels that have something to be read, each with what it takes to estimate that. */
function toReadOf(
  { readable, shown }: Pick<OrderedPlaces, 'readable' | 'shown'>,
  holes: Awaited<ReturnType<typeof holesOf>>,
): ToRead[] {
  const threads = Map.groupBy(readable.filter(isThread), ({ parent_id: id }) => id ?? '');
  return readable.flatMap((channel) => {
    const left = holes.get(channel.id) ?? [];
    const parent = shown.get(channel.parent_id ?? '');
    return left.length === 0
      ? []
      : [{ channel, parent, threads: threads.get(channel.id) ?? [], holes: left }];
  });
}

async function estimated(options: Planning, list: ToRead[]): Promise<PlannedChannel[]> {
  const { calls, order, wait, signal, requestsAtOnce } = options;
  const estimate = openEstimates({ calls, guildId: order.guildId, wait, signal });
  const planned: PlannedChannel[] = [];
  await inLanes(Math.min(SEARCHES_AT_ONCE, requestsAtOnce()), list, async (toRead) => {
    const { channel, holes } = toRead;
    const { id: channelId, name = null, type, parent_id: parentId = null } = channel;
    const messages = await estimate(toRead);
    const oldest = holes.at(-1)!.fromId;
    planned.push({
      channelId,
      name,
      type,
      parentId,
      messages,
      requests: messages === null ? null : requestsOf(toRead, messages),
      fromMs: BigInt(oldest) <= BigInt(channelId) ? null : snowflakeMs(oldest),
    });
  });
  const size = (one: PlannedChannel) => one.messages ?? -1;
  return planned.toSorted(
    (a, b) => size(b) - size(a) || (BigInt(a.channelId) < BigInt(b.channelId) ? -1 : 1),
  );
}

/** Members that one answer holds; a list that was made a day ago is as good as a new one. */
const MEMBERS_MAX = 1_000;
const MEMBERS_FRESH_MS = 86_400_000;

async function membersToList(options: Planning, startedMs: number): Promise<number | null> {
  const { pool, calls, clock, hasMembersIntent, order } = options;
  if (!hasMembersIntent) return null;
  const listedMs = await membersListedAt(pool, order.guildId);
  const freshMs = order.isAgain ? startedMs : clock.discordNow() - MEMBERS_FRESH_MS;
  if (listedMs !== undefined && listedMs > freshMs) return 0;
  const answer = await calls.get<{ approximate_member_count?: number }>(`/guilds/${order.guildId}`, {
    with_counts: 'true',
  });
  const members = answer.is === 'found' ? (answer.payload.approximate_member_count ?? 0) : 0;
  return Math.floor(members / MEMBERS_MAX) + 1;
}
