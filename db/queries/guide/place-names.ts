import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { isThread } from '../columns.ts';
import { channelInScope } from '../counted.ts';
import type { Scope } from '../scope.ts';
import type { GuidePlace } from './rows.ts';

/** Channels and threads in scope with their names. */
export async function placesNamed(
  db: Db,
  scope: Scope,
  ids: readonly string[],
): Promise<Map<string, GuidePlace>> {
  const { rows } = await sql<GuidePlace>`
    select id::text as id, c.name, ${isThread('c')} as "isThread"
    from unnest(${[...new Set(ids)]}::bigint[]) id
    left join channels c on c.guild_id = ${scope.guildId} and c.channel_id = id
    where ${channelInScope(scope, 'id')}`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
