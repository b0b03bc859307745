import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import type { Asked, Question } from './question.ts';
import { tallies } from './tallies.ts';

export interface BusyDayRow {
  /** Its date in the window's zone. */
  start: string;
  messages: number;
  people: number;
}

/**
 * The days on which most was written.
 *
 * Shape   at most `limit` rows, most messages first, ties by date
 * Source  README.md, "busiest-days"
 */
export async function busiestDays(db: Db, asked: Asked): Promise<BusyDayRow[]> {
  const { rows } = await sql<BusyDayRow>`
    with recursive ${await tallies(db, asked, ['messages'], 'day')},
    written as (
      select day, author_id, sum(messages) as messages from tallied group by day, author_id having sum(messages) > 0
    )
    select day::text as start, sum(messages)::int as messages, count(*)::int as people
    from written group by day order by messages desc, day
    limit ${asked.limit}`.execute(db);
  return rows;
}

export default {
  name: 'busiest-days',
  about: 'the days on which most is written',
  ask: busiestDays,
} satisfies Question;
