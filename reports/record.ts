/** What is recorded of a guild: from when to when, as far as some channels tell. */
import type { Db } from '../db/connect.ts';
import { guildSpan } from '../db/queries/guild-span.ts';
import { type RecordSpan, recordSpan } from '../db/queries/record-span.ts';

export interface GuildRecord {
  /** The guild's name, or its id. */
  name: string;
  /** Absent where nobody has written in these channels. */
  span?: RecordSpan;
  /** Its now, ms; absent where nothing at all is recorded. */
  nowMs?: number;
}

/** Undefined where the guild is not recorded. */
export async function recordOf(
  db: Db,
  guildId: string,
  channels: readonly string[],
): Promise<GuildRecord | undefined> {
  const [guild, span] = await Promise.all([guildSpan(db, guildId), recordSpan(db, { guildId, channels })]);
  if (!guild) return undefined;
  const nowMs = span?.lastMs ?? guild.lastMs;
  return { name: guild.name ?? guildId, ...(span && { span }), ...(nowMs !== null && { nowMs }) };
}
