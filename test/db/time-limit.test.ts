import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { timeLimited, TooLateError } from '../../db/time-limit.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();

describe('a store for one answer', () => {
  it('has its long statements ended by the server, and leaves the connections as they were', async () => {
    const db = timeLimited(database.pool, 300, () => performance.now());
    await expect(sql`select pg_sleep(30)`.execute(db)).rejects.toMatchObject({ code: '57014' });
    const shown = await Promise.all(
      Array.from({ length: 6 }, () =>
        database.pool.query('select pg_sleep(0.01), current_setting($1) as is', ['statement_timeout']),
      ),
    );
    expect(shown.map(({ rows }) => rows[0].is)).toEqual(Array(6).fill('0'));
  });

  it('begins no statement behind its end', async () => {
    let now = 0;
    const db = timeLimited(database.pool, 1000, () => now);
    expect((await sql`select 1 as one`.execute(db)).rows).toEqual([{ one: 1 }]);
    now = 1000;
    await expect(sql`select 1`.execute(db)).rejects.toThrow(TooLateError);
  });
});
