import {
  type APIChannel,
  type APIGuildMember,
  type APIMessage,
  type ApplicationFlags,
  ChannelType,
  EmbedType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { Snowflake } from './model.ts';
import { refusalOf, useDiscord } from './rest/asking.ts';
import { BOT_PERMISSIONS } from './world/guilds.ts';

const begin = useDiscord();

test('every route answers as Discord describes it', async () => {
  const { world, bot, guild, anna, ben, channel, rest, get, clock } = await begin({
    botPermissions: BOT_PERMISSIONS | PermissionFlagsBits.BanMembers,
  });
  world.setEmoji(guild.id, [{ name: 'wave', animated: true }]);
  world.setStickers(guild.id, [{ name: 'ahoy' }]);
  const [wave] = guild.emoji.keys();
  const [ahoy] = guild.stickers.keys();
  world.ban(guild.id, ben);
  const forum = world.addChannel(guild.id, ChannelType.GuildForum).id;
  for (const type of [
    ChannelType.GuildCategory,
    ChannelType.GuildVoice,
    ChannelType.GuildStageVoice,
    ChannelType.GuildAnnouncement,
    ChannelType.GuildMedia,
  ])
    world.addChannel(guild.id, type);
  const asked = world.send(channel, {
    author: anna,
    content: `hello <@${anna}> @everyone`,
    attachments: ['a.png'],
  });
  world.send(channel, { author: anna, content: 'answer', replyTo: asked.id, stickers: [ahoy!] });
  world.send(channel, { author: anna, forward: asked });
  world.send(channel, {
    webhook: { name: 'news' },
    content: 'from outside',
    embeds: [{ type: EmbedType.Rich, title: 'A title' }],
  });
  const poll = world.send(channel, { author: anna, poll: { question: 'when?', answers: ['now', 'later'] } });
  world.vote(poll, anna, 1);
  world.react(asked, anna, '👍');
  world.react(asked, anna, wave!, { burst: true });
  world.edit(asked, 'hello again');
  world.pin(asked, anna);
  const thread = world.startThread(channel, { ownerId: anna, messageId: asked.id, name: 'about it' });
  world.send(thread.id, { author: anna, content: 'within' });
  world.startThread(forum, { ownerId: anna, name: 'post', content: 'a question' });
  const hushed = world.startThread(channel, { ownerId: anna, isPrivate: true });
  world.addToThread(hushed.id, bot);
  clock.now += 1000;
  const old = world.startThread(channel, { ownerId: anna });
  world.archiveThread(old.id);

  const app = world.truth.application.id;
  const asBefore = { before: new Date(clock.now + 1).toISOString(), limit: '2' };
  const plain: string[] = [
    '/gateway',
    '/gateway/bot',
    '/applications/@me',
    '/oauth2/applications/@me',
    '/users/@me',
    '/users/@me/guilds',
    `/guilds/${guild.id}`,
    `/guilds/${guild.id}/channels`,
    `/guilds/${guild.id}/threads/active`,
    `/guilds/${guild.id}/members`,
    `/guilds/${guild.id}/members/${anna}`,
    `/guilds/${guild.id}/roles`,
    `/guilds/${guild.id}/emojis`,
    `/guilds/${guild.id}/stickers`,
    `/guilds/${guild.id}/bans`,
    `/guilds/${guild.id}/messages/search`,
    ...[...guild.channels.keys()].map((id) => `/channels/${id}` as const),
    `/channels/${thread.id}/messages`,
    `/channels/${channel}/messages/${asked.id}`,
    `/channels/${channel}/messages/${asked.id}/reactions/${encodeURIComponent('👍')}`,
    `/channels/${channel}/pins`,
    `/channels/${channel}/messages/pins`,
    `/channels/${channel}/users/@me/threads/archived/private`,
    `/applications/${app}/commands`,
    `/applications/${app}/guilds/${guild.id}/commands`,
  ];
  for (const path of plain) expect(await get(path), path).toBeTruthy();
  await get('/users/@me/guilds', { limit: '1', after: '0', with_counts: 'true' });
  await get(`/guilds/${guild.id}`, { with_counts: 'true' });
  await get(`/guilds/${guild.id}/members`, { limit: '1000', after: '0' });
  await get(`/guilds/${guild.id}/messages/search`, {
    channel_id: channel,
    min_id: '1',
    max_id: asked.id,
    limit: '1',
  });
  await get(`/channels/${channel}/messages`, { around: asked.id, limit: '3' });
  await get(`/channels/${channel}/messages/${asked.id}/reactions/wave:${wave}`, {
    type: '1',
    limit: '100',
    after: '0',
  });
  await get(`/channels/${channel}/messages/pins`, { limit: '1', before: asBefore.before });
  await get(`/channels/${channel}/threads/archived/public`, asBefore);
  await get(`/channels/${channel}/threads/archived/private`, asBefore);
  const said = (await rest.post(`/channels/${channel}/messages`, {
    body: { content: 'hi', nonce: 'n1' },
  })) as APIMessage;
  await rest.patch(`/channels/${channel}/messages/${said.id}`, {
    body: { content: 'hi!', embeds: [{ title: 't', fields: [{ name: 'n', value: 'v' }] }] },
  });
  await rest.delete(`/channels/${channel}/messages/${said.id}`);
  const commands = [{ name: 'stats', description: 'Figures', default_member_permissions: '32' }];
  await rest.put(`/applications/${app}/commands`, { body: commands });
  await rest.put(`/applications/${app}/guilds/${guild.id}/commands`, { body: commands });
  expect(await get(`/applications/${app}/guilds/${guild.id}/commands`)).toMatchObject([
    { name: 'stats', guild_id: guild.id },
  ]);
});

test('a hidden channel is left out of the list, and a closed one without CONNECT is in it', async () => {
  const { world, bot, guild, channel, get } = await begin();
  const voice = world.addChannel(guild.id, ChannelType.GuildVoice).id;
  world.overwrite(voice, bot, { deny: PermissionFlagsBits.Connect });
  world.hideChannel(channel);
  const listed = await get<APIChannel[]>(`/guilds/${guild.id}/channels`);
  expect(listed.map(({ id }) => id)).toEqual([voice]);
  expect(await refusalOf(get(`/channels/${channel}`))).toEqual([403, 50_001]);
});

test('what is not there, or not for the bot, is refused with the code of Discord', async () => {
  const { world, guild, anna, channel, rest, get } = await begin({
    world: { application: { flags: 0 as ApplicationFlags } },
  });
  const none = '100000000000000099';
  const theirs = world.send(channel, { author: anna, content: 'mine' });
  const at = `/channels/${channel}/messages` as const;
  expect(await refusalOf(get(`/guilds/${none}`))).toEqual([404, 10_004]);
  expect(await refusalOf(get(`/channels/${none}`))).toEqual([404, 10_003]);
  expect(await refusalOf(get(`${at}/${none}`))).toEqual([404, 10_008]);
  expect(await refusalOf(get(`/guilds/${guild.id}/members/${none}`))).toEqual([404, 10_007]);
  expect(await refusalOf(get(`/guilds/${guild.id}/members`))).toEqual([403, 50_001]);
  expect(await refusalOf(get(`/guilds/${guild.id}/bans`))).toEqual([403, 50_013]);
  expect(await refusalOf(rest.delete(`${at}/${theirs.id}`))).toEqual([403, 50_013]);
  expect(await refusalOf(rest.patch(`${at}/${theirs.id}`, { body: { content: '' } }))).toEqual([403, 50_005]);
  expect(await refusalOf(rest.post(at, { body: {} }))).toEqual([400, 50_006]);
  expect(await refusalOf(rest.post(at, { body: { content: 'x'.repeat(2001) } }))).toEqual([400, 50_035]);
  world.kickBot(guild.id);
  expect(await refusalOf(get(`/guilds/${guild.id}`))).toEqual([404, 10_004]);
  expect(await refusalOf(get(at))).toEqual([403, 50_001]);
  expect(await get('/users/@me/guilds')).toEqual([]);
});

test('an outage of a guild answers 500, and it stays in the list of guilds', async () => {
  const { world, guild, channel, get, plain } = await begin();
  world.setUnavailable(guild.id);
  for (const path of [`/guilds/${guild.id}`, `/channels/${channel}/messages`] as const) {
    const answer = await plain(`/api/v10${path}`);
    expect([answer.status, await answer.json()]).toEqual([
      500,
      { message: '500: Internal Server Error', code: 0 },
    ]);
  }
  expect(await get('/users/@me/guilds')).toHaveLength(1);
  world.setAvailable(guild.id);
  expect(await get(`/channels/${channel}/messages`)).toEqual([]);
});

test('members page by id, all of them once', async () => {
  const { world, guild, get } = await begin();
  for (let n = 0; n < 7; n++) world.addUser(`guest${n}`, { guildId: guild.id });
  const seen: Snowflake[] = [];
  for (;;) {
    const page = await get<APIGuildMember[]>(`/guilds/${guild.id}/members`, {
      limit: '3',
      after: seen.at(-1) ?? '0',
    });
    if (page.length === 0) break;
    seen.push(...page.map(({ user }) => user.id));
  }
  expect(seen.toSorted()).toEqual([...guild.members.keys()].toSorted());
  expect(new Set(seen).size).toBe(seen.length);
});

test('a message with files is one message, the gateway tells it, and a nonce keeps it single', async () => {
  const { world, channel, rest } = await begin();
  const told: unknown[] = [];
  world.on(({ dispatch }) => told.push(dispatch.t));
  const body = { content: 'report', nonce: '1234567890123456789012345', enforce_nonce: true };
  const files = [{ name: 'chart.png', data: Buffer.from('png'), contentType: 'image/png' }];
  const post = async () => (await rest.post(`/channels/${channel}/messages`, { body, files })) as APIMessage;
  const first = await post();
  expect(first).toMatchObject({ content: 'report', attachments: [{ filename: 'chart.png', size: 3 }] });
  expect(await post()).toMatchObject({ id: first.id, nonce: body.nonce });
  expect(told).toEqual(['MESSAGE_CREATE']);
  expect(world.channel(channel).channel.messages.size).toBe(1);
});

test('the bot may only write where it is allowed to', async () => {
  const { world, bot, channel, rest } = await begin();
  const { SendMessages, AttachFiles, EmbedLinks } = PermissionFlagsBits;
  const at = `/channels/${channel}/messages` as const;
  world.overwrite(channel, bot, { deny: AttachFiles | EmbedLinks });
  const files = [{ name: 'a.txt', data: 'text' }];
  expect(await refusalOf(rest.post(at, { body: { content: 'x' }, files }))).toEqual([403, 50_013]);
  expect(await refusalOf(rest.post(at, { body: { embeds: [{ title: 'x' }] } }))).toEqual([403, 50_013]);
  await rest.post(at, { body: { content: 'x' } });
  world.overwrite(channel, bot, { deny: SendMessages });
  expect(await refusalOf(rest.post(at, { body: { content: 'x' } }))).toEqual([403, 50_013]);
});
