/** Marks on days whose messages change, made in the transaction that changes them. */
import type { ClientBase } from 'pg';
import type { RecordBatch } from '../records.ts';
import { DAY_OF, dayOf } from './days.ts';

/** No two transactions mark the same row, so none waits for another. */
const insertInto = (table: 'stale_days' | 'stale_words', days: string): string =>
  `insert into ${table} (guild_id, day, marked_by)
   select $1::bigint, day, pg_current_xact_id()::text::bigint from (${days}) d where day >= 0`;

/** Nothing for a guild whose sums are not kept. */
const insert = (days: string): string =>
  `${insertInto('stale_days', days)} and exists (select from rollups where guild_id = $1) on conflict do nothing`;

const insertWords = (days: string): string => `${insertInto('stale_words', days)} on conflict do nothing`;

/** Marks the days of messages, and of what they answer as far as it is stored. */
export async function markStale(
  client: ClientBase,
  guildId: string,
  messageIds: Iterable<string>,
): Promise<void> {
  await mark(client, guildId, { messageIds, writtenIn: [], named: [], days: [] });
}

/** Marks what a batch may change, before it is written. */
export async function markBatch(client: ClientBase, guildId: string, batch: RecordBatch): Promise<void> {
  const messageIds = new Set<string>();
  const writtenIn = new Set<string>();
  const days = new Set<number>();
  for (const { messageId, channelId, reference, body } of batch.messages) {
    messageIds.add(messageId);
    // Where texts are not kept there is none.
    if (body?.content) days.add(dayOf(messageId));
    writtenIn.add(channelId);
    if (reference?.messageId) messageIds.add(reference.messageId);
  }
  for (const { messageId } of batch.reactions) messageIds.add(messageId);
  for (const { messageId } of batch.reactionUsers) messageIds.add(messageId);
  const named = batch.channels.map(({ channelId }) => channelId);
  if (messageIds.size + named.length > 0) await mark(client, guildId, { messageIds, writtenIn, named, days });
}

/** What is written into a thread may answer the message that it is of; so may a thread that nobody knew of. */
async function mark(
  client: ClientBase,
  guildId: string,
  of: Record<'messageIds' | 'writtenIn' | 'named', Iterable<string>> & { days: Iterable<number> },
): Promise<void> {
  const list = (ids: Iterable<string | number>) => `{${[...ids].join(',')}}`;
  await client.query(
    `with words as (${insertWords('select unnest($5::int[]) as day')})
     ${insert(`select ${DAY_OF('id')} as day from unnest($2::bigint[]) as id
      union select ${DAY_OF('m.reference_message_id')} from messages m
      where m.guild_id = $1 and m.message_id = any($2::bigint[]) and m.type = 19
      union select ${DAY_OF('m.message_id')} from messages m
      where m.guild_id = $1 and m.message_id = any($3::bigint[])
      union select ${DAY_OF('m.message_id')} from messages m
      where m.guild_id = $1 and m.message_id = any($4::bigint[])
        and not exists (select from channels c where c.guild_id = $1 and c.channel_id = m.message_id)`)}`,
    [guildId, list(of.messageIds), list(of.writtenIn), list(of.named), list(of.days)],
  );
}

/** Marks the days of texts that have changed besides the writer. */
export async function markWords(
  client: ClientBase,
  guildId: string,
  messageIds: readonly string[],
): Promise<void> {
  await client.query(insertWords('select unnest($2::int[]) as day'), [guildId, messageIds.map(dayOf)]);
}

/** Marks what a person's messages and reactions are counted in: the days of these, and of what they answered. */
export async function markPersonStale(client: ClientBase, guildId: string, userId: string): Promise<void> {
  await client.query(
    insert(`select ${DAY_OF('m.message_id')} as day from messages m where m.guild_id = $1 and m.author_id = $2
      union select ${DAY_OF('m.reference_message_id')} from messages m where m.guild_id = $1 and m.author_id = $2
      union select ${DAY_OF('m.channel_id')} from messages m where m.guild_id = $1 and m.author_id = $2
      union select ${DAY_OF('u.message_id')} from reaction_users u where u.guild_id = $1 and u.user_id = $2
      union select ${DAY_OF('c.message_id')} from mentions c where c.guild_id = $1 and c.target_id = $2`),
    [guildId, userId],
  );
}
