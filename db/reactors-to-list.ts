/** How many requests it takes to learn who reacted. */
import type { Pool } from 'pg';
import type { Snowflake } from './records.ts';

export interface ReactorsToList {
  /** Messages that are recorded. */
  messages: number;
  /** Requests for all of their emoji. */
  requests: number;
  /** Those of them for emoji of which fewer people are known than there are. */
  missing: number;
}

/** What a page of Discord's list of people holds. */
const PAGE = 100;

/** Counts them, over what is recorded of some channels from an id on. */
export async function reactorsToList(
  pool: Pool,
  guildId: Snowflake,
  channelIds: Snowflake[],
  fromId: Snowflake,
): Promise<ReactorsToList> {
  const { rows } = await pool.query<ReactorsToList>(
    `with there as (
       select m.message_id from messages m
       where m.guild_id = $1 and m.channel_id = any($2::bigint[]) and m.message_id >= $3
         and m.author_id is not null and m.gone_at is null and m.absent_at is null
     ),
     emoji as (
       select r.total / ${PAGE} + 1 as requests, r.total > (
         select count(*) from reaction_users u
         where u.guild_id = $1 and u.message_id = r.message_id and u.emoji_key = r.emoji_key
           and (u.removed_at is null or greatest(u.added_at, u.seen_at) > u.removed_at)
       ) as is_missing
       from there join reactions r on r.guild_id = $1 and r.message_id = there.message_id
       where r.total > 0
     )
     select (select count(*)::int from there) as messages, coalesce(sum(requests), 0)::int as requests,
       coalesce(sum(requests) filter (where is_missing), 0)::int as missing
     from emoji`,
    [guildId, channelIds, fromId],
  );
  return rows[0]!;
}
