import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { idRange, type Window } from '../window.ts';
import { firstMessages } from './newcomers.ts';
import { over, type Scope } from './scope.ts';

/**
 * How many people wrote for the first time ever in each of some windows, in the order of the windows; one look at everybody's
 * first message serves all of them.
 *
 * Source  README.md, "newcomers"
 */
export async function newcomerCounts(
  db: Db,
  scope: Omit<Scope, 'window'>,
  windows: readonly [Window, ...Window[]],
): Promise<number[]> {
  const toMs = Math.max(...windows.map((window) => window.toMs));
  const firsts = await firstMessages(db, over(scope as Scope, { ...windows[0], toMs }));
  const counts = windows.map((window) => {
    const { fromId, toId } = idRange(window);
    return sql`(count(*) filter (where first_id >= ${fromId} and first_id < ${toId}))::int`;
  });
  const { rows } = await sql<{ counts: number[] }>`
    select array[${sql.join(counts)}] as counts from (${firsts}) firsts`.execute(db);
  return rows[0]!.counts;
}
