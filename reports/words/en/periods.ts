/** How a period that somebody asks for is called, in English, and by which words it is asked for. Dates are as 2026-11-15. */
import { dateRange, longDay, number } from './numbers.ts';

const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' });
const MONTH = format({ month: 'long' });
const MONTH_OF_YEAR = format({ month: 'long', year: 'numeric' });
const DAY = format({ day: 'numeric', month: 'long' });

const range = (of: Intl.DateTimeFormat, from: string, to: string): string =>
  of.formatRange(Date.parse(from), Date.parse(to)).replaceAll('\u2009', ' ');
const yearOf = (date: string): string => date.slice(0, 4);

/** What a period is a whole one of; `days`: some days in a row. */
export type PeriodUnitWords = 'day' | 'week' | 'month' | 'quarter' | 'year' | 'days';

/** How periods are called. */
export const periods = {
  /** What people type, in small letters, by what it stands for; a filler says nothing. */
  typed: {
    day: ['day'],
    days: ['days', 'd'],
    week: ['week', 'wk', 'w', 'cw'],
    weeks: ['weeks'],
    month: ['month'],
    months: ['months'],
    quarter: ['quarter', 'q'],
    quarters: ['quarters'],
    year: ['year'],
    years: ['years'],
    last: ['last', 'previous', 'past'],
    this: ['this', 'current'],
    today: ['today'],
    yesterday: ['yesterday'],
    all: ['all', 'everything', 'ever'],
    to: ['to', 'until', 'till', 'through'],
    filler: ['the', 'of', 'in', 'on', 'from', 'time', 'st', 'nd', 'rd', 'th'],
  },
  /** The months of the year, each in the ways that people write it. */
  months: [
    ['january', 'jan'],
    ['february', 'feb'],
    ['march', 'mar'],
    ['april', 'apr'],
    ['may'],
    ['june', 'jun'],
    ['july', 'jul'],
    ['august', 'aug'],
    ['september', 'sep', 'sept'],
    ['october', 'oct'],
    ['november', 'nov'],
    ['december', 'dec'],
  ],

  title: {
    day: longDay,
    week: (week: number, year: number, from: string, to: string) =>
      `Week ${week} of ${year} (${yearOf(from) === yearOf(to) ? range(DAY, from, to) : dateRange(from, to)})`,
    month: (from: string) => MONTH_OF_YEAR.format(Date.parse(from)),
    quarter: (quarter: number, from: string, to: string) =>
      `Q${quarter} ${yearOf(from)} (${range(MONTH, from, to)})`,
    year: yearOf,
    days: dateRange,
    all: 'All that is recorded',
  },
  soFar: (title: string) => `${title}, so far`,

  /** What is suggested, each the last one that is over, and the one that is not. */
  last: {
    day: 'Yesterday',
    week: 'Last week',
    month: 'Last month',
    quarter: 'Last quarter',
    year: 'Last year',
  },
  running: {
    day: 'Today',
    week: 'This week so far',
    month: 'This month so far',
    quarter: 'This quarter so far',
    year: 'This year so far',
  },
  /** Of one of these, what it comes to. */
  meaning: (name: string, title: string) => `${name}: ${title}`,

  /** When something was, compared with now: "12 more than ...". */
  before: (unit: PeriodUnitWords, days: number): string =>
    unit === 'days' ? `the ${number(days)} days before` : `the ${unit} before`,
  /** Of a period that is not over, whose one before counts as far. */
  beforeSoFar: (unit: PeriodUnitWords, days: number): string =>
    `${unit === 'days' ? `the ${number(days)} days before` : `the ${unit} before`} by the same time`,
};
