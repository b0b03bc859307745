/** What tests of backups share: rows of every kind, backups in memory, and what two databases hold. */
import type { Pool } from 'pg';
import { backup, type BackupCard } from '../../db/backup/backup.ts';
import { currentSchema, tablesOf } from '../../db/backup/catalog.ts';
import { openBackup } from '../../db/backup/open.ts';
import { restore, type RestoreCard, type RestoreOptions } from '../../db/backup/restore.ts';
import type { Store } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { connected, useEmptyDatabases } from '../support/empty-database.ts';

export const NOW_MS = Date.UTC(2026, 10, 20, 12);

/** What a text format could trip over. */
const TEXTS = [
  String.raw`\.`,
  String.raw`\N`,
  '\\',
  String.raw`back\slash\n`,
  'tab\there',
  'line\nline\r\nline\r',
  '\n\\.\n',
  '🎈 é 👩‍👩‍👧 ﷽',
  '',
  ' ',
  '\u0001\u007f\u0085\u2028',
  `"quoted", 'single', $$`,
  'NULL',
  '{null}',
];

/** Of each type a value, and some that are odd. */
const VALUES: Record<string, (i: number, column: string) => unknown> = {
  bigint: (i) => (i === 3 ? '9000000000000000001' : String(i + 1)),
  integer: (i) => i,
  smallint: (i) => 1 + (i % 7),
  boolean: (i) => i % 2 === 0,
  text: (i, column) => (i === 9 && column === 'content' ? '🎈\\\n'.repeat(33_000) : TEXTS[i]),
  jsonb: (i) =>
    JSON.stringify({ text: TEXTS[i], deep: [[null, 1e-7, 12345678901234567890n.toString()], {}, true] }),
  'timestamp with time zone': (i) =>
    ['infinity', '-infinity', '0044-03-15 12:00:00+00 BC', '2026-10-25 02:30:00.123456+02'][i] ??
    `2026-01-01 00:00:0${i % 10}Z`,
  date: (i) => (i === 0 ? '-infinity' : `2026-01-${10 + i}`),
  'bigint[]': (i) => (i === 1 ? '{}' : `{${i},null,-9223372036854775808}`),
  'bit(150)': (i) => String(i % 2).repeat(150),
  tsvector: (i) => ["'a':1A 'it''s':2,3B '\\\\':4", '', `'ß' '🎈':5C`][i % 3],
  bytea: (i) => Buffer.from([0, 92, 46, 10, i]),
};

/** As many rows in each table as there are odd texts, whatever tables there are. */
export async function fillEveryTable(pool: Pool): Promise<void> {
  for (const { name } of await tables(pool)) {
    const { rows: columns } = await pool.query<{ name: string; type: string; choice: string | null }>(
      `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
         (select substring(pg_get_constraintdef(k.oid) from '''(\\w+)''::text') from pg_constraint k
          where k.conrelid = a.attrelid and k.contype = 'c' and a.attnum = any(k.conkey)) as choice
       from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped`,
      [name],
    );
    const list = columns.map((column) => column.name).join(', ');
    const places = columns.map((_, i) => `$${i + 1}`).join(', ');
    for (let i = 0; i < TEXTS.length; i++)
      await pool.query(
        `insert into ${name} (${list}) values (${places})`,
        columns.map(({ name: column, type, choice }) => choice ?? VALUES[type]!(i, column)),
      );
  }
}

/** The tables that are backed up. */
export const tables = async (pool: Pool) => (await tablesOf(pool, await currentSchema(pool))).tables;

/** What a restored database has otherwise, on purpose. */
export const OF_THE_MOMENT: Record<string, string[]> = {
  jobs: ['holder', 'leased_until', 'token'],
  shards: ['holder', 'session_id', 'resume_url', 'sequence'],
  posts: ['unsure_since'],
  stale_days: ['marked_by'],
  stale_words: ['marked_by'],
};

/** Each table's rows as one hash, and how many there are; without the columns that are left out. */
export async function contents(
  pool: Pool,
  leftOut: Record<string, string[]> = {},
): Promise<Record<string, string>> {
  const hashes: Record<string, string> = {};
  for (const { name } of await tables(pool)) {
    const { rows } = await pool.query<{ hash: string }>(
      `select count(*) || ' rows ' || coalesce(md5(string_agg(h, '' order by h)), '') as hash
       from (select distinct md5((to_jsonb(t) - $1::text[])::text) as h from ${name} t) hashed`,
      [leftOut[name] ?? []],
    );
    hashes[name] = rows[0]!.hash;
  }
  return hashes;
}

/** A backup in memory. */
export async function backedUp(
  pool: Pool,
  more: { signal?: AbortSignal; onProgress?: () => void } = {},
): Promise<{ bytes: Buffer; card: BackupCard }> {
  const parts: Buffer[] = [];
  const write = async (part: Buffer) => void parts.push(Buffer.from(part));
  const card = await backup({ pool, write, almanac: '0.1.0', nowMs: NOW_MS, ...more });
  return { bytes: Buffer.concat(parts), card };
}

/** In parts of a size that ends at no block. */
export async function* inParts(bytes: Buffer, size = 1000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export async function restored(
  { pool }: Pick<Store, 'pool'>,
  bytes: Buffer,
  more: Partial<RestoreOptions> = {},
): Promise<RestoreCard> {
  return restore(await openBackup(inParts(bytes)), { pool, nowMs: NOW_MS, ...more });
}

/** Gives a migrated database without a guild for as long as `work` takes. */
export function useTargets(): <T>(work: (store: Store) => Promise<T>) => Promise<T> {
  const makeEmpty = useEmptyDatabases();
  return async (work) =>
    connected(await makeEmpty(), async (store) => {
      await migrate(store.db);
      return work(store);
    });
}
