/**
 * Messages by local day and hour of the clock. Counted from the messages, and for whole days of a big guild from its rollups
 * (`../rollups`), which hold the same sums.
 */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { type Cover, coverOf, rawCover } from '../rollups/cover.ts';
import { type Bucket, bucketsOf, type Window } from '../window.ts';
import { bucketAt, channelInScope, inScope, scoped } from './counted.ts';
import type { Scope } from './scope.ts';
import { inRaw } from './tallies.ts';

/**
 * The common tables of `scoped`, and `hours`: rows of `day`, `hour` and `messages`. Several may be of one day and hour: sum
 * them. To stand behind `with recursive`.
 */
export async function hours(db: Db, scope: Scope): Promise<RawBuilder<unknown>> {
  // Kept sums don't tell by whom.
  const cover = scope.members ? rawCover(scope.window) : await coverOf(db, scope, 'day', true);
  const kept = keptParts(scope, cover);
  const counted = cover.raw.length > 0 || kept.length === 0 ? [countedPart(scope, cover)] : [];
  return sql`${scoped(scope)}, hours as (${sql.join([...counted, ...kept], sql` union all `)})`;
}

function countedPart(scope: Scope, { raw }: Cover): RawBuilder<unknown> {
  const days = bucketsOf(scope.window, 'day');
  const dates = days.map(({ start }) => start);
  return sql`select (${dates}::date[])[${bucketAt('m.message_id', days)}] as day,
      ${slotAt('m.message_id', scope.window)} % 24 as hour, count(*)::int as messages
    from messages m where ${inScope(scope, 'm')} and ${inRaw(raw, 'm.message_id')} group by 1, 2`;
}

function keptParts(scope: Scope, { rolled }: Cover): RawBuilder<unknown>[] {
  return rolled.map(
    ({ from, to }) => sql`select t.starts as day, t.hour::int as hour, t.messages from hour_tallies t
      where t.guild_id = ${scope.guildId} and t.starts >= ${from}::date and t.starts < ${to}::date
        and ${channelInScope(scope, 't.channel_id')} ${scope.bots ? sql`` : sql`and not t.is_bot`}`,
  );
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
