/** How long messages are: of all, and by channel. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { average } from './columns.ts';
import { inScope, inWindow, scoped } from './counted.ts';
import type { Asked, Question } from './question.ts';
import { TELLING } from './rankings.ts';
import type { Scope } from './scope.ts';
import { tallies } from './tallies.ts';

export interface LengthsRow {
  messages: number;
  averageLength: number;
  medianLength: number;
  averageWords: number;
}

export interface ChannelLengthRow {
  id: string;
  /** Null where it isn't known or not kept. */
  name: string | null;
  messages: number;
  averageLength: number;
  medianLength: number;
}

/**
 * How long messages are. A message without a text, a picture alone, has length 0.
 *
 * Shape   one row; none where nothing was written
 * Units   lengths in code points; averages to a tenth
 * Source  README.md, "lengths"
 */
export async function lengths(db: Db, scope: Scope): Promise<LengthsRow[]> {
  const { rows } = await sql<LengthsRow>`
    with recursive ${histogram(scope, sql`null::bigint`)}
    select sum(messages)::int as messages, ${average(sql`sum(messages * length)`, sql`sum(messages)`)} as "averageLength",
      ${MEDIAN} as "medianLength", ${average(sql`sum(words)`, sql`sum(messages)`)} as "averageWords"
    from histogram having sum(messages) > 0`.execute(db);
  return rows;
}

/**
 * In which channels messages are longest on average, of those with 20 messages or more.
 *
 * Shape   at most `limit` rows, the longest first, ties by id
 * Units   as those of `lengths`
 * Source  README.md, "lengths"
 */
export async function channelLengths(db: Db, asked: Asked): Promise<ChannelLengthRow[]> {
  const { rows: ranked } = await sql<Omit<ChannelLengthRow, 'medianLength'>>`
    with recursive ${await tallies(db, asked, ['messages', 'length'])},
    sums as (
      select channel_id, sum(messages) as messages, sum(length) as length from tallied
      group by channel_id having sum(messages) >= ${TELLING}
    )
    select s.channel_id::text as id, c.name, s.messages::int as messages,
      ${average(sql`s.length`, sql`s.messages`)} as "averageLength"
    from sums s left join channels c on c.guild_id = ${asked.guildId} and c.channel_id = s.channel_id
    order by s.length / s.messages desc, s.channel_id
    limit ${asked.limit}`.execute(db);
  const ids = ranked.map(({ id }) => id);
  const { rows: medians } = await sql<{ id: string; median: number }>`
    with recursive ${histogram({ ...asked, channels: ids }, sql`m.channel_id`)}
    select channel_id::text as id, ${MEDIAN} as median from histogram group by channel_id`.execute(db);
  const medianOf = new Map(medians.map(({ id, median }) => [id, median]));
  return ranked.map((row) => ({ ...row, medianLength: medianOf.get(row.id)! }));
}

/**
 * The common tables of `scoped`, and `histogram`: how many messages have each length, and how many have at most it.
 * Few rows, where a sort of all lengths would be as long as there are messages.
 */
function histogram(scope: Scope, channel: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`${scoped(scope)},
  counted as (
    select ${channel} as channel_id, coalesce(m.content_length, 0) as length, count(*) as messages, sum(m.words) as words
    from messages m where ${inScope(scope, 'm')} and ${inWindow(scope, 'm')} group by 1, 2
  ),
  histogram as (
    select *, sum(messages) over (partition by channel_id order by length) as upto,
      sum(messages) over (partition by channel_id) as of_all
    from counted
  )`;
}

/** Of a histogram: the middle length, or between the two in the middle. */
const MEDIAN = sql`((min(length) filter (where upto * 2 >= of_all) + min(length) filter (where upto * 2 > of_all)) / 2.0)::float8`;

export default [
  { name: 'lengths', about: 'how long messages are: average and median', ask: lengths },
  { name: 'channel-lengths', about: 'how long messages are in each channel', ask: channelLengths },
] satisfies Question[];
