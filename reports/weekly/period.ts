/** Which days a report is about. */
import type { RecordSpan } from '../../db/queries/record-span.ts';
import {
  dateIn,
  isoWeek,
  isoWeekLabel,
  lastCompleteWeek,
  lastDays,
  startMs,
  type Window,
} from '../../db/window.ts';
import type { Period, Span, WeeklyRequest } from './report.ts';

/** Weeks of the trend, where the report is about no more. */
const TREND_WEEKS = 8;

/**
 * The week or days that were asked for; else the last complete week, or the record's last where that ends earlier.
 * Undefined where there is no such week.
 */
export function chooseWindow(
  { timeZone, week, days, nowMs, isRecordsLast: isSaid = false }: Omit<WeeklyRequest, 'guildId'>,
  record: RecordSpan | undefined,
): { window: Window; period: Period } | undefined {
  if (days !== undefined) return ofDays(lastDays(days, record?.lastMs ?? nowMs, timeZone));
  const complete = lastCompleteWeek(nowMs, timeZone);
  const endsEarlier = week === undefined && record !== undefined && record.lastMs < complete.fromMs;
  const label = week ?? isoWeekLabel(endsEarlier ? record.lastMs : complete.fromMs, timeZone);
  const window = isoWeek(label, timeZone);
  return window && { window, period: { isWeek: true, days: 7, label, isRecordsLast: endsEarlier || isSaid } };
}

function ofDays(window: Window): { window: Window; period: Period } {
  const [from, to] = [dateIn(window.fromMs, window.timeZone), dateIn(window.toMs - 1, window.timeZone)];
  const days = from.until(to, { largestUnit: 'days' }).days + 1;
  return { window, period: { isWeek: false, days, label: `${from}--${to}`, isRecordsLast: false } };
}

/**
 * Whole weeks, so that what happened is seen beside what is usual: eight up to the window's end, or as many as it
 * has. They begin with the record, so that no week looks silent which is only unknown.
 */
export function trendWindow({ fromMs, toMs, timeZone }: Window, record: RecordSpan | undefined): Window {
  const monday = (ms: number) => {
    const date = dateIn(ms, timeZone);
    return date.subtract({ days: date.dayOfWeek - 1 });
  };
  const usual = startMs(monday(toMs - 1).subtract({ weeks: TREND_WEEKS - 1 }), timeZone);
  const first = startMs(monday(Math.min(record?.firstMs ?? fromMs, fromMs)), timeZone);
  return { fromMs: Math.max(first, Math.min(usual, startMs(monday(fromMs), timeZone))), toMs, timeZone };
}

/** A window that tells its ends with their offsets. */
export function spanOf(window: Window): Span {
  const { fromMs, toMs, timeZone } = window;
  const told = (ms: number) =>
    Temporal.Instant.fromEpochMilliseconds(ms)
      .toZonedDateTimeISO(timeZone)
      .toString({ smallestUnit: 'minute', timeZoneName: 'never' });
  return { ...window, from: told(fromMs), to: told(toMs), hours: (toMs - fromMs) / 3_600_000 };
}
