/** Repairs gaps, one after the other, while recording goes on. */
import type { Pool } from 'pg';
import { type Gap, gapsToRepair } from '../db/gaps.ts';
import { catchUp, type CatchUpOptions } from '../ingest/live/catch-up/catch-up.ts';
import type { Log } from './log.ts';

export interface RepairsOptions {
  pool: Pool;
  /** Guilds that this process records now; others' gaps are others'. */
  guildIds(): string[];
  /** All that a repair needs beside its gap. */
  optionsOf(gap: Gap): Omit<CatchUpOptions, 'gap' | 'signal'>;
  /** What ends all work: a token that is no longer valid. */
  onFatal(error: unknown): void;
  isFatal(error: unknown): boolean;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  log: Log;
}

export interface Repairs {
  /** There may be something to do. */
  nudge(): void;
  close(): Promise<void>;
}

/** Who nudges may not have committed yet, and a repair that failed is tried again: looks come apart from first to last. */
const LOOK_AGAIN_MS = 250;
const LOOK_AGAIN_MAX_MS = 60_000;

/** Starts repairing. */
export function startRepairs(options: RepairsOptions): Repairs {
  const { pool, guildIds, optionsOf, log, wait, isFatal, onFatal } = options;
  const stopped = new AbortController();
  let nudged = new AbortController();
  let lookAgainMs = LOOK_AGAIN_MS;

  async function repair(gap: Gap): Promise<void> {
    const startedAt = performance.now();
    const { guildId } = gap;
    try {
      for await (const _ of catchUp({ ...optionsOf(gap), gap, signal: stopped.signal }));
      if (stopped.signal.aborted) return;
      log.info({ guildId, durationMs: Math.round(performance.now() - startedAt) }, 'gap repaired');
    } catch (err) {
      if (stopped.signal.aborted) return;
      if (isFatal(err)) throw err;
      // Those of other guilds are not to wait for it.
      log.warn({ guildId, err }, 'a gap could not be repaired yet');
    }
  }

  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      nudged = new AbortController();
      try {
        for (const gap of await gapsToRepair(pool, guildIds())) {
          if (stopped.signal.aborted) return;
          await repair(gap);
        }
      } catch (err) {
        if (isFatal(err)) return onFatal(err);
        log.warn({ err }, 'gaps could not be looked at');
      }
      await wait(lookAgainMs, AbortSignal.any([stopped.signal, nudged.signal])).catch(() => {});
      lookAgainMs = Math.min(2 * lookAgainMs, LOOK_AGAIN_MAX_MS);
    }
  }

  const done = run();
  return {
    nudge() {
      lookAgainMs = LOOK_AGAIN_MS;
      nudged.abort();
    },
    async close() {
      stopped.abort();
      await done;
    },
  };
}
