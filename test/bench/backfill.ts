/**
 * `npm run bench:backfill`: a guild's whole history from the loopback Discord, by `almanac backfill` as a process of its own;
 * without limits, and with those that Discord is known for.
 *
 * Prints figures and fails on none. BENCH_MESSAGES (1,000,000), BENCH_CHANNELS (200), BENCH_THREADS (2,000), BENCH_SLOPE (0.4: how much larger
 * the largest channels are), BENCH_LIMITS (`off,on`).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SIZE = {
  messages: process.env.BENCH_MESSAGES ?? '1000000',
  channels: process.env.BENCH_CHANNELS ?? '200',
  threads: process.env.BENCH_THREADS ?? '2000',
  // So that all requests together are what takes longest: one channel alone gives a page a second.
  slope: process.env.BENCH_SLOPE ?? '0.4',
};
/** What the loopback's limiter lets through: of all requests, and of one channel's pages, a second. */
const CEILING = { all: 50, channel: 1 };

const say = (line: string) => process.stdout.write(`${line}\n`);
const n = (value: number) => Math.round(value).toLocaleString('en');

interface Guild {
  url: string;
  token: string;
  guildId: string;
  readableMessages: number;
  readablePlaces: number;
  pagesNeeded: number;
  largestPages: number;
}

interface Asked {
  requests: number;
  pages: number;
  refused: number;
  perSecondMax: number;
}

/** The loopback as a process of its own, so that its work is not taken for ours. */
async function startGuild(isLimited: boolean) {
  const args = Object.entries(SIZE).flatMap(([name, value]) => [`--${name}`, value]);
  const program = join(ROOT, 'test', 'support', 'discord', 'big-guild-program.ts');
  const child = spawn(process.execPath, [program, ...args, ...(isLimited ? ['--limits'] : [])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const read = async <T>(): Promise<T> => JSON.parse((await lines.next()).value as string) as T;
  return {
    guild: await read<Guild>(),
    asked() {
      child.stdin.write('stats\n');
      return read<Asked>();
    },
    async close() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The most that a process has had in memory, MiB, looked at until it ends. */
async function highestMiB(child: ChildProcess): Promise<number> {
  let highest = 0;
  while (child.exitCode === null) {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    highest = Math.max(highest, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
    await sleep(200);
  }
  return highest;
}

async function measure(isLimited: boolean): Promise<void> {
  const { guild, asked, close } = await startGuild(isLimited);
  const folder = await mkdtemp(join(tmpdir(), 'almanac-backfill-'));
  await chmod(folder, 0o755);
  // Held open, so that the server's start and end are no part of what is measured.
  const store = await openStore({ dataFolder: folder, memoryBytes: 4 << 30, connectionsMax: 1 });
  try {
    await migrate(store.db);
    const begun = performance.now();
    const child = spawn(
      process.execPath,
      ['--max-semi-space-size=8', 'almanac.ts', 'backfill', '--guild', guild.guildId, '--json'],
      {
        cwd: ROOT,
        env: {
          ...process.env,
          DATABASE_URL: '',
          ALMANAC_DATA: folder,
          DISCORD_TOKEN: guild.token,
          DISCORD_API: guild.url,
        },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    const [memory] = await Promise.all([highestMiB(child), once(child, 'exit')]);
    const seconds = (performance.now() - begun) / 1_000;
    const { pages, requests, refused, perSecondMax } = await asked();
    const { rows } = await store.pool.query<{ count: number; worked: number }>(
      `select (select count(*)::int from messages where author_id is not null) as count,
         (select (card ->> 'activeMs')::float8 / 1000 from backfill_runs) as worked`,
    );
    const { count, worked } = rows[0]!;
    say(
      `\nlimits ${isLimited ? "as Discord's" : 'off'}: ${n(guild.readableMessages)} readable messages in ${n(guild.readablePlaces)} channels and threads`,
    );
    say(`lost: ${n(guild.readableMessages - count)}; exit code ${child.exitCode}`);
    say(`${n(count / worked)} messages/s over ${n(worked)} s; the whole command ${n(seconds)} s`);
    say(
      `pages asked for: ${n(pages)}, ${(pages / guild.pagesNeeded).toFixed(4)} times the ${n(guild.pagesNeeded)} that are needed; ${n(requests - pages)} other requests`,
    );
    say(`memory of the process at its highest: ${n(memory)} MiB`);
    if (!isLimited) return;
    const bound = Math.max(requests / CEILING.all, guild.largestPages / CEILING.channel);
    say(
      `share of the limiter's ceiling: ${(bound / worked).toFixed(3)} (${n(bound)} s at least); refused ${refused} of ${n(requests)}; ${perSecondMax} requests in the busiest second`,
    );
  } finally {
    await store.close();
    await close();
    await rm(folder, { recursive: true, force: true });
  }
}

say(`${cpus()[0]?.model}, ${availableParallelism()} cores; Node ${process.version}`);
for (const limits of (process.env.BENCH_LIMITS ?? 'off,on').split(',')) await measure(limits === 'on');
