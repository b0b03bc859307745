/**
 * `npm run bench:commands`: slash commands in a guild of 1,000,000 messages, asked by 1, 10 and 50 people at once: time to the
 * acknowledgement and to the full answer, charts included, as the loopback Discord sees them. `different`: no two ever ask the same, over
 * weeks, months, quarters and all time; `common`: what a server asks of one week and its month; `the same`: what a crowd asks that has just
 * seen somebody ask. Nothing is known from before.
 *
 * Prints figures and fails on none. BENCH_MESSAGES (1,000,000), BENCH_ROUNDS (6); `--data FOLDER`: a store that has one guild already.
 */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { migrate } from '../../db/migrate.ts';
import { guilds } from '../../db/queries/guilds.ts';
import { type NamedPlace, namedPlaces } from '../../db/queries/named-places.ts';
import { recordSpan } from '../../db/queries/record-span.ts';
import { refreshSums } from '../../db/rollups/refresh.ts';
import { isoWeekLabel } from '../../db/window.ts';
import { type Discord, startDiscord } from '../support/discord/server.ts';
import { blankChannel } from '../support/discord/world/channels.ts';
import { startAlmanac } from '../support/program.ts';
import { seededRandom } from '../support/random.ts';
import { makeCommunity, openData } from './community.ts';

const MESSAGES = Number(process.env.BENCH_MESSAGES ?? 1_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 6);
const AT_ONCE = [1, 10, 50];
const ZONE = 'UTC';
const WEEK_MS = 7 * 86_400_000;
const THREADS = [10, 11, 12];
const args = process.argv.slice(2);
const existing = args.includes('--data') ? args[args.indexOf('--data') + 1] : undefined;
const say = (line: string) => process.stdout.write(`${line}\n`);

/** What somebody types. */
interface Typed {
  command: string;
  options: Record<string, string>;
}

