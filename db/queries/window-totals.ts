import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { windowBefore } from '../window.ts';
import { isThread } from './columns.ts';
import { authorInScope, channelInScope, inWindow, scoped, USER_WRITTEN } from './counted.ts';
import type { Question } from './question.ts';
import { over, type Scope } from './scope.ts';
import { tallies } from './tallies.ts';

/** A window in figures. */
export interface WindowTotals {
  messages: number;
  people: number;
  channels: number;
  threads: number;
  replies: number;
  reactions: number;
  attachments: number;
  links: number;
  edits: number;
  deletions: number;
}

export interface TotalsRow {
  figure: keyof WindowTotals;
  value: number;
  before: number;
  /** `value` - `before`. */
  delta: number;
}

/**
 * A window in figures: what was written in it, and what hangs on that.
 *
 * Units   people: who wrote; channels, threads: written in; edits: messages that were edited, once or more
 * Source  README.md, "totals"
 */
export async function windowTotals(db: Db, scope: Scope): Promise<WindowTotals> {
  const tallied = await tallies(db, scope, [
    'messages',
    'replies',
    'reactions',
    'attachments',
    'links',
    'edited',
  ]);
  const [{ rows }, deletions] = await Promise.all([
    sql<Omit<WindowTotals, 'deletions'>>`
      with recursive ${tallied},
      authors as (select author_id from tallied group by author_id having sum(messages) > 0),
      places as (
        select ${isThread('c')} as is_thread
        from (select channel_id from tallied group by channel_id having sum(messages) > 0) t
        left join channels c on c.guild_id = ${scope.guildId} and c.channel_id = t.channel_id
      )
      select coalesce(sum(messages), 0)::int as messages,
        (select count(*)::int from authors) as people,
        (select (count(*) filter (where not is_thread))::int from places) as channels,
        (select (count(*) filter (where is_thread))::int from places) as threads,
        coalesce(sum(replies), 0)::int as replies, coalesce(sum(reactions), 0)::int as reactions,
        coalesce(sum(attachments), 0)::int as attachments, coalesce(sum(links), 0)::int as links,
        coalesce(sum(edited), 0)::int as edits
      from tallied`.execute(db),
    deletionsIn(db, scope),
  ]);
  return { ...rows[0]!, deletions };
}

/** Messages of the window known to be deleted. Of some that is all that is known: who wrote them is not. */
async function deletionsIn(db: Db, scope: Scope): Promise<number> {
  const byAnyone = scope.members ? sql`false` : sql`m.author_id is null`;
  const { rows } = await sql<{ deletions: number }>`
    with recursive ${scoped(scope)}
    select count(*)::int as deletions from messages m
    where m.guild_id = ${scope.guildId} and ${inWindow(scope, 'm')}
      and (m.gone_at is not null or m.absent_at is not null)
      and (m.type is null or m.type in ${USER_WRITTEN})
      and m.channel_id is not null and ${channelInScope(scope, 'm.channel_id')}
      and (${byAnyone} or (m.author_id is not null and ${authorInScope(scope, 'm.author_id')}))`.execute(db);
  return rows[0]!.deletions;
}

/**
 * A window in figures, beside the one before it of as many calendar days in the zone.
 *
 * Shape   a row a figure
 * Source  README.md, "totals"
 */
export async function totals(db: Db, scope: Scope): Promise<TotalsRow[]> {
  const [now, before] = await Promise.all([
    windowTotals(db, scope),
    windowTotals(db, over(scope, windowBefore(scope.window))),
  ]);
  return (Object.keys(now) as (keyof WindowTotals)[]).map((figure) => ({
    figure,
    value: now[figure],
    before: before[figure],
    delta: now[figure] - before[figure],
  }));
}

export default {
  name: 'totals',
  about: 'messages, people, channels and what hangs on them, against the window before',
  ask: totals,
} satisfies Question;
