import { sql } from 'kysely';
import type { Db } from '../connect.ts';

/**
 * The channels that some ids stand for. A channel or thread is itself; what has no messages of its own stands for what
 * is below it: a category for its channels, a forum for its posts.
 *
 * Shape   `channels`: ids, the given ones too; `unknown`: those that the guild doesn't have
 */
export async function channelSet(
  db: Db,
  guildId: string,
  ids: readonly string[],
): Promise<{ channels: string[]; unknown: string[] }> {
  // Exports name a category or a forum as a parent, and don't say what it is.
  const { rows } = await sql<{ id: string }>`
    with recursive below as (
      select channel_id, type from channels where guild_id = ${guildId} and channel_id = any(${[...ids]}::bigint[])
      union
      select c.channel_id, c.type from below b join channels c on c.guild_id = ${guildId} and c.parent_id = b.channel_id
      where b.type is null or b.type in (4, 14, 15, 16)
    )
    select channel_id::text as id from below order by channel_id`.execute(db);
  const channels = rows.map((row) => row.id);
  return { channels, unknown: ids.filter((id) => !channels.includes(id)) };
}
