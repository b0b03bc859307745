/** Keeps the sums of big guilds near to what is recorded live: what is stale is counted from the messages, which takes longer the more it is. */
import type { Store } from '../db/connect.ts';
import { guildsToSum } from '../db/rollups/refresh.ts';
import type { ReadingLog } from '../ingest/history/reading.ts';
import { refresh } from './refresh.ts';
import type { Round } from './round.ts';

export interface SumsOptions {
  store: Store;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Told of each round in which something was done. */
  onRound?(round: Round): void;
  /** A clock, ms. */
  now(): number;
  log: ReadingLog;
}

const EVERY_MS = 5 * 60_000;
/** A guild that has grown big is noticed within a day. */
const ROUNDS_A_DAY = 288;

/** Begins at once. It never throws. */
export function startSums({ store, wait, onRound, now, log }: SumsOptions): { close(): Promise<void> } {
  const stopped = new AbortController();
  const { signal } = stopped;
  const running = run();

  async function run(): Promise<void> {
    for (let round = 0; !signal.aborted; round++) {
      const startedAtMs = now();
      const guilds = await refreshAll(round % ROUNDS_A_DAY === 0).catch(
        (err: unknown) => void log.warn({ err }, 'sums not made anew'),
      );
      if (guilds !== 0) onRound?.({ startedAtMs, endedAtMs: now(), isFailed: guilds === undefined });
      await wait(EVERY_MS, signal).catch(() => {});
    }
  }

  /** Tells of how many guilds. */
  async function refreshAll(all: boolean): Promise<number> {
    const ids = await guildsToSum(store.db, { all });
    for (const id of ids) {
      if (signal.aborted) break;
      await refresh(store, id, signal);
    }
    return ids.length;
  }

  return {
    async close() {
      stopped.abort();
      await running;
    },
  };
}
