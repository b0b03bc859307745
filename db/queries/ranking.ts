import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { memberName, unranked } from './counted.ts';
import type { Asked } from './question.ts';

/** How people are ranked. */
export interface Ranking {
  /** The common tables that `from` needs, those of `scoped` among them. */
  tables: RawBuilder<unknown>;
  /** Rows with an `author_id`: whom they are put down to. */
  from: RawBuilder<unknown>;
  /** What each gets of their rows: sums, by the name in the answer. */
  figures: Record<string, RawBuilder<unknown>>;
  /** The figure that ranks, most first. */
  by: RawBuilder<unknown>;
  /** Who takes part: a condition on sums. */
  having: RawBuilder<unknown>;
}

/** A ranked person who may be named. */
export interface RankedPerson {
  id: string;
  name: string;
}

/** The first `limit` people of a ranking, ties by id; unranked people are left out. */
export async function ranking<Figures extends object>(
  db: Db,
  { guildId, limit }: Asked,
  { tables, from, figures, by, having }: Ranking,
): Promise<(RankedPerson & Figures)[]> {
  const names = Object.keys(figures);
  const summed = names.map((name) => sql`${figures[name]!} as ${sql.ref(name)}`);
  const { rows } = await sql<RankedPerson & Figures>`
    with recursive ${tables}, ${unranked(guildId)},
    ranked as (
      select author_id, ${sql.join(summed)}, row_number() over (order by ${by} desc, author_id) as place
      from ${from} where author_id not in (select user_id from unranked)
      group by author_id having ${having}
      order by place limit ${limit}
    )
    select r.author_id::text as id, ${memberName('p', 'r.author_id')} as name,
      ${sql.join(names.map((name) => sql.ref(`r.${name}`)))}
    from ranked r left join members p on p.guild_id = ${guildId} and p.user_id = r.author_id
    order by r.place`.execute(db);
  return rows;
}
