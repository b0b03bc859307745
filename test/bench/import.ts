/**
 * `npm run bench`: how fast an import is, against the ceiling of the same machine in the same minutes.
 *
 * Prints figures and fails on none. BENCH_MESSAGES sets the size (1,000,000).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { openStore, type Store } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { generateCommunity } from '../../ingest/dce/generate.ts';

const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 1_000_000);
const say = (line: string) => process.stdout.write(`${line}\n`);
const rate = (count: number, ms: number) => `${Math.round(count / (ms / 1000)).toLocaleString('en')}/s`;

/** Resident memory at its highest, of processes that may be gone between two looks. Linux only. */
class PeakMemory {
  #peaks = new Map<string, number>();
  #timer: NodeJS.Timeout;

  constructor(pids: () => Record<string, number[]>) {
    this.#timer = setInterval(() => {
      for (const [name, list] of Object.entries(pids())) {
        for (const pid of list) this.#peaks.set(name, Math.max(this.#peaks.get(name) ?? 0, residentMiB(pid)));
      }
    }, 100);
  }

  stop(): string {
    clearInterval(this.#timer);
    return [...this.#peaks].map(([name, mib]) => `${name} ${Math.round(mib)} MiB`).join(', ');
  }
}

function residentMiB(pid: number): number {
  try {
    // Without what is shared: every backend maps the same buffers.
    const [, resident, shared] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ').map(Number);
    return ((resident! - shared!) * 4) / 1024;
  } catch {
    return 0;
  }
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        return readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]!.split(' ')[1] === String(parent);
      } catch {
        return false;
      }
    })
    .map(Number);
}

async function importOnce(folder: string, exports: string, postmaster: number) {
  const env = { ...process.env, ALMANAC_DATA: folder, DATABASE_URL: undefined };
  const startedAt = performance.now();
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=8', 'almanac.ts', 'import', '--json', exports],
    {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  const importing = () => readFileSync(`/proc/${child.pid}/status`, 'utf8');
  let wholeMiB = 0;
  const peak = new PeakMemory(() => {
    try {
      wholeMiB = Math.max(wholeMiB, Number(/VmHWM:\s+(\d+)/.exec(importing())?.[1] ?? 0) / 1024);
    } catch {}
    return { 'a backend of Postgres': childrenOf(postmaster) };
  });
  let output = '';
  let ms = 0;
  child.stdout.on('data', (chunk) => {
    // The card comes when all is taken; then sums and words are made for answers.
    ms ||= performance.now() - startedAt;
    output += chunk;
  });
  await once(child, 'close');
  const afterMs = performance.now() - startedAt - ms;
  const card = JSON.parse(output) as { messages: Record<string, number> };
  return {
    ms,
    afterMs,
    messages: card.messages,
    memory: `importing process ${Math.round(wholeMiB)} MiB, ${peak.stop()}`,
  };
}

/** The same rows by bare COPY into the same table with its indexes, from bytes that are ready: the ceiling. */
async function ceiling(store: Store): Promise<{ rows: number; ms: number }> {
  const client = await store.pool.connect();
  try {
    const chunks: Buffer[] = [];
    await pipeline(
      client.query(copyTo('copy messages to stdout (format binary)')),
      async (source: AsyncIterable<Buffer>) => {
        for await (const chunk of source) chunks.push(chunk);
      },
    );
    await client.query('create table ceiling (like messages including all)');
    const startedAt = performance.now();
    await client.query('begin; set local synchronous_commit = off');
    await pipeline(chunks, client.query(copyFrom('copy ceiling from stdin (format binary)')));
    await client.query('commit');
    const ms = performance.now() - startedAt;
    const { rows } = await client.query('select count(*)::int as n from ceiling');
    await client.query('drop table ceiling');
    return { rows: rows[0].n, ms };
  } finally {
    client.release();
  }
}

/** Another version of the same files: exported a minute later, or with one byte more. */
async function touch(exports: string, change: (text: string) => string): Promise<void> {
  for (const name of await readdir(exports)) {
    if (!name.endsWith('.json')) continue;
    const file = join(exports, name);
    await writeFile(file, change(await readFile(file, 'latin1')), 'latin1');
  }
}

const folder = await mkdtemp(join(tmpdir(), 'almanac-bench-'));
await chmod(folder, 0o755);
try {
  say(
    `${cpus()[0]!.model.trim()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
  );
  const exports = join(folder, 'exports');
  let startedAt = performance.now();
  const making = generateCommunity({ seed: 1, messages: MESSAGES }, exports);
  while (!(await making.next()).done);
  say(
    `generated ${MESSAGES.toLocaleString('en')} messages in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`,
  );

  const data = join(folder, 'data');
  const store = await openStore({ dataFolder: data, memoryBytes: totalmem(), connectionsMax: 2 });
  await migrate(store.db);
  const { rows } = await store.pool.query(`select setting from pg_settings where name = 'data_directory'`);
  const postmaster = Number(readFileSync(join(rows[0].setting, 'postmaster.pid'), 'utf8').split('\n')[0]);

  const first = await importOnce(data, exports, postmaster);
  const all = first.messages.inFile!;
  say(
    `import: ${all.toLocaleString('en')} messages with all that hangs on them in ${(first.ms / 1000).toFixed(1)} s, ${rate(all, first.ms)}`,
  );
  say(`  peak memory: ${first.memory}`);
  const top = await ceiling(store);
  say(`  then words and sums for answers: ${(first.afterMs / 1000).toFixed(1)} s`);
  say(`ceiling: ${top.rows.toLocaleString('en')} rows by bare COPY, ${rate(top.rows, top.ms)}`);
  say(`  ratio of the import to the ceiling: ${(all / first.ms / (top.rows / top.ms)).toFixed(2)}`);
  const again = await importOnce(data, exports, postmaster);
  say(`again, unchanged files: ${(again.ms / 1000).toFixed(1)} s, ${rate(all, again.ms)}`);
  await touch(exports, (text) => `${text}\n`);
  startedAt = performance.now();
  const touched = await importOnce(data, exports, postmaster);
  say(
    `again, touched files (one byte more): ${(touched.ms / 1000).toFixed(1)} s, ${rate(all, touched.ms)}, ${(first.ms / touched.ms).toFixed(2)} times the first speed`,
  );
  await touch(exports, (text) => text.replace(/"exportedAt": "2026-11-1\d/, '"exportedAt": "2026-11-20'));
  const later = await importOnce(data, exports, postmaster);
  say(
    `again, exported later: ${(later.ms / 1000).toFixed(1)} s, ${rate(all, later.ms)}, ${(first.ms / later.ms).toFixed(2)} times the first speed`,
  );
  await store.close();
} finally {
  await rm(folder, { recursive: true, force: true });
}
