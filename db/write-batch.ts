/**
 * The one door in. Writes a batch of records, from any source, in any order, any number of times; what wins
 * where sources disagree is in write/merge-rule.ts and write/tables.ts.
 */
import type { ClientBase, Pool, PoolClient } from 'pg';
import type { ContentChoice } from './keep.ts';
import { emptyBatch, type RecordBatch } from './records.ts';
import { writeGuild, type WriteResult } from './write/guild.ts';
import { lockScope } from './write/scope.ts';
import { clearStaging, deleteStaged, distrustStaging } from './write/staging.ts';

export type { WriteResult } from './write/guild.ts';

export interface WriterOptions {
  content: ContentChoice;
  /** Nothing stays: one transaction from first to last, rolled back at the end. Its locks last as long. */
  dryRun?: boolean;
}

export interface Writer {
  /** Its connection, to look at what it has written; a dry run shows it to no other. */
  client: ClientBase;
  /**
   * Writes a batch in a transaction of its own, and with it what `alongside` writes (a cursor, a ledger
   * entry): both or neither. Where it met another writer it is tried again, `alongside` too.
   */
  write(
    batch: RecordBatch,
    alongside?: (client: ClientBase, result: WriteResult) => Promise<void>,
  ): Promise<WriteResult>;
  /** Gives its connection back; a dry run is rolled back here. */
  close(): Promise<void>;
}

const TRIES_MAX = 5;
/**
 * Deadlock, lost serialisation, and a row that was not there a moment ago: two exports that claim one message
 * for two channels do not wait for each other's locks.
 */
const TRY_AGAIN = new Set(['40P01', '40001', '23505']);

/** A writer with a connection of its own from the pool. */
export async function openWriter(pool: Pool, options: WriterOptions): Promise<Writer> {
  const client = await pool.connect();
  if (options.dryRun) return dryWriter(client, options);
  return {
    client,
    async write(batch, alongside) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await inTransaction(client, () =>
            // What was taken for new was in the way: it is merged this time.
            writeAlong(client, batch, options, alongside, attempt === 1),
          );
        } catch (error) {
          const code = (error as { code?: string }).code ?? '';
          if (attempt >= TRIES_MAX || !TRY_AGAIN.has(code)) throw error;
        }
      }
    },
    async close() {
      client.release();
    },
  };
}

async function dryWriter(client: PoolClient, options: WriterOptions): Promise<Writer> {
  await client.query(BEGIN);
  return {
    client,
    async write(batch, alongside) {
      const result = await writeAlong(client, batch, options, alongside);
      await clearStaging(client);
      return result;
    },
    async close() {
      distrustStaging(client);
      await client.query('rollback');
      client.release();
    },
  };
}

/**
 * What is written here can be told again, so no commit waits for the disk. A batch is small and the tables are
 * large, and staging tables have no statistics: left alone the planner reads a whole table to join some rows.
 */
const BEGIN = `begin;
set local synchronous_commit = off;
set local enable_hashjoin = off;
set local enable_mergejoin = off`;

async function inTransaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query(BEGIN);
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    distrustStaging(client);
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function writeAlong(
  client: ClientBase,
  batch: RecordBatch,
  { content }: WriterOptions,
  alongside?: (client: ClientBase, result: WriteResult) => Promise<void>,
  mayCopy = true,
): Promise<WriteResult> {
  const result: WriteResult = {
    new: new Set(),
    changed: new Set(),
    forgotten: new Set(),
    excluded: new Set(),
    absent: 0,
  };
  await lockScope(client, batch);
  const guilds = [...byGuild(batch)];
  for (const [i, [guildId, part]] of guilds.entries()) {
    if (i > 0) await deleteStaged(client);
    await writeGuild(client, guildId, part, { content, mayCopy }, result);
  }
  await alongside?.(client, result);
  return result;
}

/** A batch by guilds, in one order everywhere. Nearly every batch is of one. */
function byGuild(batch: RecordBatch): Map<string, RecordBatch> {
  const ids = new Set<string>();
  for (const list of Object.values(batch)) for (const { guildId } of list) ids.add(guildId);
  if (ids.size === 1) return new Map([[[...ids][0]!, batch]]);
  const parts = new Map([...ids].toSorted().map((id) => [id, emptyBatch()]));
  for (const key of Object.keys(batch) as (keyof RecordBatch)[]) {
    for (const record of batch[key]) parts.get(record.guildId)![key].push(record as never);
  }
  return parts;
}
