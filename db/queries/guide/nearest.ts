import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { inScope, inWindow } from '../counted.ts';
import type { Scope } from '../scope.ts';

const PROPOSED_MAX = 40;
/** One slip of a person's is nothing to offer. */
const PEOPLE_MIN = 2;

/**
 * Words spoken in scope that look most like those typed, for a topic of which nobody spoke.
 *
 * Shape   at most `limit`, the nearest first; each was used by two people or more
 */
export async function nearestWords(
  db: Db,
  scope: Scope,
  typed: readonly string[],
  limit: number,
): Promise<string[]> {
  if (typed.length === 0) return [];
  // Proposed by the whole server's vocabulary; what was not said in scope is not told.
  const { rows } = await sql<{ word: string }>`
    with proposed as materialized (
      select v.word, max(similarity(v.word, t.word)) as likeness from unnest(${[...typed]}::text[]) t(word)
      join vocabulary v on v.guild_id = ${scope.guildId} and v.word % t.word
      group by v.word order by likeness desc, v.word limit ${PROPOSED_MAX}
    )
    select p.word from proposed p
    where (
      select count(distinct author_id) from (
        select m.author_id from message_words w
        cross join lateral (
          select m.author_id from messages m
          where m.message_id = w.message_id and ${inScope(scope, 'm')} and ${inWindow(scope, 'm')} limit 1
        ) m
        where w.guild_id = ${scope.guildId}
          and w.words @@ ('''' || replace(replace(p.word, '\\', '\\\\'), '''', '''''') || '''')::tsquery
        limit 200
      ) uses
    ) >= ${PEOPLE_MIN}
    order by p.likeness desc, p.word limit ${limit}`.execute(db);
  return rows.map(({ word }) => word);
}
