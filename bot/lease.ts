/** Which shards this process records: one process a shard, and others stand by to take it over. */
import type { Pool } from 'pg';
import {
  type Alive,
  beatShard,
  claimShard,
  readShard,
  releaseShard,
  type SeenLease,
  type ShardKey,
  takeOver,
} from '../db/shards.ts';
import type { Log } from './log.ts';

export interface LeaseOptions {
  pool: Pool;
  keys: ShardKey[];
  /** A name that no other process has, nor an earlier run of this one. */
  holder: string;
  /** Whether a holder is dead for certain; one on another machine never is. */
  isDead(holder: string): boolean;
  /** A clock that never jumps, ms. */
  now(): number;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Until when every event of a shard is kept; absent, or nothing: not known now. */
  aliveUntil?(shardId: number): Alive | undefined;
  /** The shard is ours from now on. */
  onHeld(shardId: number): void;
  /** Another process holds the shard: stop recording it. We stand by for it again. */
  onLost(shardId: number): void;
  log: Log;
}

export interface Lease {
  /** The shards that are ours now. */
  held(): number[];
  /** Gives all back, so that a stand-by takes them at once. */
  release(): Promise<void>;
}

const BEAT_MS = 3_000;
const POLL_MS = 1_000;
/** With a second for the poll and some for the connection, a dead process's shard is recorded again within 30 s. */
const STILL_MAX_MS = 25_000;
/** Between two polls no more is counted, however long it was: this process may have been asleep. */
const POLL_COUNTS_MAX_MS = 2_000;
/** Where Postgres is away nothing can be given back: the stand-by finds out by itself. */
const RELEASE_MAX_MS = 3_000;

/** Holds shards: what is free is ours when this resolves, and for the rest it stands by. */
export async function holdShards(options: LeaseOptions): Promise<Lease> {
  const released = new AbortController();
  const places = options.keys.map((key) => makePlace(key, options));
  await Promise.all(places.map((place) => place.step()));
  const loops = places.map(async (place) => {
    while (!released.signal.aborted) {
      await options.wait(place.isHeld() ? BEAT_MS : POLL_MS, released.signal).catch(() => {});
      if (!released.signal.aborted) await place.step();
    }
    await place.release();
  });
  return {
    held: () => places.filter((place) => place.isHeld()).map((place) => place.shardId),
    async release() {
      released.abort();
      const done = new AbortController();
      const late = options.wait(RELEASE_MAX_MS, done.signal).catch(() => {});
      await Promise.race([Promise.all(loops), late]);
      done.abort();
    },
  };
}

/** One shard, held or waited for. */
function makePlace(key: ShardKey, options: LeaseOptions) {
  const { pool, holder, isDead, now, onHeld, onLost, log } = options;
  const { shardId } = key;
  const still = makeStillness(now);
  let isHeld = false;
  let isReachable = true;

  async function step(): Promise<void> {
    try {
      if (isHeld) await beat();
      else await poll();
      if (!isReachable) log.info({ shardId }, 'lease reachable again');
      isReachable = true;
    } catch (err) {
      // Whoever holds the shard keeps it, here as in every other process: an outage decides nothing.
      still.interrupt();
      if (isReachable) log.warn({ shardId, err }, 'lease not reachable');
      isReachable = false;
    }
  }

  async function beat(): Promise<void> {
    if (await beatShard(pool, key, holder, options.aliveUntil?.(shardId))) return;
    isHeld = false;
    log.warn({ shardId }, 'shard taken over by another process');
    onLost(shardId);
  }

  async function poll(): Promise<void> {
    const seen = await readShard(pool, key);
    const isFree = !seen || seen.holder === null || seen.holder === holder;
    if (!isFree && !isDead(seen.holder!) && still.since(seen) < STILL_MAX_MS) return;
    const isOurs = isFree ? await claimShard(pool, key, holder) : await takeOver(pool, key, holder, seen);
    if (!isOurs) return;
    isHeld = true;
    still.forget();
    log.info({ shardId, from: isFree ? 'nobody' : 'a silent process' }, 'shard held');
    onHeld(shardId);
  }

  async function release(): Promise<void> {
    if (!isHeld) return;
    isHeld = false;
    await releaseShard(pool, key, holder, options.aliveUntil?.(shardId)).catch((err) =>
      log.warn({ shardId, err }, 'lease not given back'),
    );
  }

  return { shardId, step, release, isHeld: () => isHeld };
}

/** How long a lease has stood still, over the time in which it could be seen to stir. */
function makeStillness(now: () => number) {
  let last: SeenLease | undefined;
  let lastAt: number | undefined;
  let stillMs = 0;
  return {
    since(seen: SeenLease): number {
      const at = now();
      const isSame = last?.holder === seen.holder && last.beat === seen.beat;
      const passedMs = lastAt === undefined ? 0 : Math.min(at - lastAt, POLL_COUNTS_MAX_MS);
      stillMs = isSame ? stillMs + passedMs : 0;
      last = seen;
      lastAt = at;
      return stillMs;
    },
    /** A look failed: the time from the one before it to the next counts nothing. */
    interrupt(): void {
      lastAt = undefined;
    },
    forget(): void {
      last = undefined;
    },
  };
}
