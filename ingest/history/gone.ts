import type { RecordBatch, Snowflake } from '../../db/records.ts';

/** Discord's code for a channel that is no more. */
export const UNKNOWN_CHANNEL = 10_003;

/** Adds that a channel is no more, since this moment at the latest. */
export function addGone(batch: RecordBatch, guildId: Snowflake, channelId: Snowflake, atMs: number): void {
  batch.channels.push({ source: 'rest', observedAt: atMs, guildId, channelId, deletedAt: atMs });
}

/** Adds that a channel was not shown to us at this moment, though it is there. */
export function addHidden(batch: RecordBatch, guildId: Snowflake, channelId: Snowflake, atMs: number): void {
  batch.channels.push({ source: 'rest', observedAt: atMs, guildId, channelId, hiddenAt: atMs });
}
