/** Servers that were imported, and that another server may ask about. */
import { sql } from 'kysely';
import { isRecordedByBot } from './access.ts';
import type { Db } from './connect.ts';

export interface LinkedGuild {
  id: string;
  /** Null where no export told it. */
  name: string | null;
  /** Everybody may ask about it, and in public; else who may Manage Server, in private. */
  isOpen: boolean;
  /** When it was linked. */
  sinceMs: number;
}

/** The servers that are linked to a guild, by id. */
export async function linkedGuilds(db: Db, guildId: string): Promise<LinkedGuild[]> {
  const links = await db
    .selectFrom('linked_guilds')
    .select(['linked_guild_id', 'is_open', 'since'])
    .where('guild_id', '=', guildId)
    .orderBy('linked_guild_id')
    .execute();
  if (links.length === 0) return [];
  // A statement of its own, for a guild's rows may live elsewhere than another's.
  const ids = links.map((link) => link.linked_guild_id);
  const named = await db
    .selectFrom('guilds')
    .select(['guild_id', 'name'])
    .where('guild_id', 'in', ids)
    .execute();
  const names = new Map(named.map(({ guild_id, name }) => [guild_id, name]));
  return links.map(({ linked_guild_id: id, is_open: isOpen, since }) => ({
    id,
    name: names.get(id) ?? null,
    isOpen,
    sinceMs: since.getTime(),
  }));
}

/**
 * Whether a link is over: the bot is in the linked guild, or was at any time since it was linked. What it recorded there was
 * written for the members of that guild, and the link was made for an import.
 */
export async function isLinkOver(db: Db, { id, sinceMs }: LinkedGuild): Promise<boolean> {
  if (await isRecordedByBot(db, id)) return true;
  const { rows } = await sql<{ was: boolean }>`
    select exists (select from guild_moments where guild_id = ${id} and at >= ${new Date(sinceMs)}) as was`.execute(
    db,
  );
  return rows[0]!.was;
}

/** The guilds that any is linked to, by id. */
export async function guildsWithLinks(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('linked_guilds')
    .select('guild_id')
    .distinct()
    .orderBy('guild_id')
    .execute();
  return rows.map((row) => row.guild_id);
}

/** Links a guild to another, closed to all but managers; false: it was linked before, and stays as open as it was. */
export async function linkGuild(db: Db, guildId: string, linkedId: string, now: Date): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('linked_guilds')
    .values({ guild_id: guildId, linked_guild_id: linkedId, is_open: false, since: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Takes a link away; false: there was none. */
export async function unlinkGuild(db: Db, guildId: string, linkedId: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('linked_guilds')
    .where('guild_id', '=', guildId)
    .where('linked_guild_id', '=', linkedId)
    .executeTakeFirstOrThrow();
  return numDeletedRows === 1n;
}

/** Opens a linked guild to everybody, or closes it again; false: it is not linked. */
export async function openLinked(
  db: Db,
  guildId: string,
  linkedId: string,
  isOpen: boolean,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('linked_guilds')
    .set({ is_open: isOpen })
    .where('guild_id', '=', guildId)
    .where('linked_guild_id', '=', linkedId)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
