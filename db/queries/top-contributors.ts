import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { idRange, type Window } from '../window.ts';
import { counts, hidden, isBot, memberName, unranked, USER_WRITTEN } from './counted.ts';

export interface ContributorRow {
  id: string;
  name: string;
  messages: number;
  /** Calendar days in the window's zone on which they wrote. */
  activeDays: number;
}

/**
 * Who wrote most in a window: people who may be named.
 *
 * Shape   at most `limit` rows, most messages first, ties by id
 * Source  README.md, "top-contributors"
 */
export async function topContributors(
  db: Db,
  guildId: string,
  window: Window,
  limit: number,
): Promise<ContributorRow[]> {
  const { fromId, toId } = idRange(window);
  const { rows } = await sql<ContributorRow>`
    with recursive ${hidden(guildId)}, ${unranked(guildId)}
    select m.author_id::text as id, ${memberName('p', 'm.author_id')} as name, count(*)::int as messages,
      count(distinct (to_timestamp((m.message_id >> 22) / 1000 + 1420070400) at time zone ${window.timeZone})::date)::int
        as "activeDays"
    from messages m left join members p on p.guild_id = m.guild_id and p.user_id = m.author_id
    where m.guild_id = ${guildId} and m.message_id >= ${fromId} and m.message_id < ${toId}
      and ${counts('m')} and m.type in ${USER_WRITTEN} and not ${isBot('p')}
      and m.author_id not in (select user_id from unranked)
    group by m.author_id, 2
    order by messages desc, m.author_id
    limit ${limit}`.execute(db);
  return rows;
}
