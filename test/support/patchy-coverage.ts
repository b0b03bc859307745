/** A community of which not all is recorded. */
import { snowflakeMs } from '../../db/snowflake.ts';
import type { TestDatabase } from './database.ts';

type Row = Record<string, unknown>;

const DAY = 86_400_000n << 22n;

/** Makes worse what is covered: exports that lack an end or a middle, that overlap, or that broke; and Discord's answers. */
export async function makePatchy({ pool }: Pick<TestDatabase, 'pool'>): Promise<void> {
  const { rows } = await pool.query('select * from coverage order by channel_id');
  const add = (row: Row, from: bigint, to: bigint, source: string, grade: string, at = row.at) =>
    pool.query('insert into coverage values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing', [
      row.guild_id,
      row.channel_id,
      String(from),
      String(to),
      source,
      grade,
      at,
    ]);
  for (const [i, row] of rows.entries()) {
    const [from, to] = [BigInt(row.from_id), BigInt(row.to_id)];
    const part = (to - from) / 5n;
    if (i % 7 < 6) await pool.query('delete from coverage where channel_id = $1', [row.channel_id]);
    if (i % 7 === 0) await add(row, from, to - 2n * part, 'dce', 'claimed');
    if (i % 7 === 1) {
      await add(row, from, from + part, 'dce', 'claimed');
      await add(row, from + part + 1n, from + 2n * part, 'dce', 'claimed');
      await add(row, from + 3n * part, to, 'dce', 'claimed');
    }
    if (i % 7 === 2) {
      await add(row, from - DAY, from + 3n * part, 'rest', 'verified');
      await add(row, from + 2n * part, to + DAY, 'gateway', 'verified');
      await add(row, from + part, to, 'dce', 'claimed');
    }
    if (i % 7 === 3) {
      await add(row, from, to, 'dce', 'claimed', new Date(snowflakeMs(String(to)) + 3_600_000));
    }
    if (i % 7 === 4) await addFile(pool, row, i % 2 === 0 ? 'damaged' : 'taken');
    if (i % 7 === 5) await addFile(pool, row, 'running');
  }
}

/** An entry of the ledger; a change of the channels that are left out empties it. */
const addFile = (pool: TestDatabase['pool'], { guild_id, channel_id }: Row, state: string) =>
  pool.query(
    `insert into imports (guild_id, sha256, channel_id, size_bytes, observed_at, state, reader, resume_offset,
       resume_index, card, started_at) values ($1, $2::bigint::text, $2::bigint, 0, now(), $3, '', 0, 0, '{}', now())`,
    [guild_id, channel_id, state],
  );
