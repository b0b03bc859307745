/**
 * `npm run fake-discord`: a Discord on this machine with a small busy guild, to start the bot against and watch. All is
 * in memory: it begins anew each time, and the bot may be killed and started again beside it.
 */
import { createInterface } from 'node:readline';
import { relative } from 'node:path';
import { seededRandom } from '../random.ts';
import { countMessages, keepBusy, makeBusyWorld } from './busy-guild.ts';
import { FAST_CLOCK, timeAt, writeClock } from './clock.ts';
import { DEADLINES } from './interactions/held.ts';
import { type Keyboard, makeKeyboard } from './program/commands.ts';
import { type ProgramOptions, readOptions, USAGE } from './program/options.ts';
import { postShots, timeText, watchPosts } from './program/posts.ts';
import { previewPage } from './program/preview.ts';
import { type Discord, NONCE_MS, startDiscord } from './server.ts';

const TOKEN = 'loopback';
const REPORT_MS = 5000;
const DAY_MS = 86_400_000;
/** Long enough that the last week and the one before it are over. */
const DAYS = 23;
/** Some 700 of them are messages. */
const DEEDS_A_WEEK = 1300;

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Reads the command line; ends the process where it can't be read. */
function optionsGiven(): ProgramOptions {
  try {
    const options = readOptions(process.argv.slice(2), Date.now());
    if (options) return options;
    say(USAGE);
    return process.exit(0);
  } catch {
    process.stderr.write(USAGE);
    return process.exit(2);
  }
}

const { port, rate, isLimited, clock, zone } = optionsGiven();
const { speed = 1 } = clock ?? {};
const now = clock ? () => Math.floor(timeAt(clock, performance.timeOrigin + performance.now())) : Date.now;
const busy = makeBusyWorld({
  random: seededRandom(Date.now()),
  token: TOKEN,
  now,
  days: DAYS,
  perWeek: DEEDS_A_WEEK,
});
const { guild, world } = busy;

let page: ReturnType<typeof previewPage> | undefined;
const discord = await startDiscord({
  world,
  port,
  limits: { isOn: isLimited },
  // The bot has as long to answer as it really has.
  deadlines: { callbackMs: DEADLINES.callbackMs * speed, tokenMs: DEADLINES.tokenMs * speed },
  nonceMs: NONCE_MS * speed,
  page: (request, response) => page?.(request, response) ?? false,
}).catch((error: unknown) => {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  process.stderr.write(`Port ${port} is taken. Choose another: npm run fake-discord -- --port ${port + 1}\n`);
  return process.exit(1);
});

const posts = watchPosts({ world, guild, zone }, say);
const keyboard: Keyboard = makeKeyboard(discord, guild, posts);
page = previewPage(keyboard, {
  shots: () => postShots(posts, guild, zone),
  changes: () => posts.changes,
});
const previewUrl = `http://127.0.0.1:${discord.port}/preview`;

let happened = 0;
world.on(() => happened++);
let stop = rate === 0 ? undefined : start();

function start(): () => void {
  const pace = rate === undefined ? { perWeek: DEEDS_A_WEEK } : { everyMs: 1000 / (rate || 1) };
  return keepBusy(busy, { ...pace, onError: (error) => say(`  ! ${String(error)}`) });
}

/** What can be typed. */
const WORDS: Record<string, { what: string; act(): void }> = {
  cut: { what: 'tears every connection', act: () => discord.gateway.cut() },
  op7: { what: 'asks the bot to reconnect', act: () => discord.gateway.reconnect() },
  op9: {
    what: 'ends its session: it misses what happens until it is back',
    act: () => discord.gateway.invalidateSessions(),
  },
  outage: {
    what: 'takes the guild away; typed again, gives it back',
    act: () => (guild.isUnavailable ? world.setAvailable(guild.id) : world.setUnavailable(guild.id)),
  },
  quiet: {
    what: 'nobody does anything',
    act() {
      stop?.();
      stop = undefined;
    },
  },
  busy: { what: 'they go on', act: () => void (stop ??= start()) },
};

