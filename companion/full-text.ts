/** Keeps the words of texts near to what is recorded live: what is not read yet, a search cannot find. */
import type { Store } from '../db/connect.ts';
import { guildsWithStaleWords, refreshWords } from '../db/full-text/refresh.ts';
import type { ReadingLog } from '../ingest/history/reading.ts';
import { steadyNow } from './clock.ts';
import type { Round } from './round.ts';

export interface WordsOptions {
  store: Store;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Told of each round in which something was done. */
  onRound?(round: Round): void;
  log: ReadingLog;
  now?(): number;
}

/** Where nothing is stale, a look takes 1 ms; with a day of 5,000 messages, all of which are compared, 13 ms; of 50,000, 40 ms. */
const EVERY_MS = 2_000;
/** A tenth of the time is work, in which others wait; but nobody waits longer for words. */
const REST_TIMES = 10;
const REST_MAX_MS = 10_000;

/** Begins at once. It never throws. */
export function startWords({ store, wait, onRound, log, now = steadyNow }: WordsOptions): {
  close(): Promise<void>;
} {
  const stopped = new AbortController();
  const { signal } = stopped;
  const running = run();

  async function run(): Promise<void> {
    while (!signal.aborted) {
      const beganMs = now();
      const guilds = await refreshAll().catch((err: unknown) => void log.warn({ err }, 'words not read'));
      if (guilds !== 0) onRound?.({ startedAtMs: beganMs, endedAtMs: now(), isFailed: guilds === undefined });
      const restMs = REST_TIMES * (now() - beganMs);
      await wait(Math.min(REST_MAX_MS, Math.max(EVERY_MS, restMs)), signal).catch(() => {});
    }
  }

  /** Tells of how many guilds. */
  async function refreshAll(): Promise<number> {
    const ids = await guildsWithStaleWords(store.db);
    for (const guildId of ids) {
      if (signal.aborted) break;
      try {
        for await (const _ of refreshWords(store, guildId)) if (signal.aborted) break;
      } catch (err) {
        // Another guild may fare better.
        log.warn({ err, guildId }, 'words of a server not read');
      }
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
