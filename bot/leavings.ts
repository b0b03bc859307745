/** Servers that the bot was taken out of while it did not run: no dispatch tells of that. */
import type { Pool } from 'pg';
import type { ContentChoice } from '../db/keep.ts';
import { emptyBatch } from '../db/records.ts';
import { guildsNotLeft } from '../db/shards.ts';
import { openWriter } from '../db/write-batch.ts';

/** Notes that it left them, when it last heard anything. `guildIds` are those that it is in now; tells how many it is not. */
export async function noteLeavings(
  pool: Pool,
  content: ContentChoice,
  applicationId: string,
  guildIds: string[],
): Promise<number> {
  const left = await guildsNotLeft(pool, applicationId, guildIds);
  if (left.length === 0) return 0;
  const batch = emptyBatch();
  for (const { guildId, heardMs: at } of left) batch.guildMoments.push({ guildId, kind: 'left', at });
  const writer = await openWriter(pool, { content });
  try {
    await writer.write(batch);
  } finally {
    await writer.close();
  }
  return left.length;
}
