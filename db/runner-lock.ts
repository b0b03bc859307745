/** What one process of an application does at a time: its backfills, and the upkeep of what is kept beside the messages. */
import type { Pool } from 'pg';
import type { Snowflake } from './records.ts';

/** The right to something, which one process has at a time. */
export interface RunnerLock {
  /** Aborted when the connection that holds it is lost: another may have it. */
  lost: AbortSignal;
  /** Idempotent. */
  release(): void;
}

/** Beside whatever else locks by an application's id. */
const LOCKS = { backfills: 0x6261_636b, upkeep: 0x7570_6b70 };

/** Takes the right for an application; undefined where another process has it. It ends with the process, however that ends. */
export async function takeRunnerLock(
  pool: Pool,
  applicationId: Snowflake,
  to: keyof typeof LOCKS,
): Promise<RunnerLock | undefined> {
  const client = await pool.connect();
  const lost = new AbortController();
  const onEnd = () => lost.abort();
  client.on('error', onEnd).on('end', onEnd);
  let isHeld = false;
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashint8extended($1::bigint, $2)) as taken',
      [applicationId, LOCKS[to]],
    );
    isHeld = rows[0]!.taken;
  } catch (error) {
    client.release(true);
    throw error;
  }
  if (!isHeld) {
    client.off('error', onEnd).off('end', onEnd);
    client.release();
    return undefined;
  }
  let isReleased = false;
  return {
    lost: lost.signal,
    release() {
      if (isReleased) return;
      isReleased = true;
      client.off('error', onEnd).off('end', onEnd);
      // The connection goes with the lock: nobody else gets it with the lock in it.
      client.release(true);
    },
  };
}
