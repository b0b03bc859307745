/** Discord's own count of messages, by its search: what a plan estimates by, and an audit compares with. */
import { DiscordAPIError } from '@discordjs/rest';
import type { IdSpan } from '../../db/holes.ts';
import type { Snowflake } from '../../db/records.ts';
import { fetchSearch } from '../discord/fetch.ts';
import type { Calls } from '../discord/fetch-calls.ts';

/** Why there is no count: we may not search there, or Discord has not indexed it yet. */
export type Uncounted = 'closed' | 'not indexed';

/** A channel or thread; of a channel its threads, each with a message that is there, as far as is known. */
export interface SearchedPlace {
  channelId: Snowflake;
  threads: { channelId: Snowflake; messageId: Snowflake | null }[];
}

export interface CountsOptions {
  calls: Calls;
  guildId: Snowflake;
  /** Waited in all for an index. */
  patienceMs: number;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  signal: AbortSignal;
}

export interface Counts {
  /** How many messages a channel has in a span, those of its threads left out. All types count, as Discord counts them. */
  count(place: SearchedPlace, span: IdSpan): Promise<number | Uncounted>;
}

/** One request names no more. */
const CHANNELS_MAX = 500;
/** Refused so often before anything was counted, it is so everywhere: Discord bans addresses that go on. */
const REFUSALS_MAX = 3;
/** Discord may say "at once". */
const RETRY_MIN_MS = 1_000;
/** Threads that are looked at to tell whether a channel's count has theirs in it. */
const EXAMPLES_MAX = 5;

/** Counts by as few requests as can be: one a count, two for a channel where its threads' messages are in its own. */
export function openCounts({ calls, guildId, patienceMs, wait, signal }: CountsOptions): Counts {
  let patienceLeftMs = patienceMs;
  let refusals = 0;
  let hasCounted = false;
  let over: Uncounted | undefined;
  let threadsAreIn: Promise<boolean | Uncounted | undefined> | undefined;

  async function total(channelIds: Snowflake[], { fromId, toId }: IdSpan): Promise<number | Uncounted> {
    // Both ends of a search are exclusive.
    const minId = BigInt(fromId) > 0n && { minId: String(BigInt(fromId) - 1n) };
    const range = { channelIds, ...minId, maxId: String(BigInt(toId) + 1n) };
    while (over === undefined) {
      const answer = await fetchSearch(calls, guildId, range).catch(wrong);
      if (answer?.is !== 'found') {
        if (!hasCounted && ++refusals >= REFUSALS_MAX) over = 'closed';
        return 'closed';
      }
      if ('total' in answer.payload) {
        hasCounted = true;
        return answer.payload.total;
      }
      const retryMs = Math.max(RETRY_MIN_MS, answer.payload.retryAfterMs);
      if (retryMs > patienceLeftMs) over = 'not indexed';
      else {
        patienceLeftMs -= retryMs;
        await wait(retryMs, signal);
      }
    }
    return over;
  }

  /** Discord does not say whether a channel's count has its threads' messages in it: one of them shows it. Undefined: none did. */
  async function areThreadsIn({
    channelId,
    threads,
  }: SearchedPlace): Promise<boolean | Uncounted | undefined> {
    const examples = threads.filter(({ messageId }) => messageId !== null).slice(0, EXAMPLES_MAX);
    for (const { channelId: threadId, messageId } of examples) {
      const alone = { fromId: messageId!, toId: messageId! };
      const inChannel = await total([channelId], alone);
      if (inChannel !== 0) return typeof inChannel === 'number' || inChannel;
      const inThread = await total([threadId], alone);
      if (inThread !== 0) return typeof inThread === 'number' ? false : inThread;
    }
    return undefined;
  }

  return {
    async count(place, span) {
      const { channelId, threads } = place;
      const own = await total([channelId], span);
      if (typeof own === 'string' || own === 0 || threads.length === 0) return own;
      const isIn = await (threadsAreIn ??= areThreadsIn(place));
      if (isIn === undefined) threadsAreIn = undefined;
      if (isIn !== true) return isIn || own;
      let left = own;
      for (let at = 0; at < threads.length; at += CHANNELS_MAX) {
        const ids = threads.slice(at, at + CHANNELS_MAX).map((thread) => thread.channelId);
        const some = await total(ids, span);
        if (typeof some === 'string') return some;
        left -= some;
      }
      return Math.max(0, left);
    },
  };
}

/** What Discord finds wrong with a search is told as a refusal; all else is not about the search. */
function wrong(error: unknown): undefined {
  if (!(error instanceof DiscordAPIError)) throw error;
}
