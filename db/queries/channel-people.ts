import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { channelSums } from './channel-sums.ts';
import { memberName, unranked } from './counted.ts';
import type { Asked, Question } from './question.ts';

export interface ChannelPersonRow {
  channelId: string;
  /** Null where its name isn't known or not kept. */
  channel: string | null;
  id: string;
  name: string;
  messages: number;
}

/**
 * Who wrote how much in which channel: people who may be named.
 *
 * Shape   at most `limit` rows, one per channel and person, most messages first, ties by channel, then person
 * Source  README.md, "channel-people"
 */
export async function channelPeople(db: Db, asked: Asked): Promise<ChannelPersonRow[]> {
  const { guildId } = asked;
  const { rows } = await sql<ChannelPersonRow>`
    with recursive ${await channelSums(db, asked)}, ${unranked(guildId)},
    ranked as (
      select * from written where author_id not in (select user_id from unranked)
      order by messages desc, channel_id, author_id limit ${asked.limit}
    )
    select w.channel_id::text as "channelId", c.name as channel, w.author_id::text as id,
      ${memberName('p', 'w.author_id')} as name, w.messages
    from ranked w
    left join channels c on c.guild_id = ${guildId} and c.channel_id = w.channel_id
    left join members p on p.guild_id = ${guildId} and p.user_id = w.author_id
    order by w.messages desc, w.channel_id, w.author_id`.execute(db);
  return rows;
}

export default {
  name: 'channel-people',
  about: 'who writes how much in which channel',
  ask: channelPeople,
} satisfies Question;
