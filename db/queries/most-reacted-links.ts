import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { linked } from './links.ts';
import type { Asked, Question } from './question.ts';

export interface ReactedLinkRow {
  /** Null where texts are not kept: then the row is of a whole domain. */
  address: string | null;
  domain: string;
  uses: number;
  /** To the messages that hold it, each counted once. */
  reactions: number;
}

/**
 * The addresses whose messages got most reactions.
 *
 * Shape   at most `limit` rows, most reactions first, ties by domain and address; none without any
 * Source  README.md, "links"
 */
export async function mostReactedLinks(db: Db, asked: Asked): Promise<ReactedLinkRow[]> {
  const { rows } = await sql<ReactedLinkRow>`
    with recursive ${linked(asked)},
    sums as (
      select r.message_id, sum(r.total) as reactions
      from reactions r join (select distinct message_id from linked) l on l.message_id = r.message_id
      where r.guild_id = ${asked.guildId} group by r.message_id
    )
    select l.address, l.domain, sum(l.uses)::int as uses, sum(s.reactions)::int as reactions
    from linked l left join sums s on s.message_id = l.message_id
    group by l.domain, l.address having sum(s.reactions) > 0
    order by reactions desc, l.domain, l.address
    limit ${asked.limit}`.execute(db);
  return rows;
}

export default {
  name: 'most-reacted-links',
  about: 'the addresses whose messages got most reactions',
  ask: mostReactedLinks,
} satisfies Question;
