import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { bucketsOf } from '../window.ts';
import { hours } from './hours.ts';
import type { Question } from './question.ts';
import type { Scope } from './scope.ts';

export interface ActiveDayShareRow {
  /** Calendar days that the window reaches into. */
  days: number;
  /** Those on which somebody wrote. */
  activeDays: number;
  /** Null of no days. */
  share: number | null;
}

/**
 * On which share of a window's calendar days somebody wrote.
 *
 * Shape   one row
 * Source  README.md, "active-day-share"
 */
export async function activeDayShare(db: Db, scope: Scope): Promise<ActiveDayShareRow[]> {
  const days = bucketsOf(scope.window, 'day').length;
  const { rows } = await sql<{ activeDays: number }>`
    with recursive ${await hours(db, scope)}
    select count(distinct day)::int as "activeDays" from hours`.execute(db);
  const { activeDays } = rows[0]!;
  return [{ days, activeDays, share: days === 0 ? null : Math.round((activeDays / days) * 1e4) / 1e4 }];
}

export default {
  name: 'active-day-share',
  about: 'on which share of its days somebody wrote',
  ask: activeDayShare,
} satisfies Question;
