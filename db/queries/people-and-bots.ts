import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import type { Question } from './question.ts';
import { share } from './columns.ts';
import type { Scope } from './scope.ts';
import { tallies } from './tallies.ts';

export interface KindRow {
  /** `people`, or `bots`: webhooks too. */
  kind: string;
  /** How many of them wrote. */
  accounts: number;
  messages: number;
  /** Of all messages; null where there are none. */
  share: number | null;
}

/**
 * How many people and how many bots wrote, and how much. Both count, whatever the scope says of bots.
 *
 * Shape   two rows, people first
 * Source  README.md, "people-and-bots"
 */
export async function peopleAndBots(db: Db, scope: Scope): Promise<KindRow[]> {
  const { rows } = await sql<KindRow>`
    with recursive ${await tallies(db, { ...scope, bots: true }, ['messages'])},
    writers as (
      select author_id in (select user_id from bots) as is_bot, sum(messages) as messages
      from tallied group by author_id having sum(messages) > 0
    ),
    kinds (kind, is_bot) as (values ('people', false), ('bots', true))
    select k.kind, count(w.messages)::int as accounts, coalesce(sum(w.messages), 0)::int as messages,
      ${share(sql`coalesce(sum(w.messages), 0)`, sql`(select sum(messages) from writers)`)} as share
    from kinds k left join writers w using (is_bot) group by k.kind, k.is_bot order by k.is_bot`.execute(db);
  return rows;
}

export default {
  name: 'people-and-bots',
  about: 'how many people and how many bots wrote, and how much',
  ask: peopleAndBots,
} satisfies Question;
