/** What a bot posts by itself: once, where it may, and as it then stands. */
import { type RawFile } from '@discordjs/rest';
import {
  type APIMessage,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ChannelType,
  ComponentType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { describe, expect, it, test } from 'vitest';
import { type Begun, refusalOf, useDiscord } from './rest/asking.ts';

const begin = useDiscord();

const NONCE = '1234567890123456789012345';
const MINUTE_MS = 60_000;
const PICTURE: RawFile = { name: 'chart.png', data: Buffer.from('png'), contentType: 'image/png' };
const PAGE: RawFile = { name: 'week.html', data: Buffer.from('<p>'), contentType: 'text/html' };

/** A weekly report as a bot posts it. */
function report(title: string, more: object = {}) {
  const components: APIMessageTopLevelComponent[] = [
    { type: ComponentType.TextDisplay, content: `# ${title}` },
    {
      type: ComponentType.MediaGallery,
      items: [{ media: { url: 'attachment://chart.png' }, description: 'Messages a day' }],
    },
    { type: ComponentType.File, file: { url: 'attachment://week.html' } },
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.Button,
          style: ButtonStyle.Secondary,
          label: 'How?',
          custom_id: 'weekly:2026-W03',
        },
      ],
    },
  ] as APIMessageTopLevelComponent[];
  return {
    flags: MessageFlags.IsComponentsV2,
    components,
    attachments: [
      { id: '0', filename: 'chart.png', description: 'Messages a day' },
      { id: '1', filename: 'week.html' },
    ],
    allowed_mentions: { parse: [] },
    nonce: NONCE,
    enforce_nonce: true,
    ...more,
  };
}

const ways = ({ rest, channel, world }: Begun) => ({
  post: async (more: object = {}, where = channel) =>
    (await rest.post(`/channels/${where}/messages`, {
      body: report('Week 3', more),
      files: [PICTURE, PAGE],
    })) as APIMessage,
  count: (where = channel) => world.channel(where).channel.messages.size,
});

test('a post is shown with its components and their names, and tells its nonce only to who sent it', async () => {
  const begun = await begin();
  const told: unknown[] = [];
  begun.world.on(({ dispatch }) => told.push(dispatch));
  const { post } = ways(begun);
  const sent = await post();
  expect(sent.nonce).toBe(NONCE);
  expect(told).toMatchObject([
    { t: 'MESSAGE_CREATE', d: { id: sent.id, nonce: NONCE, author: { bot: true } } },
  ]);
  const [listed] = await begun.get<APIMessage[]>(`/channels/${begun.channel}/messages`);
  const one = await begun.get<APIMessage>(`/channels/${begun.channel}/messages/${sent.id}`);
  for (const message of [listed!, one]) {
    expect(message).toMatchObject({ id: sent.id, author: { id: begun.bot }, flags: sent.flags });
    expect(message).not.toHaveProperty('nonce');
    expect(JSON.stringify(message.components)).toContain('"custom_id":"weekly:2026-W03"');
    expect(message.components![1]).toMatchObject({ items: [{ media: { content_type: 'image/png' } }] });
  }
  expect(begun.discord.interactions.careless).toEqual([]);
});

describe('a nonce', () => {
  it('keeps a message single for some minutes of the world, wherever it is sent again', async () => {
    const begun = await begin();
    const { post, count } = ways(begun);
    const other = begun.world.addChannel(begun.guild.id, ChannelType.GuildText).id;
    const first = await post();
    begun.clock.now += 5 * MINUTE_MS;
    expect((await post()).id).toBe(first.id);
    expect((await post({}, other)).id).toBe(first.id);
    begun.clock.now += 1;
    const second = await post();
    expect(second.id).not.toBe(first.id);
    expect(count()).toBe(2);
    expect(count(other)).toBe(0);
  });

  it('is known for as long as the test says', async () => {
    const begun = await begin({ nonceMs: 1000 });
    const { post, count } = ways(begun);
    await post();
    begun.clock.now += 1001;
    await post();
    expect(count()).toBe(2);
  });

  it('makes a second message where it is not enforced, and where it is another', async () => {
    const begun = await begin();
    const { post, count } = ways(begun);
    const first = await post();
    await post({ enforce_nonce: false });
    await post({ nonce: '7' });
    expect(count()).toBe(3);
    // The newest that had it.
    expect((await post()).id).not.toBe(first.id);
    expect(count()).toBe(3);
  });

  it('is free again once its message is gone', async () => {
    const begun = await begin();
    const { post, count } = ways(begun);
    begun.world.deleteMessage({ channelId: begun.channel, id: (await post()).id });
    await post();
    expect(count()).toBe(1);
  });
});

