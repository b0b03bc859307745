/** What a batch touches: its locks, and the choices and rows that stand in its way. */
import type { ClientBase } from 'pg';
import type { MessageRecord, RecordBatch } from '../records.ts';

/** A member of a set of pairs; ids are digits, so the text is unambiguous. */
export const pair = (guildId: string, id: string): string => `${guildId}/${id}`;

/** Channels and guilds share Discord's ids (the oldest channels have their guild's), so their locks must not. */
const CHANNEL_LOCK_SALT = '7310868735422915955';

interface Touched {
  guildIds: string[];
  channelIds: string[];
}

function touchedBy(batch: RecordBatch): Touched {
  const guildIds = new Set<string>();
  const channelIds = new Set<string>();
  for (const list of Object.values(batch)) for (const record of list) guildIds.add(record.guildId);
  for (const list of [
    batch.messages,
    batch.reactions,
    batch.reactionUsers,
    batch.pollVotes,
    batch.coverage,
  ]) {
    for (const { channelId } of list) channelIds.add(channelId);
  }
  // Locks are taken in one order everywhere, so that no two writers wait for each other.
  return { guildIds: [...guildIds].toSorted(), channelIds: [...channelIds].toSorted() };
}

/**
 * Locks what the batch touches until the transaction ends: guilds shared (forgetting a person takes them
 * alone), channels alone. One writer a channel at a time is what lets a batch look before it writes.
 */
export async function lockScope(client: ClientBase, batch: RecordBatch): Promise<void> {
  const { guildIds, channelIds } = touchedBy(batch);
  await client.query(
    `select (select count(pg_advisory_xact_lock_shared(id)) from unnest($1::bigint[]) as id),
       (select count(pg_advisory_xact_lock(id # ${CHANNEL_LOCK_SALT})) from unnest($2::bigint[]) as id)`,
    [guildIds, channelIds],
  );
}

/** The ids of people whose records are dropped. */
export async function readForgotten(client: ClientBase, guildId: string): Promise<Set<string>> {
  const { rows } = await client.query<{ user_id: string }>(
    `select user_id::text from choices where guild_id = $1 and choice = 'forgotten'`,
    [guildId],
  );
  return new Set(rows.map((row) => row.user_id));
}

/**
 * The ids of channels that are not recorded: those excluded, the channels of an excluded category, and the
 * threads of all these.
 */
export async function readExcluded(
  client: ClientBase,
  guildId: string,
  batch: RecordBatch,
): Promise<Set<string>> {
  const { rows } = await client.query<{ channel_id: string }>(
    `with recursive excluded as (
       select channel_id from excluded_channels where guild_id = $1
       union
       select c.channel_id from channels c
       join excluded e on c.guild_id = $1 and e.channel_id = c.parent_id
     )
     select channel_id::text from excluded`,
    [guildId],
  );
  const excluded = new Set(rows.map((row) => row.channel_id));
  if (excluded.size === 0) return excluded;
  // The batch may be the first to tell of a thread; three rounds reach from category to thread.
  for (let depth = 0; depth < 3; depth++) {
    for (const { channelId, parentId } of batch.channels)
      if (parentId && excluded.has(parentId)) excluded.add(channelId);
  }
  return excluded;
}

/**
 * The batch without what belongs to excluded channels; the channels themselves stay known by name. Who comes to
 * one by voice has left where they were: for the record they are in none.
 */
export function withoutExcluded(batch: RecordBatch, excluded: Set<string>): RecordBatch {
  if (excluded.size === 0) return batch;
  const kept = (r: { channelId: string }) => !excluded.has(r.channelId);
  return {
    ...batch,
    messages: batch.messages.filter(kept),
    reactions: batch.reactions.filter(kept),
    reactionUsers: batch.reactionUsers.filter(kept),
    pollVotes: batch.pollVotes.filter(kept),
    coverage: batch.coverage.filter(kept),
    voice: batch.voice.flatMap((state) => {
      if (state.channelId === null || !excluded.has(state.channelId)) return [state];
      return state.isListed ? [] : [{ ...state, channelId: null }];
    }),
  };
}

/** What is stored of a message before the batch. */
export interface KnownMessage {
  erased: boolean;
  gone: boolean;
  told: number | null;
}

/** The messages that are stored already, by id. */
export async function readKnown(
  client: ClientBase,
  guildId: string,
  messages: Pick<MessageRecord, 'messageId'>[],
): Promise<Map<string, KnownMessage>> {
  const known = new Map<string, KnownMessage>();
  if (messages.length === 0) return known;
  const { rows } = await client.query<{ id: string } & KnownMessage>(
    `select message_id::text as id, erased, gone_at is not null as gone, told::float8 as told
     from messages
     where guild_id = $1 and message_id = any($2::bigint[])`,
    [guildId, `{${messages.map((m) => m.messageId).join(',')}}`],
  );
  for (const { id, erased, gone, told } of rows) known.set(id, { erased, gone, told });
  return known;
}

/** Those of some messages that are erased. */
export async function readErased(
  client: ClientBase,
  guildId: string,
  messageIds: string[],
): Promise<Set<string>> {
  if (messageIds.length === 0) return new Set();
  const { rows } = await client.query<{ id: string }>(
    `select message_id::text as id from messages
     where guild_id = $1 and message_id = any($2::bigint[]) and erased`,
    [guildId, messageIds],
  );
  return new Set(rows.map((row) => row.id));
}
