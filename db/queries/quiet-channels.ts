import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { snowflakeMs } from '../snowflake.ts';
import { channelInScope } from './counted.ts';
import { channelSums } from './channel-sums.ts';
import { channelType, FORUMS, THREADS } from './channel-types.ts';
import type { Asked, Question } from './question.ts';
import { over } from './scope.ts';

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
  const { toMs } = asked.window;
  const inWindow = new Map((await sums(db, asked)).map(({ id, messages }) => [id, messages]));
  const ever = await sums(db, over(asked, { ...asked.window, fromMs: snowflakeMs('0') }));
  return ever
    .map(({ id, name, type, lastId }) => ({ id, name, type, messages: inWindow.get(id) ?? 0, lastId }))
    .toSorted((a, b) => a.messages - b.messages || byAge(a.lastId, b.lastId) || byAge(a.id, b.id))
    .slice(0, asked.limit)
    .map(({ lastId, type, ...row }) => {
      const lastMs = lastId === null ? null : snowflakeMs(lastId);
      return {
        ...row,
        type: channelType(type),
        lastAt: lastMs === null ? null : new Date(lastMs).toISOString(),
        silentDays: lastMs === null ? null : Math.floor((toMs - lastMs) / DAY_MS),
      };
    });
}

/** Ids by age; none is older than any. */
const byAge = (a: string | null, b: string | null): number => Number(BigInt(a ?? 0) - BigInt(b ?? 0));

interface Sums {
  id: string;
  name: string | null;
  type: number | null;
  messages: number;
  lastId: string | null;
}

/** A row for each channel that is no thread: its own messages, and a forum's posts'. */
async function sums(db: Db, asked: Asked): Promise<Sums[]> {
  const { guildId } = asked;
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
    )
    select q.channel_id::text as id, q.name, q.type, coalesce(sum(s.messages), 0)::int as messages,
      max(s.last_id)::text as "lastId"
    from quiet q
    join parts p on p.place = q.channel_id
    left join channel_sums s on s.channel_id = p.channel_id
    group by q.channel_id, q.name, q.type`.execute(db);
  return rows;
}

export default {
  name: 'quiet-channels',
  about: 'where least is written, and since when nobody has',
  ask: quietChannels,
} satisfies Question;
