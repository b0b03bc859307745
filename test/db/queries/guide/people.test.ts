import { beforeEach, describe, expect, it } from 'vitest';
import { guidePeople } from '../../../../db/queries/guide/people.ts';
import type { GuidePerson } from '../../../../db/queries/guide/rows.ts';
import { useDatabase } from '../../../support/database.ts';
import { Talk, topicOf } from '../../../support/talk.ts';

const database = useDatabase();
let talk: Talk;
beforeEach(async () => {
  await database.clear();
  talk = new Talk();
});

const guides = async (topic: string, more = {}): Promise<GuidePerson[]> => {
  await talk.write(database);
  return guidePeople(database.db, topicOf(topic, more));
};
const named = async (topic: string, more = {}) => (await guides(topic, more)).map(({ name }) => name);

describe('an answer', () => {
  it('is a reply to a question, a message in its thread, or one in a forum post', async () => {
    talk.exchange('Ben', 'Rita');
    const asked = talk.says('Ben', 'help', 'where does a kiln go?');
    talk.says('Tom', talk.thread(asked), 'into the yard');
    const post = talk.posts('Ben', 'forum', 'First kiln', 'I want a kiln and have no idea');
    talk.says('Fay', post, 'begin with a small one');
    const found = await guides('kiln');
    const told = found.map(({ name, basis, answered, askers, place }) => [
      name,
      basis,
      answered,
      askers,
      place.name,
    ]);
    expect(told.toSorted()).toEqual([
      ['Fay', 'answers', 1, 1, 'forum'],
      ['Rita', 'answers', 1, 1, 'help'],
      ['Tom', 'answers', 1, 1, 'help'],
    ]);
  });

  it('may have the words that the question has not', async () => {
    const question = talk.says('Ben', 'help', 'what am I to buy first?');
    talk.replies('Rita', question, 'a kiln');
    expect(await named('kiln')).toEqual(['Rita']);
  });

  it('is nobody’s to themselves, nor one from another channel', async () => {
    const question = talk.says('Ben', 'help', 'how hot is a kiln?');
    talk.replies('Ben', question, 'a kiln is hot');
    talk.says('Rita', 'chat', 'hot enough', {
      type: 19,
      reference: { messageId: question, channelId: talk.place('help') },
    });
    expect(await named('kiln')).toEqual([]);
  });

  it('counts once a person, with the time from question to first answer', async () => {
    const { question, answer } = talk.exchange('Ben', 'Rita');
    talk.minutes(30);
    talk.replies('Rita', question, 'and do read the kiln’s manual');
    expect(await guides('kiln')).toMatchObject([
      { answered: 1, medianMinutes: 1, evidence: [{ messageId: answer, channelId: talk.place('help') }] },
    ]);
  });

  it('is better the first than the second', async () => {
    const { question } = talk.exchange('Ben', 'Zoe');
    talk.person('Ann');
    talk.replies('Ann', question, 'the same from me');
    const [first, second] = await guides('kiln');
    expect([first!.name, second!.name]).toEqual(['Zoe', 'Ann']);
    expect(first!.score).toBeGreaterThan(second!.score);
  });

  it('to a remark names nobody, and adds a little to other answers', async () => {
    const remark = talk.says('Ben', 'help', 'my kiln is here');
    talk.replies('Rita', remark, 'how nice');
    expect(await named('kiln')).toEqual([]);
    talk.exchange('Cy', 'Rita');
    talk.exchange('Cy', 'Ann');
    expect(await named('kiln')).toEqual(['Rita', 'Ann']);
  });

  it('is shown once, though it answers two questions', async () => {
    const post = talk.posts('Ben', 'forum', 'First kiln', 'which kiln?');
    const more = talk.says('Ben', post, 'and does a kiln need a shed?');
    const answer = talk.replies('Rita', more, 'a small one and no');
    const [rita] = await guides('kiln');
    expect(rita!.evidence).toEqual([{ messageId: answer, channelId: post }]);
  });
});

