/**
 * `npm run fake-discord`: a Discord on this machine with a small busy guild, to start the bot against and watch. All is
 * in memory: it begins anew each time, and the bot may be killed and started again beside it.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { seededRandom } from '../random.ts';
import { countMessages, keepBusy, makeBusyWorld } from './busy-guild.ts';
import { type Keyboard, makeKeyboard } from './program/commands.ts';
import { previewPage } from './program/preview.ts';
import { type Discord, startDiscord } from './server.ts';

const TOKEN = 'loopback';
const REPORT_MS = 5000;
const DAYS = 23;
const DEEDS = 4200;

const USAGE = `fake-discord [--port 7171] [--rate 2] [--limits]

  --port N     where to listen on 127.0.0.1
  --rate N     events per second in the busy guild; 0 is a quiet one
  --limits     refuse requests beyond Discord's rate limits
`;

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

/** Reads the command line; ends the process where it can't be read. */
function readOptions(): { port: number; rate: number; isLimited: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        port: { type: 'string', default: '7171' },
        rate: { type: 'string', default: '2' },
        limits: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    const [port, rate] = [Number(values.port), Number(values.rate)];
    if (!Number.isInteger(port) || port < 0 || port > 65_535 || !(rate >= 0)) throw new Error('Not a number');
    if (!values.help) return { port, rate, isLimited: values.limits };
    say(USAGE);
    return process.exit(0);
  } catch {
    process.stderr.write(USAGE);
    return process.exit(2);
  }
}

const { port, rate, isLimited } = readOptions();
// Long enough that the last week and the one before it are over.
const busy = makeBusyWorld({ random: seededRandom(Date.now()), token: TOKEN, days: DAYS, deeds: DEEDS });
const { guild, world } = busy;

let page: ReturnType<typeof previewPage> | undefined;
const discord = await startDiscord({
  world,
  port,
  limits: { isOn: isLimited },
  page: (request, response) => page?.(request, response) ?? false,
}).catch((error: unknown) => {
  if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
  process.stderr.write(`Port ${port} is taken. Choose another: npm run fake-discord -- --port ${port + 1}\n`);
  return process.exit(1);
});

const keyboard: Keyboard = makeKeyboard(discord, guild);
page = previewPage(keyboard);
const previewUrl = `http://127.0.0.1:${discord.port}/preview`;

let happened = 0;
world.on(() => happened++);
let stop = rate > 0 ? start() : undefined;

function start(): () => void {
  return keepBusy(busy, { everyMs: 1000 / (rate || 1), onError: (error) => say(`  ! ${String(error)}`) });
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

say(`A loopback Discord listens on ${discord.url}. Start the bot beside it:

  DISCORD_TOKEN=${TOKEN} DISCORD_API=${discord.url} ALMANAC_DATA=data/fake-discord npm start -- --deploy

"${guild.name}": ${guild.members.size} members, ${guild.channels.size} channels and threads, ${countMessages(guild)} messages of the last ${DAYS} days, and from now ${rate} events a second.
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

const reporting = setInterval(report(discord), REPORT_MS);
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
    const now = { happened, told: gateway.tally.dispatches };
    const asked = requests.filter(({ atMs }) => atMs >= since);
    const refused = asked.filter(({ status = 0 }) => status >= 400).length;
    const events = now.happened - before.happened;
    const told = now.told - before.told;
    if (events + told + asked.length > 0)
      say(
        `${new Date().toTimeString().slice(0, 8)}  ${events} events, ${told} dispatches to ${gateway.connected} connections, ` +
          `${asked.length} requests${refused > 0 ? ` (${refused} refused)` : ''}; ${countMessages(guild)} messages`,
      );
    before = now;
    since = world.now();
  };
}
