/** A run of backfill followed to its end, whichever process works on it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../db/connect.ts';
import { listRuns, readRun, type Run } from '../../db/runs.ts';
import { openBackfillCard } from '../../ingest/backfill/card.ts';
import type { BackfillDisplay } from './display.ts';
import type { Backfills } from './door.ts';
import { percent } from './words.ts';
import { UserError } from '../context.ts';

export interface Following {
  store: Store;
  backfills: Backfills;
  display: BackfillDisplay;
  /** Ends the following. */
  signal: AbortSignal;
}

const LOOK_EVERY_MS = 1_000;
/** Who works on a run says so every few seconds. */
const SILENT_MS = 20_000;
/** It is begun so soon, where nothing else goes first. */
const WAITS_MS = 3_000;
const AWAY_MS_MAX = 600_000;
/** Of one server, to look through for those that go first. */
const RUNS_MAX = 20;

const FOLLOWING =
  'Another process works on it (npx almanac start, say), and this one follows. Ctrl+C ends the following, not the backfill.';

export const isOver = ({ state }: Run): boolean => state !== 'queued' && state !== 'running';

/**
 * Follows a run until it has ended or is paused; undefined where the signal ended that.
 *
 * Errors  TokenError, of the backfills of this process; Postgres', where it was away for long
 */
export async function followRun(run: Run, following: Following): Promise<Run | undefined> {
  const { display, backfills } = following;
  const failed = new AbortController();
  backfills.ended.catch((error: unknown) => failed.abort(error));
  const signal = AbortSignal.any([following.signal, failed.signal]);
  let seen = { run, atMs: performance.now() };
  let isTold = false;
  try {
    while (!signal.aborted) {
      const now = await untilAborted(look({ ...following, signal }, run), signal);
      if (!now) break;
      if (isOver(now)) return now;
      const isNews = now.updatedAtMs !== seen.run.updatedAtMs;
      if (isNews && now.state === 'running' && !backfills.isRunner() && !isTold) {
        display.say(FOLLOWING);
        isTold = true;
      }
      seen = { run: now, atMs: isNews ? performance.now() : seen.atMs };
      display.show(
        openBackfillCard(now.card),
        await noteOf(now, performance.now() - seen.atMs, following.store),
      );
      await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
    }
    if (failed.signal.aborted) throw failed.signal.reason;
    return undefined;
  } finally {
    display.end();
  }
}

/** The run as it is now. An embedded database that has ended is started again. */
async function look({ store, display, signal }: Following, run: Run): Promise<Run | undefined> {
  const sinceMs = performance.now();
  while (!signal.aborted) {
    const now = await readRun(store.pool, run).catch((error: unknown) => {
      if (performance.now() - sinceMs > AWAY_MS_MAX) throw error;
      return null;
    });
    if (now === undefined) throw new UserError('The backfill is no longer in the database.');
    if (now) return now;
    display.show(openBackfillCard(run.card), 'the database is away, and asked again');
    await store.revive().catch(() => {});
    await sleep(LOOK_EVERY_MS, undefined, { signal }).catch(() => {});
  }
  return undefined;
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  const aborted = Promise.withResolvers<undefined>();
  const onAbort = () => aborted.resolve(undefined);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** What keeps it waiting, if anything. */
async function noteOf(run: Run, silentMs: number, { pool }: Store): Promise<string | undefined> {
  if (run.state === 'running') {
    return silentMs < SILENT_MS ? undefined : `nothing new for ${Math.round(silentMs / 1000)} s`;
  }
  if (silentMs < WAITS_MS) return undefined;
  const runs = await listRuns(pool, { guildId: run.guildId, limit: RUNS_MAX }).catch(() => []);
  const earlier = runs.findLast((one) => !isOver(one) && one.askedAtMs < run.askedAtMs);
  if (!earlier) return 'waits for its turn';
  return `an earlier backfill of this server goes first (${percent(openBackfillCard(earlier.card).share)})`;
}
