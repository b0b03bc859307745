import { beforeEach, describe, expect, it } from 'vitest';
import { finishGap, openGaps, saveGapChannels } from '../../db/gaps.ts';
import {
  countLiving,
  excludedChannels,
  miscounted,
  newestBefore,
  standingChannels,
  unseenSince,
} from '../../db/recorded.ts';
import { emptyBatch, type RecordBatch } from '../../db/records.ts';
import { openWriter } from '../../db/write-batch.ts';
import { useDatabase } from '../support/database.ts';
import { at, CHANNEL, dce, GUILD, idAt, reacted, rest, told } from '../support/records.ts';

const database = useDatabase();
beforeEach(() => database.clear());

const OTHER = '100000000000000009';

async function write(batch: Partial<RecordBatch>): Promise<void> {
  const writer = await openWriter(database.pool, { content: 'full' });
  await writer.write({ ...emptyBatch(), ...batch });
  await writer.close();
}

describe('what is recorded', () => {
  const ids = Array.from({ length: 6 }, (_, i) => idAt(at(i)));

  it('begins, for a repair, with the oldest of its newest messages', async () => {
    const stub = told(9, ids[4]!, { goneAt: at(9) });
    await write({ messages: [...ids.slice(0, 4).map((id, i) => rest(i, id)), stub] });
    const of = (count: number, before = ids[5]!) =>
      newestBefore(database.pool, GUILD, [CHANNEL, OTHER], before, count);
    expect(await of(2)).toEqual(new Map([[CHANNEL, ids[2]]]));
    expect(await of(200)).toEqual(new Map([[CHANNEL, ids[0]]]));
    expect(await of(2, ids[2])).toEqual(new Map([[CHANNEL, ids[0]]]));
    expect(await of(2, ids[0])).toEqual(new Map());
  });

  it('is unseen where Discord has not shown it since, and nothing says that it is gone', async () => {
    await write({
      messages: [
        rest(10, ids[0]!),
        rest(10, ids[1]!),
        rest(30, ids[2]!),
        dce(40, ids[3]!),
        told(9, ids[4]!, { goneAt: at(9) }),
        rest(10, ids[5]!),
      ],
    });
    const unseen = (limit = 9, afterId = ids[0]!) =>
      unseenSince(
        database.pool,
        { guildId: GUILD, channelId: CHANNEL },
        { afterId, beforeId: ids[5]! },
        at(20),
        limit,
      );
    expect(await unseen()).toEqual([ids[3], ids[1]]);
    expect(await unseen(1)).toEqual([ids[3]]);
    const span = [{ fromId: ids[0]!, toId: ids[4]! }];
    const of = { guildId: GUILD, channelId: CHANNEL };
    expect(await countLiving(database.pool, of, span, [ids[0]!, ids[2]!])).toBe(2);
    expect(await countLiving(database.pool, of, [], [])).toBe(0);
  });

  it('names channels first, then threads that are open, then archived ones; none that is gone or was refused', async () => {
    const base = { source: 'gateway' as const, observedAt: at(0), guildId: GUILD };
    const archived = (s: number) => ({ archived: true, locked: false, archivedAt: at(s) });
    await write({
      channels: [
        { ...base, channelId: '1', type: 11, parentId: '5', archiving: archived(1) },
        { ...base, channelId: '2', type: 11, parentId: '5', archiving: archived(2) },
        { ...base, channelId: '3', type: 11, parentId: '5' },
        { ...base, channelId: '4', type: 0, deletedAt: at(1) },
        { ...base, channelId: '5', type: 0 },
        { ...base, channelId: '6', type: 0 },
      ],
    });
    const standing = async (since: number) =>
      (await standingChannels(database.pool, GUILD, at(since))).map(({ channelId }) => channelId);
    const key = { guildId: GUILD, fromMs: at(10), lastFromMs: at(10), toMs: at(20) };
    const noticed = { reason: 'new session' as const, guildIds: [GUILD], fromMs: at(10) };
    await write({ guilds: [base] });
    const client = await database.pool.connect();
    await openGaps(client, noticed, { at: at(20) });
    client.release();
    const refused = { channelId: '6', startId: '0', cursorId: '0', state: 'closed' as const };
    await saveGapChannels(database.pool, key, [refused]);
    expect(await standing(0)).toEqual(['6', '5', '3', '2', '1']);
    await finishGap(database.pool, key, 'repaired', {}, at(30));
    expect(await standing(0)).toEqual(['5', '3', '2', '1']);
    expect(await standing(40)).toEqual(['6', '5', '3', '2', '1']);
    await database.pool.query('insert into excluded_channels values ($1, 5, now())', [GUILD]);
    expect([...(await excludedChannels(database.pool, GUILD))].toSorted()).toEqual(['1', '2', '3', '5']);
  });

  it('is miscounted where more or fewer people are known to have reacted than Discord counts', async () => {
    const [id, other] = [ids[0]!, ids[1]!];
    await write({
      messages: [rest(10, id), rest(10, other)],
      reactionUsers: [
        reacted(id, '11', 'x', { addedAt: at(20) }),
        reacted(id, '12', 'x', { addedAt: at(20), removedAt: at(21) }),
        reacted(id, '13', 'x', { addedAt: at(5), burst: true }),
        reacted(id, '14', 'x', { seenAt: at(22), removedAt: at(21) }),
      ],
      reactions: [
        {
          source: 'gateway',
          observedAt: at(8),
          guildId: GUILD,
          channelId: CHANNEL,
          messageId: id,
          emoji: { key: 'x' },
          clearedAt: at(8),
        },
      ],
    });
    const of = (messageId: string, count: number, emojiKey = 'x') => ({ messageId, emojiKey, count });
    expect(
      await miscounted(database.pool, GUILD, [
        of(id, 2),
        of(id, 1),
        of(id, 3),
        of(id, 1, 'y'),
        of(other, 1),
        of(other, 0),
      ]),
    ).toEqual([1, 2, 3, 4]);
  });
});
