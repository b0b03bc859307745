import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { isoTime } from './columns.ts';
import { coveredSpans, messagesWithin, windowIds } from './covered-spans.ts';
import type { Asked, Question } from './question.ts';
import { tallies } from './tallies.ts';

export interface CoverageRow {
  channelId: string;
  channel: string | null;
  /** The part of the span that lies in the window. */
  fromAt: string;
  toAt: string;
  /** `dce`, `gateway`, `rest`, or several: `gateway, rest`. */
  source: string;
  grade: 'verified' | 'claimed';
  /** User-written messages in it that count in the scope. */
  messages: number;
}

/**
 * What is recorded of each channel, from when to when. Spans of one grade that touch are one.
 *
 * Shape   at most `limit` rows, most messages first, ties by channel, then the earlier and the verified
 * Source  README.md, "coverage"
 */
export async function coverage(db: Db, asked: Asked): Promise<CoverageRow[]> {
  const tallied = await tallies(db, asked, ['messages', 'first_id', 'last_id']);
  const { rows } = await sql<CoverageRow>`
    with recursive ${tallied}, ${coveredSpans(asked)},
    wrote as (
      select channel_id, sum(messages)::int as messages, min(first_id) as first_id, max(last_id) as last_id
      from tallied group by channel_id
    ),
    merged as (
      select channel_id, grade, unnest(range_agg(ids) * int8multirange(${windowIds(asked)})) as ids
      from spans group by channel_id, grade
    )
    select s.channel_id::text as "channelId", c.name as channel,
      ${isoTime(sql`lower(s.ids)`)} as "fromAt", ${isoTime(sql`upper(s.ids)`)} as "toAt",
      (select string_agg(distinct t.source, ', ' order by t.source) from spans t
        where t.channel_id = s.channel_id and t.grade = s.grade and t.ids && s.ids) as source,
      s.grade,
      case
        when w.messages is null then 0
        when w.first_id <@ s.ids and w.last_id <@ s.ids then w.messages
        else ${messagesWithin(asked, 's')}
      end as messages
    from merged s left join wrote w using (channel_id)
    left join channels c on c.guild_id = ${asked.guildId} and c.channel_id = s.channel_id
    order by messages desc, s.channel_id, lower(s.ids), s.grade desc
    limit ${asked.limit}`.execute(db);
  return rows;
}

export default {
  name: 'coverage',
  about: 'which channels are recorded, from when to when, by which source',
  ask: coverage,
} satisfies Question;
