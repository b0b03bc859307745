import { describe, expect, it } from 'vitest';
import type { ShardVitals, Vitals } from '../../../companion/vitals.ts';
import { useDatabase } from '../../support/database.ts';
import { useHttp, VITALS } from './scene.ts';

const database = useDatabase();
const opened = useHttp(database);

async function readiness(vitals?: Vitals) {
  const server = await opened({ isApi: false, ...(vitals && { vitals: () => vitals }) });
  const { status, json } = await server.get('/health/ready');
  return { status, json };
}

const withShard = (change: Partial<ShardVitals>): Vitals => ({
  ...VITALS,
  shards: [{ ...VITALS.shards[0]!, ...change }],
});

describe('a process', () => {
  it('that has no bot is ready while the database answers', async () => {
    expect(await readiness()).toEqual({
      status: 200,
      json: { status: 'ready', checks: { database: { ok: true } } },
    });
  });

  it('that records is ready, and tells how far it is', async () => {
    expect(await readiness(VITALS)).toEqual({
      status: 200,
      json: {
        status: 'ready',
        checks: {
          database: { ok: true },
          gateway: { ok: true, connected: 1, held: 1, of: 2 },
          spool: { ok: true, events: 4, bytes: 500 },
          lag: { ok: true, seconds: 0.9 },
        },
      },
    });
  });

  it('that stands by, with no shard of its own, is ready', async () => {
    const { status, json } = await readiness({ ...VITALS, shardsHeld: 0, shards: [] });
    expect({ status, gateway: json.checks.gateway }).toEqual({
      status: 200,
      gateway: { ok: true, connected: 0, held: 0, of: 2 },
    });
  });

  it.for([
    ['gateway', { isConnected: false }],
    ['spool', { isSpooling: true }],
    ['lag', { lagMs: 60_000 }],
  ] as const)('is not ready for its %s', async ([check, change]) => {
    const { status, json } = await readiness(withShard(change));
    const failed = Object.keys(json.checks).filter((name) => !json.checks[name].ok);
    expect({ status, is: json.status, failed }).toEqual({ status: 503, is: 'not-ready', failed: [check] });
  });

  it('without a companion has no API', async () => {
    const server = await opened({ isApi: false });
    expect((await server.get('/api/v1/openapi.json')).status).toBe(404);
    expect((await server.get('/api/v1/guild')).status).toBe(404);
    expect((await server.get('/health/live')).json).toEqual({ status: 'live' });
  });
});
