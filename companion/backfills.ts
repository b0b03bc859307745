/** Works on the backfills that are queued: one process of an application does, and others stand by. */
import type { Pool } from 'pg';
import { type RunnerLock, takeRunnerLock } from '../db/runner-lock.ts';
import { type Run, type RunKey, runsToDo, setRunState, touchRun } from '../db/runs.ts';
import type { BackfillEnd } from '../ingest/backfill/backfill.ts';
import { TokenError } from '../ingest/discord/fetch-calls.ts';
import type { ReadingLog } from '../ingest/history/reading.ts';
import { isAway } from '../ingest/away.ts';
import { Turns, type Worker } from './turns.ts';

export interface BackfillsOptions {
  pool: Pool;
  applicationId: string;
  /** As `backfill()` works on a run. */
  work: Worker;
  /** A run is done, as far as it could be: what follows from it. The signal ends that. */
  onDone(run: Run, end: BackfillEnd, signal: AbortSignal): Promise<void>;
  /** A clock that never jumps, ms since 1970. */
  now(): number;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 to 1. */
  random(): number;
  log: ReadingLog;
}

/** The backfills of this process. */
export interface Backfills {
  /** There may be something to do. */
  nudge(): void;
  /** Whether it is this process that works on backfills. */
  isRunner(): boolean;
  /** Stops working on a run between pages, and pauses it. */
  pause(key: RunKey, reason: string): Promise<void>;
  /** Settles where Discord refuses the token. Rejects: TokenError. */
  ended: Promise<never>;
  /** Stops between pages; what was asked for is written, and runs stay to be gone on with. */
  close(): Promise<void>;
}

const POLL_MS = 2_000;
const LOCK_AGAIN_MS = 3_000;
const BACKOFF_MS = 1_000;
const BACKOFF_MAX_MS = 300_000;

/** Starts working on what is queued, as soon as no other process does. */
export function startBackfills(options: BackfillsOptions): Backfills {
  const { pool, wait, log } = options;
  const stopped = new AbortController();
  const ended = Promise.withResolvers<never>();
  // Whoever waits for the end hears of it; until then nobody does.
  ended.promise.catch(() => {});
  let nudged = new AbortController();
  const nudge = () => nudged.abort();
  const fail = (error: unknown) => {
    stopped.abort();
    ended.reject(error);
  };
  stopped.signal.addEventListener('abort', nudge);
  const turns = makeTurns(options, nudge, fail);
  /** Waits, unless something has happened since `nudged` was made. */
  const pause = (ms: number) => wait(ms, nudged.signal).catch(() => {});

  /** What can't be asked now is nothing, and told once. */
  let isReachable = true;
  async function reach<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      const answer = await ask();
      isReachable = true;
      return answer;
    } catch (err) {
      if (isReachable) log.warn({ err }, 'backfills could not be looked at');
      isReachable = false;
      return undefined;
    }
  }

  let isRunner = false;
  async function run(): Promise<void> {
    while (!stopped.signal.aborted) {
      nudged = new AbortController();
      const lock = await reach(() => takeRunnerLock(pool, options.applicationId, 'backfills'));
      isRunner = lock !== undefined;
      if (lock) await runLocked(lock);
      isRunner = false;
      if (!stopped.signal.aborted) await pause(LOCK_AGAIN_MS * (0.5 + options.random() / 2));
    }
  }

  async function runLocked({ lost, release }: RunnerLock): Promise<void> {
    const isOver = () => stopped.signal.aborted || lost.aborted;
    lost.addEventListener('abort', nudge);
    while (!isOver()) {
      nudged = new AbortController();
      const todo = await reach(() => runsToDo(pool));
      if (todo && !isOver()) turns.offer(todo);
      await pause(POLL_MS);
    }
    if (lost.aborted) log.warn({}, 'the right to run backfills was lost with its connection');
    await turns.close();
    release();
  }

  const done = run();
  return {
    nudge,
    isRunner: () => isRunner,
    pause: (key, reason) =>
      turns.end(key, async () => {
        await setRunState(pool, key, 'paused', { reason, nowMs: options.now() });
      }),
    ended: ended.promise,
    async close() {
      stopped.abort();
      await done;
    },
  };
}

function makeTurns(
  { pool, work, onDone, now, random, log }: BackfillsOptions,
  onRoom: () => void,
  fail: (error: unknown) => void,
): Turns {
  return new Turns({
    work,
    now,
    onRoom,
    // Where the database is away, the work itself finds out.
    onStep: (run) => void touchRun(pool, run, now()).catch(() => {}),
    async onEnd(run, end, signal) {
      const { state, card } = end;
      const { messages, requests, activeMs: durationMs } = card;
      log.info({ guildId: run.guildId, state, messages, requests, durationMs }, 'backfill worked on');
      if (state === 'done' || state === 'partly') await onDone(run, end, signal);
    },
    async onError(run, err, attempt) {
      const { guildId } = run;
      if (err instanceof TokenError) {
        log.warn({ guildId, err }, 'backfills ended, since Discord refuses the token');
        fail(err);
      } else if (!isAway(err)) {
        log.warn({ guildId, err }, 'backfill failed by an error that nobody expected');
        const reason = `an unexpected error (${nameOf(err)})`;
        // Where the database is away the run stays as it is, and fails again.
        await setRunState(pool, run, 'failed', { reason, nowMs: now() }).catch(() => {});
      } else {
        const againInMs = Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** (attempt - 1)) * (0.5 + random() / 2);
        log.warn({ guildId, err, againInMs }, 'backfill broken off, and tried again');
        return againInMs;
      }
      return BACKOFF_MS;
    },
  });
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error);
