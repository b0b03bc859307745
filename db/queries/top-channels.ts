import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { channelSums } from './channel-sums.ts';
import { isThread } from './columns.ts';
import type { Asked, Question } from './question.ts';

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
export async function topChannels(db: Db, asked: Asked): Promise<ChannelRow[]> {
  const { rows } = await sql<ChannelRow>`
    with recursive ${await channelSums(db, asked)}
    select s.channel_id::text as id, c.name, ${isThread('c')} as "isThread",
      s.messages, s.people
    from channel_sums s left join channels c on c.guild_id = ${asked.guildId} and c.channel_id = s.channel_id
    order by s.messages desc, s.channel_id
    limit ${asked.limit}`.execute(db);
  return rows;
}

export default {
  name: 'top-channels',
  about: 'where people write most, threads on their own',
  ask: topChannels,
} satisfies Question;
