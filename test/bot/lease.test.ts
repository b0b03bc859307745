import { setImmediate as turn } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { holdShards, type Lease, type LeaseOptions } from '../../bot/lease.ts';
import { openLog } from '../../cli/log.ts';
import { saveProgress, type ShardKey, readShard } from '../../db/shards.ts';
import { useDatabase } from '../support/database.ts';

const database = useDatabase();
const log = openLog('silent', () => {});
const key: ShardKey = { applicationId: '100000000000000001', shardId: 0, shardCount: 1 };

/** A pool that can be cut off from Postgres. */
interface Line {
  pool: pg.Pool;
  isCut: boolean;
}

/** A process with a clock that we move by hand. */
interface Process extends Line {
  lease: Lease;
  lost: number[];
  heldNow(): number[];
  /** Lets its time pass, in steps of a second or as told, and waits for what it does then. */
  pass(steps: number, stepMs?: number): Promise<void>;
}

const open: Lease[] = [];

beforeEach(async () => {
  await database.pool.query('delete from shards');
});
afterEach(async () => {
  dead.clear();
  await Promise.all(open.splice(0).map((lease) => lease.release()));
});

function makeLine(): Line {
  const line: Line = { pool: Object.create(database.pool) as pg.Pool, isCut: false };
  line.pool.query = ((...asked: Parameters<pg.Pool['query']>) =>
    line.isCut
      ? Promise.reject(Object.assign(new Error('cut'), { code: 'ECONNREFUSED' }))
      : database.pool.query(...asked)) as pg.Pool['query'];
  return line;
}

/** Holders that have ended for certain. */
const dead = new Set<string>();

async function startProcess(
  holder: string,
  keys = [key],
  aliveUntil?: LeaseOptions['aliveUntil'],
): Promise<Process> {
  const line = makeLine();
  const sleepers = new Set<{ until: number; wake(): void }>();
  let clock = 0;
  const lost: number[] = [];
  const held = new Set<number>();
  const lease = await holdShards({
    pool: line.pool,
    keys,
    holder,
    isDead: (name) => dead.has(name),
    ...(aliveUntil && { aliveUntil }),
    now: () => clock,
    wait: (ms, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const sleeper = { until: clock + ms, wake: resolve };
      sleepers.add(sleeper);
      const stop = () => reject(signal.reason as Error);
      if (signal.aborted) stop();
      else signal.addEventListener('abort', stop, { once: true });
      return promise.finally(() => sleepers.delete(sleeper));
    },
    onHeld: (shardId) => void held.add(shardId),
    onLost: (shardId) => {
      held.delete(shardId);
      lost.push(shardId);
    },
    log,
  });
  open.push(lease);
  const pass = async (steps: number, stepMs = 1_000) => {
    for (let i = 0; i < steps; i++) {
      clock += stepMs;
      const due = [...sleepers].filter(({ until }) => until <= clock);
      for (const sleeper of due) sleeper.wake();
      // Each that was woken sleeps again when it has done its step.
      while (due.some((sleeper) => sleepers.has(sleeper)) || sleepers.size < keys.length) await turn();
    }
  };
  return Object.assign(line, { lease, lost, heldNow: () => [...held], pass });
}

/** Lets the time of several pass side by side. */
async function passAll(seconds: number, ...processes: Process[]): Promise<void> {
  for (let i = 0; i < seconds; i++) for (const one of processes) await one.pass(1);
}

