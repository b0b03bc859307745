import { type APIChannel, type APIMessage, type APIThreadList, ChannelType } from 'discord-api-types/v10';
import { afterEach, expect, test } from 'vitest';
import { type BigGuild, type BigGuildOptions, makeBigGuild, readableIn } from './big-guild.ts';
import { powerLaw, shares } from './big/shares.ts';
import type { ChannelTruth, MessageTruth } from './model.ts';
import { timeOf } from './payloads.ts';
import { type Discord, startDiscord } from './server.ts';
import { makeWorld, type World } from './world.ts';

const END = Date.UTC(2026, 0, 15);
const SIZE: BigGuildOptions = {
  messages: 20_000,
  channels: 40,
  threads: 120,
  members: 60,
  end: END - 60_000,
};

function made(options: BigGuildOptions = {}): { world: World; big: BigGuild } {
  const world = makeWorld({ now: () => END });
  return { world, big: makeBigGuild(world, { ...SIZE, ...options }) };
}

const channelsOf = ({ guild }: BigGuild) => [...guild.channels.values()];
const messagesOf = (big: BigGuild): MessageTruth[] =>
  channelsOf(big).flatMap(({ messages }) => [...messages.values()]);
const named = (big: BigGuild, name: string): ChannelTruth =>
  channelsOf(big).find((one) => one.name === name)!;

test('it has exactly as much as was asked for, and the same from the same seed', () => {
  const { big } = made();
  expect(big.messages).toBe(20_000);
  expect(messagesOf(big)).toHaveLength(20_000);
  const threads = channelsOf(big).filter(({ thread }) => thread);
  expect(threads).toHaveLength(120);
  const plain = channelsOf(big).filter(({ thread, type }) => !thread && type !== ChannelType.GuildCategory);
  expect(plain).toHaveLength(40);
  const again = made().big;
  expect(messagesOf(again)).toEqual(messagesOf(big));
  expect([...again.closed]).toEqual([...big.closed]);
  expect(messagesOf(made({ seed: 2 }).big).map(({ id }) => id)).not.toEqual(
    messagesOf(big).map(({ id }) => id),
  );
});

test('it lies within its years, and no message or edit is of the future', () => {
  const { big } = made({ years: 2 });
  const times = messagesOf(big).map(({ id }) => timeOf(id));
  const start = END - 60_000 - 2 * 365 * 86_400_000;
  expect(times.every((at) => at >= start && at < END)).toBe(true);
  expect(times.some((at) => at < start + 30 * 86_400_000)).toBe(true);
  expect(messagesOf(big).every(({ editedAt }) => (editedAt ?? 0) < END)).toBe(true);
});

test('it has every kind of channel and thread, some closed for each reason, and one much larger than the others', () => {
  const { big } = made();
  const types = new Set([...big.readable.keys()].map((id) => big.guild.channels.get(id)!.type));
  expect([...types].toSorted((a, b) => a - b)).toEqual([0, 2, 5, 10, 11, 12, 13]);
  const reasons = ['no Connect', 'no Read Message History', 'no View Channel', 'not in the thread'];
  expect([...new Set(big.closed.values())].toSorted()).toEqual(reasons);
  const threads = channelsOf(big).filter(({ thread }) => thread);
  const kinds = threads.map(({ type, thread, parentId }) => {
    const isPost = big.guild.channels.get(parentId!)!.type;
    return `${type} ${thread!.archived ? 'archived' : 'active'} ${isPost}`;
  });
  for (const kind of [
    '11 archived 0',
    '11 active 0',
    '12 archived 0',
    '12 active 0',
    '11 archived 15',
    '11 archived 16',
  ])
    expect(kinds).toContain(kind);
  const [largest, second] = [...big.readable.values()].toSorted((a, b) => b - a);
  expect(largest).toBeGreaterThan(1.5 * second!);
  expect(named(big, 'general').messages.size).toBe(largest);
});

test('its special channels are what they are called', () => {
  const { big } = made();
  const sizeOf = (name: string) => named(big, name).messages.size;
  expect([sizeOf('exactly-100'), sizeOf('exactly-200'), sizeOf('empty'), sizeOf('emptied')]).toEqual([
    100, 200, 0, 0,
  ]);
  expect(named(big, 'empty').lastMessageId).toBeNull();
  for (const name of ['emptied', 'last-deleted', 'last-page-deleted']) {
    const { lastMessageId, messages } = named(big, name);
    expect(lastMessageId).not.toBeNull();
    expect(messages.has(lastMessageId!)).toBe(false);
  }
});

