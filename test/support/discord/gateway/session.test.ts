import { GatewayIntentBits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { identifyRaw } from './raw-client.ts';
import { ALL, names, settled, start, stopAfterEach, texts } from './start.ts';

const { GuildMembers, GuildMessages, GuildModeration, Guilds, MessageContent } = GatewayIntentBits;

stopAfterEach();

describe('a session', () => {
  it('begins with HELLO, READY with its guilds away, then each guild that is not', async () => {
    const { world, guild, url } = await start({ heartbeatIntervalMs: 1234 });
    const away = world.addGuild();
    world.setUnavailable(away.id);
    world.addGuild({ hasBot: false });
    const client = await identifyRaw(url, ALL);
    await settled(client);
    const [hello, ready, create] = client.frames;
    expect(hello).toEqual({ t: null, s: null, op: 10, d: { heartbeat_interval: 1234 } });
    expect(ready).toMatchObject({
      s: 1,
      d: {
        guilds: [guild, away].map(({ id }) => ({ id, unavailable: true })),
        user: { id: world.truth.bot.id },
        resume_gateway_url: url,
      },
    });
    expect(create).toMatchObject({
      t: 'GUILD_CREATE',
      s: 2,
      d: { id: guild.id, member_count: 3, large: false },
    });
    expect(names(client.frames)).toEqual(['READY', 'GUILD_CREATE']);
  });

  it('is told of a guild when its outage ends, and when the bot comes and goes', async () => {
    const { world, guild, url } = await start();
    const client = await identifyRaw(url, Guilds);
    world.setUnavailable(guild.id);
    world.renameGuild(guild.id, 'Meanwhile');
    world.setAvailable(guild.id);
    world.kickBot(guild.id);
    world.renameGuild(guild.id, 'Unheard');
    world.inviteBot(guild.id);
    await settled(client);
    expect(client.frames.slice(3, -1).map(({ t, d }) => [t, d.unavailable, d.name])).toEqual([
      ['GUILD_DELETE', true, undefined],
      ['GUILD_CREATE', false, 'Meanwhile'],
      ['GUILD_DELETE', undefined, undefined],
      ['GUILD_CREATE', false, 'Unheard'],
    ]);
  });

  it('gets as many members with its guild as it asked for, and only the bot without the intent', async () => {
    const { world, guild, url } = await start();
    for (const name of ['bela', 'carl', 'dora']) world.addUser(name, { guildId: guild.id });
    const membersOf = async (intents: number, largeThreshold: number) => {
      const client = await identifyRaw(url, intents, { large_threshold: largeThreshold });
      const { d } = await client.next('GUILD_CREATE');
      return [d.large, (d.members as unknown[]).length];
    };
    expect(await membersOf(ALL, 50)).toEqual([false, 6]);
    expect(await membersOf(ALL, 4)).toEqual([true, 4]);
    expect(await membersOf(Guilds, 50)).toEqual([false, 1]);
  });

  it('is told what its intents cover, by any one of them', async () => {
    const { world, guild, anna, url, say } = await start();
    const talk = await identifyRaw(url, Guilds | GuildMessages);
    const people = await identifyRaw(url, GuildMembers | GuildModeration);
    say('hello');
    world.setNick(guild.id, anna.id, 'Anna A.');
    world.ban(guild.id, anna.id);
    world.addRole(guild.id);
    await settled(talk);
    await settled(people);
    expect(names(talk.frames)).toEqual(['READY', 'GUILD_CREATE', 'MESSAGE_CREATE', 'GUILD_ROLE_CREATE']);
    expect(names(people.frames)).toEqual([
      'READY',
      'GUILD_MEMBER_UPDATE',
      'GUILD_BAN_ADD',
      'GUILD_MEMBER_REMOVE',
    ]);
  });

  it('reads no text without the content intent, but its own and what mentions it', async () => {
    const { world, channel, anna, url, say } = await start();
    const blind = await identifyRaw(url, Guilds | GuildMessages);
    const seeing = await identifyRaw(url, Guilds | GuildMessages | MessageContent);
    const secret = say('secret');
    const bot = world.truth.bot.id;
    say(`hello <@${bot}>`);
    world.send(channel.id, { author: bot, content: 'answer', replyTo: secret.id });
    world.send(channel.id, {
      author: anna.id,
      forward: secret,
      attachments: ['a.png'],
      poll: { question: 'q', answers: ['a'] },
    });
    await settled(blind);
    await settled(seeing);
    expect(texts(seeing.frames)).toEqual(['secret', `hello <@${bot}>`, 'answer', '']);
    expect(texts(blind.frames)).toEqual(['', `hello <@${bot}>`, 'answer', '']);
    expect(JSON.stringify(blind.frames)).not.toContain('secret');
    expect(blind.frames.at(-2)!.d).toMatchObject({ attachments: [], embeds: [], components: [] });
    expect(blind.frames.at(-2)!.d).not.toHaveProperty('poll');
  });

  it('hears nothing of a channel that the bot may not view, and sees a placeholder of it', async () => {
    const { world, guild, channel, anna, url, say } = await start();
    world.updateChannel(channel.id, { name: 'plans', topic: 'of all kinds' });
    const thread = world.startThread(channel.id, { ownerId: anna.id, name: 'open' });
    const client = await identifyRaw(url, ALL);
    world.hideChannel(channel.id);
    say('unheard');
    world.renameThread(thread.id, 'renamed');
    world.showChannel(channel.id);
    await settled(client);
    expect(names(client.frames).slice(2)).toEqual(['CHANNEL_UPDATE', 'CHANNEL_UPDATE', 'THREAD_LIST_SYNC']);
    const [hidden, shown, sync] = client.frames.slice(3);
    expect(hidden!.d).toMatchObject({ id: channel.id, name: '___hidden___', flags: 1 << 17, topic: null });
    expect(shown!.d).toMatchObject({ id: channel.id, name: 'plans', flags: 0, topic: 'of all kinds' });
    expect(sync!.d).toMatchObject({
      guild_id: guild.id,
      channel_ids: [channel.id],
      threads: [{ id: thread.id, name: 'renamed' }],
    });
  });

  it('hears of the guilds of its shard', async () => {
    const { world, url } = await start();
    for (const guild of world.truth.guilds.values()) world.kickBot(guild.id);
    const [even, odd] = [10n, 11n].map((ms) =>
      world.addGuild({ id: String((1_000_000_000_000n + ms) << 22n) }),
    );
    const shards = [
      await identifyRaw(url, ALL, { shard: [0, 2] }),
      await identifyRaw(url, ALL, { shard: [1, 2] }),
    ];
    world.renameGuild(even!.id, 'Even');
    world.renameGuild(odd!.id, 'Odd');
    for (const client of shards) await settled(client);
    const heard = shards.map(({ frames }) =>
      frames.flatMap(({ t, d }) => (t === 'GUILD_UPDATE' ? d.name : [])),
    );
    expect(heard).toEqual([['Even'], ['Odd']]);
    expect(shards.map(({ frames }) => frames[1]!.d.guilds)).toMatchObject([
      [{ id: even!.id }],
      [{ id: odd!.id }],
    ]);
  });

  it('is told malformed things as they stand', async () => {
    const { world, guild, url } = await start();
    const client = await identifyRaw(url, Guilds | GuildMessages);
    world.emitRaw({ guildId: guild.id, intents: 0, dispatch: { t: 'MESSAGE_CREATE', d: { id: 7 } } });
    world.emitRaw({ guildId: guild.id, intents: 0, dispatch: { t: 'GUILD_CREATE', d: null } });
    await settled(client);
    expect(client.frames.slice(3, -1).map(({ t, d }) => [t, d])).toEqual([
      ['MESSAGE_CREATE', { id: 7 }],
      ['GUILD_CREATE', null],
    ]);
  });

  it('may be one zlib stream', async () => {
    const { url, say } = await start();
    const client = await identifyRaw(url, ALL, { query: 'v=10&encoding=json&compress=zlib-stream' });
    for (let i = 0; i < 50; i++) say(`text ${i}`);
    await settled(client);
    expect(texts(client.frames)).toEqual(Array.from({ length: 50 }, (_, i) => `text ${i}`));
    client.send(99);
    expect(await client.closed).toBe(4001);
  });

  it('hears of a private thread once the bot is in it', async () => {
    const { world, guild, channel, anna, url } = await start();
    const [role] = [...guild.roles.values()].filter(({ managed }) => managed);
    world.updateRole(guild.id, role!.id, { permissions: 0n });
    const client = await identifyRaw(url, ALL);
    const thread = world.startThread(channel.id, { ownerId: anna.id, isPrivate: true });
    world.send(thread.id, { author: anna.id, content: 'unheard' });
    world.addToThread(thread.id, world.truth.bot.id);
    world.send(thread.id, { author: anna.id, content: 'heard' });
    await settled(client);
    expect(names(client.frames).slice(2)).toEqual([
      'THREAD_CREATE',
      'THREAD_MEMBERS_UPDATE',
      'MESSAGE_CREATE',
    ]);
    expect(client.frames.find(({ t }) => t === 'THREAD_CREATE')!.d).not.toHaveProperty('newly_created');
  });
});
