/** What posting works with. */
import type { REST } from '@discordjs/rest';
import type { Store } from '../../db/connect.ts';
import type { ContentChoice } from '../../db/keep.ts';
import type { Calls } from '../../ingest/discord/fetch-calls.ts';
import type { Self } from '../../ingest/discord/teller.ts';
import type { ReadingLog } from '../../ingest/history/reading.ts';
import type { Chart } from '../../reports/charts/chart.ts';
import type { ChartError } from '../../reports/draw.ts';

export interface PostingContext {
  store: Pick<Store, 'db' | 'pool'>;
  content: ContentChoice;
  rest: REST;
  calls: Calls;
  self: Self;
  /** Discord's time, ms. */
  now(): number;
  /** When this process began, in Discord's time, ms. */
  startedMs: number;
  strangers: Strangers;
  /** Errors: ChartError. */
  draw(chart: Chart): Promise<Buffer>;
  onChartError(error: ChartError): void;
  log: ReadingLog;
}

/** Of posts, as they are claimed. */
export const WEEKLY = 'weekly';

/** Guilds that this bot is not in. */
export interface Strangers {
  add(guildId: string, nowMs: number): void;
  /** Whether it was not in it a moment ago. */
  has(guildId: string, nowMs: number): boolean;
}

/** It may be invited again. */
const FORGOTTEN_MS = 5 * 60_000;

/** None that is known of yet. */
export function makeStrangers(): Strangers {
  const seenAt = new Map<string, number>();
  return {
    add: (guildId, nowMs) => void seenAt.set(guildId, nowMs),
    has: (guildId, nowMs) => nowMs - (seenAt.get(guildId) ?? -Infinity) < FORGOTTEN_MS,
  };
}
