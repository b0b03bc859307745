/** A database into which batches are written in every order. */
import { afterAll, beforeAll, expect } from 'vitest';
import type { RecordBatch } from '../../db/records.ts';
import { openWriter, type Writer } from '../../db/write-batch.ts';
import { dump, type TestDatabase, useDatabase } from './database.ts';
import { joined } from './records.ts';

export interface EveryOrder {
  database: TestDatabase;
  /** Of `database`, texts kept; open while tests run. */
  writer: Writer;
  /** Empties the database and writes the batches. */
  write(batches: RecordBatch[]): Promise<void>;
  /** Writes every order of the batches, and all of them at once; every way must give one dump. */
  inEveryOrder(batches: RecordBatch[]): Promise<void>;
}

/** Opens a database and a writer for a file's tests. */
export function useEveryOrder(): EveryOrder {
  const database = useDatabase();
  const self = { database, write, inEveryOrder } as EveryOrder;
  beforeAll(async () => {
    self.writer = await openWriter(database.pool, { content: 'full' });
  });
  afterAll(() => self.writer.close());
  return self;

  async function write(batches: RecordBatch[]) {
    await database.clear();
    for (const batch of batches) await self.writer.write(structuredClone(batch));
  }

  async function inEveryOrder(batches: RecordBatch[]) {
    const dumps = [];
    for (const order of [...orders(batches), [joined(batches)], [joined(batches.toReversed())]]) {
      await write(order);
      dumps.push(await dump(database));
    }
    for (const other of dumps) expect(other).toEqual(dumps[0]);
  }
}

function orders<T>(list: T[]): T[][] {
  if (list.length < 2) return [list];
  return list.flatMap((first, i) => orders(list.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}
