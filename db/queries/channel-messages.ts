import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../connect.ts';
import { inScope, inWindow, scoped, memberName, unranked } from './counted.ts';
import { listed, type ListedMessage, named, textOf, withPlaceAndAuthor } from './listed.ts';
import type { Asked, Question } from './question.ts';
import type { Scope } from './scope.ts';

/** A message with its whole text, and with what it answers. */
export interface ReadMessage extends ListedMessage {
  /** The message that it replies to, its author and the beginning of its text; null where none is, or counts. */
  replyToId: string | null;
  replyToAuthor: string | null;
  replyToText: string | null;
}

/**
 * A page of messages as they are read: of a channel, of a person, or of both.
 *
 * Shape   the newest `limit` rows, oldest first
 * Source  README.md, "channel-messages"
 */
export async function channelMessages(db: Db, asked: Asked): Promise<ReadMessage[]> {
  const { members: _, ...anybody } = asked;
  const { rows } = await sql<ReadMessage>`
    with recursive ${scoped(asked)}, ${unranked(asked.guildId)},
    page as (${newest(asked)} order by message_id desc limit ${asked.limit})
    select ${listed()}, ${textOf('m')} as text, r.message_id::text as "replyToId",
      ${named('r.author_id', memberName('a', 'r.author_id'))} as "replyToAuthor", ${textOf('r', 200)} as "replyToText"
    from page join messages m on m.guild_id = ${asked.guildId} and m.message_id = page.message_id
    ${withPlaceAndAuthor()}
    left join messages r on m.type = 19 and r.guild_id = m.guild_id and r.message_id = m.reference_message_id
      and ${inScope(anybody, 'r')}
    left join members a on a.guild_id = r.guild_id and a.user_id = r.author_id
    order by m.message_id`.execute(db);
  return rows;
}

/** The newest ids of the scope. Each channel's come off the end of its own index, however quiet it is. */
function newest(asked: Asked): RawBuilder<unknown> {
  const ids = (scope: Scope) =>
    sql`select m.message_id from messages m where ${inScope(scope, 'm')} and ${inWindow(scope, 'm')}`;
  const { channels, ...anywhere } = asked;
  if (!channels) return ids(anywhere);
  return sql`select n.message_id from unnest(${[...new Set(channels)]}::bigint[]) as of(channel_id)
    cross join lateral (
      ${ids(anywhere)} and m.channel_id = of.channel_id order by m.message_id desc limit ${asked.limit}
    ) n`;
}

export default {
  name: 'channel-messages',
  about: 'the newest messages of a channel or a person, in reading order',
  ask: channelMessages,
} satisfies Question;
