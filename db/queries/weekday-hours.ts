import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import type { Bucket, Window } from '../window.ts';
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
    with recursive ${scoped(scope)}
    select ${slotAt('m.message_id', scope.window)} as slot, count(*)::int as messages
    from messages m where ${inScope(scope, 'm')} and ${inWindow(scope, 'm')} group by 1`.execute(db);
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

const HOUR_MS = 3_600_000;
const DISCORD_EPOCH_MS = 1_420_070_400_000;
/** 1970 began on a Thursday. */
const HOURS_FROM_MONDAY = 72;

/** The hour of the week of an id in a window, from 0: hours on the zone's clock, which is some offset ahead of UTC. */
export function slotAt(column: string, window: Window): RawBuilder<number> {
  const clocks = clocksOf(window);
  const aheadMs = clocks.map(({ offsetMs }) => DISCORD_EPOCH_MS + offsetMs);
  const localMs = sql`((${sql.ref(column)} >> 22) + (${aheadMs}::bigint[])[${bucketAt(column, clocks)}])`;
  return sql<number>`((${localMs} / ${sql.lit(HOUR_MS)} + ${sql.lit(HOURS_FROM_MONDAY)}) % 168)::int`;
}

/** How the zone's clock is set in a window: since when, and how far ahead of UTC. Many fewer pieces than hours. */
function clocksOf({ fromMs, toMs, timeZone }: Window): (Bucket & { offsetMs: number })[] {
  const clocks = [];
  let at: Temporal.ZonedDateTime | null =
    Temporal.Instant.fromEpochMilliseconds(fromMs).toZonedDateTimeISO(timeZone);
  while (at && at.epochMilliseconds < toMs) {
    const { epochMilliseconds, offset, offsetNanoseconds } = at;
    clocks.push({ start: offset, fromMs: epochMilliseconds, offsetMs: offsetNanoseconds / 1e6 });
    at = at.getTimeZoneTransition('next');
  }
  return clocks;
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
