import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { isoTime } from './columns.ts';
import { hidden } from './counted.ts';
import { coveredLives, messagesWithin } from './covered-spans.ts';
import type { Asked, Question } from './question.ts';

export interface CoverageGapRow {
  channelId: string;
  channel: string | null;
  /**
   * `before`, `between`, `after` what is covered of the channel; where nothing is: `damaged export`, `empty export`
   * (it has no message, and can't tell why), else `never`.
   */
  reason: 'before' | 'between' | 'after' | 'damaged export' | 'empty export' | 'never';
  fromAt: string;
  toAt: string;
  /** User-written messages that are recorded there all the same, and perhaps not all. */
  messages: number;
}

/**
 * What is missing: the parts of channels' lives within the window that no source covers.
 *
 * Shape   at most `limit` rows, longest first, ties by channel, then the earlier
 * Source  README.md, "coverage"
 */
export async function coverageGaps(db: Db, asked: Asked): Promise<CoverageGapRow[]> {
  const { rows } = await sql<CoverageGapRow>`
    with recursive ${hidden(asked.guildId)}, ${coveredLives(asked)},
    longest as (
      select channel_id, missing as ids from lives cross join unnest(int8multirange(ids) - covered) missing
      where lower(missing) >> 22 < upper(missing) >> 22
      order by upper(missing) - lower(missing) desc, channel_id, lower(missing) limit ${asked.limit}
    ),
    known as (
      select g.channel_id, g.ids, nullif(coalesce(a.ids, '{}') + coalesce(k.ids, '{}') + coalesce(l.ids * int8multirange(int8range(g.channel_id, null)), '{}'), '{}') as covered
      from longest g left join answered a using (channel_id) left join claimed k using (channel_id)
      left join live_channels l using (channel_id)
    ),
    files as (
      select channel_id, bool_or(state = 'damaged') as is_damaged from imports
      where guild_id = ${asked.guildId} and state <> 'running' group by channel_id
    )
    select g.channel_id::text as "channelId", c.name as channel,
      case
        when g.ids << g.covered then 'before'
        when g.ids >> g.covered then 'after'
        when g.covered is not null then 'between'
        when f.is_damaged then 'damaged export'
        when f.channel_id is not null then 'empty export'
        else 'never'
      end as reason,
      ${isoTime(sql`lower(g.ids)`)} as "fromAt", ${isoTime(sql`upper(g.ids)`)} as "toAt",
      ${messagesWithin(asked, 'g')} as messages
    from known g left join files f using (channel_id)
    left join channels c on c.guild_id = ${asked.guildId} and c.channel_id = g.channel_id
    order by upper(g.ids) - lower(g.ids) desc, g.channel_id, lower(g.ids)`.execute(db);
  return rows;
}

export default {
  name: 'coverage-gaps',
  about: 'what is not recorded of the channels',
  ask: coverageGaps,
} satisfies Question;
