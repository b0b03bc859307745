/** One hash of everything recorded, to tell whether two databases hold the same. */
import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './connect.ts';
import { RECORDED } from './write/tables.ts';

/** Kept beside what no group of a table holds. */
const ALSO: Record<string, string[]> = { messages: ['absent_at', 'erased'] };

/**
 * The hash of every recorded table: all rows, all columns but times of observation. The ledger is no recorded
 * table, nor are the spans that exports claim.
 *
 * Shape   per table a hash that no order of rows can change (keys are unique, so sums of row hashes do), and
 *         the hash of them all
 */
export async function digest(
  db: Db,
): Promise<{ digest: string; tables: Record<string, { rows: number; hash: string }> }> {
  const tables: Record<string, { rows: number; hash: string }> = {};
  for (const { name, columns } of RECORDED) {
    const kept = [
      ...columns.filter((column) => !column.stamp).map((column) => column.name),
      ...(ALSO[name] ?? []),
    ];
    const row = sql.raw(`row(${kept.map((column) => `t.${column}`).join(', ')})::text`);
    const where = sql.raw(name === 'coverage' ? `where t.grade = 'verified'` : '');
    const { rows } = await sql<{ rows: string; a: string; b: string }>`
      select count(*)::text as rows,
        coalesce(sum(('x' || substr(h, 1, 16))::bit(64)::bigint), 0)::text as a,
        coalesce(sum(('x' || substr(h, 17, 16))::bit(64)::bigint), 0)::text as b
      from (select md5(${row}) as h from ${sql.table(name)} t ${where}) hashed`.execute(db);
    const { rows: count, a, b } = rows[0]!;
    tables[name] = {
      rows: Number(count),
      hash: createHash('sha256').update(`${count}/${a}/${b}`).digest('hex').slice(0, 16),
    };
  }
  const all = createHash('sha256').update(JSON.stringify(tables)).digest('hex');
  return { digest: all, tables };
}
