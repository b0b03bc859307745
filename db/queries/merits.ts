/** What people are ranked by. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { askedQuestions } from './asked-questions.ts';
import type { Scope } from './scope.ts';
import { type Measure, tallies } from './tallies.ts';

/** README.md, "top-contributors"; `answers`: questions that they were the first to answer. */
export type Merit = 'messages' | 'activeDays' | 'blocks' | 'reactions' | 'replied' | 'answers';

/**
 * The common tables `hidden`, `bots` and `merits`: by `author_id` how much they have of one `merit`, in rows to be summed. One
 * merit alone is much less work than all of them. To stand behind `with recursive`.
 */
export async function merits(db: Db, scope: Scope, by: Merit): Promise<RawBuilder<unknown>> {
  if (by === 'answers') {
    return sql`${await askedQuestions(db, scope)},
    merits as (
      select answerer_id as author_id, count(*) as merit from questions where answerer_id is not null group by answerer_id
    )`;
  }
  const measure: Measure = by === 'activeDays' ? 'days' : by;
  const grain = ({ activeDays: 'month', blocks: 'day' } as const)[by as string] ?? 'any';
  const sums = {
    messages: sql`sum(messages)`,
    activeDays: sql`bit_count(bit_or(days)::bit(31))`,
    blocks: sql`bit_count(bit_or(blocks))`,
    reactions: sql`sum(reactions)`,
    replied: sql`sum(replied)`,
  };
  return sql`${await tallies(db, scope, [measure], grain)},
    merits as (select author_id, ${sums[by]} as merit from tallied group by author_id${grain === 'any' ? sql`` : sql`, ${sql.ref(grain)}`})`;
}
