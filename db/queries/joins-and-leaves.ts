import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import type { Unit } from '../window.ts';
import { authorInScope, bots } from './counted.ts';
import type { Question } from './question.ts';
import { recordSpan } from './record-span.ts';
import type { Scope } from './scope.ts';
import { newest } from './series.ts';

/** Counts are null where nothing can be known: before the first of the kind was recorded, and after the record. */
export interface JoinsAndLeavesRow {
  /** Where the week or month begins, in the window's zone. */
  start: string;
  joined: number | null;
  /** However they left: by themselves, kicked or banned. */
  left: number | null;
  banned: number | null;
  /** Joined, less left. */
  net: number | null;
}

type Kind = 'joined' | 'left' | 'banned';
const KINDS = sql`('joined', 'left', 'banned')`;

/** Several sources tell of one join, each with a time of its own. */
const TOLD_WITHIN = sql`interval '10 minutes'`;

/**
 * Who came and went, by week or month, in the whole server: nobody joins a channel.
 *
 * Shape   a row for each piece of the calendar that the window reaches into, oldest first, the newest `limit`; none
 *         where nobody's coming or going was ever recorded
 * Source  README.md, "joins-and-leaves"
 */
export async function joinsAndLeaves(
  db: Db,
  scope: Scope & { limit?: number },
  unit: Extract<Unit, 'week' | 'month'>,
): Promise<JoinsAndLeavesRow[]> {
  const { sinceMs, untilMs } = await knownFrom(db, scope.guildId);
  if (sinceMs.size === 0) return [];
  const { buckets, window } = newest(scope.window, unit, scope.limit);
  const starts = buckets.map(({ fromMs }) => new Date(fromMs));
  const [from, to] = [new Date(window.fromMs), new Date(window.toMs)];
  const { rows } = await sql<{ bucket: number; kind: Kind; people: number }>`
    with ${bots(scope.guildId)},
    told as (
      select x.kind, x.at, lag(x.kind) over story as kind_before, lag(x.at) over story as at_before
      from member_moments x
      where x.guild_id = ${scope.guildId} and x.kind in ${KINDS} and ${authorInScope(scope, 'x.user_id')}
      -- Of a ban Discord tells a leave as well, before or behind it.
      window story as (partition by x.user_id, x.kind = 'banned' order by x.at, x.kind)
    )
    select width_bucket(at, ${starts}::timestamptz[]) as bucket, kind, count(*)::int as people
    from told
    where (kind_before is distinct from kind or at - at_before > ${TOLD_WITHIN}) and at >= ${from} and at < ${to}
    group by 1, 2`.execute(db);
  const counted = new Map(rows.map(({ bucket, kind, people }) => [`${bucket} ${kind}`, people]));
  return buckets.map(({ start, fromMs }, i) => {
    const toMs = buckets[i + 1]?.fromMs ?? Infinity;
    const count = (kind: Kind): number | null =>
      (sinceMs.get(kind) ?? Infinity) < toMs && fromMs <= untilMs
        ? (counted.get(`${i + 1} ${kind}`) ?? 0)
        : null;
    const [joined, left, banned] = [count('joined'), count('left'), count('banned')];
    return { start, joined, left, banned, net: joined === null || left === null ? null : joined - left };
  });
}

/** Since when each kind of moment is recorded, whoever's; and until when anything is. */
async function knownFrom(db: Db, guildId: string): Promise<{ sinceMs: Map<Kind, number>; untilMs: number }> {
  const record = await recordSpan(db, { guildId });
  const { rows } = await sql<{ kind: Kind; first: Date; last: Date }>`
    select kind, min(at) as first, max(at) as last from member_moments
    where guild_id = ${guildId} and kind in ${KINDS} group by kind`.execute(db);
  return {
    sinceMs: new Map(rows.map(({ kind, first }) => [kind, first.getTime()])),
    untilMs: Math.max(record?.lastMs ?? 0, ...rows.map(({ last }) => last.getTime())),
  };
}

export default [
  {
    name: 'joins-and-leaves',
    about: 'who joined and left by week, where that is recorded',
    ask: (db, asked) => joinsAndLeaves(db, asked, 'week'),
  },
  {
    name: 'joins-and-leaves-by-month',
    about: 'who joined and left by month, where that is recorded',
    ask: (db, asked) => joinsAndLeaves(db, asked, 'month'),
  },
] satisfies Question[];