test('only those are mentioned whom a post allows, and one that leaves it open is noted', async () => {
  const { world, anna, ben, channel, rest, discord, guild } = await begin();
  const role = world.addRole(guild.id, { name: 'Crew' }).id;
  const content = `<@${anna}> <@${ben}> <@&${role}> @everyone`;
  const post = async (allowed?: object) =>
    (await rest.post(`/channels/${channel}/messages`, {
      body: { content, ...(allowed && { allowed_mentions: allowed }) },
    })) as APIMessage;
  const nobody = { mentions: [], mention_roles: [], mention_everyone: false };
  expect(await post({ parse: [] })).toMatchObject(nobody);
  expect(await post({ parse: [], users: [ben] })).toMatchObject({ ...nobody, mentions: [{ id: ben }] });
  expect(discord.interactions.careless).toEqual(['a post to #general']);
  expect(await post()).toMatchObject({ mention_roles: [role], mention_everyone: true });
  const components = [{ type: ComponentType.TextDisplay, content }];
  const v2 = { components, flags: MessageFlags.IsComponentsV2 };
  const inComponents = (await rest.post(`/channels/${channel}/messages`, { body: v2 })) as APIMessage;
  expect(inComponents.mentions.map(({ id }) => id)).toEqual([anna, ben]);
  expect(discord.interactions.careless).toHaveLength(3);
});

describe('refused', () => {
  const { AttachFiles, ReadMessageHistory, SendMessages, SendMessagesInThreads } = PermissionFlagsBits;

  it('is a post to a channel that is hidden or gone', async () => {
    const begun = await begin();
    const { post } = ways(begun);
    begun.world.hideChannel(begun.channel);
    expect(await refusalOf(post())).toEqual([403, 50_001]);
    begun.world.deleteChannel(begun.channel);
    expect(await refusalOf(post())).toEqual([404, 10_003]);
  });

  it.for([
    ['to write', SendMessages],
    ['to attach files', AttachFiles],
  ] as const)('is a post where the bot has no right %s', async ([, right]) => {
    const begun = await begin();
    const { world, bot, channel } = begun;
    const { post, count } = ways(begun);
    world.overwrite(channel, bot, { deny: right });
    expect(await refusalOf(post())).toEqual([403, 50_013]);
    expect(count()).toBe(0);
  });

  it('is a post in a thread by a right of its own', async () => {
    const begun = await begin();
    const { world, anna, bot, channel } = begun;
    const { post } = ways(begun);
    const thread = world.startThread(channel, { ownerId: anna, name: 'weeks' });
    world.overwrite(channel, bot, { deny: SendMessages, allow: SendMessagesInThreads });
    await post({}, thread.id);
    world.overwrite(channel, bot, { deny: SendMessagesInThreads });
    expect(await refusalOf(post({ nonce: '1' }, thread.id))).toEqual([403, 50_013]);
  });

  it('is a look at what was posted, without the right to read history; the list is empty then', async () => {
    const begun = await begin();
    const { world, bot, channel, get } = begun;
    const { post } = ways(begun);
    world.overwrite(channel, bot, { deny: ReadMessageHistory });
    const { id } = await post();
    expect(await get(`/channels/${channel}/messages`)).toEqual([]);
    expect(await refusalOf(get(`/channels/${channel}/messages/${id}`))).toEqual([403, 50_001]);
  });
});

test('a post is written over with other components and files, and taken back', async () => {
  const begun = await begin();
  const { world, bot, channel, rest, get } = begun;
  const { id } = await ways(begun).post();
  const at = `/channels/${channel}/messages/${id}` as const;
  const changed = { components: report('Week 3, again').components, allowed_mentions: { parse: [] } };
  const edit = (attachments: object[], files: RawFile[]) =>
    rest.patch(at, { body: { ...changed, attachments }, files }) as Promise<APIMessage>;
  const others = [{ ...PICTURE, data: Buffer.from('other') }, PAGE];
  const edited = await edit([{ id: '0' }, { id: '1' }], others);
  expect(edited).toMatchObject({ id, edited_timestamp: expect.any(String) });
  expect(JSON.stringify(edited.components)).toContain('# Week 3, again');
  expect(JSON.stringify(edited.components)).toContain('weekly:2026-W03');
  const { attachments } = world.channel(channel).channel.messages.get(id)!;
  expect(attachments.map(({ filename, size }) => [filename, size])).toEqual([
    ['chart.png', 5],
    ['week.html', 3],
  ]);
  // Those before are gone unless they are named.
  expect(await refusalOf(edit([], []))).toEqual([400, 50_035]);
  const plain = [{ type: ComponentType.TextDisplay, content: 'Nothing' }];
  await rest.patch(at, { body: { components: plain, attachments: [], allowed_mentions: { parse: [] } } });
  expect(world.channel(channel).channel.messages.get(id)!.attachments).toEqual([]);
  world.overwrite(channel, bot, { deny: PermissionFlagsBits.AttachFiles });
  expect(await refusalOf(edit([{ id: '0' }, { id: '1' }], others))).toEqual([403, 50_013]);
  await rest.delete(at);
  expect(await get(`/channels/${channel}/messages`)).toEqual([]);
  expect(begun.discord.interactions.careless).toEqual([]);
});
