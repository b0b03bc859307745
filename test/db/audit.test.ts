import { beforeEach, describe, expect, it } from 'vitest';
import { countStored, forgottenMessages } from '../../db/audit.ts';
import { reactorsToList } from '../../db/reactors-to-list.ts';
import { emptyBatch, type RecordBatch } from '../../db/records.ts';
import { openWriter } from '../../db/write-batch.ts';
import { useDatabase } from '../support/database.ts';
import { at, CHANNEL, GUILD, idAt, reacted, rest, told } from '../support/records.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const OTHER = '100000000000000009';

async function write(batch: Partial<RecordBatch>): Promise<void> {
  const writer = await openWriter(database.pool, { content: 'full' });
  await writer.write({ ...emptyBatch(), ...batch });
  await writer.close();
}

const ids = Array.from({ length: 6 }, (_, i) => idAt(at(i)));

describe('what is counted', () => {
  it('is there: of any type, not deleted, seen by somebody; in spans of channels, both ends within', async () => {
    await write({
      messages: [
        rest(10, ids[0]!),
        rest(10, ids[1]!, { type: 7 }),
        rest(10, ids[2]!),
        told(11, ids[2]!, { goneAt: at(11) }),
        told(11, ids[3]!, { goneAt: at(11) }),
        rest(10, ids[4]!),
        rest(10, ids[5]!, { channelId: OTHER }),
      ],
      // The page of a later moment did not show the fifth.
      coverage: [
        {
          guildId: GUILD,
          channelId: CHANNEL,
          fromId: ids[4]!,
          toId: ids[4]!,
          source: 'rest',
          grade: 'verified',
          at: at(20),
        },
      ],
    });
    const span = (channelId: string, from: number, to: number) => ({
      channelId,
      fromId: ids[from]!,
      toId: ids[to]!,
    });
    const spans = [span(CHANNEL, 0, 5), span(CHANNEL, 1, 1), span(CHANNEL, 2, 4), span(OTHER, 0, 5)];
    expect(await countStored(database.pool, GUILD, spans)).toEqual([2, 1, 0, 1]);
    expect(await countStored(database.pool, '5', spans)).toEqual([0, 0, 0, 0]);
    expect(await countStored(database.pool, GUILD, [])).toEqual([]);
  });

  it('is not what a forgotten person wrote, of which the ids are left', async () => {
    await write({ messages: [rest(10, ids[0]!), rest(10, ids[1]!, { authorId: '7' })] });
    expect(await forgottenMessages(database.pool, GUILD)).toEqual([]);
    await database.pool.query(`insert into choices values ($1, 7, 'forgotten', now())`, [GUILD]);
    await write({ messages: [rest(11, ids[1]!, { authorId: '7' })] });
    expect(await forgottenMessages(database.pool, GUILD)).toEqual([ids[1]]);
    const span = { channelId: CHANNEL, fromId: '0', toId: ids[5]! };
    expect(await countStored(database.pool, GUILD, [span])).toEqual([1]);
  });
});

it('who reacted takes a request for each hundred, where not all are known', async () => {
  const like = (count: number) => ({ at: at(10), counts: [{ key: '👍', count }] });
  await write({
    messages: [
      rest(10, ids[0]!, { reactions: like(2) }),
      rest(10, ids[1]!, { reactions: like(250) }),
      rest(10, ids[2]!, { reactions: like(0) }),
      rest(10, ids[3]!, { channelId: OTHER, reactions: like(1) }),
    ],
    reactionUsers: [
      reacted(ids[0]!, '5', '👍', { seenAt: at(10) }),
      reacted(ids[0]!, '6', '👍', { seenAt: at(10) }),
    ],
  });
  const count = (channels: string[], fromId = '0') => reactorsToList(database.pool, GUILD, channels, fromId);
  expect(await count([CHANNEL])).toEqual({ messages: 3, requests: 4, missing: 3 });
  expect(await count([CHANNEL, OTHER])).toEqual({ messages: 4, requests: 5, missing: 4 });
  expect(await count([CHANNEL], ids[2])).toEqual({ messages: 1, requests: 0, missing: 0 });
});
