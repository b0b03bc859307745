/** A store for one answer, whose statements end with it. */
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool, PoolClient } from 'pg';
import type { Db } from './connect.ts';
import type { Schema } from './schema.ts';

/** The time for an answer is over. */
export class TooLateError extends Error {
  override name = 'TooLateError';
}

/** A pool as kysely sees it. */
type Source = Pick<Pool, 'connect' | 'end'>;

/**
 * The same database, for so many ms: the server ends a statement that takes longer, and none is begun behind that. It is not
 * to be closed. Errors: TooLateError; Postgres' 57014 (query_canceled).
 */
export function timeLimited(pool: Pool, limitMs: number, now: () => number): Db {
  const endsAt = now() + limitMs;
  const connect = async (): Promise<PoolClient> => {
    if (now() >= endsAt) throw new TooLateError('The time is over.');
    const client = await pool.connect();
    const leftMs = Math.floor(endsAt - now());
    try {
      if (leftMs <= 0) throw new TooLateError('The time is over.');
      await client.query(`set statement_timeout = ${leftMs}`);
    } catch (error) {
      client.release(!(error instanceof TooLateError));
      throw error;
    }
    // The pool gives a new one with every lending.
    const release = client.release;
    client.release = (isBroken) => {
      if (isBroken) return release.call(client, isBroken);
      client.query('reset statement_timeout').then(
        () => release.call(client),
        () => release.call(client, true),
      );
    };
    return client;
  };
  // Of a pool kysely takes these two.
  const source = { connect, end: async () => {} } as unknown as Source as Pool;
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool: source }) });
}
