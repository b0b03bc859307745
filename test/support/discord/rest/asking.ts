/** What the tests of the REST side share: a guild, and a client of discord.js that asks about it. */
import { DiscordAPIError, REST } from '@discordjs/rest';
import { ChannelType } from 'discord-api-types/v10';
import { afterEach } from 'vitest';
import { type Discord, type DiscordOptions, startDiscord } from '../server.ts';
import type { WorldOptions } from '../world.ts';
import { BOT_PERMISSIONS } from '../world/guilds.ts';

/** How a test's Discord begins. */
export interface BeginOptions {
  world?: WorldOptions;
  limits?: DiscordOptions['limits'];
  botPermissions?: bigint;
  nonceMs?: number;
  deadlines?: DiscordOptions['deadlines'];
}

/** A guild with two people and a text channel in a Discord that is still at noon, and ways to ask about it. */
export type Begun = Awaited<ReturnType<typeof begin>>;

/**
 * Gives each test a Discord, and ends it behind the test. A test fails that leaves breaches of Discord's description
 * behind, where `DISCORD_OPENAPI` says where that is.
 */
export function useDiscord(): (options?: BeginOptions) => Promise<Begun> {
  const running: Discord[] = [];
  afterEach(async () => {
    const breaches = running.flatMap(({ oracleFaults }) => oracleFaults);
    await Promise.all(running.splice(0).map((discord) => discord.close()));
    if (breaches.length > 0) throw new Error(`Not as Discord describes it:\n${breaches.join('\n')}`);
  });
  return (options) => begin(running, options);
}

async function begin(
  running: Discord[],
  { world: options, limits = {}, botPermissions = BOT_PERMISSIONS, ...others }: BeginOptions = {},
) {
  const clock = { now: Date.UTC(2026, 0, 15, 12) };
  const discord = await startDiscord({
    world: { now: () => clock.now, ...options },
    openapi: process.env['DISCORD_OPENAPI'],
    limits,
    ...others,
  });
  running.push(discord);
  const { world } = discord;
  const guild = world.addGuild({ name: 'Harbour', botPermissions });
  const anna = world.addUser('anna', { guildId: guild.id }).id;
  const ben = world.addUser('ben', { guildId: guild.id }).id;
  const channel = world.addChannel(guild.id, ChannelType.GuildText, { name: 'general' }).id;
  const rest = new REST({ api: discord.url, retries: 0 }).setToken(world.truth.token);
  const get = async <T>(path: string, query: Record<string, string> = {}) =>
    (await rest.get(path as `/${string}`, { query: new URLSearchParams(query) })) as T;
  const plain = (path: string, init: RequestInit = {}) =>
    fetch(`http://127.0.0.1:${discord.port}${path}`, { headers: { authorization: 'Bot token' }, ...init });
  return { discord, clock, world, bot: world.truth.bot.id, guild, anna, ben, channel, rest, get, plain };
}

/** The status and the code that a request is refused with. */
export async function refusalOf(request: Promise<unknown>): Promise<[number, number | string]> {
  const error: unknown = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DiscordAPIError)) throw new Error('not refused', { cause: error });
  return [error.status, error.code];
}
