import { DiscordAPIError, REST } from '@discordjs/rest';
import { type APIGuildMember, ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordClock, makeDiscordClock } from '../../../ingest/discord/clock.ts';
import {
  type Answer,
  type Calls,
  makeCalls,
  REST_RETRIES,
  TokenError,
  UnansweredError,
} from '../../../ingest/discord/fetch-calls.ts';
import {
  fetchActiveThreads,
  fetchApplication,
  fetchArchivedThreads,
  fetchChannel,
  fetchChannels,
  fetchGuild,
  fetchGuildMembers,
  fetchMember,
  fetchMessage,
  fetchMessages,
  fetchOwnGuilds,
  fetchOwnUser,
  fetchReactors,
  fetchSearch,
} from '../../../ingest/discord/fetch.ts';
import type { GuildTruth } from '../../support/discord/model.ts';
import { findDescription } from '../../support/discord/openapi.ts';
import { type Discord, startDiscord } from '../../support/discord/server.ts';

let discord: Discord;
let rest: REST;
let calls: Calls;
let clock: DiscordClock;
let waits: number[];
let guild: GuildTruth;
let channelId: string;
let user: string;

beforeEach(async () => {
  discord = await startDiscord({ openapi: findDescription() });
  waits = [];
  // A fifth of a second is long on loopback, and short for a test that waits for it.
  rest = new REST({ api: discord.url, retries: REST_RETRIES, timeout: 200 }).setToken('token');
  clock = makeDiscordClock(Date.now);
  calls = makeCalls(rest, {
    clock,
    now: Date.now,
    wait: async (ms, signal) => {
      waits.push(ms);
      signal?.throwIfAborted();
    },
    random: () => 1,
  });
  guild = discord.world.addGuild();
  channelId = discord.world.addChannel(guild.id).id;
  user = discord.world.addUser('ada', { guildId: guild.id }).id;
});
afterEach(async () => {
  rest.clearHandlerSweeper();
  rest.clearHashSweeper();
  await discord.close();
});

const say = (content: string) => discord.world.send(channelId, { author: user, content });

describe('an answer', () => {
  it('comes with the moment when it was asked for', async () => {
    const before = Date.now();
    const answer = await fetchChannel(calls, channelId);
    expect(answer).toMatchObject({ is: 'found', payload: { id: channelId } });
    expect(answer.sentAtMs).toBeGreaterThanOrEqual(before);
    expect(answer.sentAtMs).toBeLessThanOrEqual(Date.now());
  });

  it('was asked for when its request left, not when its turn was waited for', async () => {
    discord.faults.next({ delayMs: 150 });
    const [first, second] = await Promise.all([
      fetchChannel(calls, channelId),
      fetchChannel(calls, channelId),
    ]);
    // One request of a bucket at a time.
    expect(second.sentAtMs - first.sentAtMs).toBeGreaterThanOrEqual(140);
  });

  it("teaches the clock Discord's time", async () => {
    discord.faults.next(
      { status: 200, body: {}, headers: { date: new Date(Date.now() + 3_600_000).toUTCString() } },
      { times: 5 },
    );
    for (let i = 0; i < 5; i++) await fetchOwnUser(calls);
    expect(Math.abs(clock.discordNow() - Date.now() - 3_600_000)).toBeLessThan(2000);
  });

  it('is none of a thing that is not there, and of one that is not for us: with the code why', async () => {
    const elsewhere = '123456789012345678';
    expect(await fetchChannel(calls, elsewhere)).toMatchObject({ is: 'missing', code: 10_003 });
    expect(await fetchMessage(calls, channelId, elsewhere)).toMatchObject({ is: 'missing', code: 10_008 });
    expect(await fetchGuild(calls, elsewhere)).toMatchObject({ code: expect.any(Number) });
    discord.world.hideChannel(channelId);
    expect(await fetchChannel(calls, channelId)).toMatchObject({ is: 'closed', code: 50_001 });
    expect(waits).toEqual([]);
  });
});

