/** Live recording of a past's guild, as far as reading its history looks at it. */
import { emptyBatch, type RecordBatch } from '../../../db/records.ts';
import { openWriter } from '../../../db/write-batch.ts';
import { dispatchRecords } from '../../../ingest/discord/to-records.ts';
import { noteAccess } from '../../../ingest/history/access.ts';
import { guildCreatePayload } from '../../support/discord/payloads.ts';
import type { Past } from './scene.ts';

const HOUR_MS = 3_600_000;

export interface Live {
  /** What has happened since it began is written when this settles. */
  recorded(): Promise<void>;
}

/** Has recorded a guild since an hour ago, without a gap, and goes on for another. */
export async function recordLive({ world, guild, database, now }: Past): Promise<Live> {
  const { pool } = database;
  const { truth } = world;
  const self = { userId: truth.bot.id, hasContent: true };
  const told = emptyBatch();
  const hear = (dispatch: { t: string; d: unknown }, at: number) => {
    const event = dispatchRecords(dispatch, at, self);
    for (const key of Object.keys(told) as (keyof RecordBatch)[])
      told[key].push(...((event?.batch[key] ?? []) as never[]));
  };
  async function recorded(): Promise<void> {
    const writer = await openWriter(pool, { content: 'full' });
    await writer.write(told);
    Object.assign(told, emptyBatch());
    await writer.close();
  }
  const beganMs = now() - HOUR_MS;
  hear({ t: 'GUILD_CREATE', d: guildCreatePayload(truth, guild) }, beganMs);
  await recorded();
  await noteAccess(pool, guild.id, truth.bot.id, beganMs);
  await pool.query(
    `insert into shards (application_id, shard_id, shard_count, holder, alive_at) values ($1, 0, 1, 'test', $2)`,
    [truth.application.id, new Date(now() + HOUR_MS)],
  );
  world.on(({ dispatch }) => hear(dispatch as { t: string; d: unknown }, now()));
  return { recorded };
}
