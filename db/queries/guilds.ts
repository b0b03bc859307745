import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { createdAt } from '../snowflake.ts';
import { counts, hidden, USER_WRITTEN } from './counted.ts';

export interface GuildRow {
  id: string;
  name: string | null;
  messages: number;
  firstMessageAt: string | null;
  lastMessageAt: string | null;
}

/**
 * The guilds that are recorded, with how many user-written messages and from when to when.
 *
 * Shape   one row a guild, by id
 * Units   messages: count; times: ISO, of user-written messages
 */
export async function guilds(db: Db): Promise<GuildRow[]> {
  const known = await db.selectFrom('guilds').select(['guild_id', 'name']).orderBy('guild_id').execute();
  const rows: GuildRow[] = [];
  for (const { guild_id: id, name } of known) rows.push({ id, name, ...(await countWritten(db, id)) });
  return rows;
}

/** One statement a guild: no statement crosses guilds. */
async function countWritten(db: Db, guildId: string): Promise<Omit<GuildRow, 'id' | 'name'>> {
  const { rows } = await sql<{ messages: number; first: Date | null; last: Date | null }>`
    with recursive ${hidden(guildId)},
    written as (
      select count(*)::int as messages, min(m.message_id) as first_id, max(m.message_id) as last_id
      from messages m
      where m.guild_id = ${guildId} and ${counts('m')} and m.type in ${USER_WRITTEN}
    )
    select messages, ${createdAt('first_id')} as first, ${createdAt('last_id')} as last from written`.execute(
    db,
  );
  const { messages, first, last } = rows[0]!;
  return {
    messages,
    firstMessageAt: first?.toISOString() ?? null,
    lastMessageAt: last?.toISOString() ?? null,
  };
}
