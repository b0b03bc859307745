import { sql } from 'kysely';
import type { Db } from '../connect.ts';

/** A message as it is stored, with all that hangs on it. Ids and 64-bit numbers are strings, times ms. */
export interface StoredMessage {
  message_id: string;
  channel_id: string | null;
  author_id: string | null;
  type: number | null;
  reference_message_id: string | null;
  edited_ms: number | null;
  body_key: number | null;
  content: string | null;
  pinned: boolean | null;
  by_api: boolean | null;
  seen_ms: number | null;
  reactions_ms: number | null;
  gone: boolean;
  erased: boolean;
  attachments: { id: string; version: number; file_name: string | null; size_bytes: number | null }[];
  stickers: { id: string; version: number }[];
  mentions: { id: string; version: number }[];
  links: { position: number; domain: string; address: string | null }[];
  reactions: { key: string; counted_ms: number | null; count: number | null; total: number }[];
  /** `changed_ms`: when they last added or removed it, as far as that was heard. */
  reactors: { key: string; user: string; changed_ms: number | null }[];
  embed_version: number | null;
  embed_count: number;
  has_forward: boolean;
  /** What it refers to is a forgotten person's. */
  refers_to_erased: boolean;
}

/** What is stored under some ids, for the check of a database against its sources. Shape: by id. */
export async function storedMessages(
  db: Db,
  guildId: string,
  messageIds: string[],
): Promise<Map<string, StoredMessage>> {
  const list = (table: string, fields: string, where = '') =>
    sql`coalesce((select jsonb_agg(jsonb_build_object(${sql.raw(fields)})) from ${sql.table(table)} c
      where c.guild_id = m.guild_id and c.message_id = m.message_id ${sql.raw(where)}), '[]')`;
  const ms = (column: string) => sql`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`;
  const { rows } = await sql<StoredMessage>`
    select m.message_id::text, m.channel_id::text, m.author_id::text, m.type, m.reference_message_id::text,
      ${ms('m.edited_at')} as edited_ms, m.body_key::float8, m.content, m.pinned, m.by_api, ${ms('m.seen_at')} as seen_ms,
      ${ms('m.reactions_at')} as reactions_ms, m.gone_at is not null as gone, m.erased,
      ${list('attachments', `'id', c.attachment_id::text, 'version', c.version, 'file_name', c.file_name, 'size_bytes', c.size_bytes`)} as attachments,
      ${list('stickers', `'id', c.sticker_id::text, 'version', c.version`)} as stickers,
      ${list('mentions', `'id', c.target_id::text, 'version', c.version`, `and c.kind = 'user'`)} as mentions,
      ${list('links', `'position', c.position, 'domain', c.domain, 'address', c.address`)} as links,
      ${list('reactions', `'key', c.emoji_key, 'counted_ms', (extract(epoch from c.counted_at) * 1000)::float8, 'count', c.count, 'total', c.total`)} as reactions,
      ${list('reaction_users', `'key', c.emoji_key, 'user', c.user_id::text, 'changed_ms', (extract(epoch from greatest(c.added_at, c.removed_at)) * 1000)::float8`)} as reactors,
      e.version::float8 as embed_version, coalesce(e.embed_count, 0) as embed_count,
      exists (select from forwards f where f.guild_id = m.guild_id and f.message_id = m.message_id) as has_forward,
      exists (select from messages t
        where t.guild_id = m.guild_id and t.message_id = m.reference_message_id and t.erased) as refers_to_erased
    from messages m left join embeds e on e.guild_id = m.guild_id and e.message_id = m.message_id
    where m.guild_id = ${guildId} and m.message_id = any(${messageIds}::bigint[])`.execute(db);
  return new Map(rows.map((row) => [row.message_id, row]));
}
