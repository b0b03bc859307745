import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { hours } from './hours.ts';
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
  const dates = await rank(db, asked);
  const { rows } = await sql<BusyDayRow>`
    with recursive ${await tallies(db, asked, ['messages'], 'day')},
    written as (
      select day, author_id, sum(messages) as messages from tallied
      where day = any(${dates}::date[]) group by day, author_id having sum(messages) > 0
    )
    select day::text as start, sum(messages)::int as messages, count(*)::int as people
    from written group by day order by messages desc, day`.execute(db);
  return rows;
}

/** The days alone, which needs no people. */
async function rank(db: Db, asked: Asked): Promise<string[]> {
  const { rows } = await sql<{ day: string }>`
    with recursive ${await hours(db, asked)}
    select day from hours group by day order by sum(messages) desc, day
    limit ${asked.limit}`.execute(db);
  return rows.map(({ day }) => day);
}

export default {
  name: 'busiest-days',
  about: 'the days on which most is written',
  ask: busiestDays,
} satisfies Question;
