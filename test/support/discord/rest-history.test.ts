import {
  type APIChannel,
  type APIMessage,
  type ApplicationFlags,
  ChannelType,
  PermissionFlagsBits,
  type RESTGetAPIChannelMessagesPinsResult,
  type RESTGetAPIChannelUsersThreadsArchivedResult,
} from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { type Begun, refusalOf, useDiscord } from './rest/asking.ts';
import { BOT_PERMISSIONS } from './world/guilds.ts';

const begin = useDiscord();

/** The ids of a page of the channel's messages. */
const idsOf = async ({ get, channel }: Begun, query: Record<string, string>) =>
  (await get<APIMessage[]>(`/channels/${channel}/messages`, query)).map(({ id }) => id);

test('messages come newest first, and before, after and around page as Discord does', async () => {
  const begun = await begin();
  const { world, anna, channel } = begun;
  const all = Array.from({ length: 60 }, (_, n) => world.send(channel, { author: anna, content: `${n}` }).id);
  const newestFirst = all.toReversed();
  expect(await idsOf(begun, {})).toEqual(newestFirst.slice(0, 50));
  expect(await idsOf(begun, { limit: '100' })).toEqual(newestFirst);
  expect(await idsOf(begun, { before: all[30]!, limit: '3' })).toEqual([all[29], all[28], all[27]]);
  expect(await idsOf(begun, { after: all[30]!, limit: '3' })).toEqual([all[33], all[32], all[31]]);
  expect(await idsOf(begun, { after: '0', limit: '2' })).toEqual([all[1], all[0]]);
  expect(await idsOf(begun, { around: all[30]!, limit: '5' })).toEqual([
    all[32],
    all[31],
    all[30],
    all[29],
    all[28],
  ]);
  expect(await idsOf(begun, { before: all[0]! })).toEqual([]);
  expect(await idsOf(begun, { after: all[59]! })).toEqual([]);
});

test('without READ_MESSAGE_HISTORY a channel looks empty, without VIEW_CHANNEL or CONNECT it is closed', async () => {
  const begun = await begin();
  const { world, bot, guild, anna, channel, get } = begun;
  world.send(channel, { author: anna, content: 'there' });
  const { ReadMessageHistory, ViewChannel, Connect } = PermissionFlagsBits;
  world.overwrite(channel, bot, { deny: ReadMessageHistory });
  expect(await idsOf(begun, {})).toEqual([]);
  world.overwrite(channel, bot, { deny: ViewChannel });
  expect(await refusalOf(idsOf(begun, {}))).toEqual([403, 50_001]);
  const voice = world.addChannel(guild.id, ChannelType.GuildVoice).id;
  world.send(voice, { author: anna, content: 'there' });
  expect(await get(`/channels/${voice}/messages`)).toHaveLength(1);
  world.overwrite(voice, bot, { deny: Connect });
  expect(await refusalOf(get(`/channels/${voice}/messages`))).toEqual([403, 50_001]);
});

test('without the content intent only our own messages and mentions of us show what they say', async () => {
  const { world, bot, anna, channel, get } = await begin({
    world: { application: { flags: 0 as ApplicationFlags } },
  });
  world.send(channel, { author: anna, content: 'between us', attachments: ['a.png'] });
  world.send(channel, { author: anna, content: `<@${bot}> hello` });
  world.send(channel, { author: bot, content: 'our own' });
  const read = await get<APIMessage[]>(`/channels/${channel}/messages`);
  expect(read.map(({ content }) => content)).toEqual(['our own', `<@${bot}> hello`, '']);
  expect(read[2]!.attachments).toEqual([]);
});

test('reactions are listed by kind, in pages', async () => {
  const { world, anna, ben, channel, get } = await begin();
  const message = world.send(channel, { author: anna, content: 'look' });
  for (const who of [ben, anna]) world.react(message, who, '👍');
  world.react(message, ben, '👍', { burst: true });
  const at = `/channels/${channel}/messages/${message.id}/reactions/${encodeURIComponent('👍')}` as const;
  const who = async (query: Record<string, string>) =>
    (await get<{ id: string }[]>(at, query)).map(({ id }) => id);
  expect(await who({})).toEqual([anna, ben]);
  expect(await who({ type: '0', limit: '1', after: anna })).toEqual([ben]);
  expect(await who({ type: '1' })).toEqual([ben]);
});

