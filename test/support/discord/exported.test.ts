/** Exports served as what they were made of. */
import type { APIChannel, APIThreadList, APIUser } from 'discord-api-types/v10';
import { describe, expect, it, test } from 'vitest';
import { ANNA, BELA, CARL, exportOf, mapFile, person, reaction, said } from '../exports.ts';
import { at, CHANNEL, GUILD, idAt } from '../records.ts';
import { worldFromExports } from './exported.ts';
import type { Export } from './exports/export.ts';
import { useServed } from './exports/served.ts';

const served = useServed();
const made = (...parts: Parameters<typeof exportOf>) => exportOf(...parts) as unknown as Export;

describe('an export', () => {
  it('is served with what was said, by whom, to whom and when', async () => {
    const { get, readAll } = await served([
      made({
        channel: { categoryId: '100000000000000077', category: 'Rooms', topic: 'Talk' },
        messages: [
          said(1, 'Hello <@100000000000000004>', {
            mentions: [BELA],
            timestampEdited: new Date(at(9)).toISOString(),
          }),
          said(2, 'Look', { attachments: [mapFile('100000000000000091')], isPinned: true }),
          said(3, 'Yes', {
            type: 'Reply',
            author: BELA,
            reference: { messageId: idAt(at(2)), channelId: CHANNEL, guildId: null },
          }),
          said(4, 'Pinned a message.', { type: 'ChannelPinnedMessage' }),
          said(5, '', { type: '8', author: CARL }),
          said(6, 'Rain', { author: person('100000000000000050', 'Weather', { isBot: true }) }),
          said(7, 'Beep', {
            author: person('100000000000000051', 'clerk', { isBot: true, discriminator: '0042' }),
          }),
        ],
      }),
    ]);
    const messages = await readAll(CHANNEL);
    expect(messages).toMatchObject([
      { id: idAt(at(1)), content: 'Hello <@100000000000000004>', mentions: [{ username: 'bela' }] },
      { attachments: [{ filename: 'map.png', size: 70, content_type: 'image/png' }], pinned: true },
      { type: 19, author: { username: 'bela' }, referenced_message: { content: 'Look' } },
      { type: 6, content: '' },
      { type: 8, author: { username: 'carl' } },
      { author: { username: 'Weather' }, webhook_id: '100000000000000050' },
      { author: { username: 'clerk', bot: true, discriminator: '0042' } },
    ]);
    expect(Date.parse(messages[0]!.edited_timestamp!)).toBe(at(9));
    expect(messages[6]).not.toHaveProperty('webhook_id');
    const channels = await get<APIChannel[]>(`/guilds/${GUILD}/channels`);
    expect(channels).toMatchObject([
      { id: '100000000000000077', type: 4, name: 'Rooms' },
      { id: CHANNEL, name: 'general', topic: 'Talk', parent_id: '100000000000000077' },
    ]);
  });

  it('has as many reactions as it counts: those that it names, and others', async () => {
    const { get, readAll } = await served([
      made({
        messages: [
          said(1, 'Look', {
            reactions: [reaction('👍', [BELA, CARL], 5), reaction('wave:100000000000000060', [ANNA])],
          }),
          said(2, 'again', { reactions: [reaction('👍', [], 2)] }),
        ],
      }),
    ]);
    const [first] = await readAll(CHANNEL);
    expect(first!.reactions).toMatchObject([
      { count: 5, emoji: { id: null, name: '👍' } },
      { count: 1, emoji: { id: '100000000000000060', name: 'wave' } },
    ]);
    const at1 = `/channels/${CHANNEL}/messages/${idAt(at(1))}/reactions`;
    const who = await get<APIUser[]>(`${at1}/${encodeURIComponent('👍')}?limit=100`);
    expect(who).toHaveLength(5);
    expect(who.map(({ username }) => username)).toEqual(expect.arrayContaining(['bela', 'carl']));
    expect(await get<APIUser[]>(`${at1}/wave:100000000000000060`)).toMatchObject([{ username: 'anna' }]);
  });

  it('knows stickers, embeds and forwards', async () => {
    const embed = {
      title: 'Tides',
      url: 'https://example.com/',
      timestamp: null,
      description: '',
      color: '#58B9FF',
      images: [],
      fields: [{ name: 'High', value: '7', isInline: true }],
    };
    const { readAll } = await served([
      made({
        messages: [
          said(1, '', {
            stickers: [{ id: '100000000000000070', name: 'ahoy', format: 'Png' }],
            embeds: [embed],
          }),
          said(2, '', {
            reference: { type: 'Forward', messageId: idAt(at(1)), channelId: CHANNEL, guildId: GUILD },
            forwardedMessage: {
              timestamp: new Date(at(1)).toISOString(),
              timestampEdited: null,
              content: 'far',
              attachments: [],
              embeds: [embed],
              stickers: [],
            },
          }),
        ],
      }),
    ]);
    expect(await readAll(CHANNEL)).toMatchObject([
      {
        sticker_items: [{ id: '100000000000000070', name: 'ahoy' }],
        embeds: [{ title: 'Tides', color: 0x58b9ff, fields: [{ name: 'High', value: '7', inline: true }] }],
      },
      {
        message_reference: { type: 1 },
        message_snapshots: [{ message: { content: 'far', embeds: [{ title: 'Tides' }] } }],
      },
    ]);
  });

  it('of a thread or a post brings its parent, which it may come before', async () => {
    const [thread, post, forum] = [idAt(at(1)), idAt(at(50)), '100000000000000080'];
    const { get, readAll } = await served([
      made({
        channel: {
          id: thread,
          type: 'GuildPublicThread',
          categoryId: CHANNEL,
          category: 'general',
          name: 'aside',
        },
        messages: [
          said(3, '', { type: '21', reference: { messageId: thread, channelId: CHANNEL, guildId: GUILD } }),
          said(4, 'here', { author: BELA }),
        ],
      }),
      made({
        channel: { id: post, type: 'GuildPublicThread', categoryId: forum, category: 'help', name: 'How?' },
        messages: [said(50, 'A question', { author: CARL })],
      }),
      made({
        channel: { categoryId: '100000000000000077', category: 'Rooms' },
        messages: [
          said(1, 'Let us talk'),
          said(2, 'Started a thread.', {
            type: 'ThreadCreated',
            author: BELA,
            reference: { messageId: null, channelId: thread, guildId: GUILD },
          }),
        ],
      }),
    ]);
    const [anchor, created] = await readAll(CHANNEL);
    expect(anchor).toMatchObject({ flags: 32, thread: { id: thread, name: 'aside', owner_id: BELA.id } });
    expect(created).toMatchObject({ type: 18, content: 'aside' });
    const archived = async (id: string) =>
      (await get<APIThreadList>(`/channels/${id}/threads/archived/public`)).threads.map((one) => one.id);
    expect([await archived(CHANNEL), await archived(forum)]).toEqual([[thread], [post]]);
    expect(await get(`/channels/${CHANNEL}`)).toMatchObject({ parent_id: '100000000000000077' });
    expect(await get(`/channels/${forum}`)).toMatchObject({ type: 15, name: 'help' });
    expect((await readAll(thread)).map(({ type }) => type)).toEqual([21, 0]);
    expect(await readAll(post)).toMatchObject([
      { id: post, content: 'A question', author: { username: 'carl' } },
    ]);
  });

  it('of later wins where two overlap, and keeps what only the earlier one has', async () => {
    const early = made({
      exportedAt: new Date(at(100)).toISOString(),
      messages: [said(1, 'one'), said(2, 'gone')],
    });
    const late = made({
      exportedAt: new Date(at(200)).toISOString(),
      channel: { name: 'lounge' },
      messages: [said(1, 'one, edited', { author: person(ANNA['id'] as string, 'anna2') })],
    });
    for (const exports of [
      [early, late],
      [late, early],
    ]) {
      const { get, readAll } = await served(exports);
      expect((await readAll(CHANNEL)).map(({ content }) => content)).toEqual(['one, edited', 'gone']);
      expect(await get(`/channels/${CHANNEL}`)).toMatchObject({ name: 'lounge' });
      expect((await readAll(CHANNEL))[1]!.author.username).toBe('anna2');
    }
  });
});

test('exports of several guilds, or of direct messages, are refused', () => {
  const other = made({ guild: { id: '100000000000000099' } });
  expect(() => worldFromExports([made({}), other])).toThrow('not of 2');
  expect(() => worldFromExports([made({ guild: { id: '0' } })])).toThrow('direct messages');
});
