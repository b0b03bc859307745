/** Single messages, written by hand for a case that needs no community. */
import type { MessageRecord, RecordBatch } from '../../db/records.ts';
import { openWriter } from '../../db/write-batch.ts';
import type { TestDatabase } from './database.ts';
import { batchOf, CHANNEL, GUILD, idAt, rest } from './records.ts';

/** A message of `GUILD`, written at an instant, as 2026-01-05T10:00Z. Several of one millisecond: a `low` each. */
export function post(time: string, more: Partial<MessageRecord> = {}, low = 0): MessageRecord {
  const ms = Date.parse(time);
  const message = rest(0, idAt(ms, low), { observedAt: ms, ...more });
  return { ...message, reactions: { at: ms, counts: [], ...more.reactions } };
}

/** As many of them, a second apart. */
export const posts = (count: number, time: string, more: Partial<MessageRecord> = {}): MessageRecord[] =>
  Array.from({ length: count }, (_, i) => post(new Date(Date.parse(time) + i * 1000).toISOString(), more));

/** Writes them, with what else is known of the guild. */
export async function write(
  { pool }: Pick<TestDatabase, 'pool'>,
  messages: MessageRecord[],
  more: Partial<RecordBatch> = {},
): Promise<void> {
  const told = { source: 'rest' as const, observedAt: 0, guildId: GUILD };
  const channels = [...new Set(messages.map(({ channelId }) => channelId))];
  const writer = await openWriter(pool, { content: 'full' });
  try {
    await writer.write(
      batchOf({
        guilds: [{ ...told, name: 'Lighthouse' }],
        ...more,
        channels: [
          ...channels.map((channelId) => ({
            ...told,
            channelId,
            type: 0,
            name: channelId === CHANNEL ? 'general' : channelId,
          })),
          ...(more.channels ?? []),
        ],
        messages,
      }),
    );
  } finally {
    await writer.close();
  }
}
