/** Single messages as lists show them. */
import { type RawBuilder, sql } from 'kysely';
import { isoTime } from './columns.ts';
import { channelInScope, memberName } from './counted.ts';
import type { Scope } from './scope.ts';

export interface ListedMessage {
  messageId: string;
  channelId: string;
  /** Null where the channel's name isn't known or not kept. */
  channel: string | null;
  /** Null, like the name, where the author is not to be named. */
  authorId: string | null;
  author: string | null;
  /** ISO. */
  at: string;
  /** The beginning of its text; null where texts are not kept. */
  text: string | null;
}

/** Characters of a listed text. */
const TEXT_LENGTH = 200;

/** The columns of a message `m`, with its channel `c` and its author `p`. Needs the table `unranked`. */
export function listed(): RawBuilder<unknown> {
  return sql`m.message_id::text as "messageId", m.channel_id::text as "channelId", c.name as channel,
    ${named('m.author_id', sql`m.author_id::text`)} as "authorId",
    ${named('m.author_id', memberName('p', 'm.author_id'))} as author,
    ${isoTime(sql.ref('m.message_id'))} as at, ${listedText()} as text`;
}

/** The beginning of a message's text, as lists show it. */
export const listedText = (): RawBuilder<string | null> => textOf('m', TEXT_LENGTH);

/** The joins of a message `m` that `listed` needs. */
export function withPlaceAndAuthor(): RawBuilder<unknown> {
  return sql`left join channels c on c.guild_id = m.guild_id and c.channel_id = m.channel_id
    left join members p on p.guild_id = m.guild_id and p.user_id = m.author_id`;
}

/** What tells of a person, or null where they are not to be named. Needs the table `unranked`. */
export function named(id: string, told: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`case when ${sql.ref(id)} not in (select user_id from unranked) then ${told} end`;
}

/** A message's text, or its beginning; null where it isn't known or not kept. */
export function textOf(alias: string, lengthMax?: number): RawBuilder<string | null> {
  const content = sql.ref(`${alias}.content`);
  return sql`case when ${isTextKept(alias)} then ${lengthMax === undefined ? content : sql`left(${content}, ${sql.lit(lengthMax)})`} end`;
}

/** Whether a message's text is kept: a body of fidelity 0 tells only that there was one. */
export function isTextKept(alias: string): RawBuilder<boolean> {
  return sql<boolean>`coalesce(${sql.ref(`${alias}.body_key`)} & 3, 0) > 0`;
}

/** The name of a channel's parent row: a channel out of scope isn't named. Needs the table `hidden`. */
export function parentName(scope: Scope, alias: string): RawBuilder<string | null> {
  return sql`case when ${channelInScope(scope, `${alias}.channel_id`)} then ${sql.ref(`${alias}.name`)} end`;
}
