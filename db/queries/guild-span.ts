import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { createdAt } from '../snowflake.ts';
import { counts, hidden, USER_WRITTEN } from './counted.ts';
import { liveEnd } from './live-spans.ts';

export interface GuildSpan {
  id: string;
  name: string | null;
  /** Its "now", ms since 1970: where live recording ends, else the record with its newest user-written message. */
  lastMs: number | null;
}

/** A guild and where its record ends; undefined where it isn't recorded. */
export async function guildSpan(db: Db, guildId: string): Promise<GuildSpan | undefined> {
  const { rows } = await sql<{ name: string | null; last: Date | null }>`
    with recursive ${hidden(guildId)}
    select g.name, greatest(${liveEnd(guildId)}, (
      select ${createdAt('m.message_id')} from messages m
      where m.guild_id = g.guild_id and ${counts('m')} and m.type in ${USER_WRITTEN}
      order by m.message_id desc limit 1
    )) as last
    from guilds g where g.guild_id = ${guildId}`.execute(db);
  const row = rows[0];
  return row && { id: guildId, name: row.name, lastMs: row.last?.getTime() ?? null };
}
