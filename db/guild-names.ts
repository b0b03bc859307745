import type { Pool } from 'pg';
import type { Snowflake } from './records.ts';

/** The names of all guilds that are recorded, where they are known. */
export async function guildNames(pool: Pool): Promise<Map<Snowflake, string>> {
  const { rows } = await pool.query<{ id: string; name: string }>(
    'select guild_id::text as id, name from guilds where name is not null',
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}
