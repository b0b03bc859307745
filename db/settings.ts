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
  /** Where the weekly report is posted, and when; null: nowhere. Units: day: of the ISO week from 1; hour: 0 to 23 */
  weeklyChannel: string | null;
  weeklyDay: number;
  weeklyHour: number;
  /** A post that was missed is made up for within so many days. */
  weeklyLateDays: number;
  /** When it was last set when it is posted, ms; what was due before is not. Null: never. Changed with what it is about. */
  weeklySinceMs: number | null;
  /** Where moderators are to be reached, shown to whoever may need a person; null: no channel is known. */
  helpChannel: string | null;
  /** Whether bots and webhooks count where nothing else is said. */
  countBots: boolean;
  /** The roles that may use a command, by its name; of commands that are not named everybody. */
  commandRoles: Record<string, string[]>;
}

export type SettingsChange = Partial<Omit<GuildSettings, 'weeklySinceMs'>>;

const DEFAULTS = {
  time_zone: 'UTC',
  language: 'en',
  weekly_channel_id: null,
  weekly_day: 1,
  weekly_hour: 9,
  weekly_late_days: 3,
  weekly_since: null,
  help_channel_id: null,
  count_bots: false,
};

interface SettingsRow {
  timeZone: string | null;
  language: string | null;
  weeklyChannel: string | null;
  weeklyDay: number | null;
  weeklyHour: number | null;
  weeklyLateDays: number | null;
  weeklySinceMs: number | null;
  helpChannel: string | null;
  countBots: boolean | null;
  excludedChannels: string[];
  commandRoles: Record<string, string[]>;
}

/** The settings of a guild; what was never set has its default. */
export async function readSettings(db: Db, guildId: string): Promise<GuildSettings> {
  // One statement, for a transaction can ask but one at a time.
  const { rows } = await sql<SettingsRow>`
    select time_zone as "timeZone", language, weekly_channel_id as "weeklyChannel", weekly_day as "weeklyDay",
      weekly_hour as "weeklyHour", weekly_late_days as "weeklyLateDays",
      (extract(epoch from weekly_since) * 1000)::float8 as "weeklySinceMs", help_channel_id as "helpChannel", count_bots as "countBots",
      (select coalesce(array_agg(channel_id::text order by channel_id), '{}') from excluded_channels
        where guild_id = ${guildId}) as "excludedChannels",
      (select coalesce(json_object_agg(command, role_ids::text[] order by command), '{}') from command_rules
        where guild_id = ${guildId}) as "commandRoles"
    from (select) one left join guild_settings on guild_id = ${guildId}`.execute(db);
  const row = rows[0]!;
  return {
    ...row,
    timeZone: row.timeZone ?? DEFAULTS.time_zone,
    language: row.language ?? DEFAULTS.language,
    weeklyDay: row.weeklyDay ?? DEFAULTS.weekly_day,
    weeklyHour: row.weeklyHour ?? DEFAULTS.weekly_hour,
    weeklyLateDays: row.weeklyLateDays ?? DEFAULTS.weekly_late_days,
    countBots: row.countBots ?? DEFAULTS.count_bots,
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
  change: SettingsChange,
  now: Date,
): Promise<void> {
  await changeSettings(db, guildId, () => change, now);
}

/** Two that change a list at once would each put theirs in place of the other's. */
const SETTINGS_LOCK = 0x7365_7474;

/**
 * Changes settings by what they are, one after the other where several do at once; tells what they were and are.
 *
 * Errors  whatever `changeOf` throws; nothing is changed then
 */
export async function changeSettings(
  db: Db,
  guildId: string,
  changeOf: (before: GuildSettings) => SettingsChange,
  now: Date,
): Promise<{ before: GuildSettings; after: GuildSettings }> {
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashint8extended(${guildId}::bigint, ${SETTINGS_LOCK}))`.execute(
      tx,
    );
    const before = await readSettings(tx, guildId);
    await write(tx, guildId, scheduled(changeOf(before), before, now), now);
    return { before, after: await readSettings(tx, guildId) };
  });
}

/** With when its day and hour were set, where this sets them to others. */
function scheduled(change: SettingsChange, before: GuildSettings, now: Date): Partial<GuildSettings> {
  const { weeklyChannel = before.weeklyChannel } = change;
  const after = { ...before, ...change };
  const isBegun = before.weeklyChannel === null && weeklyChannel !== null;
  const isOther = (['weeklyDay', 'weeklyHour', 'timeZone'] as const).some(
    (key) => after[key] !== before[key],
  );
  return isBegun || isOther ? { ...change, weeklySinceMs: now.getTime() } : change;
}

async function write(tx: Db, guildId: string, change: Partial<GuildSettings>, now: Date): Promise<void> {
  const columns = columnsOf(change);
  if (Object.keys(columns).length > 0) {
    await tx
      .insertInto('guild_settings')
      .values({ guild_id: guildId, ...DEFAULTS, ...columns })
      .onConflict((conflict) => conflict.column('guild_id').doUpdateSet(columns))
      .execute();
  }
  if (change.commandRoles) await rule(tx, guildId, change.commandRoles);
  if (change.excludedChannels) {
    await exclude(tx, guildId, change.excludedChannels, now);
    // What was left out before may be taken now.
    await forgetImports(tx, guildId);
  }
}

function columnsOf(change: Partial<GuildSettings>) {
  const { timeZone, language, weeklyChannel, weeklyDay, weeklyHour, helpChannel, countBots } = change;
  const { weeklyLateDays, weeklySinceMs } = change;
  return {
    ...(timeZone !== undefined && { time_zone: timeZone }),
    ...(language !== undefined && { language }),
    ...(weeklyChannel !== undefined && { weekly_channel_id: weeklyChannel }),
    ...(weeklyDay !== undefined && { weekly_day: weeklyDay }),
    ...(weeklyHour !== undefined && { weekly_hour: weeklyHour }),
    ...(weeklyLateDays !== undefined && { weekly_late_days: weeklyLateDays }),
    ...(weeklySinceMs && { weekly_since: new Date(weeklySinceMs) }),
    ...(helpChannel !== undefined && { help_channel_id: helpChannel }),
    ...(countBots !== undefined && { count_bots: countBots }),
  };
}

/** These rules in place of those of before. */
async function rule(tx: Db, guildId: string, roles: Record<string, string[]>): Promise<void> {
  await tx.deleteFrom('command_rules').where('guild_id', '=', guildId).execute();
  const rules = Object.entries(roles).map(([command, ids]) => ({
    guild_id: guildId,
    command,
    role_ids: ids,
  }));
  if (rules.length > 0) await tx.insertInto('command_rules').values(rules).execute();
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
