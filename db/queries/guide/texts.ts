import { sql } from 'kysely';
import type { Db } from '../../connect.ts';

/** The newest that are looked at: where none of so many texts is kept, none is. */
const MESSAGES_MAX = 1_000;

/** Whether texts of a guild are kept, so that there are words to look for; where nothing was said yet, nothing is withheld. */
export async function isAnyTextKept(db: Db, guildId: string): Promise<boolean> {
  const { rows } = await sql<{ is: boolean }>`
    select exists (select from message_words where guild_id = ${guildId})
      or coalesce((
        select bool_or(coalesce(body_key, 0) & 3 > 0) from (
          select body_key from messages where guild_id = ${guildId} and author_id is not null
          order by message_id desc limit ${MESSAGES_MAX}) newest
      ), true) as is`.execute(db);
  return rows[0]!.is;
}
