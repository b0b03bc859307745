import { type APIMessage, MessageFlags, MessageType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { emptyBatch } from '../../../db/records.ts';
import { PayloadError } from '../../../ingest/discord/payload-error.ts';
import { dispatchRecords } from '../../../ingest/discord/to-records.ts';
import { at, AUTHOR, CHANNEL, GUILD, idAt } from '../../support/records.ts';
import {
  BLIND,
  BOT,
  fromRest,
  gatewayMessage,
  iso,
  member,
  message,
  MESSAGE,
  PERSON,
  recordOf,
  SEES,
  told,
  user,
  WITHHELD,
} from './payloads.ts';

describe('a text', () => {
  it('is told with the fidelity of the API', () => {
    expect(recordOf(message()).body).toEqual({ content: 'hello', fidelity: 3 });
  });

  it('that is withheld is unknown, not empty, and so are its children', () => {
    const record = recordOf(message(WITHHELD), 60, BLIND);
    expect(record).toMatchObject({ authorId: AUTHOR, pinned: false });
    expect([record.body, record.attachments, record.embeds, record.poll]).toEqual(Array(4).fill(undefined));
  });

  it('that is empty is known to be so with the intent, or where the message is ours', () => {
    expect(recordOf(message(WITHHELD)).body?.content).toBe('');
    expect(recordOf(message({ ...WITHHELD, author: user(BOT) }), 60, BLIND).body?.content).toBe('');
  });

  it('is known where any of the five that are withheld together is filled', () => {
    const attachment = { id: '500000000000000001', filename: 'a.png', size: 1, url: '', proxy_url: '' };
    const poll = {
      question: { text: 'q' },
      answers: [],
      expiry: null,
      allow_multiselect: false,
      layout_type: 1,
    };
    for (const filled of [
      { content: 'x' },
      { embeds: [{}] },
      { attachments: [attachment] },
      { components: [{}] },
      { poll },
    ]) {
      expect(recordOf({ ...message(WITHHELD), ...filled }, 60, BLIND).body).toBeDefined();
    }
  });

  it('has no NUL and no half of a pair, which Postgres does not take', () => {
    expect(recordOf(message({ content: 'a\0b\ud83d' })).body?.content).toBe('a\ufffdb\ufffd');
  });

  it('of an unreadable version is unknown', () => {
    const record = recordOf(message({ edited_timestamp: 'yesterday', attachments: [] }));
    expect([record.body, record.attachments, record.editedAt]).toEqual([undefined, undefined, undefined]);
    expect(record.authorId).toBe(AUTHOR);
  });
});

describe('times', () => {
  it('microseconds and milliseconds are one version', () => {
    expect(recordOf(message({ edited_timestamp: '2026-01-01T00:00:30.123999+00:00' })).editedAt).toBe(
      at(30.123),
    );
  });

  it('a record is observed no earlier than its id, its edit and its join', () => {
    expect(recordOf(message(), -10).observedAt).toBe(at(0));
    expect(recordOf(message({ edited_timestamp: iso(30) }), -10).observedAt).toBe(at(30.123) - 123);
    const batch = told(-20, 'GUILD_MEMBER_ADD', {
      ...member(PERSON, { joined_at: iso(-15) }),
      guild_id: GUILD,
    }).batch;
    expect(batch.members[0]!.observedAt).toBe(at(-15));
  });

  it('a time that has not come is none', () => {
    expect(recordOf(message({ edited_timestamp: '2090-01-01T00:00:00Z' })).editedAt).toBeUndefined();
  });
});

describe('an update', () => {
  it('without its author tells ids and the edit only', () => {
    const { batch } = told(9, 'MESSAGE_UPDATE', {
      id: MESSAGE,
      channel_id: CHANNEL,
      guild_id: GUILD,
      content: 'new',
      embeds: [{ title: 'x' }],
      edited_timestamp: iso(8),
    });
    expect(batch.messages).toEqual([
      {
        source: 'gateway',
        observedAt: at(9),
        guildId: GUILD,
        channelId: CHANNEL,
        messageId: MESSAGE,
        editedAt: at(8),
      },
    ]);
    expect(batch.members).toEqual([]);
  });

  it('that is whole tells all, and counts reactions only where it lists them', () => {
    const update = gatewayMessage({ content: 'new', edited_timestamp: iso(8) });
    const record = told(9, 'MESSAGE_UPDATE', update).batch.messages[0]!;
    expect(record).toMatchObject({ editedAt: at(8), body: { content: 'new' } });
    expect(record.reactions).toBeUndefined();
    const counted = told(9, 'MESSAGE_UPDATE', { ...update, reactions: [] }).batch.messages[0]!;
    expect(counted.reactions).toEqual({ at: at(9), counts: [] });
  });

  it('that only unfurls a link is no edit', () => {
    const record = told(9, 'MESSAGE_UPDATE', gatewayMessage({ embeds: [{ title: 'x' }] })).batch.messages[0]!;
    expect(record.editedAt).toBeUndefined();
    expect(record.embeds).toEqual({ fidelity: 3, count: 1, list: [{ title: 'x' }] });
  });
});

describe('reactions of a message', () => {
  const reactions = [
    { emoji: { id: null, name: '👍' }, count: 3 },
    { emoji: { id: '400000000000000001', name: 'parrot', animated: true }, count: 1 },
  ] as APIMessage['reactions'] & {};

  it('are none at its creation, so that any later count wins', () => {
    expect(told(7, 'MESSAGE_CREATE', gatewayMessage()).batch.messages[0]!.reactions).toEqual({
      at: at(0),
      counts: [],
    });
  });

  it('are counted when REST was asked, and none where it names none', () => {
    expect(recordOf(message({ reactions })).reactions).toEqual({
      at: at(60),
      counts: [
        { key: '👍', count: 3 },
        { key: '400000000000000001', name: 'parrot', animated: true, count: 1 },
      ],
    });
    expect(recordOf(message()).reactions).toEqual({ at: at(60), counts: [] });
  });

  it('are unknown where one of the list is not readable', () => {
    for (const odd of [
      { emoji: {}, count: 1 },
      { emoji: { name: '👍' }, count: 2 ** 31 },
    ]) {
      const broken = [...reactions, odd];
      expect(recordOf({ ...message(), reactions: broken }).reactions).toBeUndefined();
    }
  });
});

describe('messages of a kind', () => {
  it('a welcome is a join that a message tells', () => {
    const { batch } = told(7, 'MESSAGE_CREATE', gatewayMessage({ type: MessageType.UserJoin, content: '' }));
    expect(batch.moments).toEqual([
      { guildId: GUILD, userId: AUTHOR, kind: 'joined', at: at(0), source: 'message' },
    ]);
  });

  it('one that only one person sees is not recorded', () => {
    const { batch } = told(7, 'MESSAGE_CREATE', gatewayMessage({ flags: MessageFlags.Ephemeral }));
    expect(batch).toEqual(emptyBatch());
  });

  it('no column holds is of none', () => {
    const record = recordOf({
      ...message(),
      type: 40_000,
      flags: -1,
      message_reference: { type: 40_000, channel_id: 5, message_id: MESSAGE },
    });
    expect([record.type, record.flags]).toEqual([undefined, undefined]);
    expect(record.reference).toEqual({ messageId: MESSAGE });
  });

  it('a direct one is not recorded', () => {
    const { guild_id: _, ...direct } = gatewayMessage();
    for (const d of [direct, { ...direct, guild_id: null }])
      expect(dispatchRecords({ t: 'MESSAGE_CREATE', d }, at(7), SEES)).toBeUndefined();
  });
});

describe('deletions', () => {
  it('are tombstones at their receipt, whatever is known of the message', () => {
    const ids = { guild_id: GUILD, channel_id: CHANNEL };
    const gone = {
      source: 'gateway',
      observedAt: at(9),
      guildId: GUILD,
      channelId: CHANNEL,
      messageId: MESSAGE,
      goneAt: at(9),
    };
    expect(told(9, 'MESSAGE_DELETE', { ...ids, id: MESSAGE })).toMatchObject({
      messageId: MESSAGE,
      batch: { messages: [gone] },
    });
    const bulk = told(9, 'MESSAGE_DELETE_BULK', { ...ids, ids: [MESSAGE, null, idAt(at(1))] }).batch;
    expect(bulk.messages).toEqual([gone, { ...gone, messageId: idAt(at(1)) }]);
  });
});

describe('a message that cannot be recorded', () => {
  const secret = 'nobody may read this in a log';
  const refused = (payload: unknown) => {
    try {
      fromRest(payload);
    } catch (error) {
      return error as PayloadError;
    }
    throw new Error('was taken');
  };

  it('is refused with what is wrong and where it belongs, never with its text', () => {
    const error = refused({
      ...message({ content: secret }),
      author: { ...user(AUTHOR), id: 5, username: secret },
    });
    expect(error).toBeInstanceOf(PayloadError);
    expect(error.message).toBe('user.id is no id');
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain(secret);
  });

  it('is refused with an id of a number, of the future, or none', () => {
    expect(refused(message({ id: 5 as unknown as string })).message).toBe('id is no id');
    const future = refused(message({ id: idAt(at(3 * 86_400)) }));
    expect(future).toMatchObject({
      message: 'id is an id of the future',
      guildId: GUILD,
      channelId: CHANNEL,
    });
    expect(refused({ ...message(), channel_id: null })).toMatchObject({ messageId: MESSAGE });
    expect(refused({ ...message(), author: null })).toBeInstanceOf(PayloadError);
    const { author: _, ...anonymous } = message();
    expect(refused(anonymous)).toMatchObject({ message: 'user is no object' });
    expect(refused('text')).toBeInstanceOf(PayloadError);
  });
});
