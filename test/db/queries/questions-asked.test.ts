/** What is a question, what an answer, and when it is late: by hand. */
import { beforeEach, describe, expect, it } from 'vitest';
import { answerers } from '../../../db/queries/answerers.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { questionsAsked } from '../../../db/queries/questions-asked.ts';
import { replyTimes } from '../../../db/queries/reply-times.ts';
import { unansweredQuestions } from '../../../db/queries/unanswered-questions.ts';
import type { MessageRecord, RecordBatch } from '../../../db/records.ts';
import { useDatabase } from '../../support/database.ts';
import { AUTHOR, CHANNEL, GUILD } from '../../support/records.ts';
import { post, write } from '../../support/written.ts';

const BELA = '200000000000000001';
const BOT = '200000000000000002';
const OTHER_CHANNEL = '100000000000000009';
const FORUM = '100000000000000010';

const database = useDatabase();
beforeEach(() => database.clear());

const asked: Asked = {
  guildId: GUILD,
  limit: 100,
  window: { fromMs: Date.UTC(2026, 0, 1), toMs: Date.UTC(2026, 1, 1), timeZone: 'UTC' },
};
const said = (time: string, content: string, more: Partial<MessageRecord> = {}) =>
  post(`2026-01-${time}Z`, { body: { content, fidelity: 3 }, ...more });
const ask = (time: string, more: Partial<MessageRecord> = {}) => said(time, 'why?', more);
const reply = (time: string, to: MessageRecord, more: Partial<MessageRecord> = {}) =>
  said(time, 'because', {
    type: 19,
    authorId: BELA,
    reference: { type: 0, messageId: to.messageId, channelId: CHANNEL },
    ...more,
  });
const told = { source: 'rest' as const, observedAt: 0, guildId: GUILD };
const bots: Partial<RecordBatch> = { members: [{ ...told, userId: BOT, isBot: true }] };
const thread = (of: MessageRecord, parentId = CHANNEL): Partial<RecordBatch> => ({
  ...bots,
  channels: [{ ...told, channelId: of.messageId, type: 11, name: 'thread', parentId }],
});

async function counted(
  messages: MessageRecord[],
  more: Partial<RecordBatch> = bots,
  scope: Partial<Asked> = {},
) {
  await write(database, messages, more);
  const { asked: questions, answered } = await questionsAsked(database.db, { ...asked, ...scope });
  return { questions, answered };
}

describe('a question', () => {
  it('is what a person asks, and never a bot, even where bots count', async () => {
    const messages = [ask('01T10:00'), said('01T10:01', 'no.'), ask('01T10:02', { authorId: BOT })];
    expect(await counted(messages, bots, { bots: true })).toEqual({ questions: 1, answered: 0 });
  });

  it('is the first post of a forum, whatever it says, and no other message of a post or thread', async () => {
    const first = said('01T10:00', 'My lamp is broken.');
    first.channelId = first.messageId;
    const second = said('01T10:01', 'It is green.', { channelId: first.messageId });
    expect(await counted([first, second], thread(first, FORUM))).toEqual({ questions: 1, answered: 0 });
  });

  it('is not the message of a text channel from which a thread begins', async () => {
    const plain = said('01T10:00', 'Look at this.');
    const inThread = said('01T10:05', 'nice', { channelId: plain.messageId, authorId: BELA });
    expect(await counted([plain, inThread], thread(plain))).toEqual({ questions: 0, answered: 0 });
  });

  it('is no longer one when it is deleted', async () => {
    expect(await counted([ask('01T10:00', { goneAt: Date.UTC(2026, 0, 2) })])).toEqual({
      questions: 0,
      answered: 0,
    });
  });
});

