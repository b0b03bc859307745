/** Spans of time in a zone: the one place where days and weeks get their borders. */
import { snowflakeAt } from './snowflake.ts';

/** Half-open: from <= t < to, in ms since 1970. */
export interface Window {
  fromMs: number;
  toMs: number;
  timeZone: string;
}

/** The ISO week `year-Wweek` (as 2026-W46) in a zone; 167 or 169 hours where summer time turns. */
export function isoWeek(label: string, timeZone: string): Window | undefined {
  const match = /^(\d{4})-W(\d{2})$/.exec(label);
  if (!match) return undefined;
  const [year, week] = [Number(match[1]), Number(match[2])];
  // The 4th of January is always in week 1.
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 });
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 });
  if (monday.yearOfWeek !== year || monday.weekOfYear !== week) return undefined;
  return between(monday, monday.add({ weeks: 1 }), timeZone);
}

/** The ISO week of an instant, by its label. */
export function isoWeekLabel(ms: number, timeZone: string): string {
  const date = dateIn(ms, timeZone);
  return `${date.yearOfWeek}-W${String(date.weekOfYear).padStart(2, '0')}`;
}

/** The ISO week before that of an instant: the last complete one. */
export function lastCompleteWeek(nowMs: number, timeZone: string): Window {
  const today = dateIn(nowMs, timeZone);
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  return between(monday.subtract({ weeks: 1 }), monday, timeZone);
}

/** The window before a window, of as many calendar days in its zone; its hours may differ. */
export function windowBefore({ fromMs, toMs, timeZone }: Window): Window {
  const from = dateIn(fromMs, timeZone);
  const days = from.until(dateIn(toMs, timeZone), { largestUnit: 'days' }).days;
  return { fromMs: startMs(from.subtract({ days: Math.max(1, days) }), timeZone), toMs: fromMs, timeZone };
}

/** The window as a range of message ids: from <= id < to. */
export function idRange({ fromMs, toMs }: Window): { fromId: string; toId: string } {
  return { fromId: snowflakeAt(fromMs), toId: snowflakeAt(toMs) };
}

/** Whether a name is a time zone that this program knows. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** The calendar date of an instant in a zone. */
export function dateIn(ms: number, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDate();
}

function startMs(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}

function between(from: Temporal.PlainDate, to: Temporal.PlainDate, timeZone: string): Window {
  return { fromMs: startMs(from, timeZone), toMs: startMs(to, timeZone), timeZone };
}