describe('people are ranked', () => {
  it('by how many people they answered, not by how often one friend asks', async () => {
    for (let i = 0; i < 30; i++) talk.exchange('Friend', 'Ann');
    for (const asker of ['B1', 'B2', 'B3', 'B4', 'B5'])
      for (let i = 0; i < 2; i++) talk.exchange(asker, 'Rita');
    const found = await guides('kiln');
    expect(found.map(({ name, answered, askers }) => [name, answered, askers])).toEqual([
      ['Rita', 10, 5],
      ['Ann', 30, 1],
    ]);
  });

  it('by answers of late before those of long ago', async () => {
    talk.daysAgo(700);
    for (const asker of ['B1', 'B2', 'B3']) talk.exchange(asker, 'Old');
    talk.daysAgo(20);
    for (const asker of ['B1', 'B2']) talk.exchange(asker, 'New');
    talk.says('Old', 'help', 'still here');
    expect(await named('kiln')).toEqual(['New', 'Old']);
  });

  it('by thanks, in words of any language or by a reaction', async () => {
    talk.person('Plain');
    const thank = [
      'thanks!',
      'thx',
      'Danke schön',
      'muchas gracias',
      'merci',
      'grazie mille',
      'obrigado',
      'большое спасибо',
      'ありがとう',
      'ty',
    ];
    for (const [i, words] of thank.entries()) {
      talk.exchange(`A${i}`, 'Plain', 'kiln', 'one');
      talk.minutes(120);
      talk.exchange(`B${i}`, 'Thanked', 'kiln', 'two');
      talk.says(`B${i}`, 'two', words);
      talk.minutes(120);
    }
    const { answer } = talk.exchange('C', 'Thanked', 'kiln', 'two');
    talk.minutes(120);
    talk.reacts('C', answer);
    talk.exchange('C2', 'Plain', 'kiln', 'one');
    const [first, second] = await guides('kiln');
    expect([first!.name, first!.thanked]).toEqual(['Thanked', thank.length + 1]);
    expect([second!.name, second!.thanked]).toEqual(['Plain', 0]);
  });

  it('not by thanks of somebody else, hours later, or long after', async () => {
    talk.exchange('Ben', 'Rita');
    talk.says('Cy', 'help', 'thanks');
    talk.minutes(90);
    talk.says('Ben', 'help', 'thanks all for coming');
    expect(await guides('kiln')).toMatchObject([{ thanked: 0 }]);
  });

  it('by id where they are equal', async () => {
    const names = ['A', 'B', 'C', 'D'].toReversed();
    for (const name of names) talk.person(name);
    const question = talk.says('Ben', 'help', 'which kiln?');
    // All at one instant, each the only answer.
    for (const name of names) {
      const again = talk.says(`asks ${name}`, `room ${name}`, 'which kiln?', {
        messageId: String(BigInt(question) + BigInt(names.indexOf(name) + 1) * 10n),
      });
      talk.says(name, `room ${name}`, 'this', {
        messageId: String(BigInt(question) + (60_000n << 22n) + BigInt(names.indexOf(name))),
        type: 19,
        reference: { messageId: again, channelId: talk.place(`room ${name}`) },
      });
    }
    expect(await named('kiln')).toEqual(['D', 'C', 'B']);
  });

  it('three at most, or as many as are asked for', async () => {
    for (const name of ['A', 'B', 'C', 'D', 'E']) talk.exchange('Ben', name);
    expect(await named('kiln')).toHaveLength(3);
    expect(await named('kiln', { limit: 4 })).toHaveLength(4);
  });

  it('with the two best answers to open, those that were thanked for first', async () => {
    talk.exchange('B1', 'Rita');
    talk.minutes(120);
    const { answer: thanked } = talk.exchange('B2', 'Rita');
    talk.says('B2', 'help', 'thank you so much');
    talk.minutes(120);
    const { answer: last } = talk.exchange('B3', 'Rita');
    const [rita] = await guides('kiln');
    expect(rita!.evidence.map(({ messageId }) => messageId)).toEqual([thanked, last]);
  });
});

describe('not named for it is', () => {
  it('who asks most, talks most or is most liked', async () => {
    for (let i = 0; i < 5; i++) talk.exchange(`B${i}`, 'Rita');
    for (let i = 0; i < 40; i++) {
      talk.says('Talks', 'help', `my kiln and I, part ${i}: kiln, kiln, kiln`);
      const liked = talk.says('Liked', 'help', 'look at my kiln');
      for (const fan of ['F1', 'F2', 'F3']) talk.reacts(fan, liked);
      talk.says('Asks', 'help', 'and another kiln?');
    }
    expect(await named('kiln')).toEqual(['Rita']);
  });

  it('who answers most on all else', async () => {
    for (let i = 0; i < 100; i++) talk.exchange(`B${i % 20}`, 'Prolific', 'camera', 'photos');
    talk.exchange('Ben', 'Prolific', 'kiln', 'photos');
    for (let i = 0; i < 3; i++) talk.exchange(`B${i}`, 'Rita');
    for (let i = 0; i < 2; i++) talk.exchange(`B${i}`, 'Zoe');
    expect(await named('kiln')).toEqual(['Rita', 'Zoe', 'Prolific']);
  });
});

it('who answers outside of the channels that count is not known', async () => {
  talk.exchange('Ben', 'Rita', 'kiln', 'secret');
  talk.exchange('Ben', 'Zoe', 'kiln', 'help');
  expect(await named('kiln', { channels: [talk.place('help')] })).toEqual(['Zoe']);
  const asked = talk.says('Ben', 'help', 'which kiln?');
  talk.says('Rita', talk.thread(asked), 'this one');
  expect(await named('kiln', { channels: [talk.place('help')] })).toEqual(['Zoe']);
});

it('a pin of an answer, by whoever asked, is no answer to it', async () => {
  const { answer } = talk.exchange('Ben', 'Rita');
  const [before] = await guides('kiln');
  talk.says('Ben', 'help', '', { type: 6, reference: { messageId: answer, channelId: talk.place('help') } });
  expect(await guides('kiln')).toEqual([before]);
  talk.replies('Ben', answer, 'will do');
  expect((await guides('kiln'))[0]!.score).toBeGreaterThan(before!.score);
});

it('a reaction that was taken back is no thanks, one that was given again is', async () => {
  const { answer } = talk.exchange('Ben', 'Rita');
  talk.reacts('Ben', answer);
  talk.reacts('Ben', answer, '👍', 'removedAt');
  expect(await guides('kiln')).toMatchObject([{ thanked: 0 }]);
  talk.reacts('Ben', answer);
  expect(await guides('kiln')).toMatchObject([{ thanked: 1 }]);
});
