/** Which process runs an application's backfills: one at a time. */
import type { Pool } from 'pg';
import type { Snowflake } from './records.ts';

/** The right to run backfills, which one process has at a time. */
export interface RunnerLock {
  /** Aborted when the connection that holds it is lost: another may have it. */
  lost: AbortSignal;
  /** Idempotent. */
  release(): void;
}

/** Beside whatever else locks by an application's id. */
const RUNNER_LOCK = 0x6261_636b;

/** Takes the right for an application; undefined where another process has it. It ends with the process, however that ends. */
export async function takeRunnerLock(pool: Pool, applicationId: Snowflake): Promise<RunnerLock | undefined> {
  const client = await pool.connect();
  const lost = new AbortController();
  const onEnd = () => lost.abort();
  client.on('error', onEnd).on('end', onEnd);
  let isHeld = false;
  try {
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashint8extended($1::bigint, $2)) as taken',
      [applicationId, RUNNER_LOCK],
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
