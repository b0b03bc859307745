/** What a backfill is given, and what its plan and its run have in common. */
import type { Pool } from 'pg';
import type { ContentChoice } from '../../db/keep.ts';
import type { DiscordClock } from '../discord/clock.ts';
import type { Calls } from '../discord/fetch-calls.ts';
import type { Self } from '../discord/teller.ts';
import type { ReadingLog } from '../history/reading.ts';

export interface BackfillOptions {
  pool: Pool;
  content: ContentChoice;
  calls: Calls;
  self: Self;
  clock: Pick<DiscordClock, 'discordNow'>;
  /** Whether members may be listed. */
  hasMembersIntent: boolean;
  /** How many requests may be under way at once; asked before each, since runs share what there is. */
  requestsAtOnce(): number;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** Stops it between pages: what was asked for is still written. */
  signal: AbortSignal;
  log: ReadingLog;
}
