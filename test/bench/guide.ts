/**
 * `npm run bench:guide`: whom /guide names. On planted communities, where the experts are known, beside rankings that anybody
 * would think of first; and on real exports by holding out: is who answered one of the last questions among the three named
 * from what came before? Prints tables for the README, and fails on no figure.
 *
 * `--train`: the communities for tuning, seeds 1 to 6; else those for reporting, seeds 101 to 108, with topics that tuning never
 * saw. `--seeds 1,2`, `--communities N`; `--every 5`: only each fifth question, for a quick look; `--misses N`: questions that
 * found no expert; `--json`. DCE_EXPORTS: a folder of real exports, left out with `--train` unless `--real`. `--big`: time in a
 * guild of BENCH_MESSAGES (1,000,000) messages, and in one of a tenth of them; `--data FOLDER`: in a store that is there.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrate } from '../../db/migrate.ts';
import { openData } from './community.ts';
import { measureBig } from './guide/big.ts';
import { reportPlanted } from './guide/planted-report.ts';
import { reportReal } from './guide/real-report.ts';

const TRAINING = [1, 2, 3, 4, 5, 6];
const REPORTING = [101, 102, 103, 104, 105, 106, 107, 108];

const { values } = parseArgs({
  options: {
    train: { type: 'boolean', default: false },
    real: { type: 'boolean', default: false },
    big: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    seeds: { type: 'string' },
    communities: { type: 'string' },
    every: { type: 'string', default: '1' },
    misses: { type: 'string', default: '0' },
    data: { type: 'string' },
  },
});

const say = (line: string): void => void (values.json || process.stdout.write(`${line}\n`));
say(
  `${cpus()[0]!.model.trim()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
);
const folder = await mkdtemp(join(tmpdir(), 'almanac-bench-'));
// As root Postgres runs as another user, who must be able to enter the folder; else its data would be elsewhere, and stay.
await chmod(folder, 0o755);
try {
  const report = values.big ? { big: await measureBig(folder, values.data, say) } : await measureQuality();
  if (values.json) process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measureQuality() {
  const store = await openData(join(folder, 'data'));
  try {
    await migrate(store.db);
    const planted = await reportPlanted(store, seeds(), {
      isForTuning: values.train,
      every: Number(values.every),
      misses: Number(values.misses),
      say,
    });
    const exports = process.env.DCE_EXPORTS;
    if (!exports) say('\nno real exports: DCE_EXPORTS names no folder of them');
    const isReal = exports && (values.real || !values.train);
    return { planted, real: isReal ? await reportReal(store, exports, say) : [] };
  } finally {
    await store.close();
  }
}

function seeds(): number[] {
  const all = values.seeds?.split(',').map(Number) ?? (values.train ? TRAINING : REPORTING);
  return all.slice(0, values.communities === undefined ? all.length : Number(values.communities));
}
