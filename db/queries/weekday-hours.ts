import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { type Bucket, bucketsOf, type Window } from '../window.ts';
import { bucketAt, inScope, inWindow, scoped } from './counted.ts';
import type { Question } from './question.ts';
import type { Scope } from './scope.ts';

export interface WeekdayHourRow {
  /** 1 is Monday, 7 Sunday. */
  weekday: number;
  /** 0 to 23, on the clock of the window's zone. */
  hour: number;
  messages: number;
}

export interface HourRow {
  hour: number;
  messages: number;
  people: number;
}

export interface WeekdayRow {
  weekday: number;
  messages: number;
  people: number;
}

/**
 * When the server is awake: messages by weekday and hour of the clock.
 *
 * Shape   168 rows, Monday's first hour first
 * Source  README.md, "weekday-hours"
 */
export async function weekdayHours(db: Db, scope: Scope): Promise<WeekdayHourRow[]> {
  const { rows } = await sql<{ slot: number; messages: number }>`
    with recursive ${scoped(scope)},
    quarters as (
      select ((m.message_id >> 22) / ${sql.lit(QUARTER_MS)} * ${sql.lit(QUARTER_MS)}) << 22 as id, count(*) as messages
      from messages m where ${inScope(scope, 'm')} and ${inWindow(scope, 'm')} group by 1
    )
    select ${slotAt('q.id', scope.window)} as slot, sum(q.messages)::int as messages
    from quarters q group by 1`.execute(db);
  const counted = new Map(rows.map((row) => [row.slot, row.messages]));
  return range(168).map((slot) => ({ ...clockOf(slot), messages: counted.get(slot) ?? 0 }));
}

/** The same with the people who wrote in each, which takes longer. */
export function weekdayHoursWithPeople(
  db: Db,
  scope: Scope,
): Promise<(WeekdayHourRow & { people: number })[]> {
  return byClock(db, scope, range(168).map(clockOf), (slot) => slot);
}

/**
 * Messages and people by hour of the clock.
 *
 * Shape   24 rows
 * Source  README.md, "weekday-hours"
 */
export function hoursOfDay(db: Db, scope: Scope): Promise<HourRow[]> {
  return byClock(
    db,
    scope,
    range(24).map((hour) => ({ hour })),
    (slot) => sql`${slot} % 24`,
  );
}

/**
 * Messages and people by weekday.
 *
 * Shape   7 rows, Monday first
 * Source  README.md, "weekday-hours"
 */
export function weekdays(db: Db, scope: Scope): Promise<WeekdayRow[]> {
  return byClock(
    db,
    scope,
    range(7).map((i) => ({ weekday: i + 1 })),
    (slot) => sql`${slot} / 24`,
  );
}

const range = (length: number): number[] => Array.from({ length }, (_, i) => i);

const clockOf = (slot: number) => ({ weekday: Math.floor(slot / 24) + 1, hour: slot % 24 });

/** Each place with its messages and people; `placeOf` an hour of the week, from 0. */
async function byClock<Place extends object>(
  db: Db,
  scope: Scope,
  places: Place[],
  placeOf: (slot: RawBuilder<number>) => RawBuilder<unknown>,
): Promise<(Place & { messages: number; people: number })[]> {
  const { rows } = await sql<{ place: number; messages: number; people: number }>`
    with recursive ${scoped(scope)},
    wrote as (
      select ${placeOf(slotAt('m.message_id', scope.window))} as place, m.author_id, count(*) as messages
      from messages m where ${inScope(scope, 'm')} and ${inWindow(scope, 'm')} group by 1, 2
    )
    select place, sum(messages)::int as messages, count(*)::int as people from wrote group by place`.execute(
    db,
  );
  const counted = new Map(rows.map((row) => [row.place, row]));
  return places.map((place, i) => {
    const { messages = 0, people = 0 } = counted.get(i) ?? {};
    return { ...place, messages, people };
  });
}

/** Every zone is set by whole quarters of an hour. */
const QUARTER_MS = 900_000;
const HOUR_MS = 3_600_000;

/** The hour of the week of an id, from 0. */
export function slotAt(column: string, window: Window): RawBuilder<number> {
  const pieces = clockPieces(window);
  const slots = pieces.map(({ slot }) => slot);
  const starts = pieces.map(({ fromMs, runs }) => (runs ? fromMs - 1_420_070_400_000 : null));
  const at = bucketAt(column, pieces);
  return sql<number>`((${slots}::int[])[${at}]
    + coalesce(((${sql.ref(column)} >> 22) - (${starts}::bigint[])[${at}]) / ${sql.lit(HOUR_MS)}, 0))::int`;
}

interface ClockPiece extends Bucket {
  slot: number;
  /** The clock runs on from there, an hour every hour; else it is this slot throughout. */
  runs: boolean;
}

/** Days of 24 hours in one piece, and the hours of those on which a clock may be set: many fewer than all hours. */
function clockPieces(window: Window): ClockPiece[] {
  const days = bucketsOf(window, 'day');
  return days.flatMap((day, i): ClockPiece[] => {
    const slot = (Temporal.PlainDate.from(day.start).dayOfWeek - 1) * 24;
    const toMs = days[i + 1]?.fromMs;
    if (toMs === day.fromMs + 24 * HOUR_MS) return [{ ...day, slot, runs: true }];
    const hours = bucketsOf({ ...window, fromMs: day.fromMs, toMs: toMs ?? window.toMs }, 'hour');
    return hours.map((hour) => ({ ...hour, slot: slot + Number(hour.start.slice(11, 13)), runs: false }));
  });
}

export default [
  {
    name: 'weekday-hours',
    about: 'messages and people by weekday (1 is Monday) and hour of the clock',
    ask: weekdayHoursWithPeople,
  },
  { name: 'hours-of-day', about: 'messages and people by hour of the clock', ask: hoursOfDay },
  { name: 'weekdays', about: 'messages and people by weekday (1 is Monday)', ask: weekdays },
] satisfies Question[];
