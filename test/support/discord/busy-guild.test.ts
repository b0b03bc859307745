import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it, test } from 'vitest';
import { seededRandom } from '../random.ts';
import { somebodyDoes } from './busy/deeds.ts';
import { doneBetween, momentsBetween } from './busy/rhythm.ts';
import { startDiscord } from './server.ts';
import { countMessages, keepBusy, makeBusyWorld } from './busy-guild.ts';

const NOW = Date.UTC(2026, 0, 15, 12);
const begin = (seed = 1) => makeBusyWorld({ random: seededRandom(seed), now: () => NOW });
const sentAt = (id: string) => Number(BigInt(id) >> 22n) + 1_420_070_400_000;

test('a busy guild has a past of some days, in channels of many kinds', () => {
  const { guild } = begin();
  expect(countMessages(guild)).toBeGreaterThan(400);
  const ids = [...guild.channels.values()].flatMap(({ messages }) => [...messages.keys()]);
  const times = ids.map(sentAt);
  expect(Math.max(...times)).toBeLessThanOrEqual(NOW);
  expect(Math.min(...times)).toBeGreaterThan(NOW - 3.1 * 86_400_000);
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(2 * 86_400_000);
  const types = new Set([...guild.channels.values()].map(({ type }) => type));
  const { GuildText, GuildForum, GuildVoice, PublicThread } = ChannelType;
  for (const type of [GuildText, GuildForum, GuildVoice, PublicThread]) expect(types).toContain(type);
});

test('the same seed gives the same guild', () => {
  const said = (seed: number) =>
    [...begin(seed).guild.channels.values()].flatMap(({ messages }) =>
      [...messages.values()].map(({ content }) => content),
    );
  expect(said(7)).toEqual(said(7));
  expect(said(7)).not.toEqual(said(8));
});

test('people do everything that the gateway tells of, and nothing that this world refuses', () => {
  const busy = begin(3);
  const told = new Map<string, number>();
  busy.world.on(({ dispatch: { t } }) => told.set(t!, (told.get(t!) ?? 0) + 1));
  for (let deed = 0; deed < 20_000; deed++) somebodyDoes(busy);
  expect([...told.keys()].toSorted()).toEqual([
    'CHANNEL_PINS_UPDATE',
    'CHANNEL_UPDATE',
    'GUILD_MEMBER_ADD',
    'GUILD_MEMBER_REMOVE',
    'GUILD_MEMBER_UPDATE',
    'MESSAGE_CREATE',
    'MESSAGE_DELETE',
    'MESSAGE_DELETE_BULK',
    'MESSAGE_POLL_VOTE_ADD',
    'MESSAGE_POLL_VOTE_REMOVE',
    'MESSAGE_REACTION_ADD',
    'MESSAGE_REACTION_REMOVE',
    'MESSAGE_UPDATE',
    'THREAD_CREATE',
    'THREAD_MEMBERS_UPDATE',
    'THREAD_UPDATE',
    'VOICE_STATE_UPDATE',
  ]);
  expect(busy.guild.members.size).toBeGreaterThanOrEqual(10);
  expect(busy.recent.length).toBeLessThanOrEqual(200);
});

describe('a week as people have it', () => {
  const DAY_MS = 86_400_000;
  const MONDAY = Date.UTC(2026, 0, 12);
  const hoursOf = (from: number, hours: number) => doneBetween(from, from + hours * 3_600_000, 1000);

  it('has all that is to be done in it, however it is cut', () => {
    expect(doneBetween(MONDAY, MONDAY + 7 * DAY_MS, 1000)).toBeCloseTo(1000, 6);
    expect(doneBetween(MONDAY + 123_456, MONDAY + 123_456 + 14 * DAY_MS, 1000)).toBeCloseTo(2000, 6);
    const parts = Array.from({ length: 1000 }, (_, i) => MONDAY + i * 1_234_567);
    const sum = parts.reduce((all, from) => all + doneBetween(from, from + 1_234_567, 1000), 0);
    expect(sum).toBeCloseTo(doneBetween(MONDAY, MONDAY + 1000 * 1_234_567, 1000), 6);
  });

  it('is quiet by night and lively in the evening, and later on a Saturday', () => {
    const at = (day: number, hour: number) => hoursOf(MONDAY + day * DAY_MS + hour * 3_600_000, 1);
    expect(at(0, 20)).toBeGreaterThan(5 * at(0, 2));
    expect(at(5, 15)).toBeGreaterThan(at(0, 15));
    expect(at(5, 7)).toBeLessThan(at(0, 7));
  });

  it('is done at times that ascend, as many as are due', () => {
    const times = [...momentsBetween(MONDAY + 1000, MONDAY + 21 * DAY_MS, 1000)];
    expect(times.length).toBeGreaterThan(2990);
    expect(times.length).toBeLessThanOrEqual(3000);
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(MONDAY + 1000);
    expect(Math.max(...times)).toBeLessThanOrEqual(MONDAY + 21 * DAY_MS);
  });

  it('has the same number of messages whatever the speed', async () => {
    const clock = { now: NOW };
    const busy = makeBusyWorld({ random: seededRandom(4), now: () => clock.now, days: 1, perWeek: 1300 });
    const before = countMessages(busy.guild);
    const stop = keepBusy(busy, { perWeek: 1300 });
    for (let hour = 0; hour < 168; hour++) {
      clock.now += 3_600_000;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    await expect.poll(() => countMessages(busy.guild) - before).toBeGreaterThan(450);
    stop();
    expect(countMessages(busy.guild) - before).toBeLessThan(900);
  });
});

test('it goes on until it is stopped', async () => {
  const busy = begin();
  const before = countMessages(busy.guild);
  const stop = keepBusy(busy, { everyMs: 0.5 });
  await expect.poll(() => countMessages(busy.guild), { timeout: 10_000 }).toBeGreaterThan(before + 20);
  stop();
  const after = countMessages(busy.guild);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(countMessages(busy.guild)).toBe(after);
});

test('all of it is answered as Discord describes it', async () => {
  const busy = begin(5);
  const { guild, world } = busy;
  const discord = await startDiscord({ world, openapi: process.env['DISCORD_OPENAPI'] });
  const get = async (path: string) => {
    const answer = await fetch(`${discord.url}/v10${path}`, { headers: { authorization: 'Bot token' } });
    return [answer.status, (await answer.json()) as unknown[]] as const;
  };
  for (const channel of guild.channels.values()) {
    const [status, read] = await get(`/channels/${channel.id}/messages?limit=100`);
    if (channel.name === 'organisers') expect(status).toBe(403);
    else expect([status, read.length]).toEqual([200, Math.min(100, channel.messages.size)]);
  }
  for (const list of ['channels', 'threads/active', 'members?limit=1000', 'roles', 'messages/search'])
    expect((await get(`/guilds/${guild.id}/${list}`))[0]).toBe(200);
  await discord.close();
  expect(discord.oracleFaults).toEqual([]);
});