test('what people do in it is mixed', () => {
  const { big } = made();
  const all = messagesOf(big);
  const share = (isMeant: (message: MessageTruth) => unknown) => all.filter(isMeant).length / all.length;
  expect(share(({ reactions }) => reactions.size > 0)).toBeCloseTo(0.05, 1);
  const reactions = all.flatMap((message) => [...message.reactions.values()]);
  expect(reactions.some(({ burst }) => burst.size > 0)).toBe(true);
  expect(reactions.some(({ emoji }) => emoji.id !== null)).toBe(true);
  for (const isMeant of [
    ({ webhook }: MessageTruth) => webhook,
    ({ type }: MessageTruth) => type === 19,
    ({ type }: MessageTruth) => type === 18,
    ({ type }: MessageTruth) => type === 21,
    ({ editedAt }: MessageTruth) => editedAt !== null,
    ({ pinned }: MessageTruth) => pinned,
    ({ attachments }: MessageTruth) => attachments.length > 0,
    ({ mentions }: MessageTruth) => mentions.length > 0,
  ])
    expect(share(isMeant)).toBeGreaterThan(0);
});

test('a whole is divided to its last unit, and nobody goes without', () => {
  expect(shares(10, [100, 1, 1], 1)).toEqual([8, 1, 1]);
  for (const whole of [7, 100, 12_345]) {
    const parts = shares(whole, powerLaw(7, 1.1), 1);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole);
    expect(Math.min(...parts)).toBeGreaterThanOrEqual(1);
  }
});

test('too few channels or messages for one of each kind are refused', () => {
  expect(() => made({ channels: 10 })).toThrow('channels or more');
  expect(() => made({ messages: 200, threads: 0 })).toThrow('more messages');
});

const running: Discord[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((discord) => discord.close()));
});

test('REST shows all that it says can be read, as Discord describes it, in as many pages as it says', async () => {
  const { world, big } = made({ messages: 6000, threads: 60 });
  const discord = await startDiscord({ world, openapi: process.env['DISCORD_OPENAPI'] });
  running.push(discord);
  const get = async <T>(path: string): Promise<T> => {
    const answer = await fetch(`${discord.url}/v10${path}`, { headers: { authorization: 'Bot token' } });
    return (await answer.json()) as T;
  };
  const at = `/guilds/${big.guild.id}`;
  const channels = await get<APIChannel[]>(`${at}/channels`);
  const found = (await get<APIThreadList>(`${at}/threads/active`)).threads.map(({ id }) => id);
  for (const { id } of channels)
    for (const list of [
      'threads/archived/public',
      'threads/archived/private',
      'users/@me/threads/archived/private',
    ]) {
      const { threads = [] } = await get<Partial<APIThreadList>>(`/channels/${id}/${list}?limit=100`);
      found.push(...threads.map((thread) => thread.id));
    }
  for (const { id, type } of channels) if (![4, 15, 16].includes(type)) found.push(id);
  discord.tally.clear();
  const read = new Map<string, number>();
  for (const id of new Set(found)) {
    let before = '';
    for (;;) {
      const page = await get<APIMessage[]>(
        `/channels/${id}/messages?limit=100${before && `&before=${before}`}`,
      );
      if (!Array.isArray(page)) break;
      read.set(id, (read.get(id) ?? 0) + page.length);
      if (page.length === 0) break;
      before = page.at(-1)!.id;
    }
  }
  const isOpen = ([id]: [string, unknown]) => !big.closed.has(id);
  expect(new Map([...read].filter(isOpen))).toEqual(big.readable);
  expect([...read].filter((one) => !isOpen(one)).every(([, count]) => count === 0)).toBe(true);
  const shut = [...new Set(found)].filter((id) => big.closed.has(id)).length;
  expect(discord.tally.figures.pages - shut).toBe(big.pagesNeeded);
  expect(discord.oracleFaults).toEqual([]);
});

test('what can be read is told anew when permissions change', () => {
  const { world, big } = made();
  const general = named(big, 'general');
  world.forbid(general.id, 'ReadMessageHistory');
  const now = readableIn(world, big.guild);
  const lost = channelsOf(big).filter(({ id, parentId }) => id === general.id || parentId === general.id);
  expect(now.readable.size).toBe(big.readable.size - lost.length);
  expect(now.readableMessages).toBeLessThan(big.readableMessages - general.messages.size + 1);
  expect(now.closed.get(general.id)).toBe('no Read Message History');
});
