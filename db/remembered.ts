/** What buttons ask whose ids have no room for it: someone's words, kept for a season, and not whose. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './connect.ts';

/** Options of a command, by their names. */
export type RememberedOptions = Readonly<Record<string, string | number | boolean>>;

/** What was not asked for so long is forgotten. */
const KEPT_MS = 90 * 86_400_000;
/** More go with the next ones that are remembered. */
const FORGOTTEN_AT_ONCE_MAX = 100;
/** 132 bits: no two questions meet. */
const KEY_LENGTH = 22;

/** The key under which they are kept from now on; equal ones have one key. What is old in this guild goes. */
export async function remember(
  db: Db,
  guildId: string,
  options: RememberedOptions,
  now: Date,
): Promise<string> {
  const text = JSON.stringify(Object.entries(options).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const key = createHash('sha256').update(text).digest('base64url').slice(0, KEY_LENGTH);
  await db
    .insertInto('remembered_questions')
    .values({ guild_id: guildId, key, options: JSON.stringify(options), asked_at: now })
    .onConflict((conflict) =>
      conflict.columns(['guild_id', 'key']).doUpdateSet({ asked_at: sql`excluded.asked_at` }),
    )
    .execute();
  await forgetOld(db, guildId, now);
  return key;
}

/** What is kept under a key; undefined where nothing is, or is no longer. */
export async function recall(db: Db, guildId: string, key: string): Promise<RememberedOptions | undefined> {
  const row = await db
    .selectFrom('remembered_questions')
    .select('options')
    .where('guild_id', '=', guildId)
    .where('key', '=', key)
    .executeTakeFirst();
  return row && (row.options as RememberedOptions);
}

/** What nobody has asked in a guild for 90 days goes, the oldest first, and not all at once. */
export async function forgetOld(db: Db, guildId: string, now: Date): Promise<void> {
  await db
    .deleteFrom('remembered_questions')
    .where('guild_id', '=', guildId)
    .where('key', 'in', (old) =>
      old
        .selectFrom('remembered_questions')
        .select('key')
        .where('guild_id', '=', guildId)
        .where('asked_at', '<', new Date(now.getTime() - KEPT_MS))
        .orderBy('asked_at')
        .limit(FORGOTTEN_AT_ONCE_MAX),
    )
    .execute();
}