say(
  `${cpus()[0]!.model.trim()}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
);
const folder = await mkdtemp(join(tmpdir(), 'almanac-bench-'));
try {
  const data = existing ?? (await makeCommunity(MESSAGES, folder, ZONE)).data;
  await measure(data);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(data: string): Promise<void> {
  const store = await openData(data);
  await migrate(store.db);
  const [guild] = await guilds(store.db);
  const span = (await recordSpan(store.db, { guildId: guild!.id }))!;
  const places = await namedPlaces(store.db, guild!.id);
  const discord = await startDiscord();
  const { channelId, askers } = makeGuild(discord, { id: guild!.id, name: guild!.name ?? 'Guild', places });
  const settings = {
    ALMANAC_DATA: data,
    DISCORD_TOKEN: discord.world.truth.token,
    DISCORD_API: discord.url,
    LOG_LEVEL: 'info',
    // The loopback knows none of the messages: of what is read again they would be missing, and so deleted.
    CATCH_UP_HOURS: '0',
    CATCH_UP_MESSAGES: '0',
  };
  const bot = startAlmanac(['start', '--deploy'], settings);
  // What was written since the exports is read first: nothing, here, but each channel is asked.
  await untilSaid(bot.process.stderr!, 'gap repaired');
  // The companion does so every few minutes.
  for await (const _ of refreshSums(store, guild!.id));
  await store.close();
  try {
    const weeks = weeksOf(span.firstMs, span.lastMs);
    say(`\n${guild!.messages} messages in ${places.length} channels and threads\n`);
    say(
      '| asked at once | acknowledged p50 | p95 | answered p50 | p95 |\n| --- | ---: | ---: | ---: | ---: |',
    );
    const typed = differentQuestions(weeks);
    await round(discord, channelId, askers.slice(0, 2), () => typed());
    for (const atOnce of AT_ONCE) {
      const rounds = Math.max(1, Math.ceil((ROUNDS * 10) / Math.max(10, atOnce)));
      await table(`${atOnce}, different`, rounds, () =>
        round(discord, channelId, askers.slice(0, atOnce), () => typed()),
      );
    }
    const common = commonQuestions(weeks);
    for (const atOnce of AT_ONCE) {
      await table(`${atOnce}, one of six common questions each`, ROUNDS, () => {
        const six = common();
        return round(discord, channelId, askers.slice(0, atOnce), (i) => six[i % six.length]!);
      });
    }
    for (const atOnce of AT_ONCE.slice(1)) {
      await table(`${atOnce}, the same`, 3, () => {
        const same = typed();
        return round(discord, channelId, askers.slice(0, atOnce), () => same);
      });
    }
  } finally {
    bot.process.kill('SIGINT');
    await bot.ended;
    await discord.close();
  }
}

/** The guild as Discord knows it: one in ten of its channels is for its staff alone. */
function makeGuild(
  { world }: Discord,
  { id, name, places }: { id: string; name: string; places: NamedPlace[] },
): { channelId: string; askers: string[] } {
  const guild = world.addGuild({ id, name });
  const channels = places.filter(({ type }) => !THREADS.includes(type ?? -1));
  for (const [i, { id: channelId, name: channelName, type, parentId }] of channels.entries()) {
    world.addChannel(id, type ?? 0, { id: channelId, name: channelName ?? 'channel', parentId });
    if (i % 10 === 9) world.overwrite(channelId, id, { deny: PermissionFlagsBits.ViewChannel });
  }
  for (const { id: threadId, name: threadName, type, parentId } of places) {
    if (!THREADS.includes(type ?? -1)) continue;
    const thread = {
      ownerId: guild.ownerId,
      archived: true,
      locked: false,
      archivedAt: 0,
      createdAt: 0,
      sent: 0,
    };
    const told = {
      name: threadName ?? 'thread',
      parentId,
      thread: { ...thread, members: new Set<string>() },
    };
    guild.channels.set(threadId, { ...blankChannel(threadId, type!), ...told });
  }
  const [first] = channels.filter(({ type }) => type === 0);
  const askers = Array.from(
    { length: Math.max(...AT_ONCE) },
    (_, i) => world.addUser(`asker-${i}`, { guildId: id }).id,
  );
  return { channelId: first!.id, askers };
}

function weeksOf(firstMs: number, lastMs: number): string[] {
  const weeks: string[] = [];
  for (let ms = firstMs + WEEK_MS; ms < lastMs - WEEK_MS; ms += WEEK_MS) weeks.push(isoWeekLabel(ms, ZONE));
  return weeks;
}

/** What people would ask, no two alike: half /stats, a third /top-contributors, the others /weekly; weeks, months, quarters and all. */
function differentQuestions(weeks: string[]): () => Typed {
  const random = seededRandom(1);
  const months = [...new Set(weeks.map((week) => monthOf(week)))];
  const quarters = [
    ...new Set(months.map((month) => `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5)) / 3)}`)),
  ];
  const periods = [...weeks, ...months, ...quarters, 'all'];
  const merits = ['messages', 'activeDays', 'reactions', 'replied', 'answers'];
  const all = [
    ...periods.map((period): Typed => ({ command: 'stats', options: { period } })),
    ...periods.flatMap((period) =>
      merits.map((by): Typed => ({ command: 'top-contributors', options: { period, by } })),
    ),
    ...weeks.map((week): Typed => ({ command: 'weekly', options: { week } })),
  ];
  const byCommand = Map.groupBy(
    all.toSorted(() => random() - 0.5),
    ({ command }) => command,
  );
  return () => {
    const dice = random();
    const command = dice < 0.5 ? 'stats' : dice < 0.83 ? 'top-contributors' : 'weekly';
    const left = byCommand.get(command)!;
    return (left.length > 0 ? left : [...byCommand.values()].find((list) => list.length > 0)!).pop()!;
  };
}

/** What a server asks of a week and its month; of another week each time, so that nothing is known from before. */
function commonQuestions(weeks: string[]): () => Typed[] {
  const left = weeks.filter((_, i) => i % 2 === 0);
  return () => {
    const week = left.pop()!;
    const month = monthOf(week);
    const six: Typed[] = [
      { command: 'stats', options: { period: week } },
      { command: 'weekly', options: { week } },
      { command: 'top-contributors', options: { period: week } },
      { command: 'stats', options: { period: month } },
      { command: 'top-contributors', options: { period: month } },
      { command: 'top-contributors', options: { period: month, by: 'answers' } },
    ];
    return six;
  };
}

/** The month of a week's Thursday. */
function monthOf(week: string): string {
  const [year, number] = week.split('-W').map(Number);
  const fourth = Temporal.PlainDate.from({ year: year!, month: 1, day: 4 });
  return fourth
    .add({ weeks: number! - 1 })
    .subtract({ days: fourth.dayOfWeek - 4 })
    .toPlainYearMonth()
    .toString();
}

interface Times {
  acknowledgedMs: number;
  answeredMs: number;
}

/** Everybody asks at the same moment; settles when all have their answers. */
async function round(
  { interactions, world }: Discord,
  channelId: string,
  askers: string[],
  ask: (i: number) => Typed,
): Promise<Times[]> {
  const typed = askers.map((_, i) => ask(i));
  return Promise.all(
    askers.map(async (userId, i) => {
      const { command, options } = typed[i]!;
      const use = interactions.use({ channelId, userId, command, options });
      const { atMs } = await use.acknowledged();
      await use.answered();
      return { acknowledgedMs: atMs - use.atMs, answeredMs: world.now() - use.atMs };
    }),
  );
}

async function table(what: string, rounds: number, ask: () => Promise<Times[]>): Promise<void> {
  const all: Times[] = [];
  for (let i = 0; i < rounds; i++) all.push(...(await ask()));
  const of = (figure: keyof Times) => {
    const sorted = all.map((times) => times[figure]).toSorted((a, b) => a - b);
    return [0.5, 0.95].map((part) => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))]!);
  };
  const cells = [...of('acknowledgedMs'), ...of('answeredMs')].map(
    (value) => `${Math.round(value).toLocaleString('en')} ms`,
  );
  say(`| ${[what, ...cells].join(' | ')} |`);
}

async function untilSaid(stream: NodeJS.ReadableStream, words: string): Promise<void> {
  let said = '';
  stream.on('data', (text: string | Buffer) => (said = `${said.slice(-100_000)}${String(text)}`));
  while (!said.includes(words)) await once(stream, 'data');
}
