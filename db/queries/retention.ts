import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { idRange, windowBefore } from '../window.ts';
import { bucketAt } from './counted.ts';
import { firstMessages, writersBy } from './newcomers.ts';
import type { Asked, Question } from './question.ts';
import { share } from './columns.ts';
import { over, type Scope } from './scope.ts';
import { newest } from './series.ts';
import { tallies } from './tallies.ts';

export interface ReturningRow {
  /** Who wrote in the window before, of as many calendar days. */
  before: number;
  /** Those of them who wrote in this window too. */
  again: number;
  /** Null where nobody wrote before. */
  share: number | null;
}

/** A week's newcomers, and which share of them wrote in the weeks after it; null for weeks behind the window. */
export interface CohortRow {
  /** Its Monday: `2026-11-16`. */
  cohort: string;
  people: number;
  week1Share: number | null;
  week2Share: number | null;
  week3Share: number | null;
  week4Share: number | null;
  week5Share: number | null;
  week6Share: number | null;
  week7Share: number | null;
  week8Share: number | null;
}

/** Weeks after its own in which a cohort is looked for. */
const WEEKS = 8;

/**
 * How many of the people of the window before wrote again in this one.
 *
 * Shape   one row
 * Source  README.md, "returning"
 */
export async function returning(db: Db, scope: Scope): Promise<ReturningRow[]> {
  const writers = async (of: Scope) => sql`
    with recursive ${await tallies(db, of, ['messages'])}
    select author_id from tallied group by author_id having sum(messages) > 0`;
  const { rows } = await sql<ReturningRow>`
    with before as (${await writers(over(scope, windowBefore(scope.window)))}), now as (${await writers(scope)})
    select count(*)::int as before, count(n.author_id)::int as again,
      ${share(sql`count(n.author_id)`, sql`count(*)`)} as share
    from before b left join now n using (author_id)`.execute(db);
  return rows;
}

/**
 * Which share of each week's newcomers wrote again one to eight weeks later.
 *
 * Shape   a row for every week that the window reaches into, oldest first, without newcomers too; the newest `limit`
 * Source  README.md, "retention"
 */
export async function retention(db: Db, asked: Scope & Partial<Pick<Asked, 'limit'>>): Promise<CohortRow[]> {
  const { buckets, window } = newest(asked.window, 'week', asked.limit);
  const scope = over(asked, window);
  const { rows } = await sql<{ cohort: number; later: number; people: number }>`
    with recursive firsts as (${await firstMessages(db, scope)}), wrote as (${await writersBy(db, scope, 'week', buckets)}),
    cohorts as (
      select author_id, ${bucketAt('first_id', buckets)} as cohort from firsts
      where first_id >= ${idRange(window).fromId}
    )
    select c.cohort, w.piece - c.cohort as later, count(*)::int as people
    from cohorts c join wrote w using (author_id)
    where w.piece - c.cohort between 0 and ${sql.lit(WEEKS)} group by 1, 2`.execute(db);
  const counted = new Map(rows.map(({ cohort, later, people }) => [`${cohort} ${later}`, people]));
  return buckets.map(({ start }, i) => {
    const activeIn = (later: number) => counted.get(`${i + 1} ${later}`) ?? 0;
    const people = activeIn(0);
    const shareIn = (later: number) =>
      people === 0 || i + later >= buckets.length ? null : Math.round((activeIn(later) / people) * 1e4) / 1e4;
    return {
      cohort: start,
      people,
      week1Share: shareIn(1),
      week2Share: shareIn(2),
      week3Share: shareIn(3),
      week4Share: shareIn(4),
      week5Share: shareIn(5),
      week6Share: shareIn(6),
      week7Share: shareIn(7),
      week8Share: shareIn(8),
    };
  });
}

export default [
  { name: 'returning', about: 'how many people of the window before wrote again', ask: returning },
  {
    name: 'retention',
    about: "which share of each week's newcomers wrote again in the weeks after",
    ask: retention,
  },
] satisfies Question[];
