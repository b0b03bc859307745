/** Numbers, dates and lists, as German writes them. */
const LOCALE = 'de';
const integer = new Intl.NumberFormat(LOCALE);
const wholePercent = new Intl.NumberFormat(LOCALE, { style: 'percent' });
const and = new Intl.ListFormat(LOCALE, { type: 'conjunction' });

/** "1.204". */
export const number = (n: number): string => integer.format(n);

/** "1 Nachricht", "1.204 Nachrichten". */
export const counted = (n: number, one: string, many: string): string =>
  `${number(n)} ${n === 1 ? one : many}`;

/** "a, b und c". */
export const listed = (names: readonly string[]): string => and.format(names);

/** A share of 0 to 1: "12 %", its space one that no line breaks at; never 0 % of something, nor 100 % of less than all. */
export function percent(share: number): string {
  if (share > 0 && share < 0.01) return `unter ${wholePercent.format(0.01)}`;
  if (share < 1 && share > 0.99) return `über ${wholePercent.format(0.99)}`;
  return wholePercent.format(share);
}

export type TimeUnit = 'minute' | 'hour' | 'day';
type Case = 'nominative' | 'dative' | 'accusative';

const ONE: Record<TimeUnit, Record<Case, string>> = {
  minute: { nominative: '1 Minute', dative: 'einer Minute', accusative: 'eine Minute' },
  hour: { nominative: '1 Stunde', dative: 'einer Stunde', accusative: 'eine Stunde' },
  day: { nominative: '1 Tag', dative: 'einem Tag', accusative: 'einen Tag' },
};
const MANY: Record<TimeUnit, string> = { minute: 'Minuten', hour: 'Stunden', day: 'Tage' };

/** So many of a unit: "1 Tag", "2 Tage"; behind "seit" or "innerhalb von", which rule the dative, "einem Tag", "2 Tagen". */
export function timeIn(ruled: Case, [n, unit]: [n: number, unit: TimeUnit]): string {
  if (n === 1) return ONE[unit][ruled];
  return `${number(n)} ${MANY[unit]}${unit === 'day' && ruled === 'dative' ? 'n' : ''}`;
}

/** As exact as somebody wants to hear it. */
function rounded(minutes: number): [n: number, unit: TimeUnit] {
  if (minutes < 90) return [Math.round(minutes), 'minute'];
  if (minutes < 36 * 60) return [Math.round(minutes / 60), 'hour'];
  return [Math.round(minutes / 1440), 'day'];
}

/** "4 Minuten", "1 Stunde", "2 Tage". */
export const duration = (minutes: number): string =>
  minutes < 1 ? 'weniger als 1 Minute' : timeIn('nominative', rounded(minutes));

/** The same behind "seit", "nach" or "innerhalb von": "4 Minuten", "einer Stunde", "2 Tagen". */
export const durationDative = (minutes: number): string =>
  minutes < 1 ? 'weniger als einer Minute' : timeIn('dative', rounded(minutes));

/** Of a step that is a whole number of them. */
export function stepOf(minutes: number): [n: number, unit: TimeUnit] {
  if (minutes % 1440 === 0) return [minutes / 1440, 'day'];
  return minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute'];
}

const format = (options: Intl.DateTimeFormatOptions) =>
  // A local date is taken for UTC's, for it already is what the calendar on the wall says.
  new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' });
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

/** Of 2026-11-15: "Sonntag, 15. November 2026". */
export const longDay = (date: string): string => LONG_DAY.format(at(date));

/** Of 2026-11-15: "15. November 2026". */
export const longDate = (date: string): string => LONG.format(at(date));

/** Of 2026-11-15: "15. Nov.". */
export const shortDate = (date: string): string => SHORT.format(at(date));

/** Of two dates: "9.–15. November 2026". */
export const dateRange = (from: string, to: string): string =>
  from === to ? longDate(from) : LONG.formatRange(at(from), at(to)).replaceAll('\u2009', ' ');

/** Of a local time, 2026-11-15T19:02: "So., 15. Nov., 19:02 Uhr". */
export const moment = (local: string): string => `${MOMENT.format(Date.parse(`${local}Z`))} Uhr`;

const WEEKDAYS = ['Montag', 'Dienstag', 'Mittwoch', 'Donnerstag', 'Freitag', 'Samstag', 'Sonntag'];

/** Of 1: "Montag". */
export const weekday = (n: number): string => WEEKDAYS[n - 1]!;

/** Of 1: "Mo". */
export const shortWeekday = (n: number): string => weekday(n).slice(0, 2);

/** "9 Uhr". */
export const hour = (n: number): string => `${n} Uhr`;

/** A sentence, from its first word on. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
