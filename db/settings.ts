/** A guild's settings. */
import { sql } from 'kysely';
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
      await exclude(tx, guildId, excludedChannels, now);
      // What was left out before may be taken now.
      await forgetImports(tx, guildId);
    }
  });
}

/** Those of now in place of those of before, of which the store remembers until when they were left out. */
async function exclude(tx: Db, guildId: string, channelIds: string[], now: Date): Promise<void> {
  await sql`
    with included as (
      delete from excluded_channels
      where guild_id = ${guildId} and channel_id <> all(${channelIds}::bigint[]) returning guild_id, channel_id, since
    )
    insert into past_exclusions (guild_id, channel_id, from_at, to_at)
    select guild_id, channel_id, since, ${now} from included where since < ${now}
    on conflict do nothing`.execute(tx);
  await sql`
    insert into excluded_channels (guild_id, channel_id, since)
    select distinct ${guildId}::bigint, id, ${now}::timestamptz from unnest(${channelIds}::bigint[]) id
    on conflict do nothing`.execute(tx);
}
