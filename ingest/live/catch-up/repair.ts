/** What all parts of a gap's repair work with. */
import type { Pool } from 'pg';
import type { Gap } from '../../../db/gaps.ts';
import type { ContentChoice } from '../../../db/keep.ts';
import type { Snowflake } from '../../../db/records.ts';
import { openWriter } from '../../../db/write-batch.ts';
import type { DiscordClock } from '../../discord/clock.ts';
import type { Calls } from '../../discord/fetch-calls.ts';
import type { Self } from '../../discord/teller.ts';
import type { Reading, ReadingLog } from '../../history/reading.ts';
import { type CatchUpCard, openCard } from './card.ts';

/** What live recording has seen meanwhile; times in Discord's time, ms. */
export interface Watch {
  /** Whether the gateway was away at any moment since, so that events may come late and without their time. */
  droppedSince(sinceMs: number): boolean;
  /** Messages of a channel whose reactions have changed since. */
  reactedSince(channelId: Snowflake, sinceMs: number): Set<Snowflake>;
}

export interface CatchUpSettings {
  /** How much before the gap is read again: the longer of these. */
  hours: number;
  messagesMin: number;
  channelsAtOnce: number;
  /** Requests that list who reacted, a gap. */
  reactorRequestsMax: number;
  /** Messages of a channel that are asked for one by one, and channels of a guild. */
  messagesAskedMax: number;
  channelsAskedMax: number;
  /** How long events of what an answer shows may be under way. */
  settleMs: number;
}

/** What is read again unless somebody says otherwise. */
export const CATCH_UP_SETTINGS: CatchUpSettings = {
  hours: 24,
  messagesMin: 200,
  channelsAtOnce: 12,
  reactorRequestsMax: 1000,
  messagesAskedMax: 300,
  channelsAskedMax: 500,
  settleMs: 300,
};

export interface CatchUpOptions {
  pool: Pool;
  content: ContentChoice;
  calls: Calls;
  gap: Gap;
  self: Self;
  clock: Pick<DiscordClock, 'discordNow'>;
  watch: Watch;
  settings?: Partial<CatchUpSettings>;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  signal: AbortSignal;
  log: ReadingLog;
}

/** One repair under way. */
export interface Repair extends Reading {
  gap: Gap;
  watch: Watch;
  settings: CatchUpSettings;
  card: CatchUpCard;
  signal: AbortSignal;
  /** Waits until events of what was just answered have come; longer each time. */
  settle(attempt: number): Promise<void>;
  close(): Promise<void>;
}

/** Opens a repair, with a connection of its own to write by. */
export async function openRepair(options: CatchUpOptions, signal: AbortSignal): Promise<Repair> {
  const { pool, gap, self, content, calls, watch, clock, wait, log } = options;
  const { guildId } = gap;
  const settings = { ...CATCH_UP_SETTINGS, ...options.settings };
  const card = openCard(gap.card);
  const writer = await openWriter(pool, { content });
  let last: Promise<unknown> = Promise.resolve();
  return {
    pool,
    gap,
    guildId,
    watch,
    settings,
    card,
    log,
    signal,
    calls: {
      get(route, query) {
        card.requests++;
        return calls.get(route, query, signal);
      },
    },
    now: () => clock.discordNow(),
    tellerAt: (observedAt) => ({ source: 'rest', observedAt, guildId, self }),
    settle: (attempt) => wait(settings.settleMs * 4 ** attempt, signal),
    write(batch, alongside) {
      const written = last.then(() => writer.write(batch, alongside));
      last = written.catch(() => {});
      return written;
    },
    async close() {
      await last;
      await writer.close();
    },
  };
}
