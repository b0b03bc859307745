/**
 * `npm run bench:backup`: a backup of an embedded database and its restoring into an empty one, by the program as a process of its own.
 *
 * Prints figures and fails on none. BENCH_MESSAGES (1,000,000): a generated community of so many is made first; `--data FOLDER` takes a store
 * that is there, and leaves it as it is.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

const ROOT = join(import.meta.dirname, '..', '..');
const { values } = parseArgs({ options: { data: { type: 'string' } } });
const MESSAGES = process.env.BENCH_MESSAGES ?? '1000000';

const say = (line: string) => process.stdout.write(`${line}\n`);
const n = (value: number) => Math.round(value).toLocaleString('en');

/** The most that a process has had in memory, MiB, looked at until it ends. */
async function highestMiB(child: ChildProcess): Promise<number> {
  let highest = 0;
  while (child.exitCode === null) {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    highest = Math.max(highest, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    await sleep(50);
  }
  return highest;
}

/** Runs a verb on a data folder; what it printed, how long it took, and its memory. */
async function run(folder: string, ...args: string[]) {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--max-semi-space-size=8', 'almanac.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: '', ALMANAC_DATA: folder },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said, memory] = await Promise.all([text(child.stdout), highestMiB(child), once(child, 'exit')]);
  if (child.exitCode !== 0) throw new Error(`almanac ${args[0]} ended with ${child.exitCode}`);
  return { said, memory, seconds: (performance.now() - begun) / 1000 };
}

interface Card {
  rows: number;
  bytes: number;
  seconds: number;
  tables: Record<string, number>;
}

function tell(what: string, { said, memory, seconds }: Awaited<ReturnType<typeof run>>): void {
  const { rows, bytes, seconds: worked, tables } = JSON.parse(said) as Card;
  say(
    `${what}: ${n(rows)} rows, ${n(tables['messages'] ?? 0)} messages, ${(bytes / 1e6).toFixed(1)} MB in ${worked.toFixed(1)} s ` +
      `(${(bytes / 1e6 / worked).toFixed(1)} MB/s of the file, ${n(rows / worked)} rows/s; with the server's start and end ${seconds.toFixed(1)} s)`,
  );
  say(`  memory of the process at its highest: ${n(memory)} MiB`);
}

say(`${cpus()[0]?.model}, ${availableParallelism()} cores; Node ${process.version}`);
const folder = await mkdtemp(join(tmpdir(), 'almanac-backup-'));
await chmod(folder, 0o755);
try {
  const from = values.data ?? join(folder, 'from');
  const [to, file] = [join(folder, 'to'), join(folder, 'file.backup')];
  if (!values.data) {
    await run(from, 'generate', join(folder, 'exports'), '--messages', MESSAGES);
    await run(from, 'import', join(folder, 'exports'));
  }
  tell('backup', await run(from, 'backup', file, '--json'));
  tell('restore', await run(to, 'restore', file, '--json'));
  const digests = [await run(from, 'verify', '--digest'), await run(to, 'verify', '--digest')];
  say(`digests ${digests[0]!.said === digests[1]!.said ? 'are equal' : 'DIFFER'}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
