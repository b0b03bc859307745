import type { Pool } from 'pg';
import { openWriter } from '../../../db/write-batch.ts';
import { dispatchRecords } from '../../../ingest/discord/to-records.ts';
import { at } from '../../support/records.ts';

/** Writes what the gateway tells at a time, one dispatch after the other. */
export async function heard(
  pool: Pool,
  seconds: number,
  dispatches: [t: string, d: object][],
): Promise<void> {
  const writer = await openWriter(pool, { content: 'full' });
  for (const [t, d] of dispatches) {
    const told = dispatchRecords({ t, d }, at(seconds), { userId: '300000000000000007', hasContent: true });
    await writer.write(told!.batch);
  }
  await writer.close();
}
