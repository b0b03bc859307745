/** Numbers, dates and lists, as English writes them. */
const LOCALE = 'en';
const integer = new Intl.NumberFormat(LOCALE);
const and = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/** "1,204". */
export const number = (n: number): string => integer.format(n);

/** "1 message", "1,204 messages". */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${number(n)} ${n === 1 ? one : many}`;

/** "a, b and c". */
export const listed = (names: readonly string[]): string => and.format(names);

/** A share of 0 to 1: "12%"; never 0% of something, nor 100% of less than all. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return 'less than 1%';
  if (share < 1 && share > 0.99) return 'more than 99%';
  return `${Math.round(share * 100)}%`;
}

/** "4 minutes", "3 hours", "2 days": as exact as somebody wants to hear it. */
export function duration(minutes: number): string {
  if (minutes < 1) return 'less than a minute';
  if (minutes < 90) return counted(Math.round(minutes), 'minute');
  if (minutes < 36 * 60) return counted(Math.round(minutes / 60), 'hour');
  return counted(Math.round(minutes / 1440), 'day');
}

const format = (options: Intl.DateTimeFormatOptions) =>
  // A local date is taken for UTC's, for it already is what the calendar on the wall says.
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
const LONG = format({ day: 'numeric', month: 'long', year: 'numeric' });
const LONG_DAY = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const SHORT = format({ day: 'numeric', month: 'short' });
const MOMENT = format({
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

const at = (date: string): number => Date.parse(date);
/** The one month that is cut to four letters. */
const short = (text: string): string => text.replace('Sept', 'Sep');

/** Of 2026-11-15: "Sunday 15 November 2026". */
export const longDay = (date: string): string => LONG_DAY.format(at(date)).replace(',', '');

/** Of 2026-11-15: "15 November 2026". */
export const longDate = (date: string): string => LONG.format(at(date));

/** Of 2026-11-15: "15 Nov". */
export const shortDate = (date: string): string => short(SHORT.format(at(date)));

/** Of two dates: "9–15 November 2026". */
export const dateRange = (from: string, to: string): string =>
  from === to ? longDate(from) : LONG.formatRange(at(from), at(to)).replaceAll('\u2009', ' ');

/** Of a local time, 2026-11-15T19:02: "Sun 15 Nov, 19:02". */
export const moment = (local: string): string => {
  const parts = Object.fromEntries(
    MOMENT.formatToParts(Date.parse(`${local}Z`)).map(({ type, value }) => [type, value]),
  );
  return short(`${parts.weekday} ${parts.day} ${parts.month}, ${parts.hour}:${parts.minute}`);
};

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Of 1: "Monday". */
export const weekday = (n: number): string => WEEKDAYS[n - 1]!;

/** Of 1: "Mon". */
export const shortWeekday = (n: number): string => weekday(n).slice(0, 3);

/** "9:00". */
export const hour = (n: number): string => `${n}:00`;
