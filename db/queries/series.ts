/** Series over the calendar: their newest pieces, and the place of a day among them. */
import { type RawBuilder, sql } from 'kysely';
import { type Bucket, bucketsOf, type Unit, type Window } from '../window.ts';

const HOUR_MS = 3_600_000;

/** No piece is longer, wherever clocks are set. */
const LONGEST_MS: Record<Unit, number> = {
  hour: 2 * HOUR_MS,
  day: 48 * HOUR_MS,
  week: 8 * 24 * HOUR_MS,
  month: 32 * 24 * HOUR_MS,
};

/** The newest pieces of a window, oldest first, and the window cut to them. */
export function newest(window: Window, unit: Unit, limit = Infinity): { buckets: Bucket[]; window: Window } {
  const sinceMs = Math.max(window.fromMs, window.toMs - (limit + 1) * LONGEST_MS[unit]);
  const buckets = bucketsOf({ ...window, fromMs: sinceMs }, unit).slice(-limit);
  return { buckets, window: { ...window, fromMs: Math.max(window.fromMs, buckets[0]?.fromMs ?? 0) } };
}

/** In which rows of tallies a piece of the calendar is summed: weeks cut months. */
export const grainOf = (unit: Exclude<Unit, 'hour'>): 'day' | 'month' => (unit === 'month' ? 'month' : 'day');

/** The place of a local day in a list of days, weeks or months, from 1. */
export function pieceOf(day: string, buckets: readonly Bucket[]): RawBuilder<number> {
  return sql<number>`width_bucket(${sql.ref(day)}, ${buckets.map(({ start }) => start)}::date[])`;
}