describe('an answer', () => {
  const question = ask('01T10:00');

  it('is a reply by another person', async () => {
    expect(await counted([question, reply('01T10:05', question)])).toEqual({ questions: 1, answered: 1 });
  });

  it.for([
    ["the asker's own", { authorId: AUTHOR }],
    ["a bot's", { authorId: BOT }],
    ['a deleted one', { goneAt: Date.UTC(2026, 0, 2) }],
    ['no reply, but a forward', { type: 0 }],
    ['a reply to something else', { reference: { type: 0, messageId: '5', channelId: CHANNEL } }],
    ['a message behind it', { type: 0, reference: undefined }],
    ['written where none may look', { channelId: OTHER_CHANNEL }],
  ] as [string, Partial<MessageRecord>][])('is not %s', async ([, more]) => {
    const messages = [question, reply('01T10:05', question, more)];
    expect(await counted(messages, bots, { channels: [CHANNEL], bots: true })).toEqual({
      questions: 1,
      answered: 0,
    });
  });

  it("is the first message of another person in the question's own thread, and of no bot", async () => {
    const inThread = (time: string, authorId: string) =>
      said(time, 'hm', { channelId: question.messageId, authorId });
    const talk = [inThread('01T10:01', AUTHOR), inThread('01T10:02', BOT)];
    expect(await counted([question, ...talk], thread(question))).toEqual({ questions: 1, answered: 0 });
    expect(await counted([inThread('01T10:07', BELA)], thread(question))).toEqual({
      questions: 1,
      answered: 1,
    });
    expect(await questionsAsked(database.db, asked)).toMatchObject({ medianMinutes: 7 });
  });

  it('is the earlier of a reply and a message in the thread', async () => {
    const inThread = said('01T10:03', 'hm', { channelId: question.messageId, authorId: BOT });
    await write(
      database,
      [question, reply('01T10:09', question), { ...inThread, authorId: BELA }],
      thread(question),
    );
    expect(await questionsAsked(database.db, asked)).toMatchObject({ answered: 1, medianMinutes: 3 });
  });

  it('may come after the window, by whom the scope does not ask about', async () => {
    const messages = [ask('31T23:59'), said('30T10:00', 'no.', { authorId: BELA })];
    const late = post('2026-02-02T10:00Z', {
      ...reply('01T10:00', messages[0]!),
      messageId: post('2026-02-02T10:00Z').messageId,
    });
    const scope = { members: [AUTHOR] };
    expect(await counted([...messages, late], bots, scope)).toEqual({ questions: 1, answered: 1 });
    expect(await answerers(database.db, { ...asked, ...scope })).toEqual([]);
    expect(await answerers(database.db, { ...asked, members: [BELA] })).toMatchObject([
      { id: BELA, answered: 1 },
    ]);
  });
});

describe('waiting', () => {
  it('a day counts from the question, and only once it is over before the record ends', async () => {
    const [unanswered, late, intime, young] = [
      ask('01T10:00'),
      ask('01T11:00'),
      ask('01T12:00'),
      ask('02T13:00:00.001'),
    ];
    const end = said('03T13:00', 'end.');
    await write(database, [unanswered, late, intime, young, end]);
    await write(database, [reply('02T11:00:00.001', late), reply('02T12:00', intime)]);
    expect(await questionsAsked(database.db, asked)).toMatchObject({
      asked: 4,
      unanswered: 2,
      unansweredAfter24h: 2,
    });
    expect(await unansweredQuestions(database.db, asked)).toMatchObject([
      { messageId: young.messageId, ageHours: 24 },
      { messageId: unanswered.messageId, ageHours: 51 },
    ]);
    await write(database, [said('03T13:00:00.001', 'end.')]);
    expect(await questionsAsked(database.db, asked)).toMatchObject({ unansweredAfter24h: 3 });
  });

  it('a minute is within a minute', async () => {
    const [one, two] = [ask('01T10:00'), ask('01T11:00')];
    await write(database, [one, two, reply('01T10:01', one), reply('01T11:01:00.001', two)]);
    const { buckets } = await replyTimes(database.db, asked);
    expect(buckets.slice(0, 3)).toEqual([
      { upToMinutes: 1, questions: 1 },
      { upToMinutes: 5, questions: 1 },
      { upToMinutes: 15, questions: 0 },
    ]);
  });

  it('is nothing where nobody asked', async () => {
    expect(await questionsAsked(database.db, asked)).toEqual({
      asked: 0,
      answered: 0,
      unanswered: 0,
      unansweredAfter24h: 0,
      medianMinutes: null,
      p90Minutes: null,
    });
    expect(await unansweredQuestions(database.db, asked)).toEqual([]);
  });
});
