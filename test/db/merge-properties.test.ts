/** The merge rule as a whole: no order, repetition or splitting of what was observed changes what is stored. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { forgetPerson } from '../../db/choices.ts';
import type { RecordBatch } from '../../db/records.ts';
import { openWriter, type Writer } from '../../db/write-batch.ts';
import { dump, useDatabase } from '../support/database.ts';
import { makeHistory, naiveMessages, shuffled, USERS } from '../support/history.ts';
import { naiveLive, storedLive } from '../support/naive-live.ts';
import { GUILD, joined } from '../support/records.ts';
import { seededRandom } from '../support/random.ts';

const HISTORIES = Number(process.env.ALMANAC_TEST_HISTORIES ?? 5);
const SEED = Number(process.env.ALMANAC_TEST_SEED ?? 11);

describe('any order, doubling and splitting of a history', () => {
  const database = useDatabase();
  let writer: Writer;
  beforeAll(async () => {
    writer = await openWriter(database.pool, { content: 'full' });
  });
  afterAll(() => writer.close());

  const seeds = Array.from({ length: HISTORIES }, (_, i) => SEED + i);
  const writeAll = async (batches: RecordBatch[]) => {
    await database.clear();
    for (const batch of batches) await writer.write(structuredClone(batch));
    return dump(database);
  };

  it.for(seeds)('gives one dump, as the naive pass says (seed %i)', async (seed) => {
    const random = seededRandom(seed);
    const history = makeHistory(random);
    const inOrder = await writeAll(history);
    expect(naiveMessages(history)).toEqual(await storedMessages());
    expect(naiveLive(history)).toEqual(await storedLive(database));
    const doubled = shuffled([...history, ...history], random);
    expect(await writeAll(doubled)).toEqual(inOrder);
    const split = splits(shuffled(history, random), random).map(joined);
    expect(await writeAll(split)).toEqual(inOrder);
    expect(await writeAll([joined(shuffled(history, random))])).toEqual(inOrder);
  });

  it.for(seeds)('gives one dump, whenever a person is forgotten (seed %i)', async (seed) => {
    const random = seededRandom(seed);
    const history = makeHistory(random);
    const dumps = [];
    for (const after of [0, Math.floor(random() * history.length), history.length]) {
      await database.clear();
      const batches = shuffled(history, random);
      for (const batch of batches.slice(0, after)) await writer.write(structuredClone(batch));
      await forgetPerson(database.pool, GUILD, USERS[0]!, new Date(0));
      for (const batch of batches.slice(after)) await writer.write(structuredClone(batch));
      dumps.push(await dump(database));
    }
    expect(JSON.stringify(dumps[0])).not.toContain(USERS[0]);
    for (const other of dumps) expect(other).toEqual(dumps[0]);
  });

  async function storedMessages() {
    const { rows } = await database.pool.query(
      `select message_id::text as id, content, gone_at is not null as gone, absent_at is not null as absent, pinned,
         (extract(epoch from edited_at) * 1000)::float8 as "editedAt",
         coalesce((select jsonb_object_agg(emoji_key, total) from reactions r
           where r.guild_id = m.guild_id and r.message_id = m.message_id and total > 0), '{}') as totals,
         coalesce((select jsonb_agg(content order by version) from edits e
           where e.guild_id = m.guild_id and e.message_id = m.message_id), '[]') as edits
       from messages m order by message_id`,
    );
    return rows;
  }
});

function splits(batches: RecordBatch[], random: () => number): RecordBatch[][] {
  const groups: RecordBatch[][] = [[]];
  for (const batch of batches) {
    if (random() < 0.4) groups.push([]);
    groups.at(-1)!.push(batch);
  }
  return groups.filter((group) => group.length > 0);
}
