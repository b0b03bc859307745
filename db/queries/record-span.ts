import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { createdAt } from '../snowflake.ts';
import { channelInScope, counts, hidden, USER_WRITTEN } from './counted.ts';
import type { Scope } from './scope.ts';

/** From when to when something is recorded, ms since 1970. */
export interface RecordSpan {
  firstMs: number;
  lastMs: number;
}

/** The times of the first and the last user-written message, bots' too; undefined where there is none. */
export async function recordSpan(
  db: Db,
  scope: Pick<Scope, 'guildId' | 'channels'>,
): Promise<RecordSpan | undefined> {
  const end = (order: 'asc' | 'desc') => sql`(
    select m.message_id from messages m
    where m.guild_id = ${scope.guildId} and ${counts('m')} and m.type in ${USER_WRITTEN}
      and ${channelInScope(scope, 'm.channel_id')}
    order by m.message_id ${sql.raw(order)} limit 1)`;
  const { rows } = await sql<{ first: Date | null; last: Date | null }>`
    with recursive ${hidden(scope.guildId)},
    ends as (select ${end('asc')} as first_id, ${end('desc')} as last_id)
    select ${createdAt('first_id')} as first, ${createdAt('last_id')} as last from ends`.execute(db);
  const { first, last } = rows[0]!;
  return first && last ? { firstMs: first.getTime(), lastMs: last.getTime() } : undefined;
}
