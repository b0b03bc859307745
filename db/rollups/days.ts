/** The tables of sums; days of UTC, by which changes are marked, and the local days that they touch. */
import { snowflakeMs } from '../snowflake.ts';
import { dateIn } from '../window.ts';

/** Sums by channel and author. */
export const TALLIES_BY_AUTHOR = ['day_tallies', 'month_tallies', 'year_tallies'];

/** Every table of sums. */
export const TALLIES = [...TALLIES_BY_AUTHOR, 'hour_tallies', 'use_tallies', 'asked_questions'];

const DISCORD_EPOCH_MS = 1_420_070_400_000;
const DAY_MS = 86_400_000;

/** When a day begins, counted from 2015-01-01, ms since 1970. */
const utcDayMs = (day: number): number => day * DAY_MS + DISCORD_EPOCH_MS;

/** The day of a message id. */
export const dayOf = (id: string): number => Math.floor((snowflakeMs(id) - DISCORD_EPOCH_MS) / DAY_MS);

/** In SQL: the same. */
export const DAY_OF = (column: string): string => `((${column} >> 22) / ${DAY_MS})::int`;

/** In SQL: the smallest id of a day. */
export const FIRST_ID_OF = (day: string): string => `((${day})::bigint * ${DAY_MS} << 22)`;

/** The local dates that a day of UTC has a part in, in order. */
export function localDates(day: number, timeZone: string): string[] {
  const first = dateIn(utcDayMs(day), timeZone);
  const last = dateIn(utcDayMs(day + 1) - 1, timeZone);
  const dates: string[] = [];
  for (let date = first; Temporal.PlainDate.compare(date, last) <= 0; date = date.add({ days: 1 }))
    dates.push(date.toString());
  return dates;
}
