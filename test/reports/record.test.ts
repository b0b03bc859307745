import { beforeEach, expect, it } from 'vitest';
import { recordOf } from '../../reports/record.ts';
import { useDatabase } from '../support/database.ts';
import { at, batchOf, CHANNEL, GUILD, idAt, rest } from '../support/records.ts';
import { openWriter } from '../../db/write-batch.ts';
import type { RecordBatch } from '../../db/records.ts';

const database = useDatabase();
beforeEach(() => database.clear());
const OTHER = '100000000000000009';
const told = { source: 'dce' as const, observedAt: at(0), guildId: GUILD };

async function write(batch: Partial<RecordBatch>): Promise<void> {
  const writer = await openWriter(database.pool, { content: 'full' });
  await writer.write(batchOf(batch)).finally(() => writer.close());
}

const record = (...channels: string[]) => recordOf(database.db, GUILD, channels);

it('a server of which nothing is recorded has no record', async () => {
  expect(await record(CHANNEL)).toBe(undefined);
});

it('a server in whose channels nobody has written has a name, and no time', async () => {
  await write({ guilds: [{ ...told, name: 'Harbour' }] });
  expect(await record(CHANNEL)).toEqual({ name: 'Harbour' });
});

it('a record is from the first to the last message of the channels that may count', async () => {
  const messages = [1, 5].map((s) => rest(s, idAt(at(s))));
  messages.push(...[0, 9].map((s) => rest(s, idAt(at(s), 1), { channelId: OTHER })));
  await write({
    guilds: [{ ...told }],
    channels: [CHANNEL, OTHER].map((channelId) => ({ ...told, channelId, type: 0 })),
    messages,
  });
  expect(await record(CHANNEL)).toEqual({
    name: GUILD,
    span: { firstMs: at(1), lastMs: at(5) },
    nowMs: at(5),
  });
  // Where nobody wrote in them its now is that of the server.
  expect(await record()).toEqual({ name: GUILD, nowMs: at(9) });
});
