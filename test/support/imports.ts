/** Importing and verifying as the program does, in this process. */
import type { ReportCard } from '../../ingest/dce/card.ts';
import { importExports, type ImportOptions } from '../../ingest/dce/import.ts';
import {
  type Finding,
  verifyExports,
  type VerifyOptions,
  type VerifyResult,
} from '../../ingest/dce/verify.ts';
import { digest } from '../../db/digest.ts';
import type { Store } from '../../db/connect.ts';
import { RECORDED } from '../../db/write/tables.ts';
import type { TestDatabase } from './database.ts';

/** Where no other clock is given: after every message that the tests make. */
export const NOW_MS = Date.UTC(2026, 10, 20);

/** Imports to the end; tells the card. */
export async function imported(
  { pool }: Pick<Store, 'pool'>,
  paths: string[],
  options: Partial<ImportOptions> = {},
): Promise<ReportCard> {
  const running = importExports(paths, {
    pool,
    content: 'full',
    nowMs: NOW_MS,
    includeDirectMessages: false,
    isDryRun: false,
    lanes: 1,
    ...options,
  });
  for (;;) {
    const { done, value } = await running.next();
    if (done) return value;
  }
}

/** Verifies to the end: the sum, and every difference. */
export async function verified(
  { db, pool }: Pick<Store, 'db' | 'pool'>,
  paths: string[],
  options: Partial<VerifyOptions> = {},
): Promise<VerifyResult & { findings: Finding[] }> {
  const running = verifyExports(paths, {
    db,
    pool,
    content: 'full',
    nowMs: NOW_MS,
    includeDirectMessages: false,
    ...options,
  });
  const findings: Finding[] = [];
  for (;;) {
    const { done, value } = await running.next();
    if (done) return { ...value, findings };
    findings.push(value);
  }
}

/** The hash of all that is recorded. */
export const hashOf = async ({ db }: Pick<Store, 'db'>): Promise<string> => (await digest(db)).digest;

/** What the hash is of, as lines: table, then the row without the times at which it was seen. */
export async function factsOf({ pool }: Pick<Store, 'pool'>): Promise<string[]> {
  const lines: string[] = [];
  for (const { name, key, columns } of RECORDED) {
    const kept = columns.filter((column) => !column.stamp).map((column) => column.name);
    if (name === 'messages') kept.push('absent_at', 'erased');
    const { rows } = await pool.query<{ row: string }>(
      `select row_to_json(x)::text as row from (select ${kept.join(', ')} from ${name}
         ${name === 'coverage' ? `where grade = 'verified'` : ''} order by ${key.map((column) => column.name).join(', ')}) x`,
    );
    lines.push(...rows.map(({ row }) => `${name} ${row.replaceAll(/,?"\w+":null/g, '')}`));
  }
  return lines;
}

/** Forgets which files were taken in, and nothing else. */
export async function emptyLedger({ pool }: Pick<TestDatabase, 'pool'>): Promise<void> {
  await pool.query('delete from imports');
}
