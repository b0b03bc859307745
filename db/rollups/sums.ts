/** The sums of some local days, made anew from the messages. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { asked } from '../queries/asked-questions.ts';
import { bots, bucketAt, inScope, inWindow } from '../queries/counted.ts';
import type { Scope } from '../queries/scope.ts';
import { DAY_BIT, type Measure, rawParts } from '../queries/tallies.ts';
import { USED } from '../queries/uses.ts';
import { slotAt } from '../queries/hours.ts';
import { bucketsOf, dateIn, type Window } from '../window.ts';
import { rawCover } from './cover.ts';

/** In the order of the tables' columns. */
const MEASURES = [
  'messages',
  'replies',
  'edited',
  'asks',
  'length',
  'words',
  'first_id',
  'last_id',
  'reactions',
  'attachments',
  'links',
  'replied',
] as const satisfies Measure[];

/** How a measure's partial sums join. */
const joined = (measure: Measure): RawBuilder<unknown> => {
  const column = sql.ref(measure);
  if (measure === 'first_id') return sql`min(${column})`;
  if (measure === 'last_id') return sql`max(${column})`;
  return sql`sum(${column})`;
};

/** What is kept by the day. */
export const OF_DAYS = ['day_tallies', 'hour_tallies', 'use_tallies', 'asked_questions'] as const;

/** Sums whole local days, and what is made of them: months and years. The rows that were there give way. */
export async function sumDays(db: Db, guildId: string, window: Window): Promise<void> {
  const from = dateIn(window.fromMs, window.timeZone);
  const to = dateIn(window.toMs - 1, window.timeZone).add({ days: 1 });
  // What is hidden is left out where sums are read, so that a choice of channels never changes them.
  const scope: Scope = { guildId, window, bots: true, hidden: true };
  for (const table of OF_DAYS) {
    await sql`delete from ${sql.table(table)}
      where guild_id = ${guildId} and starts >= ${String(from)}::date and starts < ${String(to)}::date`.execute(
      db,
    );
  }
  await sumTallies(db, scope);
  await sumHours(db, scope);
  await sumUses(db, scope);
  await sumQuestions(db, scope);
}

async function sumTallies(db: Db, scope: Scope): Promise<void> {
  const parts = rawParts(scope, rawCover(scope.window), [...MEASURES, 'blocks'], 'day');
  await sql`
    insert into day_tallies
    with ${bots(scope.guildId)}, tallied as (${sql.join(parts, sql` union all `)})
    select ${scope.guildId}::bigint, day, channel_id, author_id, ${sql.join(MEASURES.map(joined))}, bit_or(blocks)
    from tallied group by day, channel_id, author_id order by day, channel_id, author_id`.execute(db);
}

/** Sums a month of its days, or a year of its months; `starts` is its first day. */
export async function sumSpan(
  db: Db,
  guildId: string,
  span: 'month' | 'year',
  starts: Temporal.PlainDate,
): Promise<void> {
  const ends = starts.add({ [`${span}s`]: 1 });
  const of = span === 'month' ? 'day' : 'month';
  const days = span === 'month' ? sql`, bit_or(${DAY_BIT})` : sql``;
  await sql`delete from ${sql.table(`${span}_tallies`)}
    where guild_id = ${guildId} and starts = ${String(starts)}::date`.execute(db);
  await sql`
    insert into ${sql.table(`${span}_tallies`)}
    select guild_id, ${String(starts)}::date, channel_id, author_id, ${sql.join(MEASURES.map(joined))}${days}
    from ${sql.table(`${of}_tallies`)} t
    where guild_id = ${guildId} and starts >= ${String(starts)}::date and starts < ${String(ends)}::date
    group by guild_id, channel_id, author_id order by channel_id, author_id`.execute(db);
}

async function sumHours(db: Db, scope: Scope): Promise<void> {
  const days = bucketsOf(scope.window, 'day');
  const dates = days.map(({ start }) => start);
  await sql`
    insert into hour_tallies
    with ${bots(scope.guildId)}
    select ${scope.guildId}::bigint, (${dates}::date[])[${bucketAt('m.message_id', days)}],
      ${slotAt('m.message_id', scope.window)} % 24, m.channel_id, m.author_id in (select user_id from bots), count(*)
    from messages m where ${inScope(scope, 'm')} and ${inWindow(scope, 'm')} group by 2, 3, 4, 5`.execute(db);
}

async function sumUses(db: Db, scope: Scope): Promise<void> {
  const days = bucketsOf(scope.window, 'day');
  const dates = days.map(({ start }) => start);
  for (const [kind, { table, key, name, uses }] of Object.entries(USED)) {
    await sql`
      insert into use_tallies
      with ${bots(scope.guildId)}
      select ${scope.guildId}::bigint, (${dates}::date[])[${bucketAt('m.message_id', days)}], ${kind}, ${key},
        m.channel_id, m.author_id in (select user_id from bots), max(${name}), sum(${uses})
      from ${sql.table(table)} c join messages m on m.guild_id = c.guild_id and m.message_id = c.message_id
      where ${inScope(scope, 'm')} and ${inWindow(scope, 'm')} and ${inWindow(scope, 'c')} and ${uses} > 0
      group by 2, 4, 5, 6`.execute(db);
  }
}

async function sumQuestions(db: Db, scope: Scope): Promise<void> {
  const days = bucketsOf(scope.window, 'day');
  const dates = days.map(({ start }) => start);
  await sql`
    insert into asked_questions
    with ${bots(scope.guildId)},
    asked as (${asked({ ...scope, bots: false }, rawCover(scope.window).raw)})
    select ${scope.guildId}::bigint, (${dates}::date[])[${bucketAt('a.message_id', days)}], a.*
    from asked a order by a.message_id`.execute(db);
}
