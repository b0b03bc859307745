import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { channelSums } from './channel-sums.ts';
import { THREADS } from './channel-types.ts';
import { isoTime } from './columns.ts';
import { parentName } from './listed.ts';
import type { Asked, Question } from './question.ts';

export interface ThreadRow {
  id: string;
  /** Null where it isn't known or not kept. */
  name: string | null;
  parentId: string | null;
  /** Its parent's name; null where that isn't known, or out of scope. */
  parent: string | null;
  messages: number;
  people: number;
  /** When somebody last wrote there in the window, ISO. */
  lastAt: string;
}

/**
 * The threads and forum posts in which most was written in a window.
 *
 * Shape   at most `limit` rows, most messages first, ties by id
 * Source  README.md, "live-threads"
 */
export async function liveThreads(db: Db, asked: Asked): Promise<ThreadRow[]> {
  const { rows } = await sql<ThreadRow>`
    with recursive ${await channelSums(db, asked)}
    select s.channel_id::text as id, c.name, c.parent_id::text as "parentId", ${parentName(asked, 'q')} as parent,
      s.messages, s.people, ${isoTime(sql.ref('s.last_id'))} as "lastAt"
    from channel_sums s
    join channels c on c.guild_id = ${asked.guildId} and c.channel_id = s.channel_id and c.type in ${THREADS}
    left join channels q on q.guild_id = c.guild_id and q.channel_id = c.parent_id
    order by s.messages desc, s.channel_id
    limit ${asked.limit}`.execute(db);
  return rows;
}

export default {
  name: 'live-threads',
  about: 'threads and forum posts in which most is written',
  ask: liveThreads,
} satisfies Question;
