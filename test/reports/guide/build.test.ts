import { beforeEach, describe, expect, it } from 'vitest';
import { buildGuide } from '../../../reports/guide/build.ts';
import type { TopicGuide } from '../../../reports/guide/report.ts';
import { useDatabase } from '../../support/database.ts';
import { GUILD } from '../../support/records.ts';
import { guideTo, Talk } from '../../support/talk.ts';

const database = useDatabase();
let talk: Talk;
beforeEach(async () => {
  await database.clear();
  talk = new Talk();
});
const guide = async (topic: string, more = {}) =>
  (await buildGuide(database.db, guideTo(topic, more))) as TopicGuide;

it('a guide to a topic tells where, what and who, as it was asked', async () => {
  const { question, answer } = talk.exchange('Ben', 'Rita');
  await talk.write(database);
  const told = await guide('kilns', { asOfMs: 5 });
  expect(told).toMatchObject({
    ...guideTo('kilns', { asOfMs: 5 }),
    about: 'topic',
    standing: 'found',
    unread: 0,
    terms: [{ typed: 'kilns', words: ['kiln'], messages: 1 }],
    nearest: [],
    messages: 1,
    people: 1,
    places: [
      {
        id: talk.place('help'),
        name: 'help',
        isThread: false,
        messages: 1,
        people: 1,
        lastAt: '2025-12-02T00:00:00.000Z',
      },
    ],
    answers: [{ question: { messageId: question }, answer: { messageId: answer } }],
    guides: [{ name: 'Rita', answered: 1, place: { name: 'help', answered: 1 } }],
  });
  expect('channels' in (await guide('kiln', { channels: [talk.place('help')] }))).toBe(false);
});

it('a guide without a topic is one to the server', async () => {
  talk.says('Ben', 'help', 'hello');
  await talk.write(database);
  const { topic: _, ...request } = guideTo('');
  expect(await buildGuide(database.db, request)).toMatchObject({ about: 'server', isRecorded: true });
});

it('a topic of which only a common word is known is one that nobody spoke of', async () => {
  for (let i = 0; i < 30; i++) talk.exchange(`B${i % 5}`, 'Rita', 'read', 'books');
  await talk.write(database);
  expect(await guide('who can read demotic hieroglyphs?')).toMatchObject({
    standing: 'silent',
    messages: 0,
    guides: [],
  });
  expect(await guide('read demotic')).toMatchObject({ standing: 'found', missing: ['demotic'] });
  expect(await guide('read')).toMatchObject({ standing: 'found' });
});

it('what nobody wrote beside the rest is missing, and counts for nothing', async () => {
  for (let i = 0; i < 3; i++) talk.says(`B${i}`, 'gas', 'we ran out of helium');
  for (let i = 0; i < 5; i++) talk.says(`B${i}`, 'shop', 'the price of it');
  await talk.write(database);
  expect(await guide('helium price')).toMatchObject({ standing: 'found', messages: 3, missing: ['price'] });
  talk.says('B1', 'gas', 'what a price for helium');
  await talk.write(database);
  expect(await guide('helium price')).toMatchObject({ messages: 1, missing: [] });
});

it('a guide names three people, five places and three answers at most, the most first', async () => {
  for (let i = 0; i < 7; i++) {
    for (let n = 0; n <= i; n++) talk.exchange(`B${n}`, `R${i}`, 'kiln', `room ${i}`);
  }
  await talk.write(database);
  const { guides, places, answers, messages, people } = await guide('kiln');
  expect(guides.map(({ name, answered }) => [name, answered])).toEqual([
    ['R6', 7],
    ['R5', 6],
    ['R4', 5],
  ]);
  expect(places.map(({ name, messages: on }) => [name, on])).toEqual(
    [6, 5, 4, 3, 2].map((i) => [`room ${i}`, i + 1]),
  );
  expect(answers).toHaveLength(3);
  expect([messages, people]).toEqual([28, 7]);
});

describe('a guild', () => {
  it('of ten messages has a guide', async () => {
    talk.exchange('Ben', 'Rita');
    for (let i = 0; i < 8; i++) talk.says('Ben', 'help', 'hello');
    await talk.write(database);
    expect(await guide('kiln')).toMatchObject({ standing: 'found', messages: 1, guides: [{ name: 'Rita' }] });
    expect(await guide('loom')).toMatchObject({ standing: 'silent', guides: [] });
  });

  it('of no message is silent', async () => {
    await talk.write(database);
    expect(await guide('kiln')).toMatchObject({ standing: 'silent', messages: 0, places: [], guides: [] });
    expect(await guide('')).toMatchObject({ standing: 'wordless' });
  });

  it('whose texts are not kept cannot tell', async () => {
    talk.exchange('Ben', 'Rita');
    await talk.write(database, { content: 'none' });
    expect(await guide('kiln')).toMatchObject({ standing: 'textless', messages: 0, places: [], guides: [] });
  });

  it('whose words are not looked through yet says how many messages wait', async () => {
    talk.exchange('Ben', 'Rita');
    await talk.write(database);
    talk.exchange('Cy', 'Rita');
    await database.pool.query('delete from message_words where guild_id = $1', [GUILD]);
    await database.pool.query(
      `insert into stale_words select distinct guild_id, ((message_id >> 22) / 86400000)::int, 0 from messages`,
    );
    expect(await guide('kiln')).toMatchObject({ unread: 2, messages: 0 });
  });
});
