/** What a weekly report holds: plain data, the same for every rendering, and its JSON. */
import type { CoverageGapRow } from '../../db/queries/coverage-gaps.ts';
import type { CoverageLine } from '../../db/queries/coverage-line.ts';
import type { CoverageSummary } from '../../db/queries/coverage-summary.ts';
import type { ContributorRow } from '../../db/queries/top-contributors.ts';
import type { LoadShareRow } from '../../db/queries/load-share.ts';
import type { NewcomerRow } from '../../db/queries/newcomers.ts';
import type { QuestionsAsked } from '../../db/queries/questions-asked.ts';
import type { ReactedMessage } from '../../db/queries/most-reacted.ts';
import type { RecordSpan } from '../../db/queries/record-span.ts';
import type { ReplyTimeRow } from '../../db/queries/reply-times.ts';
import type { ReturningRow } from '../../db/queries/retention.ts';
import type { ThreadRow } from '../../db/queries/live-threads.ts';
import type { ChannelRow } from '../../db/queries/top-channels.ts';
import type { UnansweredQuestionRow } from '../../db/queries/unanswered-questions.ts';
import type { WeekdayHourRow } from '../../db/queries/weekday-hours.ts';
import type { TotalsRow, WindowTotals } from '../../db/queries/window-totals.ts';
import type { RowCounts } from '../../db/queries/row-counts.ts';
import type { Window } from '../../db/window.ts';

export interface WeeklyRequest {
  guildId: string;
  timeZone: string;
  /** An ISO week, as 2026-W46. */
  week?: string;
  /** Instead of a week: as many whole days, the last of them the last of the record. */
  days?: number;
  /** The clock, ms since 1970. */
  nowMs: number;
  /** What was written later is not known, ms; without it all that is recorded. */
  asOfMs?: number;
  /** The channels that may count, each by its own id; without it all that are not hidden. */
  channels?: readonly string[];
  /** Whether bots and webhooks count; without it people only. */
  bots?: boolean;
  /** The week was chosen, by whoever asks, because the record ends before the last complete one. */
  isRecordsLast?: boolean;
  /** Whether to count the rows that the figures come from, too. */
  explain?: boolean;
}

/** What the report is about. */
export interface Period {
  isWeek: boolean;
  /** Calendar days in the zone. */
  days: number;
  /** 2026-W46; of days their first and last, as 2026-10-17--2026-11-15. */
  label: string;
  /** It was chosen because the record ends before the last complete week. */
  isRecordsLast: boolean;
}

/** A window, readable: times with their offsets. */
export interface Span extends Window {
  /** 2026-11-09T00:00+01:00. */
  from: string;
  to: string;
  hours: number;
}

/** A week, of which the first and the last may reach over the ends of the trend. */
export interface TrendRow {
  /** 2026-W46. */
  week: string;
  /** Its Monday. */
  start: string;
  messages: number;
  people: number;
  newcomers: number;
  returning: number;
}

/** Where it opens in Discord. */
export interface Linked {
  url: string;
}

export interface WeeklyReport {
  guild: { id: string; name: string };
  period: Period;
  /** Bots and webhooks are counted as people are. */
  withBots: boolean;
  span: Span;
  before: Span;
  /** From when to when anything is recorded; null where nobody has written. */
  record: RecordSpan | null;
  totals: Record<keyof WindowTotals, Omit<TotalsRow, 'figure'>>;
  trend: { span: Span; weeks: TrendRow[] };
  contributors: ContributorRow[];
  newcomers: { people: number; named: NewcomerRow[] };
  returning: ReturningRow;
  channels: ChannelRow[];
  threads: ThreadRow[];
  reacted: (ReactedMessage & Linked)[];
  questions: QuestionsAsked & { waits: ReplyTimeRow[]; waiting: (UnansweredQuestionRow & Linked)[] };
  /** Over the weeks of the trend. */
  hours: WeekdayHourRow[];
  share: LoadShareRow;
  coverage: CoverageSummary & { line: CoverageLine; gaps: CoverageGapRow[] };
  /** What the figures were counted from, where that was asked for. */
  rows?: { span: RowCounts; before: RowCounts; trend: RowCounts };
}
