import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import { afterEach } from 'vitest';
import { attachGateway, type Gateway, type GatewayOptions } from '../gateway.ts';
import { makeWorld, type WorldOptions } from '../world.ts';
import type { Frame, RawClient } from './raw-client.ts';

/** Intents for people, what they say, and voice. */
export const ALL =
  GatewayIntentBits.Guilds |
  GatewayIntentBits.GuildMembers |
  GatewayIntentBits.GuildMessages |
  GatewayIntentBits.MessageContent |
  GatewayIntentBits.GuildVoiceStates;

const open: { server: Server; gateway: Gateway }[] = [];

/** A guild with a channel and somebody in it, behind a gateway that ends with the test. */
export async function start(options: GatewayOptions = {}, worldOptions: WorldOptions = {}) {
  const world = makeWorld(worldOptions);
  const guild = world.addGuild();
  const channel = world.addChannel(guild.id);
  const anna = world.addUser('anna', { guildId: guild.id });
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const gateway = attachGateway(server, world, options);
  open.push({ server, gateway });
  const say = (content: string) => world.send(channel.id, { author: anna.id, content });
  return { world, guild, channel, anna, server, gateway, url: gateway.url, say };
}

/** Stops what `start` started after each test of the file. */
export function stopAfterEach(): void {
  afterEach(() => {
    for (const { server, gateway } of open.splice(0)) {
      gateway.stop();
      server.close();
      server.closeAllConnections();
    }
  });
}

/** The names of the dispatches so far. */
export const names = (frames: Frame[]) => frames.flatMap(({ t }) => t ?? []);

/** What was said so far, as far as it was told. */
export const texts = (frames: Frame[]) =>
  frames.filter(({ t }) => t === 'MESSAGE_CREATE').map(({ d }) => d.content as string);

/** All that the gateway had to tell is here, once a heartbeat is answered: frames keep their order. */
export async function settled(client: RawClient): Promise<void> {
  client.send(GatewayOpcodes.Heartbeat);
  await client.next(GatewayOpcodes.HeartbeatAck);
}

/** Resolves once it holds; the test's deadline ends it where it never does. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await setTimeout(5);
}
