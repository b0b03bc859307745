import { beforeEach, expect, it } from 'vitest';
import { chooseUnranked } from '../../../../db/choices.ts';
import { foundAnswers } from '../../../../db/queries/guide/found-answers.ts';
import { lookUp } from '../../../../db/queries/guide/topic.ts';
import { useDatabase } from '../../../support/database.ts';
import { GUILD } from '../../../support/records.ts';
import { NOW_MS, Talk, topicOf } from '../../../support/talk.ts';

const LONG = 'slowly at first, then faster, and never open it before it is cold, whoever says that you may';
const database = useDatabase();
let talk: Talk;
beforeEach(async () => {
  await database.clear();
  talk = new Talk();
});
const found = async (topic: string, more = {}, limit = 3) => {
  await talk.write(database);
  const scope = topicOf(topic, more);
  return foundAnswers(database.db, scope, await lookUp(database.db, scope, topic), limit);
};
const answersOf = async (topic: string) => (await found(topic)).map(({ answer }) => answer.messageId);
const exchange = (question: string, answer: string, who = 'Rita') => {
  const asked = talk.says('Ben', 'help', question);
  const answered = talk.replies(who, asked, answer);
  talk.minutes(90);
  return { asked, answered };
};

it('an answer is told with its question, where it is, and who wrote both', async () => {
  const { asked, answered } = exchange('how is a kiln fired?', LONG);
  talk.replies('Ben', answered, 'thank you');
  expect(await found('kiln')).toEqual([
    {
      place: { id: talk.place('help'), name: 'help', isThread: false },
      question: {
        messageId: asked,
        channelId: talk.place('help'),
        at: '2025-12-02T00:00:00.000Z',
        text: 'how is a kiln fired?',
        author: { id: talk.person('Ben'), name: 'Ben' },
      },
      answer: {
        messageId: answered,
        channelId: talk.place('help'),
        at: '2025-12-02T00:01:00.000Z',
        text: LONG,
        author: { id: talk.person('Rita'), name: 'Rita' },
      },
      relevance: 1,
      isThanked: false,
    },
  ]);
});

it('those with more of the topic come first, then thanked ones, then those with more to read, then new ones', async () => {
  const old = exchange('a kiln?', `${LONG}, as of old`);
  const short = exchange('a kiln?', 'yes');
  const fresh = exchange('a kiln?', `${LONG}, as of late`);
  const thanked = talk.says('Ben', 'help', 'a kiln?');
  const answer = talk.replies('Rita', thanked, `${LONG}, and welcome`);
  talk.replies('Ben', answer, 'thanks');
  talk.minutes(90);
  const whole = exchange('a kiln of brick?', LONG);
  expect((await answersOf('brick kiln'))[0]).toBe(whole.answered);
  await talk.write(database);
  const all = await found('kiln', {}, 10);
  const places = [answer, whole.answered, fresh.answered, old.answered, short.answered];
  expect(all.map(({ answer: { messageId } }) => messageId)).toEqual(places);
});

it('of a question the best answer is told, once', async () => {
  const asked = talk.says('Ben', 'help', 'a kiln?');
  talk.replies('Rita', asked, 'yes');
  const better = talk.replies('Zoe', asked, LONG);
  expect(await answersOf('kiln')).toEqual([better]);
});

it('one message that answers two questions is told once', async () => {
  const post = talk.posts('Ben', 'forum', 'First kiln', 'which kiln?');
  const more = talk.says('Ben', post, 'and does a kiln need a shed?');
  const answer = talk.replies('Rita', more, LONG);
  expect(await answersOf('kiln')).toEqual([answer]);
});

it('what is said again in the same words is told once', async () => {
  exchange('a kiln?', LONG);
  const last = exchange('a kiln?', `${LONG.toUpperCase()} `);
  expect(await answersOf('kiln')).toEqual([last.answered]);
});

it('replies to remarks are no answers', async () => {
  talk.replies('Rita', talk.says('Ben', 'help', 'my kiln.'), LONG);
  expect(await found('kiln')).toEqual([]);
});

it('long texts are told by their beginning', async () => {
  const [one] = (exchange('a kiln?', `${'🏺'.repeat(299)}abc`), await found('kiln'));
  expect(one!.answer.text).toBe(`${'🏺'.repeat(299)}a`);
});

it('who may not be named is quoted without a name', async () => {
  exchange('a kiln?', LONG);
  talk.person('Rita');
  await chooseUnranked(database.db, GUILD, talk.person('Rita'), true, new Date(NOW_MS));
  talk.tell({
    moments: [
      { guildId: GUILD, userId: talk.person('Ben'), kind: 'left', at: NOW_MS - 1000, source: 'rest' },
    ],
  });
  expect(await found('kiln')).toMatchObject([
    { question: { author: null }, answer: { author: null, text: LONG } },
  ]);
});

it('as many as are asked for, and none that is deleted, elsewhere or later', async () => {
  for (let i = 0; i < 5; i++) exchange('a kiln?', `${LONG}: ${i} times`);
  expect(await found('kiln')).toHaveLength(3);
  expect(await found('kiln', { channels: [talk.place('chat')] })).toEqual([]);
  const from = topicOf('').window;
  expect(await found('kiln', { window: { ...from, toMs: NOW_MS - 40 * 86_400_000 } })).toEqual([]);
  await database.clear();
  talk = new Talk();
  const { asked } = exchange('a kiln?', LONG);
  const { answered } = exchange('a kiln?', LONG);
  talk.deletes(asked, 'inferred');
  talk.deletes(answered, 'told');
  expect(await found('kiln')).toEqual([]);
});
