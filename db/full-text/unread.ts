/** What a search cannot find yet. */
import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { inScope, inWindow } from '../queries/counted.ts';
import type { Scope } from '../queries/scope.ts';
import { FIRST_ID_OF } from '../rollups/days.ts';

/** No more texts are looked at: after a second reading of all exports every day may have changed. */
const LOOKED_AT_MAX = 20_000;

/** Messages in scope with a text whose words are not kept yet: of the newest 20,000 that may be such. */
export async function unreadMessages(db: Db, scope: Scope): Promise<number> {
  const { rows } = await sql<{ unread: number }>`
    select count(*)::int as unread from (
      select m.* from (
        select distinct day from stale_words where guild_id = ${scope.guildId} order by day desc
      ) stale
      cross join lateral (
        select m.guild_id, m.message_id, m.content from messages m
        where m.message_id >= ${sql.raw(FIRST_ID_OF('stale.day'))}
          and m.message_id < ${sql.raw(FIRST_ID_OF('stale.day + 1'))}
          and ${inScope(scope, 'm')} and ${inWindow(scope, 'm')} and m.content <> ''
        order by m.message_id desc
      ) m
      limit ${LOOKED_AT_MAX}
    ) m
    left join message_words w on w.guild_id = m.guild_id and w.message_id = m.message_id
    where w.text_hash is distinct from hashtextextended(m.content, 0)`.execute(db);
  return rows[0]!.unread;
}
