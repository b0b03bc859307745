/** Keeps sums and words near to what is recorded: one process of an application does, and others stand by. */
import type { Pool } from 'pg';
import { takeRunnerLock } from '../db/runner-lock.ts';
import type { ReadingLog } from '../ingest/history/reading.ts';

export interface UpkeepOptions {
  pool: Pool;
  applicationId: string;
  /** Begins the work, for as long as it is this process's. */
  begin(): { close(): Promise<void> }[];
  wait(ms: number, signal: AbortSignal): Promise<void>;
  log: ReadingLog;
}

const LOCK_AGAIN_MS = 5_000;

/** Begins as soon as no other process does. It never throws. */
export function startUpkeep({ pool, applicationId, begin, wait, log }: UpkeepOptions): {
  close(): Promise<void>;
} {
  const stopped = new AbortController();
  const running = run();

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      const lock = await takeRunnerLock(pool, applicationId, 'upkeep').catch(() => undefined);
      if (lock) {
        const works = begin();
        await aborted(AbortSignal.any([stopped.signal, lock.lost]));
        if (lock.lost.aborted) log.warn({}, 'the right to the upkeep was lost with its connection');
        await Promise.all(works.map((work) => work.close()));
        lock.release();
      }
      await wait(LOCK_AGAIN_MS, stopped.signal).catch(() => {});
    }
  }

  return {
    async close() {
      stopped.abort();
      await running;
    },
  };
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
