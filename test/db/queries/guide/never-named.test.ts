import { beforeEach, describe, expect, it } from 'vitest';
import { chooseUnranked, forgetPerson } from '../../../../db/choices.ts';
import { guidePeople } from '../../../../db/queries/guide/people.ts';
import { useDatabase } from '../../../support/database.ts';
import { GUILD } from '../../../support/records.ts';
import { NOW_MS, Talk, topicOf } from '../../../support/talk.ts';

const DAY_MS = 86_400_000;
const database = useDatabase();
let talk: Talk;
beforeEach(async () => {
  await database.clear();
  talk = new Talk();
});

const named = async (topic: string, more = {}) => {
  await talk.write(database);
  return (await guidePeople(database.db, topicOf(topic, more))).map(({ name }) => name);
};

const moment = (who: string, kind: 'left' | 'banned' | 'joined', daysAgo: number) => ({
  guildId: GUILD,
  userId: talk.person(who),
  kind,
  at: NOW_MS - daysAgo * DAY_MS,
  source: 'rest' as const,
});

/** Why somebody is never named, and how that comes to be. */
const REASONS: Record<string, (who: string) => unknown> = {
  'a bot': (who) => talk.member(who, { isBot: true }),
  'a webhook': (who) => talk.member(who, { isWebhook: true }),
  'one who left': (who) => talk.tell({ moments: [moment(who, 'left', 2)] }),
  'one who was banned': (who) => talk.tell({ moments: [moment(who, 'banned', 2)] }),
  'one who left again': (who) =>
    talk.tell({ moments: [moment(who, 'left', 4), moment(who, 'joined', 3), moment(who, 'left', 2)] }),
  'a deleted account': (who) =>
    talk.member(who, { name: 'deleted_user_0123456789ab', displayName: 'x', observedAt: NOW_MS }),
  'one who opted out': (who) => chooseUnranked(database.db, GUILD, talk.person(who), true, new Date(NOW_MS)),
  'one who is forgotten': (who) => forgetPerson(database.pool, GUILD, talk.person(who), new Date(NOW_MS)),
};

it(`never named are ${Object.keys(REASONS).join(', ')}`, async () => {
  const all = [...Object.keys(REASONS), 'one who came back', 'Rita'];
  for (const [i, who] of all.entries()) {
    for (let n = 0; n < 3; n++) talk.exchange(`B${3 * i + n}`, who, 'kiln', 'help');
    talk.minutes(60);
  }
  const limit = all.length;
  expect((await named('kiln', { limit })).toSorted()).toEqual(all.toSorted());
  for (const [who, become] of Object.entries(REASONS)) await become(who);
  talk.tell({ moments: [moment('one who came back', 'left', 4), moment('one who came back', 'joined', 2)] });
  expect((await named('kiln', { limit })).toSorted()).toEqual(['Rita', 'one who came back']);
});

describe('inactive', () => {
  const answered = (daysAgo: number) => {
    talk.daysAgo(daysAgo);
    const question = talk.says('Ben', 'help', 'which kiln?');
    talk.daysAgo(daysAgo);
    talk.replies('Rita', question, 'this one', { messageId: String(BigInt(question) + 1n) });
  };

  it('is who wrote nothing in the 90 days before now', async () => {
    answered(90 + 1 / 86_400_000);
    expect(await named('kiln')).toEqual([]);
  });

  it('is not who wrote 90 days ago to the moment', async () => {
    answered(90);
    expect(await named('kiln')).toEqual(['Rita']);
  });

  it('is who wrote in other channels alone', async () => {
    answered(100);
    talk.daysAgo(3);
    talk.says('Rita', 'chat', 'hello');
    expect(await named('kiln')).toEqual(['Rita']);
    expect(await named('kiln', { channels: [talk.place('help')] })).toEqual([]);
  });
});
