import { MessageReferenceType, MessageType, StickerFormatType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { at, AUTHOR, CHANNEL, GUILD, idAt } from '../../support/records.ts';
import {
  BLIND,
  BOT,
  fromRest,
  gatewayMessage,
  iso,
  message,
  MESSAGE,
  PERSON,
  profile,
  recordOf,
  thread,
  told,
  user,
  WITHHELD,
} from './payloads.ts';

describe('the author', () => {
  it('of a live message is a member with a name, a nickname and roles', () => {
    const { batch } = told(7, 'MESSAGE_CREATE', gatewayMessage({ member: profile({ nick: 'Nicky' }) }));
    expect(batch.members).toEqual([
      {
        source: 'gateway',
        observedAt: at(7),
        guildId: GUILD,
        userId: AUTHOR,
        name: 'user03',
        isBot: false,
        displayName: 'Nicky',
        nick: 'Nicky',
        roles: ['300000000000000001'],
        joinedAt: at(-1000),
        presentAt: at(7),
        firstSeenAt: at(-1000),
        lastSeenAt: at(0),
      },
    ]);
  });

  it('in REST is an account: what others see of it here is unknown', () => {
    const [author] = fromRest(message()).members;
    expect(author).toMatchObject({ name: 'user03', firstSeenAt: at(0), lastSeenAt: at(0) });
    expect([author!.displayName, author!.nick, author!.roles, author!.presentAt]).toEqual(
      Array(4).fill(undefined),
    );
  });

  it('that is a webhook is marked so, under the name of the message', () => {
    const payload = message({ author: user(PERSON, { username: 'Feed', bot: true }), webhook_id: PERSON });
    const { messages, members } = fromRest({ ...payload, application_id: BOT });
    expect(messages[0]).toMatchObject({ authorId: PERSON, webhookName: 'Feed' });
    expect(members[0]).toMatchObject({ isWebhook: true, isBot: true, displayName: 'Feed' });
  });

  it('of an answer to a command is the bot, whose webhook is the application; who asked is the invoker', () => {
    const payload = message({
      author: user(BOT, { bot: true }),
      webhook_id: BOT,
      application_id: BOT,
      type: MessageType.ChatInputCommand,
    });
    const { messages, members } = fromRest({
      ...payload,
      interaction_metadata: { id: MESSAGE, type: 2, user: user(PERSON), target_user: user(AUTHOR) },
      interaction: {
        id: MESSAGE,
        type: 2,
        name: 'stats',
        user: user(PERSON),
        member: profile({ nick: 'Nicky' }),
      },
    });
    expect(messages[0]).toMatchObject({ authorId: BOT, invokerId: PERSON, type: 20 });
    expect(messages[0]!.webhookName).toBeUndefined();
    expect(messages[0]!.extra).toEqual({
      applicationId: BOT,
      interaction: { id: MESSAGE, type: 2, name: 'stats' },
    });
    expect(members.map((m) => [m.userId, m.isWebhook, m.nick])).toEqual([
      [BOT, undefined, undefined],
      [PERSON, undefined, 'Nicky'],
    ]);
  });
});

describe('what hangs on a message', () => {
  it('people with all their names, roles, and the channels that the text names', () => {
    const mentions = [{ ...user(PERSON), member: profile({ nick: 'Nicky' }) }];
    const { batch } = told(
      7,
      'MESSAGE_CREATE',
      gatewayMessage({
        content: `see <#${CHANNEL}> <#${CHANNEL}>`,
        mentions,
        mention_roles: ['300000000000000001'],
      }),
    );
    expect(batch.messages[0]!.mentions).toEqual([
      { kind: 'user', targetId: PERSON, names: ['user01', 'Global 01', 'Nicky'] },
      { kind: 'role', targetId: '300000000000000001' },
      { kind: 'channel', targetId: CHANNEL },
    ]);
    expect(batch.members[1]).toMatchObject({ userId: PERSON, displayName: 'Nicky', presentAt: at(7) });
  });

  it('names that are texts, of people who can be found', () => {
    const mentions = [{ ...user(PERSON), username: 5, global_name: 'a\0' }, { id: 5 }, 'x'];
    expect(recordOf({ ...message(), mentions }).mentions).toEqual([
      { kind: 'user', targetId: PERSON, names: ['a\ufffd'] },
    ]);
  });

  it('embeds as they came, but with no person in them and nothing that cannot be stored', () => {
    const embeds = [{ title: 'a\0', fields: [{ 'n\ud800': user(PERSON) }] }, 5, user(PERSON)];
    expect(recordOf({ ...message(), embeds }).embeds).toEqual({
      fidelity: 3,
      count: 1,
      list: [{ title: 'a\ufffd', fields: [{}] }],
    });
  });

  it('files, without what cannot be read of them', () => {
    const attachments = [
      {
        id: '500000000000000001',
        filename: 'a.ogg',
        size: 12,
        content_type: 'audio/ogg',
        duration_secs: 1.2345,
        url: '',
      },
      { id: '500000000000000002', filename: 7, size: -1, width: 1e12 },
      { id: 5 },
    ];
    expect(recordOf({ ...message(), attachments }).attachments).toEqual([
      {
        attachmentId: '500000000000000001',
        fileName: 'a.ogg',
        contentType: 'audio/ogg',
        sizeBytes: 12,
        durationMs: 1235,
      },
      { attachmentId: '500000000000000002' },
    ]);
  });

  it('stickers under the names that exports use, known without the content intent too', () => {
    const sticker_items = [{ id: '600000000000000001', name: 'wave', format_type: StickerFormatType.Lottie }];
    expect(recordOf(message({ ...WITHHELD, sticker_items }), 60, BLIND).stickers).toEqual([
      { stickerId: '600000000000000001', name: 'wave', format: 'Lottie' },
    ]);
  });

  it('a poll with its results, but not what the bot voted', () => {
    const poll = {
      question: { text: 'Tea?' },
      answers: [1, 2].map((id) => ({ answer_id: id, poll_media: { text: `${id}` } })),
      expiry: iso(3600),
      allow_multiselect: false,
      layout_type: 1,
      results: { is_finalized: true, answer_counts: [{ id: 1, count: 4, me_voted: true }] },
    };
    const facts = recordOf({ ...message(WITHHELD), poll }).poll;
    expect(facts).toMatchObject({ answers: 2, expiresAt: at(3600) });
    expect(facts!.poll).toMatchObject({
      results: { is_finalized: true, answer_counts: [{ id: 1, count: 4 }] },
    });
    expect(JSON.stringify(facts)).not.toContain('me_voted');
  });

  it('a reply names its target and no more; a forward brings its copy', () => {
    const reference = {
      type: MessageReferenceType.Forward,
      guild_id: GUILD,
      channel_id: CHANNEL,
      message_id: MESSAGE,
    };
    const snapshot = {
      content: 'the copy',
      timestamp: iso(-50),
      embeds: [{ title: 't' }],
      mentions: [user(PERSON)],
    };
    const record = recordOf({
      ...message({ ...WITHHELD, id: idAt(at(1)) }),
      message_reference: reference,
      message_snapshots: [{ message: snapshot }],
    });
    expect(record.reference).toEqual({ type: 1, guildId: GUILD, channelId: CHANNEL, messageId: MESSAGE });
    expect(record.forward).toEqual({
      sentAt: at(-50),
      content: 'the copy',
      contentLength: 8,
      details: { embeds: [{ title: 't' }] },
    });
    const reply = message({
      type: MessageType.Reply,
      message_reference: { channel_id: CHANNEL, message_id: MESSAGE },
      referenced_message: message({ content: 'the other' }),
    });
    const batch = fromRest(reply);
    expect(batch.messages).toHaveLength(1);
    expect(batch.messages[0]!.reference).toMatchObject({ type: 0, messageId: MESSAGE });
    expect(batch.messages[0]!.forward).toBeUndefined();
  });

  it('the thread that was started from it', () => {
    expect(fromRest(message({ thread: thread() })).channels[0]).toMatchObject({
      channelId: MESSAGE,
      parentId: CHANNEL,
    });
  });

  it('what no column holds, without any person in it', () => {
    const extra = recordOf({
      ...message(),
      mention_everyone: true,
      components: [{ type: 1, components: [{ type: 2, label: 'Go', user: user(PERSON) }] }],
      activity: { type: 1, party_id: 'party' },
      call: { participants: [PERSON], ended_timestamp: iso(9) },
    }).extra;
    expect(extra).toEqual({
      mentionsEveryone: true,
      components: [{ type: 1, components: [{ type: 2, label: 'Go' }] }],
      activity: { type: 1 },
      callEndedTimestamp: iso(9),
    });
  });
});
