import { beforeEach, describe, expect, it } from 'vitest';
import { exchangesOf } from '../../../../db/queries/guide/exchanges.ts';
import { useDatabase } from '../../../support/database.ts';
import { Talk, topicOf } from '../../../support/talk.ts';

const database = useDatabase();
let talk: Talk;
beforeEach(async () => {
  await database.clear();
  talk = new Talk();
});
const found = async (ids: string[], more = {}) => {
  await talk.write(database);
  return exchangesOf(database.db, topicOf('', more), ids);
};

it('an exchange is found by its question, by its answer, and by both once', async () => {
  const question = talk.says('Ben', 'help', 'who knows?');
  const answer = talk.replies('Rita', question, 'I do');
  talk.says('Zoe', 'help', 'so do I');
  const exchange = {
    questionId: question,
    askerId: talk.person('Ben'),
    isQuestion: true,
    answerId: answer,
    answererId: talk.person('Rita'),
    channelId: talk.place('help'),
    placeId: talk.place('help'),
    place: 1,
    words: 2,
    questionWords: 2,
    isThanked: false,
    isFollowed: false,
    reactions: 0,
    asksBack: false,
  };
  expect(await found([question])).toEqual([exchange]);
  expect(await found([answer])).toEqual([exchange]);
  expect(await found([answer, question])).toEqual([exchange]);
  expect(await found([])).toEqual([]);
});

it('a thread and a forum’s post are found by any message in them', async () => {
  const question = talk.says('Ben', 'help', 'who knows?');
  talk.thread(question);
  talk.says('Rita', question, 'I do');
  const last = talk.says('Cy', question, 'so do I');
  expect((await found([last])).map(({ answererId, place }) => [answererId, place])).toEqual([
    [talk.person('Rita'), 1],
    [talk.person('Cy'), 2],
  ]);
  const post = talk.posts('Ben', 'forum', 'Lost', 'no idea where I am');
  const answer = talk.says('Zoe', post, 'here');
  expect(await found([answer])).toMatchObject([
    {
      questionId: post,
      isQuestion: true,
      answererId: talk.person('Zoe'),
      channelId: post,
      placeId: talk.place('forum'),
    },
  ]);
});

it('a thread of a remark answers nothing', async () => {
  const remark = talk.says('Ben', 'help', 'I am here.');
  talk.thread(remark);
  expect(await found([remark, talk.says('Rita', remark, 'good')])).toEqual([]);
});

it('of many answers the first of each person counts, and of people five', async () => {
  const question = talk.says('Ben', 'help', 'who knows?');
  const people = ['Ada', 'Cy', 'Dot', 'Eve', 'Fay', 'Gus'];
  const firsts = people.map((who) => {
    const first = talk.replies(who, question, 'I do');
    talk.replies(who, question, 'I do indeed');
    return first;
  });
  const exchanges = await found([question]);
  expect(exchanges.map(({ answerId, place }) => [answerId, place])).toEqual(
    firsts.slice(0, 5).map((id, i) => [id, i + 1]),
  );
});

it('what is deleted, a bot’s, or written later than the window answers nothing', async () => {
  const question = talk.says('Ben', 'help', 'who knows?');
  talk.deletes(talk.replies('Ada', question, 'I do'), 'told');
  talk.deletes(talk.replies('Cy', question, 'I do'), 'inferred');
  talk.replies('Robot', question, 'beep');
  talk.member('Robot', { isBot: true });
  const answer = talk.replies('Rita', question, 'I do');
  talk.daysAgo(-1);
  talk.replies('Future', question, 'I did');
  expect((await found([question])).map(({ answerId, place }) => [answerId, place])).toEqual([[answer, 1]]);
  expect(await found([question], { channels: [talk.place('chat')] })).toEqual([]);
});

it('who forwards a question does not answer it', async () => {
  const question = talk.says('Ben', 'help', 'who knows?');
  talk.says('Rita', 'help', '', {
    reference: { type: 1, messageId: question, channelId: talk.place('help') },
  });
  expect(await found([question])).toEqual([]);
});

it('a deleted question has no answers', async () => {
  const question = talk.says('Ben', 'help', 'who knows?');
  const answer = talk.replies('Rita', question, 'I do');
  talk.deletes(question);
  expect(await found([answer])).toEqual([]);
});

describe('thanks', () => {
  const exchange = () => {
    const question = talk.says('Ben', 'help', 'who knows?');
    return { question, answer: talk.replies('Rita', question, 'I do') };
  };
  const thanked = async (question: string) => (await found([question])).map(({ isThanked }) => isThanked);

  it('are said in many languages', async () => {
    const said = [
      'thanks',
      'Thank you!!',
      'ok thx',
      'Danke dir',
      'Dankeschön',
      'merci :)',
      'muchas gracias',
      'obrigada',
      'grazie',
      'bedankt',
      'tack',
      'dzięki',
      'спасибо большое',
      'дякую',
      'ありがとうございます',
      '谢谢',
      '감사합니다',
      'teşekkürler',
      'شكرا',
      'kiitos',
    ];
    const questions = said.map((text) => {
      const { question } = exchange();
      talk.says('Ben', 'help', text);
      talk.minutes(60);
      return question;
    });
    const exchanges = await found(questions);
    const heard = new Set(exchanges.filter(({ isThanked }) => isThanked).map(({ questionId }) => questionId));
    expect(said.filter((_, i) => !heard.has(questions[i]!))).toEqual([]);
    expect(exchanges).toHaveLength(said.length);
  });

  it('are neither another word nor another person’s', async () => {
    const { question } = exchange();
    talk.says('Cy', 'help', 'thanks');
    talk.says('Ben', 'help', 'a tank of tyres');
    talk.says('Ben', 'chat', 'thanks');
    expect(await thanked(question)).toEqual([false]);
  });

  it('come within the hour', async () => {
    const { question } = exchange();
    talk.minutes(59);
    talk.says('Ben', 'help', 'thanks');
    expect(await thanked(question)).toEqual([false]);
    const again = exchange();
    talk.minutes(58);
    talk.says('Ben', 'help', 'thanks');
    expect(await thanked(again.question)).toEqual([true]);
  });

  it('are no thanks once they are deleted', async () => {
    const { question } = exchange();
    talk.deletes(talk.says('Ben', 'help', 'thanks'), 'inferred');
    expect(await thanked(question)).toEqual([false]);
  });

  it('are shown by a reaction of whoever asked, and anybody’s count', async () => {
    const { question, answer } = exchange();
    talk.reacts('Cy', answer);
    expect(await found([question])).toMatchObject([{ isThanked: false, reactions: 1 }]);
    talk.reacts('Ben', answer);
    expect(await found([question])).toMatchObject([{ isThanked: true, reactions: 2 }]);
  });
});