/** Uses the bot, and says what came back. */
async function useBot(line: string): Promise<void> {
  const said = await keyboard.type(line).catch((error: unknown) => (error as Error).message);
  say(`  ${said}\n  ${previewUrl}`);
}

/** What the bot beside it is started with: where Discord is, and what time it is there. */
function settings(): string {
  const plain = `DISCORD_TOKEN=${TOKEN} DISCORD_API=${discord.url} ALMANAC_DATA=data/fake-discord`;
  if (!clock) return plain;
  // A record of its own: an earlier one may know of times that are yet to come. npm may run by another Node, so only what it runs is told.
  const preload = `./${relative(process.cwd(), `${import.meta.dirname}/fast-clock.ts`)}`;
  return `${plain}-${clock.originMs.toString(36)} ${FAST_CLOCK}=${writeClock(clock)} npm_config_node_options=--import=${preload}`;
}

const pace = rate === undefined ? 'from now some 700 messages a week' : `from now ${rate} events a second`;
say(`A loopback Discord listens on ${discord.url}. Start the bot beside it:

  ${settings()} npm start -- --deploy

"${guild.name}": ${guild.members.size} members, ${guild.channels.size} channels and threads, ${countMessages(guild)} messages of the last ${DAYS} days, and ${pace}.
`);
if (clock)
  say(`It is ${timeText(now(), zone)} there, and a week passes in ${durationText((7 * DAY_MS) / speed)}. Whatever else is run beside it needs the same
settings: npm run almanac -- jobs.
`);
say(`To see weekly posts come, type, once the bot records: /settings weekly-channel:#general
`);
if (process.stdin.isTTY) {
  say('What can be typed:\n');
  for (const [word, { what }] of Object.entries(WORDS)) say(`  ${word.padEnd(8)}${what}`);
  say(`
  /stats period:week private:true          ${keyboard.nameOf(guild.ownerId)}, who owns the server, uses a command in #general
  as bjorn in #projects /stats             another member does, elsewhere
  press LABEL                              presses a button of the newest answer that has it
`);
}
say(`Answers are shown at ${previewUrl}`);
say('Ctrl+C ends.\n');

createInterface({ input: process.stdin }).on('line', (line) => {
  const word = line.trim();
  if (Object.hasOwn(WORDS, word)) {
    WORDS[word]!.act();
    say(`  ${word}: done`);
  } else if (keyboard.isMeant(word)) void useBot(word);
  else if (word !== '')
    say(`  Not one of ${Object.keys(WORDS).join(', ')}; nor a /command, nor press LABEL.`);
});

const reporting = setInterval(report(discord), speed > 1 ? DAY_MS / speed : REPORT_MS);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    stop?.();
    clearInterval(reporting);
    void discord.close().then(() => process.exit(0));
  });

/** Says what happened since it last did; nothing where nothing did. */
function report({ gateway, requests }: Discord): () => void {
  let before = { happened: 0, told: 0 };
  let since = world.now();
  return () => {
    const after = { happened, told: gateway.tally.dispatches };
    const asked = requests.filter(({ atMs }) => atMs >= since);
    const refused = asked.filter(({ status = 0 }) => status >= 400).length;
    const events = after.happened - before.happened;
    const told = after.told - before.told;
    if (events + told + asked.length > 0)
      say(
        `${clock ? timeText(now(), zone) : new Date().toTimeString().slice(0, 8)}  ${events} events, ${told} dispatches to ${gateway.connected} connections, ` +
          `${asked.length} requests${refused > 0 ? ` (${refused} refused)` : ''}; ${countMessages(guild)} messages`,
      );
    before = after;
    since = world.now();
  };
}

function durationText(ms: number): string {
  const minutes = ms / 60_000;
  return minutes < 2 ? `${Math.round(ms / 1000)} seconds` : `${Math.round(minutes)} minutes`;
}
