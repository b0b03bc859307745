import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { isoTime } from './columns.ts';
import { channelLives, coveredSpans, messagesWithin } from './covered-spans.ts';
import { scoped } from './counted.ts';
import type { Asked, Question } from './question.ts';
import { recordSpan } from './record-span.ts';

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
  const record = await recordSpan(db, asked);
  if (!record) return [];
  const { rows } = await sql<CoverageGapRow>`
    with recursive ${scoped(asked)}, ${coveredSpans(asked)}, ${channelLives(asked, record)},
    covered as (select channel_id, range_agg(ids) as ids from spans group by channel_id),
    missing as (
      select l.channel_id, c.ids as covered, unnest(int8multirange(l.ids) - coalesce(c.ids, '{}')) as ids
      from lives l left join covered c using (channel_id)
    ),
    gaps as (
      select * from missing where lower(ids) >> 22 < upper(ids) >> 22
      order by upper(ids) - lower(ids) desc, channel_id, lower(ids) limit ${asked.limit}
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
    from gaps g left join files f using (channel_id)
    left join channels c on c.guild_id = ${asked.guildId} and c.channel_id = g.channel_id
    order by upper(g.ids) - lower(g.ids) desc, g.channel_id, lower(g.ids)`.execute(db);
  return rows;
}

export default {
  name: 'coverage-gaps',
  about: 'what is not recorded of the channels',
  ask: coverageGaps,
} satisfies Question;
