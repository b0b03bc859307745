import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { unranked } from './counted.ts';
import { type Merit, merits } from './merits.ts';
import type { Scope } from './scope.ts';

/** Where everybody stands by one merit. */
export interface Standings {
  /** Who may be named, and how much they have of it: the most first, ties by id; nobody who has none. */
  places: [id: string, merit: number][];
  /** How much those have who are not to be named. */
  unnamed: number[];
  /** Everybody who has some of it, and their sum: those as well. */
  people: number;
  total: number;
}

/**
 * Everybody's place by one merit, so that whoever asks can be told theirs without a further question.
 *
 * Source  README.md, "standings"
 */
export async function standings(db: Db, scope: Scope, by: Merit): Promise<Standings> {
  const { rows } = await sql<{ id: string | null; merit: number }>`
    with recursive ${await merits(db, scope, by)}, ${unranked(scope.guildId)}
    select case when author_id not in (select user_id from unranked) then author_id::text end as id, sum(merit)::int as merit
    from merits group by author_id having sum(merit) > 0
    order by sum(merit) desc, author_id`.execute(db);
  return {
    places: rows.flatMap(({ id, merit }) => (id === null ? [] : [[id, merit]])),
    unnamed: rows.filter(({ id }) => id === null).map(({ merit }) => merit),
    people: rows.length,
    total: rows.reduce((sum, { merit }) => sum + merit, 0),
  };
}
