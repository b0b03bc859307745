/** Columns that the rows of several questions have. */
import { type RawBuilder, sql } from 'kysely';
import { THREADS } from './channel-types.ts';

const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** When an id was made, by its column or an expression: `2026-11-16T09:00:00.000Z`; null of none. */
export function isoTime(id: string | RawBuilder<unknown>): RawBuilder<string> {
  const of = typeof id === 'string' ? sql.ref(id) : id;
  const time = sql`to_timestamp(((${of} >> 22) + ${sql.lit(DISCORD_EPOCH_MS)}) / 1000.0)`;
  return sql<string>`to_char(${time} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** Whether a channel row is a thread or a forum post; what is not known is none. */
export function isThread(alias: string): RawBuilder<boolean> {
  return sql<boolean>`coalesce(${sql.ref(`${alias}.type`)} in ${THREADS}, false)`;
}

/** A part of a whole, 0 to 1; null where there is no whole. */
export function share(part: RawBuilder<unknown>, whole: RawBuilder<unknown>): RawBuilder<number | null> {
  return sql<number | null>`round((${part})::numeric / nullif(${whole}, 0), 4)::float8`;
}

/** An average to a tenth; null of nothing. */
export function average(sum: RawBuilder<unknown>, count: RawBuilder<unknown>): RawBuilder<number | null> {
  return sql<number | null>`round((${sum})::numeric / nullif(${count}, 0), 1)::float8`;
}
