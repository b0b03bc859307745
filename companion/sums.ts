/** Keeps the sums of big guilds near to what is recorded live: what is stale is counted from the messages, which takes longer the more it is. */
import type { Store } from '../db/connect.ts';
import { guildsToSum } from '../db/rollups/refresh.ts';
import type { ReadingLog } from '../ingest/history/reading.ts';
import { refresh } from './refresh.ts';

export interface SumsOptions {
  store: Store;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  log: ReadingLog;
}

const EVERY_MS = 5 * 60_000;
/** A guild that has grown big is noticed within a day. */
const ROUNDS_A_DAY = 288;

/** Begins at once. It never throws. */
export function startSums({ store, wait, log }: SumsOptions): { close(): Promise<void> } {
  const stopped = new AbortController();
  const { signal } = stopped;
  const running = run();

  async function run(): Promise<void> {
    for (let round = 0; !signal.aborted; round++) {
      await refreshAll(round % ROUNDS_A_DAY === 0).catch((err: unknown) =>
        log.warn({ err }, 'sums not made anew'),
      );
      await wait(EVERY_MS, signal).catch(() => {});
    }
  }

  async function refreshAll(all: boolean): Promise<void> {
    for (const id of await guildsToSum(store.db, { all })) {
      if (signal.aborted) return;
      await refresh(store, id, signal);
    }
  }

  return {
    async close() {
      stopped.abort();
      await running;
    },
  };
}