describe('holding shards', () => {
  it('what is free is held at once, and what another holds is not', async () => {
    const other: ShardKey = { ...key, shardId: 1 };
    const a = await startProcess('a');
    const b = await startProcess('b', [key, other]);
    expect([a.heldNow(), b.heldNow(), b.lease.held()]).toEqual([[0], [1], [1]]);
  });

  it('a living holder is never displaced', async () => {
    const a = await startProcess('a');
    const b = await startProcess('b');
    await passAll(100, a, b);
    expect([a.heldNow(), b.heldNow()]).toEqual([[0], []]);
  });

  it('a dead holder is displaced within 30 s, and not within 20', async () => {
    await startProcess('a');
    const b = await startProcess('b');
    await b.pass(20);
    expect(b.heldNow()).toEqual([]);
    await b.pass(8);
    expect(b.heldNow()).toEqual([0]);
  });

  it('a shard that is given back is taken at the next look', async () => {
    const a = await startProcess('a');
    const b = await startProcess('b');
    await b.pass(5);
    await a.lease.release();
    await b.pass(1);
    expect(b.heldNow()).toEqual([0]);
  });

  it('a holder that has ended for certain is displaced at the next look', async () => {
    await startProcess('a');
    const b = await startProcess('b');
    await b.pass(2);
    dead.add('a');
    await b.pass(1);
    expect(b.heldNow()).toEqual([0]);
  });

  it('who was displaced is told so, and stands by', async () => {
    const a = await startProcess('a');
    const b = await startProcess('b');
    await b.pass(30);
    await passAll(3, a);
    expect([a.heldNow(), a.lost, b.heldNow()]).toEqual([[], [0], [0]]);
    await b.lease.release();
    await a.pass(1);
    expect(a.heldNow()).toEqual([0]);
  });

  it('an outage of the database displaces nobody, however long', async () => {
    const a = await startProcess('a');
    const b = await startProcess('b');
    await passAll(4, a, b);
    a.isCut = b.isCut = true;
    await passAll(300, a, b);
    expect(a.heldNow()).toEqual([0]);
    a.isCut = b.isCut = false;
    // The stand-by is back long before the holder.
    await b.pass(15);
    expect(b.heldNow()).toEqual([]);
    await passAll(60, a, b);
    expect([a.heldNow(), a.lost, b.heldNow()]).toEqual([[0], [], []]);
  });

  it('many short outages do not keep a stand-by waiting for ever', async () => {
    await startProcess('a');
    const b = await startProcess('b');
    for (let i = 0; i < 12; i++) {
      b.isCut = false;
      await b.pass(4);
      b.isCut = true;
      await b.pass(20);
    }
    expect(b.heldNow()).toEqual([0]);
  });

  it('single looks between outages count nothing', async () => {
    await startProcess('a');
    const b = await startProcess('b');
    for (let i = 0; i < 30; i++) {
      b.isCut = false;
      await b.pass(1);
      b.isCut = true;
      await b.pass(3);
    }
    expect(b.heldNow()).toEqual([]);
  });

  it('a stand-by that slept counts nothing of its sleep', async () => {
    const a = await startProcess('a');
    const b = await startProcess('b');
    await passAll(2, a, b);
    await b.pass(1, 3_600_000);
    await passAll(3, a, b);
    expect([a.heldNow(), b.heldNow()]).toEqual([[0], []]);
  });

  it('release gives back what it holds, and no more', async () => {
    const a = await startProcess('a');
    const b = await startProcess('b');
    await b.lease.release();
    expect(await readShard(database.pool, key)).toMatchObject({ holder: 'a' });
    await a.lease.release();
    expect(await readShard(database.pool, key)).toMatchObject({ holder: null });
  });

  it('each beat says until when all is kept, where that is known, and giving back says it a last time', async () => {
    let at: number | undefined = 10_000;
    const alive = async () => {
      const { rows } = await database.pool.query<{ at: Date }>('select alive_at as at from shards');
      return rows[0]!.at.getTime();
    };
    const a = await startProcess('a', [key], () => (at === undefined ? undefined : { sessionId: 'one', at }));
    const session = { sessionId: 'one', resumeUrl: '' };
    await saveProgress(database.pool, key, 'a', { session, sequence: 1, at: 5_000 });
    await a.pass(2);
    expect(await alive()).toBe(5_000);
    await a.pass(1);
    expect(await alive()).toBe(10_000);
    at = undefined;
    await a.pass(3);
    expect(await alive()).toBe(10_000);
    at = 12_000;
    await a.lease.release();
    expect(await alive()).toBe(12_000);
  });
});
