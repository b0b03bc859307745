/**
 * A loopback Discord with a big guild as a process of its own, for benches: it says in one line of JSON where it is and
 * what there is to be read, and in another, on a line `stats` or SIGUSR2, what was asked of it since the start or the
 * last line `reset`. SIGTERM, or the end of its input, ends it.
 */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type BigGuildOptions, makeBigGuild } from './big-guild.ts';
import { type Discord, startDiscord } from './server.ts';
import { makeWorld } from './world.ts';

const TOKEN = 'loopback';

const USAGE = `big-guild-program [--messages 100000] [--channels 200] [--threads 2000] [--members 500] [--years 4] [--seed 1] [--slope 1.1]
                  [--limits] [--per-second 50] [--port 0]

  --limits        refuse requests beyond Discord's rate limits
  --per-second N  requests of all routes in a second, with --limits
`;

const SIZES = ['messages', 'channels', 'threads', 'members', 'years', 'seed', 'slope'] as const;

/** Reads the command line; ends the process where it can't be read. */
function readOptions() {
  try {
    const number = { type: 'string' } as const;
    const { values } = parseArgs({
      options: {
        messages: number,
        channels: number,
        threads: number,
        members: number,
        years: number,
        seed: number,
        slope: number,
        port: number,
        'per-second': number,
        limits: { type: 'boolean', default: false },
      },
    });
    const asNumber = (text: string): number => {
      if (!(Number(text) >= 0)) throw new Error('Not a number');
      return Number(text);
    };
    const size: BigGuildOptions = {};
    for (const name of SIZES) if (values[name] !== undefined) size[name] = asNumber(values[name]);
    const globalPerSecond = asNumber(values['per-second'] ?? '50');
    return { size, port: asNumber(values.port ?? '0'), limits: { isOn: values.limits, globalPerSecond } };
  } catch {
    process.stderr.write(USAGE);
    return process.exit(2);
  }
}

const say = (told: unknown): boolean => process.stdout.write(`${JSON.stringify(told)}\n`);

const { size, port, limits } = readOptions();
const world = makeWorld({ token: TOKEN });
const { guild, readable, closed, ...figures } = makeBigGuild(world, size);
const discord: Discord = await startDiscord({ world, port, limits });

say({
  url: discord.url,
  token: TOKEN,
  guildId: guild.id,
  ...figures,
  readablePlaces: readable.size,
  closedPlaces: closed.size,
});

function sayFigures(): void {
  const { rss } = process.memoryUsage();
  say({
    ...discord.tally.figures,
    invalid: discord.limits.invalidCount(world.now()),
    rssMb: Math.round(rss / 1e6),
  });
}

function stop(): void {
  void discord.close().then(() => process.exit(0));
}

process.on('SIGUSR2', sayFigures);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line.trim() === 'stats') sayFigures();
    if (line.trim() === 'reset') discord.tally.clear();
  })
  .once('close', stop);
