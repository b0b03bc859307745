import { ApplicationFlags, GatewayIntentBits, GatewayOpcodes } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { connectRaw, identifyRaw, type RawClient, resumeRaw } from './gateway/raw-client.ts';
import { ALL, names, settled, start, stopAfterEach, texts, until } from './gateway/start.ts';

const { GuildMembers, Guilds } = GatewayIntentBits;

stopAfterEach();

describe('who breaks the protocol is closed', () => {
  const identity = { token: 'token', intents: Guilds, properties: {} };
  const op = (name: number, d?: unknown) => (client: RawClient) => client.send(name, d);
  const identify = (more: object) => op(GatewayOpcodes.Identify, { ...identity, ...more });
  const cases: [why: string, code: number, act: (client: RawClient) => void][] = [
    ['with a wrong token', 4004, identify({ token: 'wrong' })],
    ['with an intent that there is not', 4013, identify({ intents: 1 << 30 })],
    ['with a privileged intent that is not granted', 4014, identify({ intents: GuildMembers })],
    ['with a shard beyond the last', 4010, identify({ shard: [2, 2] })],
    [
      'for asking before identifying',
      4003,
      op(GatewayOpcodes.RequestGuildMembers, { guild_id: '1', query: '' }),
    ],
    ['with a text that is no JSON', 4002, (client) => client.sendText('{')],
    ['with an unknown opcode', 4001, op(99, {})],
    [
      'for resuming with a wrong token',
      4004,
      op(GatewayOpcodes.Resume, { token: 'wrong', session_id: '', seq: 0 }),
    ],
    [
      'for identifying twice',
      4005,
      (client) => {
        identify({})(client);
        identify({})(client);
      },
    ],
    [
      'for the 121st frame in a minute',
      4008,
      (client) => {
        for (let i = 0; i < 121; i++) client.send(GatewayOpcodes.Heartbeat);
      },
    ],
  ];
  it.for(cases)('%s: %i', async ([, code, act]) => {
    const { url } = await start({}, { application: { flags: ApplicationFlags.GatewayMessageContent } });
    const client = connectRaw(url);
    await client.next(GatewayOpcodes.Hello);
    act(client);
    expect(await client.closed).toBe(code);
  });

  it('for a sequence that was not told yet: 4007', async () => {
    const { url } = await start();
    const first = await identifyRaw(url, ALL);
    first.cut();
    const second = await resumeRaw(url, first.sessionId, 99);
    expect(await second.closed).toBe(4007);
  });

  it('for speaking another version of the API: 4012', async () => {
    const { url } = await start();
    expect(await connectRaw(url, 'v=6&encoding=json').closed).toBe(4012);
  });

  it('when it has started all sessions of a day', async () => {
    const { url, gateway } = await start({ identifiesPerDay: 1 });
    await identifyRaw(url, Guilds);
    expect(gateway.sessionStartLimit).toMatchObject({ total: 1, remaining: 0 });
    const client = connectRaw(url);
    await client.next(GatewayOpcodes.Hello);
    identify({})(client);
    expect(await client.closed).toBe(4004);
  });
});

describe('asking for members', () => {
  const ask = (client: RawClient, d: object) => client.send(GatewayOpcodes.RequestGuildMembers, d);

  it('tells all of a guild in chunks, and not again too soon', async () => {
    let now = Date.now();
    const { world, guild, url } = await start({ chunkMembers: 2 }, { now: () => now });
    for (const name of ['bela', 'carl']) world.addUser(name, { guildId: guild.id });
    const client = await identifyRaw(url, ALL);
    const everybody = { guild_id: guild.id, query: '', limit: 0, nonce: 'n' };
    ask(client, everybody);
    const chunks = [1, 2, 3].map(() => client.next('GUILD_MEMBERS_CHUNK'));
    const told = (await Promise.all(chunks)).map(({ d }) => d);
    expect(told.map((d) => [d.chunk_index, d.chunk_count, d.nonce])).toEqual(
      [0, 1, 2].map((i) => [i, 3, 'n']),
    );
    expect(told.flatMap(({ members }) => members)).toHaveLength(5);
    now += 20_000;
    ask(client, everybody);
    const limited = await client.next('RATE_LIMITED');
    expect(limited.d).toEqual({ opcode: 8, retry_after: 10, meta: { guild_id: guild.id, nonce: 'n' } });
    now += 10_000;
    ask(client, everybody);
    await client.next('GUILD_MEMBERS_CHUNK');
  });

  it('finds some by name or by id', async () => {
    const { guild, anna, url } = await start();
    const client = await identifyRaw(url, Guilds);
    ask(client, { guild_id: guild.id, query: 'ANN', limit: 5 });
    expect((await client.next('GUILD_MEMBERS_CHUNK')).d).toMatchObject({
      members: [{ user: { id: anna.id } }],
    });
    ask(client, { guild_id: guild.id, user_ids: [anna.id, '123'] });
    expect((await client.next('GUILD_MEMBERS_CHUNK')).d).toMatchObject({
      members: [{ user: { id: anna.id } }],
      not_found: ['123'],
    });
  });

  it('needs the intent for all of a guild', async () => {
    const { guild, url } = await start();
    const client = await identifyRaw(url, Guilds);
    ask(client, { guild_id: guild.id, query: '', limit: 0 });
    expect(await client.closed).toBe(4014);
  });
});

