import { sql } from 'kysely';
import type { Db } from '../connect.ts';

export interface NamedPlace {
  id: string;
  /** Null where it isn't known or not kept. */
  name: string | null;
  /** Discord's number; null where only an export told of it. */
  type: number | null;
  parentId: string | null;
}

/**
 * Channels, categories and threads of a guild that are there.
 *
 * Shape   a row each, channels in Discord's order before threads, of these the newest first; of `ids` only, where they are given
 */
export async function namedPlaces(db: Db, guildId: string, ids?: readonly string[]): Promise<NamedPlace[]> {
  const isAsked = ids ? sql`and channel_id = any(${[...ids]}::bigint[])` : sql``;
  const { rows } = await sql<NamedPlace>`
    select channel_id::text as id, name, type, parent_id::text as "parentId" from channels
    where guild_id = ${guildId} and deleted_at is null ${isAsked}
    order by coalesce(type in (10, 11, 12), false), case when type in (10, 11, 12) then -channel_id end, position, channel_id`.execute(
    db,
  );
  return rows;
}
