/** The import ledger: which files were taken in, how far, and with what result. */
import type { ClientBase, Pool } from 'pg';
import type { Db } from './connect.ts';

/** One file's entry; `card` is the importer's own, kept to be shown again. */
export interface ImportEntry {
  guildId: string;
  sha256: string;
  channelId: string;
  sizeBytes: number;
  observedAtMs: number;
  state: 'running' | 'taken' | 'damaged';
  reader: string;
  resumeOffset: number;
  resumeIndex: number;
  card: unknown;
}

/** The entry of a file's bytes, or undefined. */
export async function findImport(
  client: ClientBase | Pool,
  guildId: string,
  sha256: string,
): Promise<ImportEntry | undefined> {
  const { rows } = await client.query<ImportEntry>(
    `select guild_id::text as "guildId", sha256, channel_id::text as "channelId", size_bytes::float8 as "sizeBytes",
       (extract(epoch from observed_at) * 1000)::float8 as "observedAtMs", state, reader,
       resume_offset::float8 as "resumeOffset", resume_index::float8 as "resumeIndex", card
     from imports where guild_id = $1 and sha256 = $2`,
    [guildId, sha256],
  );
  return rows[0];
}

/** A span of a channel's ids, both ends included. */
export interface IdSpan {
  fromId: string;
  toId: string;
}

/** The spans of a channel of which anything but one file has told: other files, taken in or broken off, and Discord. */
export async function otherSpans(
  client: ClientBase,
  {
    guildId,
    channelId,
    sha256,
    observedAtMs,
  }: Pick<ImportEntry, 'guildId' | 'channelId' | 'sha256' | 'observedAtMs'>,
): Promise<IdSpan[]> {
  const { rows } = await client.query<IdSpan>(
    `select card -> 'facts' ->> 'firstId' as "fromId", card -> 'facts' ->> 'lastId' as "toId" from imports
     where guild_id = $1 and channel_id = $2 and sha256 <> $3 and card -> 'facts' ->> 'firstId' is not null
     union
     select from_id::text, to_id::text from coverage
     where guild_id = $1 and channel_id = $2 and (source <> 'dce' or at <> $4)`,
    [guildId, channelId, sha256, new Date(observedAtMs)],
  );
  return rows;
}

/** Writes the entry within the transaction of the rows it speaks of. */
export async function saveImport(client: ClientBase, entry: ImportEntry, nowMs: number): Promise<void> {
  const {
    guildId,
    sha256,
    channelId,
    sizeBytes,
    observedAtMs,
    state,
    reader,
    resumeOffset,
    resumeIndex,
    card,
  } = entry;
  await client.query(
    `insert into imports as m (guild_id, sha256, channel_id, size_bytes, observed_at, state, reader,
       resume_offset, resume_index, card, started_at, finished_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, case when $6 = 'running' then null else $11::timestamptz end)
     on conflict (guild_id, sha256) do update set state = excluded.state, reader = excluded.reader,
       resume_offset = excluded.resume_offset, resume_index = excluded.resume_index, card = excluded.card,
       finished_at = excluded.finished_at`,
    [
      guildId,
      sha256,
      channelId,
      sizeBytes,
      new Date(observedAtMs),
      state,
      reader,
      resumeOffset,
      resumeIndex,
      JSON.stringify(card),
      new Date(nowMs),
    ],
  );
}

/** Forgets that a guild's files were read, so that the next import reads them again: a choice was taken back. */
export async function forgetImports(db: Db, guildId: string): Promise<void> {
  await db.deleteFrom('imports').where('guild_id', '=', guildId).execute();
}

/** How many messages of a channel are known between two ids, both included; deleted ones aside. */
export async function countKnown(
  client: ClientBase,
  { guildId, channelId, fromId, toId }: { guildId: string; channelId: string; fromId: string; toId: string },
): Promise<number> {
  const { rows } = await client.query<{ n: number }>(
    `select count(*)::int as n from messages
     where guild_id = $1 and channel_id = $2 and message_id between $3 and $4
       and author_id is not null and gone_at is null and absent_at is null`,
    [guildId, channelId, fromId, toId],
  );
  return rows[0]!.n;
}
