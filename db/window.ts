/** Spans of time in a zone: the one place where hours, days, weeks and months get their borders. */
import { snowflakeAt } from './snowflake.ts';

/** Half-open: from <= t < to, in ms since 1970. */
export interface Window {
  fromMs: number;
  toMs: number;
  timeZone: string;
}

/** A piece of the calendar. */
export type Unit = 'hour' | 'day' | 'week' | 'month';

/** A piece of the calendar that a window reaches into. */
export interface Bucket {
  /** Local: `2026-11-16`; an hour's `2026-11-16T09:00`, with its offset where the clock strikes it twice. */
  start: string;
  /** Where it begins, ms since 1970, the first one perhaps before the window; it ends where the next one begins. */
  fromMs: number;
}

/** A window has more pieces than anybody could look at. */
export class WindowError extends Error {
  override name = 'WindowError';
}

/** Eleven years of hours. No one looks at more, and the list is sent with the question. */
const BUCKETS_MAX = 100_000;

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
  return weekOf(dateIn(ms, timeZone));
}

/** The ISO week of a date, by its label. */
export function weekOf(date: Temporal.PlainDate): string {
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

/** Whole days in a zone: from the beginning of one date to the beginning of another. */
export function between(from: Temporal.PlainDate, to: Temporal.PlainDate, timeZone: string): Window {
  return { fromMs: startMs(from, timeZone), toMs: startMs(to, timeZone), timeZone };
}

/** As many whole days, the last of which is the day of an instant. */
export function lastDays(days: number, endMs: number, timeZone: string): Window {
  const to = dateIn(endMs, timeZone).add({ days: 1 });
  return between(to.subtract({ days }), to, timeZone);
}

/** The window as a range of message ids: from <= id < to. */
export function idRange({ fromMs, toMs }: Pick<Window, 'fromMs' | 'toMs'>): { fromId: string; toId: string } {
  return { fromId: snowflakeAt(fromMs), toId: snowflakeAt(toMs) };
}

/**
 * The pieces of the calendar that a window reaches into, oldest first.
 *
 * Errors  WindowError where there would be more than 100,000
 */
export function bucketsOf({ fromMs, toMs, timeZone }: Window, unit: Unit): Bucket[] {
  const zoned = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone);
  const buckets: Bucket[] = [];
  let start = unit === 'hour' ? hourOf(zoned(fromMs)) : firstDay(dateIn(fromMs, timeZone), unit);
  while (start.epochMilliseconds < toMs) {
    if (buckets.length === BUCKETS_MAX) {
      throw new WindowError(
        `A window has at most ${BUCKETS_MAX.toLocaleString('en')} ${unit}s; this one has more. Begin later, or ask for fewer rows.`,
      );
    }
    buckets.push({ start: labelOf(start, unit), fromMs: start.epochMilliseconds });
    start = unit === 'hour' ? nextHour(start) : firstDay(start.toPlainDate().add({ [`${unit}s`]: 1 }), unit);
  }
  return buckets;

  function firstDay(date: Temporal.PlainDate, of: Exclude<Unit, 'hour'>): Temporal.ZonedDateTime {
    if (of === 'day') return date.toZonedDateTime(timeZone);
    if (of === 'week') return date.subtract({ days: date.dayOfWeek - 1 }).toZonedDateTime(timeZone);
    return date.with({ day: 1 }).toZonedDateTime(timeZone);
  }
}

/** Not `round`, which looks up the whole day's borders: ten times slower. */
const hourOf = (at: Temporal.ZonedDateTime): Temporal.ZonedDateTime =>
  at.subtract({
    minutes: at.minute,
    seconds: at.second,
    milliseconds: at.millisecond,
  });

/** The next clock hour. Where a clock is set by half an hour, the hour is as much longer or shorter. */
function nextHour(at: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const next = at.add({ minutes: 60 - at.minute });
  return next.hour === at.hour && next.minute > 0 ? next.add({ minutes: 60 - next.minute }) : next;
}

function labelOf(at: Temporal.ZonedDateTime, unit: Unit): string {
  if (unit !== 'hour') return at.toPlainDate().toString();
  const local = at.toPlainDateTime().with({ minute: 0 });
  const label = local.toString({ smallestUnit: 'minute' });
  const whole = { hours: 1 };
  const isStruckTwice = at.add(whole).hour === at.hour || at.subtract(whole).hour === at.hour;
  return isStruckTwice ? `${label}${at.offset}` : label;
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

/** When a date begins in a zone, ms since 1970. */
export function startMs(date: Temporal.PlainDate, timeZone: string): number {
  return date.toZonedDateTime(timeZone).epochMilliseconds;
}
