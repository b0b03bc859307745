/** What somebody has chosen in a guild. */
import type { Db } from './connect.ts';

/** By the choices that were made and not taken back. */
export interface Chosen {
  /** Not to be named in any list. */
  isUnranked: boolean;
  /** To be erased, for good. */
  isForgotten: boolean;
}

/** Neither, where nothing was chosen. */
export async function chosenBy(db: Db, guildId: string, userId: string): Promise<Chosen> {
  const rows = await db
    .selectFrom('choices')
    .select('choice')
    .where('guild_id', '=', guildId)
    .where('user_id', '=', userId)
    .execute();
  const isAmong = (choice: string) => rows.some((row) => row.choice === choice);
  return { isUnranked: isAmong('unranked'), isForgotten: isAmong('forgotten') };
}
