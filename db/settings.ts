/** A guild's settings. */
import type { Pool } from 'pg';
import type { Db } from './connect.ts';
import { forgetImports } from './imports.ts';

export interface GuildSettings {
  timeZone: string;
  language: string;
  /** Channels, categories or parents of threads that are neither recorded nor counted. */
  excludedChannels: string[];
}

/** The settings of a guild; what was never set has its default. */
export async function readSettings(db: Db, guildId: string): Promise<GuildSettings> {
  const row = await db
    .selectFrom('guild_settings')
    .selectAll()
    .where('guild_id', '=', guildId)
    .executeTakeFirst();
  const excluded = await db
    .selectFrom('excluded_channels')
    .select('channel_id')
    .where('guild_id', '=', guildId)
    .orderBy('channel_id')
    .execute();
  return {
    timeZone: row?.time_zone ?? 'UTC',
    language: row?.language ?? 'en',
    excludedChannels: excluded.map((channel) => channel.channel_id),
  };
}

/** Whether any guild leaves channels out. */
export async function hasExcludedChannels(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ any: boolean }>('select exists (select from excluded_channels) as any');
  return rows[0]!.any;
}

/** Changes one setting, or several, of a guild. Values are checked by the door that took them. */
export async function saveSettings(
  db: Db,
  guildId: string,
  change: Partial<GuildSettings>,
  now: Date,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { timeZone, language, excludedChannels } = change;
    if (timeZone !== undefined || language !== undefined) {
      const columns = { ...(timeZone && { time_zone: timeZone }), ...(language && { language }) };
      await tx
        .insertInto('guild_settings')
        .values({ guild_id: guildId, time_zone: timeZone ?? 'UTC', language: language ?? 'en' })
        .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(columns))
        .execute();
    }
    if (excludedChannels !== undefined) {
      await tx.deleteFrom('excluded_channels').where('guild_id', '=', guildId).execute();
      const rows = [...new Set(excludedChannels)].map((id) => ({
        guild_id: guildId,
        channel_id: id,
        since: now,
      }));
      if (rows.length > 0) await tx.insertInto('excluded_channels').values(rows).execute();
      // What was left out before may be taken now.
      await forgetImports(tx, guildId);
    }
  });
}
