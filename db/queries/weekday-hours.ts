import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { hours } from './hours.ts';
import type { Question } from './question.ts';
import type { Scope } from './scope.ts';

export interface WeekdayHourRow {
  /** 1 is Monday, 7 Sunday. */
  weekday: number;
  /** 0 to 23, on the clock of the window's zone. */
  hour: number;
  messages: number;
}

/**
 * When the server is awake: messages by weekday and hour of the clock.
 *
 * Shape   168 rows, Monday's first hour first
 * Source  README.md, "weekday-hours"
 */
export async function weekdayHours(db: Db, scope: Scope): Promise<WeekdayHourRow[]> {
  const { rows } = await sql<{ slot: number; messages: number }>`
    with recursive ${await hours(db, scope)}
    select ((extract(isodow from day)::int - 1) * 24 + hour)::int as slot, sum(messages)::int as messages
    from hours group by 1`.execute(db);
  const bySlot = new Map(rows.map((row) => [row.slot, row.messages]));
  return Array.from({ length: 168 }, (_, slot) => ({
    weekday: Math.floor(slot / 24) + 1,
    hour: slot % 24,
    messages: bySlot.get(slot) ?? 0,
  }));
}

/** The same by hour of any day: 24 rows. */
export async function hoursOfDay(db: Db, scope: Scope): Promise<{ hour: number; messages: number }[]> {
  const rows = await weekdayHours(db, scope);
  return Array.from({ length: 24 }, (_, hour) => ({
    hour,
    messages: sumOf(rows.filter((row) => row.hour === hour)),
  }));
}

/** The same by weekday: 7 rows, Monday first. */
export async function weekdays(db: Db, scope: Scope): Promise<{ weekday: number; messages: number }[]> {
  const rows = await weekdayHours(db, scope);
  return Array.from({ length: 7 }, (_, i) => ({
    weekday: i + 1,
    messages: sumOf(rows.filter((row) => row.weekday === i + 1)),
  }));
}

const sumOf = (rows: WeekdayHourRow[]): number => rows.reduce((sum, { messages }) => sum + messages, 0);

export default [
  {
    name: 'weekday-hours',
    about: 'messages by weekday (1 is Monday) and hour of the clock',
    ask: weekdayHours,
  },
  { name: 'hours-of-day', about: 'messages by hour of the clock', ask: hoursOfDay },
  { name: 'weekdays', about: 'messages by weekday (1 is Monday)', ask: weekdays },
] satisfies Question[];
