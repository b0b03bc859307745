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

describe('where little is known of a topic', () => {
  /** Many questions on glazes, answered in one channel. */
  const liveIn = (where: string, answerer: string) => {
    for (let i = 0; i < 4; i++) talk.exchange(`B${i}`, answerer, 'glaze', where);
  };

  it('those who answer in its channel are named, with what they answered there', async () => {
    liveIn('pottery', 'Rita');
    liveIn('chat', 'Zoe');
    talk.says('Ben', 'pottery', 'my kiln is broken');
    expect(await guides('kiln')).toMatchObject([
      { name: 'Rita', basis: 'place', answered: 0, askers: 4, place: { name: 'pottery', answered: 4 } },
    ]);
  });

  it('those who reply to remarks there are not', async () => {
    for (let i = 0; i < 4; i++)
      talk.replies('Rita', talk.says(`B${i}`, 'pottery', 'good morning.'), 'good morning to you');
    talk.says('Ben', 'pottery', 'my kiln is broken');
    expect(await guides('kiln')).toEqual([]);
  });

  it('one who answered on it comes before them', async () => {
    liveIn('pottery', 'Rita');
    talk.exchange('Ben', 'Zoe', 'kiln', 'pottery');
    expect(await named('kiln')).toEqual(['Zoe', 'Rita']);
  });

  it('answers in threads of the channel are as good', async () => {
    for (let i = 0; i < 4; i++) {
      const asked = talk.says(`B${i}`, 'pottery', 'which glaze?');
      talk.says('Rita', talk.thread(asked), 'the blue one');
    }
    talk.says('Ben', 'pottery', 'my kiln is broken');
    expect(await guides('kiln')).toMatchObject([{ name: 'Rita', basis: 'place', askers: 4 }]);
  });

  it('answers in threads alone take nothing from those who answered on it', async () => {
    for (let i = 0; i < 4; i++) {
      const asked = talk.says(`B${i}`, 'pottery', 'which kiln?');
      talk.says('Rita', talk.thread(asked), 'the blue one');
    }
    const [rita] = await guides('kiln');
    expect(rita).toMatchObject({ name: 'Rita', basis: 'answers', answered: 4 });
    expect(rita!.score).toBeGreaterThan(1);
  });

  it('who speaks next after such questions is named, where nobody replies', async () => {
    for (let i = 0; i < 6; i++) {
      talk.says(`B${i}`, 'help', 'is a kiln loud?');
      talk.says('Rita', 'help', 'hardly');
      talk.minutes(60);
    }
    const [rita] = await guides('kiln');
    expect(rita).toMatchObject({
      name: 'Rita',
      basis: 'speech',
      answered: 6,
      askers: 0,
      thanked: 0,
      medianMinutes: null,
    });
    expect(rita!.evidence).toHaveLength(2);
  });

  it('who speaks all the time is not', async () => {
    for (let i = 0; i < 6; i++) {
      talk.says('Talks', 'help', 'la la la');
      talk.says(`B${i}`, 'help', 'is a kiln loud?');
      talk.says('Talks', 'help', 'la la');
      talk.minutes(60);
    }
    expect(await named('kiln')).toEqual([]);
  });
});
