/**
 * `npm run bench:live`: live recording under load, from the loopback Discord's dispatch to the visible row.
 *
 * Prints figures and fails on none. BENCH_RATE (events a second, 2,000), BENCH_SECONDS (60).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { openStore } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { type Discord, startDiscord } from '../support/discord/server.ts';
import { seededRandom } from '../support/random.ts';

const RATE = Number(process.env.BENCH_RATE ?? 2_000);
const SECONDS = Number(process.env.BENCH_SECONDS ?? 60);
const HIGHER = [3_000, 4_000, 6_000, 8_000];
const HIGHER_SECONDS = 15;
const LAG_MAX_MS = 2_000;
const PEOPLE = 500;
const CHANNELS = 40;
const TICK_MS = 10;

const say = (line: string) => process.stdout.write(`${line}\n`);
const n = (value: number) => Math.round(value).toLocaleString('en');

interface Load {
  /** So many events. */
  send(events: number): void;
  /** When each message was sent, by id, of those not yet seen in the database. */
  sent: Map<string, number>;
  total(): number;
  messages(): number;
}

/** People who write (60 %), react (25 %), edit (10 %) and delete (5 %). */
function makeLoad({ world }: Discord): { load: Load; guildId: string } {
  const random = seededRandom(1);
  const { id: guildId } = world.addGuild({ name: 'Load' });
  const any = (list: readonly string[]) => list[Math.floor(random() * list.length)]!;
  const people = Array.from({ length: PEOPLE }, (_, i) => world.addUser(`p${i}`, { guildId }).id);
  const channels = Array.from({ length: CHANNELS }, () => world.addChannel(guildId).id);
  const recent: { channelId: string; id: string }[] = [];
  const sent = new Map<string, number>();
  let total = 0;
  let messages = 0;
  const one = () => {
    total++;
    const dice = random();
    const at = Math.floor(random() * recent.length);
    const key = recent[at];
    if (dice < 0.6 || !key) {
      const message = world.send(any(channels), {
        author: any(people),
        content: `message ${total} of a load`,
      });
      sent.set(message.id, performance.now());
      messages++;
      recent.push({ channelId: message.channelId, id: message.id });
      if (recent.length > 2_000) recent.splice(0, 1_000);
    } else if (dice < 0.85) world.react(key, any(people), any(['👍', '🎈', '❤️']));
    else if (dice < 0.95) world.edit(key, { content: `edited ${total}` });
    else {
      recent.splice(at, 1);
      world.deleteMessage(key);
    }
  };
  const send = (events: number) => {
    for (let i = 0; i < events; i++) one();
  };
  return { guildId, load: { send, sent, total: () => total, messages: () => messages } };
}

const residentMiB = async (pid: number): Promise<number> =>
  Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))?.[1] ?? 0) /
  1024;

/** Sends at a rate for a while, and measures how long each message takes to be seen. */
async function measure(
  load: Load,
  pool: Pool,
  guildId: string,
  rate: number,
  seconds: number,
): Promise<number[]> {
  const lags: number[] = [];
  const begun = performance.now();
  let isOver = false;
  const looking = (async () => {
    let last = '0';
    while (!isOver || load.sent.size > 0) {
      const { rows } = await pool.query<{ id: string }>(
        'select message_id::text as id from messages where guild_id = $1 and message_id > $2 order by message_id',
        [guildId, last],
      );
      const now = performance.now();
      for (const { id } of rows) {
        const at = load.sent.get(id);
        if (at !== undefined) lags.push(now - at);
        load.sent.delete(id);
      }
      // Writers of two channels may commit out of order: look a little behind.
      last = rows.at(-Math.min(rows.length, 500))?.id ?? last;
      if (now - begun > (seconds + 60) * 1_000) break;
      await sleep(50);
    }
  })();
  let sent = 0;
  while (performance.now() - begun < seconds * 1_000) {
    const due = Math.floor(((performance.now() - begun) / 1_000) * rate);
    load.send(due - sent);
    sent = due;
    await sleep(TICK_MS);
  }
  isOver = true;
  await looking;
  return lags.toSorted((a, b) => a - b);
}

const quantile = (sorted: number[], q: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0;

async function start(discord: Discord, folder: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--max-semi-space-size=8', 'almanac.ts', 'start'], {
    cwd: join(import.meta.dirname, '..', '..'),
    env: {
      ...process.env,
      DATABASE_URL: '',
      ALMANAC_DATA: folder,
      DISCORD_TOKEN: discord.world.truth.token,
      DISCORD_API: discord.url,
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  while (discord.gateway.connected === 0) await sleep(100);
  return child;
}

const folder = await mkdtemp(join(tmpdir(), 'almanac-live-'));
await chmod(folder, 0o755);
const discord = await startDiscord({});
const { load, guildId } = makeLoad(discord);
const store = await openStore({ dataFolder: folder, memoryBytes: 4 << 30, connectionsMax: 2 });
await migrate(store.db);
const child = await start(discord, folder);
say(`${cpus()[0]?.model}, ${availableParallelism()} cores; Node ${process.version}`);
try {
  await sleep(2_000);
  const before = await residentMiB(child.pid!);
  const lags = await measure(load, store.pool, guildId, RATE, SECONDS);
  const after = await residentMiB(child.pid!);
  say(
    `${n(RATE)} events/s for ${SECONDS} s: lag from dispatch to visible row, median ${n(quantile(lags, 0.5))} ms, p99 ${n(quantile(lags, 0.99))} ms`,
  );
  say(`memory of the recorder: ${n(before)} MiB at the start, ${n(after)} MiB at the end`);
  const { rows } = await store.pool.query<{ count: number }>(
    'select count(*)::int from messages where author_id is not null',
  );
  say(
    `messages lost: ${load.messages() - rows[0]!.count} of ${n(load.messages())}; events in all ${n(load.total())}`,
  );
  let highest = RATE;
  for (const rate of HIGHER) {
    const higher = await measure(load, store.pool, guildId, rate, HIGHER_SECONDS);
    const p99 = quantile(higher, 0.99);
    say(
      `${n(rate)} events/s for ${HIGHER_SECONDS} s: median ${n(quantile(higher, 0.5))} ms, p99 ${n(p99)} ms`,
    );
    if (p99 > LAG_MAX_MS) break;
    highest = rate;
  }
  say(`the highest rate tried with p99 under 2 s: ${n(highest)} events/s`);
} finally {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  await store.close();
  await discord.close();
  await rm(folder, { recursive: true, force: true });
}