test('archived threads page by when they were archived, and private ones need MANAGE_THREADS', async () => {
  const { clock, world, bot, anna, guild, channel, get } = await begin();
  const archive = (isPrivate: boolean, joined: boolean) => {
    clock.now += 1000;
    const { id } = world.startThread(channel, { ownerId: anna, isPrivate });
    if (joined) world.addToThread(id, bot);
    world.archiveThread(id);
    return id;
  };
  const shared = Array.from({ length: 5 }, () => archive(false, false));
  const [joined, other] = [archive(true, true), archive(true, false)];
  const list = async (path: string, query: Record<string, string> = {}) => {
    const page = await get<RESTGetAPIChannelUsersThreadsArchivedResult>(
      `/channels/${channel}/${path}`,
      query,
    );
    return { ids: page.threads.map(({ id }) => id), more: page.has_more, last: page.threads.at(-1) };
  };
  const first = await list('threads/archived/public', { limit: '3' });
  expect(first).toMatchObject({ ids: shared.toReversed().slice(0, 3), more: true });
  const before = (first.last as { thread_metadata: { archive_timestamp: string } }).thread_metadata
    .archive_timestamp;
  const second = await list('threads/archived/public', { limit: '3', before });
  expect(second).toMatchObject({ ids: shared.toReversed().slice(3), more: false });
  expect((await list('threads/archived/private')).ids).toEqual([other, joined]);
  expect((await list('users/@me/threads/archived/private')).ids).toEqual([joined]);
  expect((await list('users/@me/threads/archived/private', { before: joined })).ids).toEqual([]);
  const ours = guild.members.get(bot)!.roles[0]!;
  world.updateRole(guild.id, ours, { permissions: BOT_PERMISSIONS & ~PermissionFlagsBits.ManageThreads });
  expect(await refusalOf(list('threads/archived/private'))).toEqual([403, 50_013]);
  expect((await list('users/@me/threads/archived/private')).ids).toEqual([joined]);
});

test('active threads are those that the bot may view', async () => {
  const { world, anna, channel, guild, get } = await begin();
  const open = world.startThread(channel, { ownerId: anna }).id;
  world.archiveThread(world.startThread(channel, { ownerId: anna }).id);
  const closed = world.addChannel(guild.id).id;
  world.startThread(closed, { ownerId: anna });
  world.hideChannel(closed);
  const { threads } = await get<{ threads: APIChannel[] }>(`/guilds/${guild.id}/threads/active`);
  expect(threads.map(({ id }) => id)).toEqual([open]);
});

test('pins come newest pinned first, in pages', async () => {
  const { clock, world, anna, channel, get } = await begin();
  const sent = Array.from({ length: 3 }, () => world.send(channel, { author: anna, content: 'pin me' }));
  for (const message of [sent[1]!, sent[0]!, sent[2]!]) {
    clock.now += 1000;
    world.pin(message);
  }
  const order = [sent[2]!.id, sent[0]!.id, sent[1]!.id];
  expect((await get<APIMessage[]>(`/channels/${channel}/pins`)).map(({ id }) => id)).toEqual(order);
  const page = (query: Record<string, string>) =>
    get<RESTGetAPIChannelMessagesPinsResult>(`/channels/${channel}/messages/pins`, query);
  const first = await page({ limit: '2' });
  expect([first.items.map(({ message }) => message.id), first.has_more]).toEqual([order.slice(0, 2), true]);
  const second = await page({ limit: '2', before: first.items[1]!.pinned_at });
  expect([second.items.map(({ message }) => message.id), second.has_more]).toEqual([order.slice(2), false]);
});

test('a search counts what a range of a channel holds', async () => {
  const { world, anna, ben, channel, guild, get } = await begin();
  const sent = Array.from(
    { length: 10 },
    (_, n) => world.send(channel, { author: n % 2 ? ben : anna, content: 'x' }).id,
  );
  const count = async (query: Record<string, string>) =>
    (await get<{ total_results: number }>(`/guilds/${guild.id}/messages/search`, query)).total_results;
  expect(await count({ channel_id: channel })).toBe(10);
  expect(await count({ channel_id: channel, min_id: sent[2]!, max_id: sent[7]!, limit: '1' })).toBe(4);
  expect(await count({ author_id: anna })).toBe(5);
  world.hideChannel(channel);
  expect(await count({})).toBe(0);
});
