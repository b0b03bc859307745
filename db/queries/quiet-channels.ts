import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { snowflakeMs } from '../snowflake.ts';
import { idRange } from '../window.ts';
import { channelInScope, inScope } from './counted.ts';
import { channelSums } from './channel-sums.ts';
import { channelType, FORUMS, THREADS } from './channel-types.ts';
import type { Asked, Question } from './question.ts';

export interface QuietChannelRow {
  id: string;
  /** Null where it isn't known or not kept. */
  name: string | null;
  /** A word: text, announcement, voice, stage, forum, media. */
  type: string;
  messages: number;
  /** When somebody last wrote there, ISO; null: never. */
  lastAt: string | null;
  /** Whole days of 24 hours from then to the window's end. */
  silentDays: number | null;
}

const DAY_MS = 86_400_000;

/**
 * The channels in which least was written in a window. Threads are left out; a forum is all of its posts.
 *
 * Shape   at most `limit` rows, fewest messages first, then the longest silent (never is longest), then by id
 * Source  README.md, "quiet-channels"
 */
export async function quietChannels(db: Db, asked: Asked): Promise<QuietChannelRow[]> {
  const { guildId, window } = asked;
  const { rows } = await sql<Sums>`
    with recursive ${await channelSums(db, asked)},
    quiet as (
      select c.channel_id, c.name, c.type, (c.type is null or c.type in ${FORUMS}) as has_posts from channels c
      where c.guild_id = ${guildId} and ${channelInScope(asked, 'c.channel_id')}
        -- Exports name a forum as a parent, and don't say that it is one.
        and (c.type in (0, 2, 5, 13, 15, 16) or (c.type is null and exists (
          select 1 from channels t
          where t.guild_id = c.guild_id and t.parent_id = c.channel_id and t.type in ${THREADS})))
    ),
    parts as (
      select channel_id as place, channel_id from quiet
      union all
      select q.channel_id, t.channel_id from quiet q
      join channels t on t.guild_id = ${guildId} and t.parent_id = q.channel_id and t.type in ${THREADS}
      where q.has_posts
    ),
    ever as (
      select p.*, (
        select m.message_id from messages m
        where m.channel_id = p.channel_id and ${inScope(asked, 'm')} and m.message_id < ${idRange(window).toId}
        order by m.message_id desc limit 1
      ) as last_id
      from parts p
    )
    select q.channel_id::text as id, q.name, q.type, coalesce(sum(s.messages), 0)::int as messages,
      max(e.last_id)::text as "lastId"
    from quiet q
    join ever e on e.place = q.channel_id
    left join channel_sums s on s.channel_id = e.channel_id
    group by q.channel_id, q.name, q.type
    order by messages, max(e.last_id) nulls first, q.channel_id
    limit ${asked.limit}`.execute(db);
  return rows.map(({ lastId, type, ...row }) => {
    const lastMs = lastId === null ? null : snowflakeMs(lastId);
    return {
      ...row,
      type: channelType(type),
      lastAt: lastMs === null ? null : new Date(lastMs).toISOString(),
      silentDays: lastMs === null ? null : Math.floor((window.toMs - lastMs) / DAY_MS),
    };
  });
}

interface Sums {
  id: string;
  name: string | null;
  type: number | null;
  messages: number;
  lastId: string | null;
}

export default {
  name: 'quiet-channels',
  about: 'where least is written, and since when nobody has',
  ask: quietChannels,
} satisfies Question;
