/** Who speaks next when something is asked: weak evidence, where nobody replied. README.md, "guide". */
import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { inScope, inWindow } from '../counted.ts';
import type { Scope } from '../scope.ts';

/** Somebody spoke behind a question, or before it. */
export interface Speech {
  questionId: string;
  askerId: string;
  authorId: string;
  channelId: string;
  /** The first that they said there. */
  messageId: string;
  /** Behind it; else before, which tells how often they speak there anyway. */
  isNext: boolean;
}

const PEOPLE_MAX = 3;
const MESSAGES_MAX = 12;
const WITHIN_MS = 10 * 60_000;

/**
 * For each of some messages that are questions the people who spoke next in the channel, and those who spoke last before.
 *
 * Shape   at most 3 people each way, within 12 messages and ten minutes
 */
export async function speechAround(db: Db, scope: Scope, questionIds: readonly string[]): Promise<Speech[]> {
  if (questionIds.length === 0) return [];
  const within = String(BigInt(WITHIN_MS) << 22n);
  const side = (isNext: boolean) => sql`
    (select * from (
      select distinct on (n.author_id) n.* from (
        select m.message_id, m.author_id from messages m
        where m.channel_id = q.channel_id and ${inScope(scope, 'm')} and ${inWindow(scope, 'm')}
          and ${
            isNext
              ? sql`m.message_id > q.message_id and m.message_id < q.message_id + ${within}::bigint`
              : sql`m.message_id < q.message_id and m.message_id > q.message_id - ${within}::bigint`
          }
        order by m.message_id ${isNext ? sql`asc` : sql`desc`} limit ${MESSAGES_MAX}
      ) n where n.author_id <> q.author_id
      order by n.author_id, n.message_id ${isNext ? sql`asc` : sql`desc`}
    ) each order by message_id ${isNext ? sql`asc` : sql`desc`} limit ${PEOPLE_MAX})`;
  const { rows } = await sql<Speech>`
    select q.message_id::text as "questionId", q.author_id::text as "askerId", q.channel_id::text as "channelId", s.author_id::text as "authorId",
      s.message_id::text as "messageId", s.is_next as "isNext"
    from unnest(${[...questionIds]}::bigint[]) id
    cross join lateral (
      select m.message_id, m.channel_id, m.author_id from messages m
      where m.message_id = id and ${inScope(scope, 'm')} and ${inWindow(scope, 'm')}
        and (m.asks or m.message_id = m.channel_id) limit 1
    ) q
    cross join lateral (
      select true as is_next, n.* from ${side(true)} n union all select false, b.* from ${side(false)} b
    ) s
    order by q.message_id, s.is_next, s.message_id`.execute(db);
  return rows;
}
