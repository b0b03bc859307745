/** What a period at a glance holds: plain data. */
import type { ActivityRow } from '../../db/queries/activity.ts';
import type { CoverageLine } from '../../db/queries/coverage-line.ts';
import type { ChannelRow } from '../../db/queries/top-channels.ts';
import type { WeekdayHourRow } from '../../db/queries/weekday-hours.ts';
import type { Unit, Window } from '../../db/window.ts';
import type { CountedFor } from '../footing.ts';
import type { AskedPeriod } from '../period.ts';

export interface StatsRequest {
  guildId: string;
  guildName: string;
  /** What may count, each by its own id. */
  channels: readonly string[];
  /** What it was cut to. */
  channel?: { id: string; name: string | null };
  bots: boolean;
  period: AskedPeriod;
  /** Somebody has written in these channels. */
  isRecorded: boolean;
  /** Where that begins, and the guild's now, ms. */
  firstMs: number;
  nowMs: number;
  countedFor: CountedFor;
  /** The guild's now, where that is another day than today. */
  asOfMs?: number;
}

/** In the order in which they are told. */
export const FIGURES = ['messages', 'people', 'newcomers', 'replies', 'reactions'] as const;

export type StatsFigure = (typeof FIGURES)[number];

/** `before`: in the window before; absent where nothing is known of that. */
export interface Compared {
  value: number;
  before?: number;
}

/** What is counted of a period. */
export interface Counts {
  /** Newcomers are left out where the record begins within, and everybody is new. */
  figures: Partial<Record<StatsFigure, Compared>> & Record<'messages' | 'people', Compared>;
  activity: { unit: Unit; rows: ActivityRow[] };
  /** Absent of less than a week. */
  hours?: WeekdayHourRow[];
  /** The busiest; `of`: in how many somebody wrote. */
  places: { busiest: ChannelRow[]; of: { channels: number; threads: number } };
}

export interface Stats extends Omit<StatsRequest, 'channels'> {
  /** Absent of a period that nothing can be known of: it is before the record, or has not begun. */
  counts?: Counts;
  coverage: CoverageLine;
}

/** How a period lies to the record: nothing is recorded at all, or before it ends; it has not begun; or it is known. */
export function standingOf({
  isRecorded,
  firstMs,
  nowMs,
  period: { window },
}: Pick<Stats, 'isRecorded' | 'firstMs' | 'nowMs' | 'period'>):
  | 'unrecorded'
  | 'too early'
  | 'to come'
  | 'known' {
  if (!isRecorded) return 'unrecorded';
  if (window.toMs <= firstMs) return 'too early';
  return window.fromMs > nowMs ? 'to come' : 'known';
}

/** The window before, where anything is known of it. */
export const beforeKnown = ({ before }: AskedPeriod, firstMs: number): Window | undefined =>
  before && firstMs < before.toMs ? before : undefined;
