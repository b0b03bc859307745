import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import type { Bucket, Unit } from '../window.ts';
import { bucketAt, inScope, inWindow, scoped } from './counted.ts';
import type { Asked, Question } from './question.ts';
import { over, type Scope } from './scope.ts';
import { grainOf, newest, pieceOf } from './series.ts';
import { tallies } from './tallies.ts';

export interface ActivityRow {
  /** Where the piece of the calendar begins, in the window's zone: `2026-11-16`, an hour's `2026-11-16T09:00`. */
  start: string;
  messages: number;
  people: number;
}

/**
 * Messages and who wrote them, by hour, day, week or month.
 *
 * Shape   a row for every piece of the calendar that the window reaches into, empty ones too, oldest first; the newest
 *         `limit`. Of the first and the last only what is in the window counts
 * Source  README.md, "activity"
 */
export async function activity(
  db: Db,
  asked: Scope & Partial<Pick<Asked, 'limit'>>,
  unit: Unit,
): Promise<ActivityRow[]> {
  const { buckets, window } = newest(asked.window, unit, asked.limit);
  if (buckets.length === 0) return [];
  const scope = over(asked, window);
  const { rows } = await sql<{ bucket: number; messages: number; people: number }>`
    with recursive ${unit === 'hour' ? byHour(scope, buckets) : await byDay(db, scope, unit, buckets)}
    select bucket, sum(messages)::int as messages, count(*)::int as people
    from wrote where messages > 0 group by bucket`.execute(db);
  const counted = new Map(rows.map((row) => [row.bucket, row]));
  return buckets.map(({ start }, i) => {
    const { messages = 0, people = 0 } = counted.get(i + 1) ?? {};
    return { start, messages, people };
  });
}

/** The common table `wrote` of what each wrote in each hour. */
function byHour(scope: Scope, buckets: Bucket[]): RawBuilder<unknown> {
  return sql`${scoped(scope)}, wrote as (
    select ${bucketAt('m.message_id', buckets)} as bucket, m.author_id, count(*) as messages
    from messages m where ${inScope(scope, 'm')} and ${inWindow(scope, 'm')} group by 1, 2)`;
}

/** The same for longer pieces, which are whole days. */
async function byDay(
  db: Db,
  scope: Scope,
  unit: Exclude<Unit, 'hour'>,
  buckets: Bucket[],
): Promise<RawBuilder<unknown>> {
  const grain = grainOf(unit);
  return sql`${await tallies(db, scope, ['messages'], grain)}, wrote as (
    select ${pieceOf(grain, buckets)} as bucket, author_id, sum(messages) as messages from tallied group by 1, 2)`;
}

const by = (unit: Unit): Question => ({
  name: `activity-by-${unit}`,
  about: `messages and people by ${unit}`,
  ask: (db, asked) => activity(db, asked, unit),
});

export default [by('hour'), by('day'), by('week'), by('month')] satisfies Question[];
