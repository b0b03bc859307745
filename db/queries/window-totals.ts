import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { windowBefore } from '../window.ts';
import { isThread } from './columns.ts';
import { authorInScope, channelInScope, inWindow, scoped, USER_WRITTEN } from './counted.ts';
import type { Question } from './question.ts';
import { over, type Scope } from './scope.ts';
import { type Measure, tallies } from './tallies.ts';

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
  figure: Figure;
  value: number;
  before: number;
  /** `value` - `before`. */
  delta: number;
}

export type Figure = keyof WindowTotals;

const SUMS: Partial<Record<Figure, Measure>> = {
  messages: 'messages',
  replies: 'replies',
  reactions: 'reactions',
  attachments: 'attachments',
  links: 'links',
  edits: 'edited',
};

const FIGURES: readonly Figure[] = [
  'messages',
  'people',
  'channels',
  'threads',
  'replies',
  'reactions',
  'attachments',
  'links',
  'edits',
  'deletions',
];

/**
 * A window in figures: what was written in it, and what hangs on that; all of them, or only some, which costs less.
 *
 * Units   people: who wrote; channels, threads: written in; edits: messages that were edited, once or more
 * Source  README.md, "totals"
 */
export async function windowTotals(db: Db, scope: Scope): Promise<WindowTotals>;
export async function windowTotals<F extends Figure>(
  db: Db,
  scope: Scope,
  figures: readonly F[],
): Promise<Pick<WindowTotals, F>>;
export async function windowTotals(
  db: Db,
  scope: Scope,
  figures: readonly Figure[] = FIGURES,
): Promise<Partial<WindowTotals>> {
  const measures = figures.flatMap((figure) => (figure === 'messages' ? [] : (SUMS[figure] ?? [])));
  const tallied = await tallies(db, scope, ['messages', ...measures]);
  const [{ rows }, deletions] = await Promise.all([
    sql<Partial<WindowTotals>>`
      with recursive ${tallied},
      authors as (select author_id from tallied group by author_id having sum(messages) > 0),
      places as (
        select ${isThread('c')} as is_thread
        from (select channel_id from tallied group by channel_id having sum(messages) > 0) t
        left join channels c on c.guild_id = ${scope.guildId} and c.channel_id = t.channel_id
      )
      select ${sql.join(
        figures
          .filter((figure) => figure !== 'deletions')
          .map((figure) => sql`${counted(figure)} as ${sql.ref(figure)}`),
      )}
      from tallied`.execute(db),
    figures.includes('deletions') ? deletionsIn(db, scope) : undefined,
  ]);
  return { ...rows[0]!, ...(deletions !== undefined && { deletions }) };
}

function counted(figure: Figure): RawBuilder<unknown> {
  if (figure === 'people') return sql`(select count(*)::int from authors)`;
  if (figure === 'channels') return sql`(select (count(*) filter (where not is_thread))::int from places)`;
  if (figure === 'threads') return sql`(select (count(*) filter (where is_thread))::int from places)`;
  return sql`coalesce(sum(${sql.ref(SUMS[figure]!)}), 0)::int`;
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
  return FIGURES.map((figure) => ({
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
