/** Whether this process does its work: the event loop, the database, the gateway, and what is not in the database yet. */
import type { Pool } from 'pg';
import { isReachable } from '../../db/connect.ts';
import { wait } from '../clock.ts';
import type { Vitals } from '../vitals.ts';
import { LIMITS } from './limits.ts';
import type { HttpOptions } from './options.ts';
import type { ProcessRoute } from './route.ts';
import { count, flag, number, object, oneOf, partial } from './schema.ts';

interface Checks {
  database: { ok: boolean };
  /** These are a bot's; absent without one. */
  gateway?: { ok: boolean; connected: number; held: number; of: number };
  spool?: { ok: boolean; events: number; bytes: number };
  lag?: { ok: boolean; seconds: number };
}

const live: ProcessRoute = {
  path: '/health/live',
  summary: 'The process answers',
  isOpen: true,
  answer: object({ status: oneOf('live') }),
  reply: async () => ({ body: { status: 'live' } }),
};

const ready: ProcessRoute = {
  path: '/health/ready',
  summary: 'The process does its work: 200, or 503 with what hinders it',
  isOpen: false,
  statuses: [503],
  answer: object({
    status: oneOf('ready', 'not-ready'),
    checks: partial(
      { database: object({ ok: flag }) },
      {
        gateway: object({ ok: flag, connected: count, held: count, of: count }),
        spool: object({ ok: flag, events: count, bytes: count }),
        lag: object({ ok: flag, seconds: number }),
      },
    ),
  }),
  async reply({ options }) {
    const checks = await checksOf(options);
    const isReady = Object.values(checks).every(({ ok }) => ok);
    return { status: isReady ? 200 : 503, body: { status: isReady ? 'ready' : 'not-ready', checks } };
  },
};

export const healthRoutes: readonly ProcessRoute[] = [live, ready];

async function checksOf({ store, vitals }: Pick<HttpOptions, 'store' | 'vitals'>): Promise<Checks> {
  const database = { ok: await answersInTime(store.pool) };
  return { database, ...(vitals && botsChecks(vitals())) };
}

/** Whoever holds no shard stands by: nothing is missing. */
function botsChecks({ shards, shardsHeld, shardsOf }: Vitals): Omit<Checks, 'database'> {
  const connected = shards.filter(({ isConnected }) => isConnected).length;
  const sum = (of: 'spooledEvents' | 'spooledBytes') => shards.reduce((all, shard) => all + shard[of], 0);
  const lagMs = Math.max(0, ...shards.map((shard) => shard.lagMs));
  return {
    gateway: { ok: connected >= shardsHeld, connected, held: shardsHeld, of: shardsOf },
    spool: {
      ok: !shards.some(({ isSpooling }) => isSpooling),
      events: sum('spooledEvents'),
      bytes: sum('spooledBytes'),
    },
    lag: { ok: lagMs < LIMITS.lagMs, seconds: lagMs / 1000 },
  };
}

/** One look at a time, however many ask. */
const looking = new WeakMap<Pool, Promise<boolean>>();

/** Whether the database answers before it takes too long. */
export function answersInTime(pool: Pool): Promise<boolean> {
  const under = looking.get(pool);
  if (under) return under;
  const over = new AbortController();
  const tooLate = wait(LIMITS.checkMs, over.signal).then(
    () => false,
    () => false,
  );
  const look = Promise.race([isReachable(pool), tooLate]).finally(() => {
    over.abort();
    looking.delete(pool);
  });
  looking.set(pool, look);
  return look;
}
