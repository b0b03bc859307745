import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { inScope, inWindow, memberName, scoped, unranked } from '../counted.ts';
import { gone } from '../gone.ts';
import type { Scope } from '../scope.ts';
import { recent } from './recent.ts';

/**
 * Of some accounts those that a guide may name, with their names: people, no bots, who are still here, have not opted out,
 * and wrote in the channels of the scope within 90 days before the window's end. Whom the scope asks about is no matter.
 *
 * Source  README.md, "guide"
 */
export async function nameable(db: Db, scope: Scope, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const people = recent(scope);
  const { rows } = await sql<{ id: string; name: string }>`
    with recursive ${scoped(people)}, ${unranked(scope.guildId)}, ${gone(scope.guildId)}
    select a.id::text as id, ${memberName('p', 'a.id')} as name
    from unnest(${[...new Set(ids)]}::bigint[]) a (id)
    left join members p on p.guild_id = ${scope.guildId} and p.user_id = a.id
    where a.id not in (select user_id from unranked) and a.id not in (select user_id from gone)
      and exists (select from messages m where m.author_id = a.id and ${inScope(people, 'm')} and ${inWindow(people, 'm')})
    order by a.id`.execute(db);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