describe('on request it', () => {
  it('asks to reconnect, or to resume at once', async () => {
    const { gateway, url } = await start();
    const client = await identifyRaw(url, ALL);
    gateway.reconnect();
    await client.next(GatewayOpcodes.Reconnect);
    gateway.invalidateSessions({ resumable: true });
    expect((await client.next(GatewayOpcodes.InvalidSession)).d).toBe(true);
    client.send(GatewayOpcodes.Resume, { token: 'token', session_id: client.sessionId, seq: 2 });
    await client.next('RESUMED');
  });

  it('makes sessions invalid', async () => {
    const { gateway, url } = await start();
    const client = await identifyRaw(url, ALL);
    gateway.invalidateSessions();
    expect((await client.next(GatewayOpcodes.InvalidSession)).d).toBe(false);
    expect(gateway.sessions).toEqual([]);
  });

  it('tears a connection after so many dispatches, and loses none', async () => {
    const { gateway, url, say } = await start();
    const first = await identifyRaw(url, ALL);
    gateway.loseAfter(2);
    for (let i = 0; i < 4; i++) say(`text ${i}`);
    expect(await first.closed).toBe(1006);
    const last = first.frames.at(-1)!.s ?? 0;
    const second = await resumeRaw(url, first.sessionId, last);
    await second.next('RESUMED');
    expect(texts([...first.frames, ...second.frames])).toEqual(['text 0', 'text 1', 'text 2', 'text 3']);
  });

  it('answers no RESUME for a while, but every heartbeat', async () => {
    const { gateway, url } = await start();
    const first = await identifyRaw(url, ALL);
    first.cut();
    gateway.ignoreResumes(1);
    const deaf = await resumeRaw(url, first.sessionId, 1);
    await settled(deaf);
    expect(names(deaf.frames)).toEqual([]);
    await (await resumeRaw(url, first.sessionId, 1)).next('RESUMED');
  });

  it('leaves heartbeats without an answer', async () => {
    const { gateway, url } = await start();
    const client = await identifyRaw(url, ALL);
    gateway.ignoreHeartbeats(1);
    client.send(GatewayOpcodes.Heartbeat);
    await settled(client);
    expect(client.frames.filter(({ op }) => op === 11)).toHaveLength(1);
    expect(gateway.tally.heartbeats).toBe(2);
  });

  it('refuses connections, and accepts them again', async () => {
    const { gateway, url } = await start();
    const before = await identifyRaw(url, ALL);
    gateway.refuseConnections();
    expect(await connectRaw(url).closed).toBe(1006);
    await settled(before);
    await gateway.acceptConnections();
    await identifyRaw(url, ALL);
    gateway.refuseUpgrades(1);
    expect(await connectRaw(url).closed).toBe(1006);
    await identifyRaw(url, ALL);
  });

  it('sends everything late, and still in order', async () => {
    const { gateway, url, say } = await start();
    const client = await identifyRaw(url, ALL);
    await settled(client);
    gateway.delayDispatches(50);
    const saidAt = performance.now();
    say('first');
    gateway.delayDispatches(0);
    say('second');
    await settled(client);
    expect(performance.now() - saidAt).toBeGreaterThanOrEqual(50);
    expect(texts(client.frames)).toEqual(['first', 'second']);
  });

  it('forgets sessions that go on being told, and closes with any code', async () => {
    const { gateway, url, say } = await start();
    const client = await identifyRaw(url, ALL);
    gateway.forgetSessions();
    say('still heard');
    await client.next('MESSAGE_CREATE');
    gateway.close(4009);
    expect(await client.closed).toBe(4009);
    await until(() => gateway.sessions.length === 0);
  });
});
