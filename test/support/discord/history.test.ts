import type { APIMessage, APIThreadChannel, APIThreadList } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { timeOf } from './payloads.ts';
import { useDiscord } from './rest/asking.ts';
import { makeWorld } from './world.ts';

const begin = useDiscord();
const LONG_AGO = Date.UTC(2020, 4, 1);

test('a seeded past is served in order, whatever order it was seeded in, and nobody is told', async () => {
  const { world, anna, channel, get } = await begin();
  const told: string[] = [];
  world.on(({ dispatch }) => told.push(dispatch.t));
  const past = Array.from({ length: 30 }, (_, n) => ({
    at: LONG_AGO + n * 1000,
    author: anna,
    content: `${n}`,
  }));
  world.seed(channel, [...past.slice(20), ...past.slice(0, 10)]);
  world.seed(channel, past.slice(10, 20));
  expect(told).toEqual([]);
  const read = await get<APIMessage[]>(`/channels/${channel}/messages`);
  expect(read.map(({ content }) => content)).toEqual(past.map(({ content }) => content).toReversed());
  expect(read.map(({ timestamp }) => Date.parse(timestamp))).toEqual(past.map(({ at }) => at).toReversed());
});

test('a seeded message has all that it was given, and a plain one nothing', async () => {
  const { world, anna, ben, bot, guild, channel, get } = await begin();
  world.setStickers(guild.id, [{ name: 'ahoy' }]);
  const [question] = world.seed(channel, [{ at: LONG_AGO, author: anna, content: 'Who?' }]);
  world.seed(channel, [
    {
      at: LONG_AGO + 1000,
      author: ben,
      content: `<@${anna}> I!`,
      replyTo: question!.id,
      editedAt: LONG_AGO + 5000,
      earlier: [{ content: 'I', at: LONG_AGO + 1000 }],
      pinned: LONG_AGO + 9000,
      attachments: [{ id: world.idAt(LONG_AGO), filename: 'a.png', size: 10, contentType: 'image/png' }],
      stickers: [...guild.stickers.keys()],
      reactions: [{ emoji: '👍', users: [anna, bot], burst: [anna] }],
    },
    { at: LONG_AGO + 2000, webhook: { id: world.idAt(LONG_AGO), name: 'Weather' }, content: 'Rain' },
  ]);
  const [rain, answer, plain] = await get<APIMessage[]>(`/channels/${channel}/messages`);
  expect(rain).toMatchObject({ author: { username: 'Weather' }, webhook_id: expect.any(String) as string });
  expect(answer).toMatchObject({
    type: 19,
    author: { username: 'ben' },
    mentions: [{ id: anna }],
    referenced_message: { id: question!.id },
    pinned: true,
    attachments: [{ filename: 'a.png' }],
    sticker_items: [{ name: 'ahoy' }],
    reactions: [{ count: 3, count_details: { burst: 1, normal: 2 }, me: true }],
  });
  expect(Date.parse(answer!.edited_timestamp!)).toBe(LONG_AGO + 5000);
  expect(plain).toMatchObject({
    type: 0,
    mentions: [],
    attachments: [],
    edited_timestamp: null,
    pinned: false,
  });
  expect(plain).not.toHaveProperty('reactions');
});

test('what becomes of one seeded message becomes of no other', async () => {
  const { world, anna, channel, get } = await begin();
  const [one, other] = world.seed(channel, [
    { at: LONG_AGO, author: anna, content: 'one' },
    { at: LONG_AGO + 1, author: anna, content: 'other' },
  ]);
  world.react(one!, anna, '👍');
  world.edit(one!, { content: `<@${anna}>`, embeds: [{ title: 'A page', type: 'rich' as never }] });
  world.clearReactions(other!);
  const [second, first] = await get<APIMessage[]>(`/channels/${channel}/messages`);
  expect(first).toMatchObject({
    reactions: [{ count: 1 }],
    embeds: [{ title: 'A page' }],
    mentions: [{ id: anna }],
  });
  expect(second).toMatchObject({ content: 'other', embeds: [], mentions: [] });
  expect(second).not.toHaveProperty('reactions');
  expect(other!.earlier).toEqual([]);
});

