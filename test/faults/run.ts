/** `npm run test:faults`: FAULTS says how many, SEED replays a run, ONLY=name,name brings only these. */
import { connect } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findDescription } from '../support/discord/openapi.ts';
import { runFaults } from './run-faults.ts';

const { FAULTS = '200', SEED = String(Date.now() % 1_000_000), ONLY, AWAY_MS = '60000' } = process.env;
const folder = await mkdtemp(join(tmpdir(), 'almanac-faults-pg-'));
await chmod(folder, 0o755);
const server = await startEmbedded({ folder, memoryBytes: 1 << 30 });
const store = connect(server.url, 1);
await migrate(store.db);
await store.close();
process.stdout.write(`${FAULTS} faults, SEED=${SEED}\n`);
try {
  const { differences, lastWords, counts, oracleFaults, ...figures } = await runFaults({
    seed: Number(SEED),
    faults: Number(FAULTS),
    databaseAwayMaxMs: Number(AWAY_MS),
    ...(ONLY && { only: ONLY.split(',') }),
    databaseUrl: server.url,
    description: findDescription(),
    tell: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write(`${JSON.stringify({ seed: SEED, ...figures, counts }, null, 2)}\n`);
  const breaches = [...new Set(oracleFaults)];
  if (breaches.length > 0) process.stdout.write(`not as Discord describes it:\n${breaches.join('\n')}\n`);
  if (differences.length > 0) {
    process.stdout.write(
      `${lastWords.join('\n')}\n${differences.length} differences:\n${differences.slice(0, 50).join('\n')}\n`,
    );
  }
  process.exitCode = differences.length + breaches.length > 0 ? 1 : 0;
} finally {
  await server.release();
  await rm(folder, { recursive: true, force: true });
}
