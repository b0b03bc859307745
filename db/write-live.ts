/** A batch of live events on its way in: it ends in time, and what is committed stays. */
import type { ClientBase, Pool, PoolClient } from 'pg';
import type { ContentChoice } from './keep.ts';
import type { RecordBatch } from './records.ts';
import { openWriter } from './write-batch.ts';

export interface LiveWriteOptions {
  content: ContentChoice;
  /** Of the whole transaction. */
  limitMs: number;
  /** Ends it at once. */
  signal: AbortSignal;
}

/** Postgres could not be reached, was lost on the way, or took too long. Whether the batch was committed is unknown. */
export class PostgresAwayError extends Error {
  override name = 'PostgresAwayError';
}

/** It took too long; less at once may not. */
export class PostgresSlowError extends PostgresAwayError {
  override name = 'PostgresSlowError';
}

/**
 * Writes a batch and what `alongside` writes in one transaction, on a connection that goes back to the pool.
 *
 * Errors  PostgresAwayError: try again later. Anything else: the database, or code of ours, refused this batch.
 */
export async function writeLive(
  pool: Pool,
  batch: RecordBatch,
  { content, limitMs, signal }: LiveWriteOptions,
  alongside: (client: ClientBase) => Promise<void>,
): Promise<void> {
  const inTime = deadline(limitMs, signal);
  try {
    const opening = openWriter(pool, { content });
    const writer = await inTime.of(opening).catch((error) => {
      // It may open yet, when nobody waits for it any more.
      opening.then((late) => late.close()).catch(() => {});
      throw away(error);
    });
    // The writer took it from the pool.
    const client = writer.client as PoolClient;
    let isSound = false;
    const work = async () => {
      await client.query(limits(limitMs));
      try {
        await writer.write(batch, async (within) => {
          await alongside(within);
          // What is committed leaves the spool, or is acknowledged to Discord: it has to survive a crash of Postgres.
          await within.query('set local synchronous_commit to default');
        });
      } finally {
        isSound = await client.query(NO_LIMITS).then(
          () => true,
          () => false,
        );
      }
    };
    try {
      await inTime.of(work());
    } catch (error) {
      if ((error as { code?: unknown }).code === QUERY_CANCELED)
        throw new PostgresSlowError('Postgres took too long', { cause: error });
      throw isSound ? error : away(error);
    } finally {
      client.release(!isSound);
    }
  } finally {
    inTime.end();
  }
}

/** By the limit of a statement. */
const QUERY_CANCELED = '57014';

/** The server gives up as well: who waits for a lock would not notice that nobody waits for him. */
const limits = (limitMs: number): string =>
  `set statement_timeout = ${Math.ceil(limitMs)}; set idle_in_transaction_session_timeout = ${Math.ceil(limitMs)}`;
const NO_LIMITS = 'reset statement_timeout; reset idle_in_transaction_session_timeout';

const away = (cause: unknown): PostgresAwayError =>
  cause instanceof PostgresAwayError ? cause : new PostgresAwayError('Postgres is away', { cause });

/** Work that is waited for no longer than this. */
function deadline(limitMs: number, signal: AbortSignal) {
  const over = Promise.withResolvers<never>();
  over.promise.catch(() => {});
  const stop = () => over.reject(new PostgresAwayError('stopped'));
  const timer = setTimeout(() => over.reject(new PostgresSlowError('Postgres took too long')), limitMs);
  signal.addEventListener('abort', stop);
  if (signal.aborted) stop();
  return {
    of<T>(work: Promise<T>): Promise<T> {
      work.catch(() => {});
      return Promise.race([work, over.promise]);
    },
    end() {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    },
  };
}