test('the newest message ever is remembered, be it gone', async () => {
  const { world, anna, channel, get } = await begin();
  const [newest, older] = world.seed(channel, [
    { at: LONG_AGO + 2000, author: anna },
    { at: LONG_AGO, author: anna },
  ]);
  const last = async () => (await get<{ last_message_id: string }>(`/channels/${channel}`)).last_message_id;
  expect(await last()).toBe(newest!.id);
  world.deleteMessage(newest!);
  world.seed(channel, [{ at: LONG_AGO + 1000, author: anna }]);
  expect(await last()).toBe(newest!.id);
  world.deleteMessage(older!);
  expect(await last()).toBe(newest!.id);
});

test('a thread of the past was archived when it says, and counts what was sent in it', async () => {
  const { world, anna, ben, channel, get } = await begin();
  const archivedAt = LONG_AGO + 86_400_000;
  const thread = world.seedThread(channel, {
    at: LONG_AGO,
    ownerId: anna,
    name: 'plans',
    archivedAt,
    members: [ben],
  });
  const sent = world.seed(thread.id, [
    { id: thread.id, author: anna, content: 'It begins' },
    { at: LONG_AGO + 1000, author: ben },
    { at: LONG_AGO + 2000, author: anna },
  ]);
  world.seed(thread.id, [{ id: sent[1]!.id, author: ben, content: 'the same again' }]);
  world.deleteMessage(sent[2]!);
  const list = await get<APIThreadList>(`/channels/${channel}/threads/archived/public`);
  const [shown] = list.threads as APIThreadChannel[];
  expect(shown).toMatchObject({
    id: thread.id,
    name: 'plans',
    message_count: 1,
    total_message_sent: 2,
    member_count: 2,
  });
  expect(Date.parse(shown!.thread_metadata!.archive_timestamp)).toBe(archivedAt);
  expect(Date.parse(shown!.thread_metadata!.create_timestamp!)).toBe(LONG_AGO);
  expect(world.seedThread(channel, { at: LONG_AGO, ownerId: anna }).thread!.archived).toBe(false);
});

test('ids of the past are of their time and never meet', async () => {
  const { world } = await begin();
  const ids = Array.from({ length: 5000 }, (_, n) => world.idAt(LONG_AGO + Math.floor(n / 1000)));
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.map(timeOf)).toEqual(ids.map((_, n) => LONG_AGO + Math.floor(n / 1000)));
  const fresh = makeWorld({ now: () => LONG_AGO });
  const nows = Array.from({ length: 100 }, () => [fresh.nextId(), fresh.idAt(LONG_AGO)]).flat();
  expect(new Set(nows).size).toBe(nows.length);
});

test('a past of nobody, or of no time, is refused', async () => {
  const { world, anna, channel } = await begin();
  expect(() => world.seed(channel, [{ author: anna }])).toThrow('an id or a time');
  expect(() => world.seed(channel, [{ at: LONG_AGO }])).toThrow('an author or a webhook');
  expect(() => world.seed(channel, [{ at: LONG_AGO, author: '1' }])).toThrow('no user 1');
});

test('members come by ascending id, a thousand a page', async () => {
  const { world, guild, get } = await begin();
  for (let n = 0; n < 1500; n++) {
    // Those who joined last have the oldest accounts.
    const { id } = world.addUser(`user${n}`, { id: world.idAt(LONG_AGO - n) });
    world.seedMember(guild.id, id, { joinedAt: LONG_AGO + n });
  }
  const pages: string[][] = [];
  for (let after = '0'; ; after = pages.at(-1)!.at(-1)!) {
    const page = await get<{ user: { id: string } }[]>(`/guilds/${guild.id}/members`, {
      limit: '1000',
      after,
    });
    if (page.length === 0) break;
    pages.push(page.map(({ user }) => user.id));
  }
  expect(pages.map(({ length }) => length)).toEqual([1000, guild.members.size - 1000]);
  expect(pages.flat()).toEqual(
    [...guild.members.keys()].toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1)),
  );
});
