/** A bot that connects to a loopback Discord, with a clock that runs faster. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayReadyDispatchData } from 'discord-api-types/v10';
import { onTestFinished } from 'vitest';
import { type Connection, type ConnectionOptions, intentsFor, makeConnection } from '../../bot/client.ts';
import type { Clock } from '../../bot/clock.ts';
import type { GatewayRefusal } from '../../bot/gateway-refusal.ts';
import { makeSessions, type Sessions } from '../../bot/sessions.ts';
import type { Dispatch, ShardState } from '../../bot/sharding.ts';
import type { Progress } from '../../db/shards.ts';
import { type Discord, type DiscordOptions, startDiscord } from '../support/discord/server.ts';

const FASTER = 50;

/** What takes a minute takes a second or so. */
export const fastClock: Clock = {
  now: () => performance.now() * FASTER,
  wait: (ms, signal) => sleep(ms / FASTER, undefined, { signal }),
};

/** A Discord with one guild that has one channel, and someone who writes there. */
export interface Place {
  discord: Discord;
  guildId: string;
  /** Sends so many messages and tells their ids. */
  say(count?: number): string[];
}

export async function startPlace(options: DiscordOptions = {}): Promise<Place> {
  const discord = await startDiscord(options);
  onTestFinished(() => discord.close());
  const { world } = discord;
  const author = world.addUser('author');
  const guild = world.addGuild({ ownerId: author.id });
  const channel = world.addChannel(guild.id);
  const say = (count = 1) =>
    Array.from({ length: count }, () => world.send(channel.id, { author: author.id, content: 'hello' }).id);
  return { discord, guildId: guild.id, say };
}

/** A connection, and all that it told. */
export interface Bot extends Connection {
  sessions: Sessions;
  dispatches: Dispatch[];
  states: ShardState[];
  refusals: GatewayRefusal[];
  untaken: unknown[];
  /** Ids of the messages that were heard of, in that order. */
  heard(): string[];
  /** What a recorder would keep of the newest dispatch. */
  progress(): Progress;
}

export function makeBot(
  { discord }: Place,
  options: Partial<ConnectionOptions> & { restored?: Progress } = {},
): Bot {
  const { truth } = discord.world;
  const dispatches: Dispatch[] = [];
  const states: ShardState[] = [];
  const refusals: GatewayRefusal[] = [];
  const untaken: unknown[] = [];
  const sessions = makeSessions(fastClock.now);
  if (options.restored) sessions.restore(0, { ...options.restored, shardCount: 1, isResumable: true });
  const connection = makeConnection({
    token: truth.token,
    apiUrl: discord.url,
    intents: intentsFor(truth.application.flags ?? 0),
    shards: 'auto',
    sessions,
    clock: fastClock,
    self: {
      user: truth.bot,
      application: truth.application as GatewayReadyDispatchData['application'],
    },
    onDispatch: (dispatch) => dispatches.push(dispatch),
    onState: (_, state) => states.push(state),
    onRefused: (refusal) => refusals.push(refusal),
    onUntaken: (error) => untaken.push(error),
    ...options,
  });
  onTestFinished(() => connection.closeKeeping());
  return {
    ...connection,
    sessions,
    dispatches,
    states,
    refusals,
    untaken,
    heard: () =>
      dispatches.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => (d as { id: string }).id),
    progress: () => ({ session: sessions.current(0)!, sequence: dispatches.at(-1)!.s, at: 0 }),
  };
}

/** One that is connected and has heard of its guild. */
export async function startBot(...given: Parameters<typeof makeBot>): Promise<Bot> {
  const bot = makeBot(...given);
  await bot.start();
  if (!given[1]?.restored) await until(() => bot.dispatches.some(({ t }) => t === 'GUILD_CREATE'));
  return bot;
}

/** Waits for what must come. */
export async function until(isSo: () => boolean): Promise<void> {
  const deadline = performance.now() + 30_000;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`never came: ${isSo}`);
    await sleep(5);
  }
}
