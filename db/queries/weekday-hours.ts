import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import type { Bucket, Window } from '../window.ts';
import { type Cover, coverOf, rawCover } from '../rollups/cover.ts';
import { bucketAt, channelInScope, inScope, scoped } from './counted.ts';
import type { Question } from './question.ts';
import type { Scope } from './scope.ts';
import { inRaw } from './tallies.ts';

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
  // Kept sums don't tell by whom.
  const cover = scope.members ? rawCover(scope.window) : await coverOf(db, scope, 'day', true);
  const parts = [counted(scope, cover), ...kept(scope, cover)];
  const { rows } = await sql<{ slot: number; messages: number }>`
    with recursive ${scoped(scope)}, written as (${sql.join(parts, sql` union all `)})
    select slot, sum(messages)::int as messages from written group by slot`.execute(db);
  const bySlot = new Map(rows.map((row) => [row.slot, row.messages]));
  return Array.from({ length: 168 }, (_, slot) => ({
    weekday: Math.floor(slot / 24) + 1,
    hour: slot % 24,
    messages: bySlot.get(slot) ?? 0,
  }));
}

function counted(scope: Scope, { raw }: Cover): RawBuilder<unknown> {
  return sql`select ${slotAt('m.message_id', scope.window)} as slot, count(*) as messages
    from messages m where ${inScope(scope, 'm')} and ${inRaw(raw, 'm.message_id')} group by 1`;
}

/** Read from the rollups. */
function kept(scope: Scope, { rolled }: Cover): RawBuilder<unknown>[] {
  return rolled.map(
    ({
      from,
      to,
    }) => sql`select (extract(isodow from t.starts)::int - 1) * 24 + t.hour as slot, sum(t.messages) as messages
      from hour_tallies t
      where t.guild_id = ${scope.guildId} and t.starts >= ${from}::date and t.starts < ${to}::date
        and ${channelInScope(scope, 't.channel_id')} ${scope.bots ? sql`` : sql`and not t.is_bot`} group by 1`,
  );
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
    about: 'messages by weekday (1 is Monday) and hour of the clock',
    ask: weekdayHours,
  },
  { name: 'hours-of-day', about: 'messages by hour of the clock', ask: hoursOfDay },
  { name: 'weekdays', about: 'messages by weekday (1 is Monday)', ask: weekdays },
] satisfies Question[];
