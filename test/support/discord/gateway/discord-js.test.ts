/** The real client against the gateway; the REST that it needs to begin is one answer. */
import { once } from 'node:events';
import { Client, Events, GatewayIntentBits, Options } from 'discord.js';
import { afterEach, describe, expect, it } from 'vitest';
import type { GatewayOptions } from '../gateway.ts';
import { start, stopAfterEach, until } from './start.ts';

stopAfterEach();

const clients: Client[] = [];

afterEach(() => Promise.all(clients.splice(0).map((client) => client.destroy())));

/** A client that is ready, with what it heard. */
async function login(options: GatewayOptions = {}, shardCount = 1) {
  const started = await start(options);
  const { server, gateway } = started;
  server.on('request', (_request, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({ url: gateway.url, shards: 1, session_start_limit: gateway.sessionStartLimit }),
    );
  });
  const client = new Client({
    intents: [
      GatewayIntentBits.Guilds,
      GatewayIntentBits.GuildMembers,
      GatewayIntentBits.GuildMessages,
      GatewayIntentBits.MessageContent,
    ],
    shardCount,
    rest: { api: `${gateway.url.replace('ws', 'http')}/api` },
    makeCache: Options.cacheEverything(),
    ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
  });
  clients.push(client);
  const heard: string[] = [];
  const shardEvents: string[] = [];
  client.on(Events.MessageCreate, ({ content }) => heard.push(content));
  client.on(Events.ShardReady, () => shardEvents.push('ready'));
  client.on(Events.ShardResume, () => shardEvents.push('resumed'));
  const ready = once(client, Events.ClientReady);
  await client.login(started.world.truth.token);
  await ready;
  return { ...started, client, heard, shardEvents };
}

type LoggedIn = Awaited<ReturnType<typeof login>>;

describe('discord.js', () => {
  it('logs in, knows the guild, and hears', async () => {
    const { client, guild, channel, heard, say, gateway } = await login();
    expect(client.guilds.cache.get(guild.id)?.channels.cache.get(channel.id)?.name).toBe(channel.name);
    say('hello');
    await until(() => heard.length === 1);
    expect(heard).toEqual(['hello']);
    expect(gateway.connected).toBe(1);
  });

  it('fetches all members of a guild', async () => {
    const { client, guild, world } = await login();
    for (const name of ['bela', 'carl']) world.addUser(name, { guildId: guild.id });
    const members = await client.guilds.cache.get(guild.id)!.members.fetch();
    expect(members.size).toBe(5);
  });

  it('runs two shards', async () => {
    const { gateway } = await login({}, 2);
    expect(gateway.sessions.map(({ shard }) => shard)).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });

  const resuming: [what: string, act: (started: LoggedIn) => void][] = [
    ['asked to reconnect', ({ gateway }) => gateway.reconnect()],
    ['cut', ({ gateway }) => gateway.cut()],
    ['closed with 4000', ({ gateway }) => gateway.close(4000)],
    ['told to resume', ({ gateway }) => gateway.invalidateSessions({ resumable: true })],
    ['refused by the gateway for a moment', refuseTwice],
  ];
  it.for(resuming)('resumes where it is %s, and misses nothing', async ([, act]) => {
    const started = await login();
    const { gateway, heard, shardEvents, say } = started;
    say('before');
    await until(() => heard.length === 1);
    act(started);
    say('meanwhile');
    await until(() => shardEvents.includes('resumed') && heard.length === 2);
    expect(heard).toEqual(['before', 'meanwhile']);
    expect(shardEvents).toEqual(['ready', 'resumed']);
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: 1 });
  });

  function refuseTwice({ gateway }: LoggedIn): void {
    gateway.refuseUpgrades(2);
    gateway.cut();
  }

  it('resumes where its heartbeats stay without an answer', async () => {
    const { gateway, heard, shardEvents, say } = await login({ heartbeatIntervalMs: 100 });
    gateway.ignoreHeartbeats();
    await until(() => gateway.tally.closes.length > 0);
    gateway.behave();
    say('meanwhile');
    await until(() => shardEvents.includes('resumed') && heard.length === 1);
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: 1, closes: [4200] });
  });

  const anew: [what: string, act: (started: LoggedIn) => void][] = [
    ['its session is invalid', ({ gateway }) => gateway.invalidateSessions()],
    ['it is closed with 1000', ({ gateway }) => gateway.close(1000)],
    [
      'its session was forgotten',
      ({ gateway }) => {
        gateway.forgetSessions();
        gateway.cut();
      },
    ],
    [
      'the port is closed for a moment',
      ({ gateway }) => {
        gateway.refuseConnections(700);
        gateway.cut();
      },
    ],
  ];
  it.for(anew)('identifies anew where %s', async ([, act]) => {
    const started = await login();
    const { gateway, shardEvents } = started;
    act(started);
    await until(() => shardEvents.length === 2);
    expect(shardEvents).toEqual(['ready', 'ready']);
    expect(gateway.tally.identifies).toBe(2);
  });

  it('hangs where its RESUME is never answered', async () => {
    const { gateway, shardEvents } = await login({ heartbeatIntervalMs: 20 });
    gateway.ignoreResumes(1);
    gateway.cut();
    await until(() => gateway.connected === 1);
    const { heartbeats } = gateway.tally;
    await until(() => gateway.tally.heartbeats > heartbeats + 3);
    expect(shardEvents).toEqual(['ready']);
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: 0 });
  });
});
