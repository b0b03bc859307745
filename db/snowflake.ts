/** A Discord id is its time: https://discord.com/developers/docs/reference#snowflakes */
import { sql } from 'kysely';

const DISCORD_EPOCH_MS = 1_420_070_400_000;

/** When an id was made, in ms since 1970. */
export function snowflakeMs(id: string): number {
  // A double holds an id to 2^-13 ms, so only next to a whole millisecond can it fall on the wrong side.
  const ms = Number(id) / 4_194_304;
  const fraction = ms % 1;
  if (fraction > 0.001 && fraction < 0.999) return Math.floor(ms) + DISCORD_EPOCH_MS;
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS;
}

/** Ids end in the year 2084, as Postgres' bigint does. */
const ID_MAX = 9_223_372_036_854_775_807n;

/** The smallest id of an instant (ms since 1970), never below zero nor beyond all ids: the border of a window on ids. */
export function snowflakeAt(ms: number): string {
  if (ms <= DISCORD_EPOCH_MS) return '0';
  const id = BigInt(Math.ceil(ms) - DISCORD_EPOCH_MS) << 22n;
  return String(id > ID_MAX ? ID_MAX : id);
}

/** In SQL: when the id in a column was made, as timestamptz. */
export function createdAt(column: string) {
  return sql<Date>`to_timestamp(((${sql.ref(column)} >> 22) + ${sql.lit(DISCORD_EPOCH_MS)}) / 1000.0)`;
}

/**
 * Ids are decimal strings of Postgres' bigint range; 0 is the pseudo-guild of direct messages. One number has one
 * text: leading zeros are none.
 */
export function isSnowflake(value: unknown): value is string {
  if (typeof value !== 'string' || !/^(?:0|[1-9]\d{0,18})$/.test(value)) return false;
  return value.length < 19 || value <= '9223372036854775807';
}
