/** A backup of the whole database, as of one moment. */
import { createHash, type Hash } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { type CopyToStreamQuery, to as copyTo } from 'pg-copy-streams';
import { type BlockWriter, writeBlocks } from './blocks.ts';
import { currentSchema, quoted, tablesOf } from './catalog.ts';
import { onConnection, SETTINGS } from './connection.ts';
import {
  BackupError,
  type BackupHeader,
  type BackupTable,
  type BackupTrailer,
  ROWS_BYTES_MAX,
} from './format.ts';

export interface CopyProgress {
  /** The table that is copied; or what else is done. */
  at: string;
  /** Of the tables' size on disk, about. */
  doneBytes: number;
  totalBytes: number;
}

export interface BackupOptions {
  pool: Pool;
  /** Done when more may come. */
  write(bytes: Buffer): Promise<void>;
  /** The version that makes it. */
  almanac: string;
  nowMs: number;
  onProgress?: (progress: CopyProgress) => void;
  /** Ends it, unfinished. */
  signal?: AbortSignal;
}

export interface BackupCard {
  rows: number;
  bytes: number;
  /** Rows of each. */
  tables: Record<string, number>;
  header: BackupHeader;
}

/** What is copied of a table; rows are known when the server has said so. */
interface Copied {
  name: string;
  stream: CopyToStreamQuery;
  hash: Hash;
}

/**
 * Writes every table as it is in one snapshot; others may go on writing. What is held in memory is some blocks.
 *
 * Errors  BackupError where there is no database of Almanac's
 */
export async function backup(options: BackupOptions): Promise<BackupCard> {
  return onConnection(options.pool, options.signal, async (client) => {
    const header = await begin(client, options);
    const out = await writeBlocks(options.write);
    await out.block('h', json(header));
    const totalBytes = header.tables.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const copied: Copied[] = [];
    let before = 0;
    for (const table of header.tables) {
      const { name: at, sizeBytes } = table;
      const note = (bytes: number) =>
        options.onProgress?.({ at, doneBytes: before + Math.min(bytes, sizeBytes), totalBytes });
      note(0);
      copied.push(await copyTable(client, out, table, note));
      before += sizeBytes;
    }
    await client.query('commit');
    const trailer: BackupTrailer = { tables: {} };
    for (const { name, stream, hash } of copied)
      trailer.tables[name] = { rows: stream.rowCount, sha256: hash.digest('hex') };
    await out.block('z', json(trailer));
    const tables = Object.fromEntries(copied.map(({ name, stream }) => [name, stream.rowCount]));
    return { rows: sum(Object.values(tables)), bytes: out.bytes(), tables, header };
  });
}

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const sum = (numbers: number[]): number => numbers.reduce((a, b) => a + b, 0);

async function begin(client: PoolClient, { almanac, nowMs }: BackupOptions): Promise<BackupHeader> {
  const schema = await currentSchema(client);
  const found = await tablesOf(client, schema);
  if (!found.leftOut.includes('kysely_migration'))
    throw new BackupError('There is nothing of Almanac in this database, so there is nothing to back up.');
  await client.query(`begin transaction isolation level repeatable read, read only; ${SETTINGS}`);
  // Before the snapshot is taken: a step of the schema could make a table anew, which an older snapshot finds empty.
  const names = found.tables.map(({ name }) => quoted(name));
  await client.query(`lock table ${names.join(', ')} in access share mode`);
  const { tables, leftOut } = await tablesOf(client, schema);
  const { rows } = await client.query<{ name: string }>('select name from kysely_migration order by name');
  return {
    almanac,
    createdAt: new Date(nowMs).toISOString(),
    migrations: rows.map(({ name }) => name),
    tables,
    leftOut,
  };
}

async function copyTable(
  client: PoolClient,
  out: BlockWriter,
  { name, columns }: BackupTable,
  note: (bytes: number) => void,
): Promise<Copied> {
  await out.block('t', Buffer.from(name));
  // As text: that is what Postgres promises to read again in any later version.
  const stream = client.query(copyTo(`copy ${quoted(name)} (${columns.map(quoted).join(', ')}) to stdout`));
  const hash = createHash('sha256');
  let parts: Buffer[] = [];
  let bytes = 0;
  let waiting = 0;
  const flush = async () => {
    const rows = Buffer.concat(parts);
    parts = [];
    waiting = 0;
    for (let at = 0; at < rows.length; at += ROWS_BYTES_MAX)
      await out.block('r', rows.subarray(at, at + ROWS_BYTES_MAX));
    note(bytes);
  };
  for await (const part of stream as AsyncIterable<Buffer>) {
    hash.update(part);
    parts.push(part);
    waiting += part.length;
    bytes += part.length;
    if (waiting >= ROWS_BYTES_MAX) await flush();
  }
  if (waiting > 0) await flush();
  return { name, stream, hash };
}
