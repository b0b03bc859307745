import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { isoTime } from './columns.ts';
import { isBot, memberName, unranked } from './counted.ts';
import type { Asked, Question } from './question.ts';
import { tallies } from './tallies.ts';

export interface AuthorRow {
  id: string;
  name: string;
  isBot: boolean;
  messages: number;
  /** When they first and last wrote in the window, ISO. */
  firstAt: string;
  lastAt: string;
}

/**
 * Who wrote here: accounts that may be named.
 *
 * Shape   at most `limit` rows, most messages first, ties by id
 * Source  README.md, "authors"
 */
export async function authors(db: Db, asked: Asked): Promise<AuthorRow[]> {
  const { guildId } = asked;
  const { rows } = await sql<AuthorRow>`
    with recursive ${await tallies(db, asked, ['messages', 'first_id', 'last_id'])}, ${unranked(guildId)},
    ranked as (
      select author_id, sum(messages)::int as messages, min(first_id) as first_id, max(last_id) as last_id
      from tallied where author_id not in (select user_id from unranked)
      group by author_id having sum(messages) > 0
      order by messages desc, author_id limit ${asked.limit}
    )
    select r.author_id::text as id, ${memberName('p', 'r.author_id')} as name, ${isBot('p')} as "isBot", r.messages,
      ${isoTime(sql`r.first_id`)} as "firstAt", ${isoTime(sql`r.last_id`)} as "lastAt"
    from ranked r left join members p on p.guild_id = ${guildId} and p.user_id = r.author_id
    order by r.messages desc, r.author_id`.execute(db);
  return rows;
}

export default {
  name: 'authors',
  about: 'who writes here, and since when',
  ask: authors,
} satisfies Question;
