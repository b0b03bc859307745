import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { snowflakeMs } from '../../snowflake.ts';
import { inScope, inWindow } from '../counted.ts';
import { slotAt } from '../hours.ts';
import type { Scope } from '../scope.ts';
import { recent } from './recent.ts';
import type { Presence } from './rows.ts';

/** The newest of each that are looked at: as many tell of anybody's hours. */
const MESSAGES_MAX = 2000;
/** Fewer are no habit. */
const MESSAGES_MIN = 10;
/** Of their messages, in the hours in which they are "usually around". */
const SHARE_MIN = 0.6;
/** Who needs longer is around at all hours. */
const HOURS_MAX = 10;

/**
 * When some people are around, by what they wrote in the 90 days before the window's end; who wrote nothing isn't in it.
 *
 * Units   hours: of the clock in the window's zone, over summer time too
 * Source  README.md, "guide"
 */
export async function presenceOf(
  db: Db,
  scope: Scope,
  ids: readonly string[],
): Promise<Map<string, Presence>> {
  if (ids.length === 0) return new Map();
  const people = recent(scope);
  const { rows } = await sql<{ id: string; hour: number; messages: number; lastId: string }>`
    select a.id::text as id, ${slotAt('m.message_id', people.window)} % 24 as hour, count(*)::int as messages,
      max(m.message_id)::text as "lastId"
    from unnest(${[...new Set(ids)]}::bigint[]) a (id)
    cross join lateral (
      select m.message_id from messages m
      where m.author_id = a.id and ${inScope(people, 'm')} and ${inWindow(people, 'm')}
      order by m.message_id desc limit ${MESSAGES_MAX}
    ) m
    group by 1, 2 order by 1`.execute(db);
  const presences = new Map<string, Presence>();
  for (const [id, own] of Map.groupBy(rows, (row) => row.id)) {
    const byHour = Array.from({ length: 24 }, () => 0);
    for (const { hour, messages } of own) byHour[hour] = messages;
    const lastMs = Math.max(...own.map(({ lastId }) => snowflakeMs(lastId)));
    presences.set(id, { hours: usualHours(byHour), lastAt: new Date(lastMs).toISOString() });
  }
  return presences;
}

/** The shortest stretch of the clock that holds most of some messages; of several the fullest, then the earliest. */
function usualHours(byHour: readonly number[]): Presence['hours'] {
  const all = byHour.reduce((sum, messages) => sum + messages, 0);
  if (all < MESSAGES_MIN) return null;
  for (let length = 1; length <= HOURS_MAX; length++) {
    const held = byHour.map((_, from) => stretch(from, length).reduce((sum, hour) => sum + byHour[hour]!, 0));
    const most = Math.max(...held);
    if (most < SHARE_MIN * all) continue;
    const from = held.indexOf(most);
    return { from, to: (from + length) % 24 };
  }
  return null;
}

/** As many hours of the clock from one on, past midnight too. */
export const stretch = (from: number, length: number): number[] =>
  Array.from({ length }, (_, i) => (from + i) % 24);
