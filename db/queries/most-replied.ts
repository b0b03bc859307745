import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { idRange } from '../window.ts';
import { inScope, inWindow, scoped, unranked } from './counted.ts';
import { listed, type ListedMessage, withPlaceAndAuthor } from './listed.ts';
import type { Asked, Question } from './question.ts';

export interface RepliedMessage extends ListedMessage {
  /** Replies by other people. */
  replies: number;
  /** Who wrote them. */
  people: number;
}

/**
 * The messages of a window that got most replies by other people, whenever.
 *
 * Shape   at most `limit` rows, most replies first, ties by id; none without any
 * Source  README.md, "most-replied"
 */
export async function mostReplied(db: Db, asked: Asked): Promise<RepliedMessage[]> {
  const { guildId, limit, channels, members } = asked;
  const { rows } = await sql<RepliedMessage>`
    with recursive ${scoped(asked)}, ${unranked(guildId)}, ${channels || members ? ofSome(asked) : ofAll(asked)},
    ranked as (select * from replied order by replies desc, message_id limit ${limit})
    select ${listed()}, r.replies, r.people
    from ranked r join messages m on m.guild_id = ${guildId} and m.message_id = r.message_id
    ${withPlaceAndAuthor()}
    order by r.replies desc, r.message_id`.execute(db);
  return rows;
}

/** Replies `r` that count to a message `m`: by other people, in its channel. Bots answer everybody. */
function answers({ guildId, window }: Asked): RawBuilder<boolean> {
  return sql<boolean>`(r.type = 19 and r.reference_message_id = m.message_id and r.channel_id = m.channel_id
    and r.author_id <> m.author_id and ${inScope({ guildId, window }, 'r')})`;
}

/** The common table `replied` where few messages count: `message_id`, `replies`, `people`. */
function ofSome(asked: Asked): RawBuilder<unknown> {
  return sql`replied as (
    select m.message_id, count(*)::int as replies, count(distinct r.author_id)::int as people
    from messages m join messages r on r.guild_id = m.guild_id and ${answers(asked)}
    where ${inScope(asked, 'm')} and ${inWindow(asked, 'm')}
    group by m.message_id
  )`;
}

/**
 * The same where most do, of those that can be among the first. An index tells how often each message was replied to
 * by anybody: more than what counts, or as much. Some of the first by that tell how many replies are enough.
 */
function ofAll(asked: Asked): RawBuilder<unknown> {
  const { fromId, toId } = idRange(asked.window);
  const counted = (tried: RawBuilder<unknown>) => sql`
    select t.message_id, a.replies, a.people from (${tried}) t
    cross join lateral (
      select m.channel_id, m.author_id, m.message_id from messages m
      where m.message_id = t.message_id and ${inScope(asked, 'm')} limit 1
    ) m
    cross join lateral (
      select count(*)::int as replies, count(distinct r.author_id)::int as people
      from messages r where ${answers(asked)}
    ) a
    where a.replies > 0`;
  return sql`tried as materialized (
    select reference_message_id as message_id, count(*)::int as at_most from messages
    where guild_id = ${asked.guildId} and type = 19
      and reference_message_id >= ${fromId} and reference_message_id < ${toId}
    group by reference_message_id
  ),
  likely as (${counted(sql`select * from tried order by at_most desc, message_id limit ${asked.limit * 4}`)}),
  enough as (select replies from likely order by replies desc offset ${asked.limit - 1} limit 1),
  replied as (${counted(sql`select * from tried where at_most >= coalesce((select replies from enough), 1)`)})`;
}

export default {
  name: 'most-replied',
  about: 'the messages that got most replies by other people',
  ask: mostReplied,
} satisfies Question;
