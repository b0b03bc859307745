/** A guild looked over: who may read what in it, as Discord says now, recorded. */
import type { Pool } from 'pg';
import type { ContentChoice } from '../../db/keep.ts';
import type { Snowflake } from '../../db/records.ts';
import { openWriter } from '../../db/write-batch.ts';
import type { Calls } from '../discord/fetch-calls.ts';
import type { Self } from '../discord/teller.ts';
import { noteAccess } from './access.ts';
import { openReadingCard } from './card.ts';
import type { ReadingLog } from './reading.ts';
import { type Survey, survey } from './survey.ts';

export interface LookOverOptions {
  pool: Pool;
  content: ContentChoice;
  calls: Calls;
  self: Self;
  log: ReadingLog;
}

/**
 * Asks for a guild's roles, channels and active threads, and our place in it, and records them: four requests. Undefined:
 * the bot is not in it.
 *
 * Errors  TokenError; UnansweredError; Postgres'
 */
export async function lookOver(
  { pool, content, calls, self, log }: LookOverOptions,
  guildId: Snowflake,
): Promise<Survey | undefined> {
  const tellerAt = (observedAt: number) => ({ source: 'rest' as const, observedAt, guildId, self });
  const found = await survey({ calls, guildId, tellerAt, card: openReadingCard({}), log }, self.userId);
  if (!found) return undefined;
  const writer = await openWriter(pool, { content });
  try {
    await writer.write(found.batch, (client) =>
      noteAccess(client, guildId, self.userId, found.sentAtMs, found.joined),
    );
  } finally {
    await writer.close();
  }
  return found;
}