describe('a request that is not answered', () => {
  it.each([
    ['a 502', { status: 502 }],
    ['a 200 that is no JSON', { status: 200, body: 'the upstream is busy' }],
    ['a 403 that is not the API', { status: 403, body: {} }],
    ['a hang', { hang: true }],
    ['a connection cut before', { cut: 'before' }],
    ['a connection cut after', { cut: 'after' }],
    ['a body cut in the middle', { cut: 'body' }],
  ] as const)('is asked again after %s', async (_, fault) => {
    discord.faults.next(fault);
    expect(await fetchChannel(calls, channelId)).toMatchObject({ is: 'found', payload: { id: channelId } });
    expect(discord.requests).toHaveLength(2);
    expect(waits).toEqual([1000]);
  });

  it('is asked again ever later, at last no more', async () => {
    discord.faults.next({ status: 503 }, { times: 100 });
    await expect(fetchChannel(calls, channelId)).rejects.toThrow(UnansweredError);
    expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]);
  });

  it(
    'waits for as long as a 429 says, and where one does not say not at once',
    { timeout: 20_000 },
    async () => {
      const began = Date.now();
      discord.faults.next({ status: 429, body: { message: 'slow', retry_after: 0.2, global: false } });
      expect(await fetchChannel(calls, channelId)).toMatchObject({ is: 'found' });
      expect(Date.now() - began).toBeGreaterThanOrEqual(1000);
      expect(waits).toEqual([]);
    },
  );

  it('ends for good where the token is refused: nothing more is asked', async () => {
    discord.world.truth.token = 'another';
    await expect(fetchChannel(calls, channelId)).rejects.toThrow(TokenError);
    await expect(fetchOwnUser(calls)).rejects.toThrow(TokenError);
    expect(discord.requests).toHaveLength(1);
  });

  it('that Discord finds wrong is told as that', async () => {
    await expect(calls.get('/users/@me/nothing')).resolves.toMatchObject({ is: 'missing' });
    discord.faults.next({ status: 400, body: { message: 'bad', code: 50_035 } });
    await expect(fetchChannel(calls, channelId)).rejects.toThrow(DiscordAPIError);
    expect(waits).toEqual([]);
  });

  it('stops with its signal', async () => {
    const stop = new AbortController();
    discord.faults.next({ hang: true });
    const asked = calls.get(`/channels/${channelId}`, {}, stop.signal);
    await sleep(20);
    stop.abort(new Error('enough'));
    await expect(asked).rejects.toThrow('enough');
    expect(waits).toEqual([]);
  });
});

