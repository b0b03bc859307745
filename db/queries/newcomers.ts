import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { snowflakeMs } from '../snowflake.ts';
import { type Bucket, dateIn, idRange, startMs, type Unit } from '../window.ts';
import { memberName, unranked } from './counted.ts';
import { isoTime } from './columns.ts';
import type { Asked, Question } from './question.ts';
import { over, type Scope } from './scope.ts';
import { grainOf, newest, pieceOf } from './series.ts';
import { tallies } from './tallies.ts';

export interface NewcomerRow {
  id: string;
  name: string;
  /** ISO; of their first message. */
  firstAt: string;
  /** Where that was. */
  channelId: string;
  /** Its name; null where it isn't known or not kept. */
  channel: string | null;
  /** What they wrote in the window. */
  messages: number;
}

export interface NewcomersRow {
  /** Where the piece of the calendar begins, in the window's zone. */
  start: string;
  /** Whose first message ever falls in it. */
  newcomers: number;
  /** Who wrote in it, and before it. */
  returning: number;
}

/**
 * People whose first message ever falls in the window; ever is in the channels of the scope.
 *
 * Shape   at most `limit` rows, newest first
 * Source  README.md, "newcomers"
 */
export async function newcomers(db: Db, asked: Asked): Promise<NewcomerRow[]> {
  const { guildId } = asked;
  const { rows: firsts } = await sql<{ id: string; first: string }>`
    with recursive ${unranked(guildId)}, firsts as (${await firstMessages(db, asked)})
    select author_id::text as id, first_id::text as first from firsts
    where first_id >= ${idRange(asked.window).fromId} and author_id not in (select user_id from unranked)
    order by first_id desc limit ${asked.limit}`.execute(db);
  if (firsts.length === 0) return [];
  const members = firsts.map(({ id }) => id);
  const { rows } = await sql<NewcomerRow>`
    with recursive ${await tallies(db, { ...asked, members }, ['messages'])},
    wrote as (select author_id, sum(messages)::int as messages from tallied group by author_id)
    select m.author_id::text as id, ${memberName('p', 'm.author_id')} as name, ${isoTime('m.message_id')} as "firstAt",
      m.channel_id::text as "channelId", c.name as channel, w.messages
    from messages m join wrote w on w.author_id = m.author_id
    left join members p on p.guild_id = m.guild_id and p.user_id = m.author_id
    left join channels c on c.guild_id = m.guild_id and c.channel_id = m.channel_id
    where m.guild_id = ${guildId} and m.message_id = any(${firsts.map(({ first }) => first)}::bigint[])
    order by m.message_id desc`.execute(db);
  return rows;
}

/**
 * New people and those who came back, by week or month.
 *
 * Shape   a row for every piece that the window reaches into, oldest first; the newest `limit`
 * Source  README.md, "newcomers"
 */
export async function newcomersBy(
  db: Db,
  asked: Scope & Partial<Pick<Asked, 'limit'>>,
  unit: Exclude<Unit, 'hour'>,
): Promise<NewcomersRow[]> {
  const { buckets, window } = newest(asked.window, unit, asked.limit);
  const scope = over(asked, window);
  const { rows } = await sql<{ piece: number; newcomers: number; returning: number }>`
    with recursive firsts as (${await firstMessages(db, scope)}), wrote as (${await writersBy(db, scope, unit, buckets)})
    select w.piece, (count(*) filter (where f.first_id >= ${fromIdOf('w.piece', buckets, scope)}))::int as newcomers,
      (count(*) filter (where f.first_id < ${fromIdOf('w.piece', buckets, scope)}))::int as returning
    from wrote w join firsts f using (author_id) group by w.piece`.execute(db);
  const counted = new Map(rows.map((row) => [row.piece, row]));
  return buckets.map(({ start }, i) => ({
    start,
    newcomers: counted.get(i + 1)?.newcomers ?? 0,
    returning: counted.get(i + 1)?.returning ?? 0,
  }));
}

/** Everybody's first message up to the window's end: `author_id`, `first_id`. A statement of its own. */
export async function firstMessages(db: Db, scope: Scope): Promise<RawBuilder<unknown>> {
  const { toMs, timeZone } = scope.window;
  // What is later changes nobody's first message, and whole years are read from far fewer sums.
  const newYear = dateIn(toMs, timeZone).with({ month: 1, day: 1 }).add({ years: 1 });
  const ever = { fromMs: snowflakeMs('0'), toMs: startMs(newYear, timeZone), timeZone };
  return sql`with recursive ${await tallies(db, over(scope, ever), ['first_id'])}
    select author_id, min(first_id) as first_id from tallied group by author_id
    having min(first_id) < ${idRange(scope.window).toId}`;
}

/** Who wrote in which piece of a window: `author_id`, `piece` from 1. A statement of its own. */
export async function writersBy(
  db: Db,
  scope: Scope,
  unit: Exclude<Unit, 'hour'>,
  buckets: readonly Bucket[],
): Promise<RawBuilder<unknown>> {
  const grain = grainOf(unit);
  return sql`with recursive ${await tallies(db, scope, ['messages'], grain)}
    select author_id, ${pieceOf(grain, buckets)} as piece from tallied
    group by 1, 2 having sum(messages) > 0`;
}

/** The first id of a piece; of the first one, which may begin before the window, the window's. */
function fromIdOf(piece: string, buckets: readonly Bucket[], { window }: Scope): RawBuilder<string> {
  const ids = buckets.map(
    ({ fromMs }) => idRange({ ...window, fromMs: Math.max(fromMs, window.fromMs) }).fromId,
  );
  return sql<string>`(${ids}::bigint[])[${sql.ref(piece)}]`;
}

export default [
  { name: 'newcomers', about: 'who wrote for the first time ever', ask: newcomers },
  {
    name: 'newcomers-by-week',
    about: 'new people and those who came back, by week',
    ask: (db, asked) => newcomersBy(db, asked, 'week'),
  },
  {
    name: 'newcomers-by-month',
    about: 'new people and those who came back, by month',
    ask: (db, asked) => newcomersBy(db, asked, 'month'),
  },
] satisfies Question[];
