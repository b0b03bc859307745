import { sql } from 'kysely';
import type { Db } from '../connect.ts';
import { counts, hidden } from './counted.ts';
import { listedText } from './listed.ts';

/**
 * The texts of some messages as lists show them, by id. What is deleted, hidden, or whose text is not kept, is not among them.
 */
export async function messageTexts(
  db: Db,
  guildId: string,
  messageIds: readonly string[],
): Promise<Map<string, string>> {
  if (messageIds.length === 0) return new Map();
  const { rows } = await sql<{ id: string; text: string | null }>`
    with recursive ${hidden(guildId)}
    select m.message_id::text as id, ${listedText()} as text from messages m
    where m.guild_id = ${guildId} and m.message_id = any(${[...messageIds]}::bigint[]) and ${counts('m')}`.execute(
    db,
  );
  return new Map(rows.flatMap(({ id, text }) => (text === null ? [] : [[id, text]])));
}
