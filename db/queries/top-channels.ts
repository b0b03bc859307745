import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { idRange, type Window } from '../window.ts';
import { counts, hidden, isBot, USER_WRITTEN } from './counted.ts';

export interface ChannelRow {
  id: string;
  /** Null where it isn't known or not kept. */
  name: string | null;
  isThread: boolean;
  messages: number;
  people: number;
}

/**
 * Where people wrote most in a window; a thread is a channel of its own.
 *
 * Shape   at most `limit` rows, most messages first, ties by id
 * Source  README.md, "top-channels"
 */
export async function topChannels(
  db: Db,
  guildId: string,
  window: Window,
  limit: number,
): Promise<ChannelRow[]> {
  const { fromId, toId } = idRange(window);
  const { rows } = await sql<ChannelRow>`
    with recursive ${hidden(guildId)}
    select m.channel_id::text as id, c.name, coalesce(c.type in (10, 11, 12), false) as "isThread",
      count(*)::int as messages, count(distinct m.author_id)::int as people
    from messages m
    left join members p on p.guild_id = m.guild_id and p.user_id = m.author_id
    left join channels c on c.guild_id = m.guild_id and c.channel_id = m.channel_id
    where m.guild_id = ${guildId} and m.message_id >= ${fromId} and m.message_id < ${toId}
      and ${counts('m')} and m.type in ${USER_WRITTEN} and not ${isBot('p')}
    group by m.channel_id, c.name, c.type
    order by messages desc, m.channel_id
    limit ${limit}`.execute(db);
  return rows;
}
