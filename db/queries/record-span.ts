import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { createdAt } from '../snowflake.ts';
import { andKnown, channelInScope, counts, hidden, USER_WRITTEN } from './counted.ts';
import { liveEnd } from './live-spans.ts';
import type { Scope } from './scope.ts';

/** From when to when something is recorded, ms since 1970. */
export interface RecordSpan {
  firstMs: number;
  lastMs: number;
}

type Places = Pick<Scope, 'guildId' | 'channels' | 'asOfMs'>;

/** In SQL: the first or the last user-written message that counts. Needs `hidden`. */
const end = (scope: Places, order: 'asc' | 'desc') => sql`(
  select m.message_id from messages m
  where m.guild_id = ${scope.guildId} and ${counts('m')} and m.type in ${USER_WRITTEN}
    and ${channelInScope({ ...scope, hidden: true }, 'm.channel_id')}${andKnown(scope, 'm.message_id')}
  order by m.message_id ${sql.raw(order)} limit 1)`;

/**
 * In SQL: "now", the time of the last user-written message, bots' too, or later where the guild is recorded live; null
 * where there is neither. Needs `hidden`.
 */
export const recordEndAt = (scope: Places): RawBuilder<Date | null> => sql<Date | null>`(
  select greatest(${createdAt('last_id')}, ${liveEnd(scope.guildId, scope.asOfMs)}) from (select ${end(scope, 'desc')} as last_id) ended)`;

/** The time of the first user-written message, and "now"; undefined where there is no message. */
export async function recordSpan(db: Db, scope: Places): Promise<RecordSpan | undefined> {
  const { rows } = await sql<{ first: Date | null; last: Date }>`
    with recursive ${hidden(scope.guildId)}, begun as (select ${end(scope, 'asc')} as first_id)
    select ${createdAt('first_id')} as first, ${recordEndAt(scope)} as last from begun`.execute(db);
  const { first, last } = rows[0]!;
  return first ? { firstMs: first.getTime(), lastMs: last.getTime() } : undefined;
}
