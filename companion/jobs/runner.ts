/** Runs jobs when they are due: each under a lease, so that of several companions one does it. */
import type { Pool } from 'pg';
import { endJob, type JobLease, leaseJob, listJobs, readJob, renewLease } from '../../db/jobs.ts';
import { TokenError } from '../../ingest/discord/fetch-calls.ts';
import type { ReadingLog } from '../../ingest/history/reading.ts';
import type { Job, Planned } from './job.ts';

export interface JobsOptions {
  pool: Pool;
  jobs: readonly Job[];
  /** A name of this process that no other has. */
  holder: string;
  /** Discord's time, ms. */
  now(): number;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 to 1. */
  random(): number;
  log: ReadingLog;
}

export interface Jobs {
  /** There may be something to do. */
  nudge(): void;
  /** Looks now; settles when all that was due has been done or tried. */
  look(): Promise<void>;
  /** Settles where Discord refuses the token. Rejects: TokenError. */
  ended: Promise<never>;
  /** Begins nothing more, and ends what runs before its next step. */
  close(): Promise<void>;
}

const LOOK_EVERY_MS = 5_000;
/** A process that died holds its jobs no longer than that. */
const LEASE_MS = 60_000;
const RENEW_EVERY_MS = 15_000;
const AT_ONCE = 4;
const BACKOFF_MS = 30_000;
const BACKOFF_MAX_MS = 15 * 60_000;

/** Begins at once. It never throws. */
export function startJobs(options: JobsOptions): Jobs {
  const { pool, jobs, holder, now, wait, random, log } = options;
  const stopped = new AbortController();
  const ended = Promise.withResolvers<never>();
  // Whoever waits for the end hears of it; until then nobody does.
  ended.promise.catch(() => {});
  let nudged = new AbortController();
  const nudge = () => nudged.abort();
  stopped.signal.addEventListener('abort', nudge);
  const running = new Map<string, Promise<void>>();
  /** Due, and without room yet. */
  let waiting: (Planned & { job: Job })[] = [];
  /** When each was last done here. */
  const ranAt = new Map<string, number>();
  /** Leases taken so far. */
  let begun = 0;
  let isReachable = true;

  async function lookAround(): Promise<void> {
    while (!stopped.signal.aborted) {
      nudged = new AbortController();
      try {
        await beginDue();
        isReachable = true;
      } catch (err) {
        if (isReachable) log.warn({ err }, 'jobs could not be looked at');
        isReachable = false;
      }
      if (!stopped.signal.aborted) await wait(LOOK_EVERY_MS, nudged.signal).catch(() => {});
    }
  }

  /** Notes all that is due, the longest due first, and begins as much of it as there is room for. */
  async function beginDue(): Promise<void> {
    const nowMs = now();
    const due: (Planned & { job: Job })[] = [];
    for (const job of jobs)
      for (const planned of await job.plan(nowMs)) if (planned.atMs <= nowMs) due.push({ ...planned, job });
    const resting = new Set(
      due.length === 0
        ? []
        : (await listJobs(pool))
            .filter(({ isRunning, nextAtMs }) => isRunning || (nextAtMs ?? 0) > nowMs)
            .map(({ job, guildId }) => `${job} ${guildId}`),
    );
    waiting = due
      .filter((one) => !resting.has(keyOf(one)) && !hasJustRun(keyOf(one), nowMs))
      .toSorted((a, b) => a.atMs - b.atMs);
    beginWaiting();
  }

  function beginWaiting(): void {
    while (running.size < AT_ONCE && !stopped.signal.aborted) {
      const next = waiting.shift();
      if (!next) return;
      const key = keyOf(next);
      if (running.has(key)) continue;
      const done = perform(next.job, next.guildId).finally(() => {
        running.delete(key);
        ranAt.set(key, now());
        beginWaiting();
      });
      running.set(key, done);
    }
  }

  /** Whatever its plan says, it is not done again and again. */
  function hasJustRun(key: string, nowMs: number): boolean {
    const sinceMs = nowMs - (ranAt.get(key) ?? -Infinity);
    return sinceMs >= 0 && sinceMs < LOOK_EVERY_MS;
  }

  async function perform(job: Job, guildId: string): Promise<void> {
    const lease = await leaseJob(
      pool,
      { guildId, job: job.name },
      { holder, leaseMs: LEASE_MS, nowMs: now() },
    ).catch((err: unknown) => void log.warn({ job: job.name, guildId, err }, 'job could not be begun'));
    if (!lease) return;
    begun++;
    const over = new AbortController();
    const lost = new AbortController();
    const signal = AbortSignal.any([stopped.signal, lost.signal]);
    const renewing = keepLease(lease, over.signal, () => lost.abort());
    try {
      const result = await job.run({ guildId, lease, signal });
      await endJob(pool, lease, { endedAtMs: now(), ...result });
    } catch (err) {
      await onFailure(lease, err, signal.aborted);
    } finally {
      over.abort();
      await renewing;
    }
  }

  async function onFailure(lease: JobLease, err: unknown, isStopped: boolean): Promise<void> {
    const { job, guildId } = lease;
    if (err instanceof TokenError) {
      stopped.abort();
      ended.reject(err);
    }
    // Where the database is away, the lease ends by itself.
    if (isStopped)
      return endJob(pool, lease, { endedAtMs: now(), outcome: 'waiting', note: 'stopped' }).catch(() => {});
    log.warn({ job, guildId, err }, 'job failed, and is tried again');
    await endFailed(lease, err).catch(() => {});
  }

  async function endFailed(lease: JobLease, err: unknown): Promise<void> {
    const known = await readJob(pool, lease);
    const failures = known?.failures ?? 0;
    const backoffMs = Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** failures) * (0.5 + random() / 2);
    const endedAtMs = now();
    await endJob(pool, lease, {
      endedAtMs,
      outcome: 'failed',
      note: nameOf(err),
      nextAtMs: endedAtMs + backoffMs,
    });
  }

  /** Renews it until it is over, or lost: another's by now, or not renewed for so long that it may be. */
  async function keepLease(lease: JobLease, over: AbortSignal, onLost: () => void): Promise<void> {
    let failed = 0;
    while (!over.aborted) {
      await wait(RENEW_EVERY_MS, over).catch(() => {});
      if (over.aborted) return;
      const isOurs = await renewLease(pool, lease, LEASE_MS).catch(() => undefined);
      failed = isOurs === undefined ? failed + 1 : 0;
      if (isOurs === false || failed * RENEW_EVERY_MS >= LEASE_MS / 2) return onLost();
    }
  }

  const looking = lookAround();
  return {
    nudge,
    async look() {
      let before: number;
      do {
        before = begun;
        await beginDue();
        while (running.size > 0) await Promise.all(running.values());
      } while (begun > before && !stopped.signal.aborted);
    },
    ended: ended.promise,
    async close() {
      stopped.abort();
      await looking;
      await Promise.all(running.values());
    },
  };
}

const keyOf = ({ job, guildId }: Planned & { job: Job }): string => `${job.name} ${guildId}`;

const nameOf = (error: unknown): string => {
  const { name = typeof error, code } = error as { name?: string; code?: unknown };
  return typeof code === 'string' || typeof code === 'number' ? `${name} ${code}` : name;
};
