/** What was asked last in some channels. */
import { sql } from 'kysely';
import type { Db } from '../../connect.ts';
import { inScope, inWindow } from '../counted.ts';
import type { Scope } from '../scope.ts';

/** Of each channel so many messages are looked through, and so many questions taken. */
const MESSAGES_MAX = 2_000;
const QUESTIONS_MAX = 150;

/** The newest questions in each of some channels: by their ids, the channel of each. */
export async function recentQuestions(
  db: Db,
  scope: Scope,
  channelIds: readonly string[],
): Promise<Map<string, string>> {
  if (channelIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; channelId: string }>`
    select q.message_id::text as id, c::text as "channelId" from unnest(${[...channelIds]}::bigint[]) c
    cross join lateral (
      select message_id from (
        select m.message_id, m.asks, m.channel_id from messages m
        where m.channel_id = c and ${inScope(scope, 'm')} and ${inWindow(scope, 'm')}
        order by m.message_id desc limit ${MESSAGES_MAX}
      ) newest where asks or message_id = channel_id order by message_id desc limit ${QUESTIONS_MAX}
    ) q`.execute(db);
  return new Map(rows.map(({ id, channelId }) => [id, channelId]));
}