describe('each call', () => {
  it('pages messages both ways', async () => {
    const ids = Array.from({ length: 130 }, (_, i) => say(`${i}`).id);
    const found = async (page: object) => {
      const answer = await fetchMessages(calls, channelId, page);
      return answer.is === 'found' ? answer.payload.map(({ id }) => id).toReversed() : [];
    };
    expect(await found({ after: '0' })).toEqual(ids.slice(0, 100));
    expect(await found({ after: ids[99] })).toEqual(ids.slice(100));
    expect(await found({ before: ids[50] })).toEqual(ids.slice(0, 50));
    expect(discord.oracleFaults).toEqual([]);
  });

  it('lists who reacted with an emoji of either kind, by type and page', async () => {
    const message = say('look');
    discord.world.setEmoji(guild.id, [{ name: 'party' }]);
    const custom = [...guild.emoji.keys()][0]!;
    const people = Array.from(
      { length: 101 },
      (_, i) => discord.world.addUser(`u${i}`, { guildId: guild.id }).id,
    );
    for (const id of people) discord.world.react(message, id, '👍');
    discord.world.react(message, user, custom, { burst: true });
    const list = async (emoji: object, page: { isBurst: boolean; after?: string }) => {
      const of = { channelId, messageId: message.id, emoji: emoji as { key: string } };
      const answer = await fetchReactors(calls, of, page);
      return answer.is === 'found' ? answer.payload.map(({ id }) => id) : answer.code;
    };
    expect(await list({ key: '👍' }, { isBurst: false })).toEqual(people.slice(0, 100));
    expect(await list({ key: '👍' }, { isBurst: false, after: people[99]! })).toEqual(people.slice(100));
    expect(await list({ key: '👍' }, { isBurst: true })).toEqual([]);
    expect(await list({ key: custom, name: 'party' }, { isBurst: true })).toEqual([user]);
    expect(await list({ key: custom }, { isBurst: false })).toEqual([]);
    expect(discord.oracleFaults).toEqual([]);
  });

  it('pages archived threads of every kind', async () => {
    const { world } = discord;
    const made = (isPrivate: boolean) => {
      const thread = world.startThread(channelId, { ownerId: user, isPrivate });
      if (isPrivate) world.addToThread(thread.id, world.truth.bot.id);
      world.archiveThread(thread.id);
      thread.thread!.archivedAt -= 1_000_000 - guild.channels.size * 1000;
      return thread.id;
    };
    const open = Array.from({ length: 103 }, () => made(false));
    const hidden = Array.from({ length: 2 }, () => made(true));
    const list = async (kind: 'public' | 'private' | 'joined') => {
      const ids: string[] = [];
      for await (const answer of fetchArchivedThreads(calls, channelId, kind))
        if (answer.is === 'found') ids.push(...answer.payload.threads.map(({ id }) => id));
      return ids;
    };
    expect(await list('public')).toEqual(open.toReversed());
    expect(await list('private')).toEqual(hidden.toReversed());
    expect(await list('joined')).toEqual(hidden.toReversed());
    world.overwrite(channelId, world.truth.bot.id, { deny: PermissionFlagsBits.ManageThreads });
    expect(await list('private')).toEqual([]);
    expect(discord.oracleFaults).toEqual([]);
  });

  it('pages members by their ids, to the last', async () => {
    const members = () => [...guild.members.keys()].toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
    const idsOf = (answer: Answer<APIGuildMember[]>) =>
      answer.is === 'found' ? answer.payload.map(({ user: { id } }) => id) : answer.code;
    const list = async () => (await Array.fromAsync(fetchGuildMembers(calls, guild.id))).map(idsOf);
    expect(await list()).toEqual([members()]);
    while (guild.members.size < 1000)
      discord.world.addUser(`member ${guild.members.size}`, { guildId: guild.id });
    expect(await list()).toEqual([members(), []]);
    discord.world.addUser('one more', { guildId: guild.id });
    expect(await list()).toEqual([members().slice(0, 1000), members().slice(1000)]);
    expect(discord.oracleFaults).toEqual([]);
  });

  it('counts by search what channels have between two ids, both left out', async () => {
    const other = discord.world.addChannel(guild.id, ChannelType.GuildText, { nsfw: true });
    const ids = Array.from({ length: 5 }, (_, i) => say(`${i}`).id);
    discord.world.send(other.id, { author: user, content: 'there' });
    const count = async (channelIds: string[], range: { minId?: string; maxId?: string } = {}) => {
      const answer = await fetchSearch(calls, guild.id, { channelIds, ...range });
      return answer.is === 'found' ? answer.payload : answer.code;
    };
    expect(await count([channelId])).toEqual({ total: 5 });
    expect(await count([channelId, other.id])).toEqual({ total: 6 });
    expect(await count([channelId], { minId: ids[0]!, maxId: ids[4]! })).toEqual({ total: 3 });
    discord.search.notIndexed(1, { retryAfterS: 2 });
    expect(await count([channelId])).toEqual({ notIndexed: true, retryAfterMs: 2000 });
    discord.world.hideChannel(other.id);
    expect(await count([other.id])).toBe(50_001);
    expect(discord.oracleFaults).toEqual([]);
  });

  it('tells of the guild, its channels and threads, and of ourselves', async () => {
    const { world } = discord;
    const { bot, application } = world.truth;
    world.addChannel(guild.id, ChannelType.GuildForum);
    const thread = world.startThread(channelId, { ownerId: user });
    expect(await fetchGuild(calls, guild.id)).toMatchObject({ payload: { id: guild.id } });
    expect(await fetchMember(calls, guild.id, bot.id)).toMatchObject({ payload: { user: { id: bot.id } } });
    const channels = await fetchChannels(calls, guild.id);
    expect(channels.is === 'found' && channels.payload).toHaveLength(2);
    expect(await fetchActiveThreads(calls, guild.id)).toMatchObject({
      payload: { threads: [{ id: thread.id }] },
    });
    expect(await fetchApplication(calls)).toMatchObject({ payload: { id: application.id } });
    expect(await fetchOwnUser(calls)).toMatchObject({ payload: { id: bot.id } });
    const other = world.addGuild();
    const guilds = [];
    for await (const page of fetchOwnGuilds(calls)) guilds.push(...page.map(({ id }) => id));
    expect(guilds.toSorted()).toEqual([guild.id, other.id].toSorted());
    expect(discord.oracleFaults).toEqual([]);
  });
});
