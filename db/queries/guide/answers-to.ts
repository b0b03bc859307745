/** Where answers to a message are looked for. */
import { type RawBuilder, sql } from 'kysely';
import { inScope, inWindow } from '../counted.ts';
import type { Scope } from '../scope.ts';

/** The first replies to a row with `message_id`, `channel_id` and `author_id`, in its channel, by other people. */
export function repliesTo(scope: Scope, row: string, limit: number): RawBuilder<unknown> {
  const column = (name: string) => sql.ref(`${row}.${name}`);
  // A fence: there may be a hundred thousand messages in its channel, and few replies to it.
  const replies = sql`(select * from messages
    where guild_id = ${scope.guildId} and type = 19 and reference_message_id = ${column('message_id')} offset 0)`;
  return firstOf(scope, row, replies, sql`m.channel_id = ${column('channel_id')}`, limit);
}

/** The first messages in the thread of such a row, by other people. That the thread may count is for the caller to see. */
export const inThreadOf = (scope: Scope, row: string, limit: number): RawBuilder<unknown> =>
  firstOf(scope, row, sql`messages`, sql`m.channel_id = ${sql.ref(`${row}.message_id`)}`, limit);

/** That their channel may count is known before: a long list of channels would be looked through once a message. */
function firstOf(
  { guildId, window }: Scope,
  row: string,
  from: RawBuilder<unknown>,
  which: RawBuilder<unknown>,
  limit: number,
): RawBuilder<unknown> {
  const anywhere: Scope = { guildId, window, hidden: true };
  const column = (name: string) => sql.ref(`${row}.${name}`);
  return sql`(select m.message_id, m.channel_id, m.author_id, m.words, m.asks from ${from} m
    where ${which} and m.message_id > ${column('message_id')} and m.author_id <> ${column('author_id')}
      and ${inScope(anywhere, 'm')} and ${inWindow(anywhere, 'm')}
    order by m.message_id limit ${limit})`;
}
