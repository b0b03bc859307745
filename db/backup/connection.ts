import type { Pool, PoolClient } from 'pg';

/**
 * Works on one connection, which an abort cuts: what runs on it ends, and the server undoes what was not committed. Settings
 * of an operator that end long statements don't count.
 */
export async function onConnection<T>(
  pool: Pool,
  signal: AbortSignal | undefined,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const client = await pool.connect();
  let isOver = false;
  const leave = (isBroken: boolean) => {
    if (!isOver) client.release(isBroken);
    isOver = true;
  };
  const cut = () => leave(true);
  signal?.addEventListener('abort', cut);
  try {
    // It may have been while we connected.
    signal?.throwIfAborted();
    const result = await work(client);
    leave(false);
    return result;
  } catch (error) {
    if (!isOver) await client.query('rollback').catch(() => {});
    leave(true);
    throw signal?.aborted ? signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', cut);
  }
}

/** For a transaction that may take long, and whose texts are the same whatever the server is set to. */
export const SETTINGS = `
  set local statement_timeout = 0;
  set local idle_in_transaction_session_timeout = 0;
  set local datestyle = 'ISO, YMD';
  set local timezone = 'UTC';
  set local bytea_output = 'hex';
  set local extra_float_digits = 1`;
