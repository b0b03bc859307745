import { beforeAll, describe, expect, it } from 'vitest';
import { saveSettings } from '../../../../db/settings.ts';
import { buildGuide } from '../../../../reports/guide/build.ts';
import type { Guide, TopicGuide } from '../../../../reports/guide/report.ts';
import { useDatabase } from '../../../support/database.ts';
import { GUILD } from '../../../support/records.ts';
import { guideTo, NOW_MS, Talk, topicOf } from '../../../support/talk.ts';
import { chatter } from './chatter.ts';

const database = useDatabase();
const TOPICS = [
  'kilm',
  'a stoneware kiln?',
  'node-cron for my Öfen',
  'wheelbarow',
  'flugelhorn',
  'flugelhron',
  'theremin',
];
const DAY_MS = 86_400_000;

/** Talk in many channels; what is said in one alone is said there often. */
function said(): Talk {
  const talk = new Talk();
  chatter(talk, 11, 250);
  talk.daysAgo(9);
  for (let i = 0; i < 30; i++) {
    talk.exchange(`B${i % 7}`, 'Hidden', 'theremin', 'secret');
    talk.exchange(`B${i % 7}`, 'Hidden', 'flugelhron', 'hidden');
    talk.exchange(`B${i % 7}`, 'Hidden', 'stoneware', 'secret');
    talk.says('Ada', 'secret', 'wheelbarow');
  }
  // So often that in the whole server it is no slip.
  for (let i = 0; i < 200; i++) talk.says('Ada', 'hidden', 'flugelhron');
  talk.daysAgo(8);
  for (let i = 0; i < 3; i++) talk.exchange(`B${i}`, 'Open', 'flugelhorn', 'help');
  talk.exchange('B4', 'Open', 'thermal', 'help');
  talk.exchange('B5', 'Open', 'thermals', 'help');
  return talk;
}

const guides = async (more = {}): Promise<Guide[]> => {
  const all = [];
  for (const topic of TOPICS) all.push(await buildGuide(database.db, guideTo(topic, more)));
  return all;
};

describe('a guide in some channels is that of a guild in which nothing else was ever said', () => {
  it.each<[string, string[], string[]]>([
    ['those that everybody sees', ['clay', 'help', 'chat'], []],
    ['all but an excluded one', ['clay', 'help', 'chat', 'secret', 'hidden'], ['hidden']],
  ])('%s', async (_, names, excluded) => {
    await database.clear();
    const talk = said();
    const channels = names.map((name) => talk.place(name));
    await talk.write(database);
    await saveSettings(
      database.db,
      GUILD,
      { excludedChannels: excluded.map((name) => talk.place(name)) },
      new Date(NOW_MS),
    );
    const asked = await guides({ channels });
    await database.clear();
    await talk.write(database, {
      only: channels.filter((id) => !excluded.some((name) => talk.place(name) === id)),
    });
    const alone = await guides({ channels });
    for (const [i, topic] of TOPICS.entries()) expect(asked[i], topic).toEqual(alone[i]);
    expect(asked.filter((one) => one.about === 'topic' && one.standing === 'found').length).toBeGreaterThan(
      5,
    );
  });
});

describe('of what does not count', () => {
  let talk: Talk;
  const open = () => ['clay', 'help', 'chat'].map((name) => talk.place(name));
  const guide = async (topic: string, more = {}) =>
    (await buildGuide(database.db, guideTo(topic, more))) as TopicGuide;
  beforeAll(async () => {
    await database.clear();
    talk = said();
    await talk.write(database);
  });

  it('no word is offered or taken for what was meant', async () => {
    expect(await guide('theremin')).toMatchObject({ standing: 'found' });
    const { standing, terms, nearest } = await guide('thereminn', { channels: open() });
    expect({ standing, terms }).toEqual({
      standing: 'silent',
      terms: [{ typed: 'thereminn', words: [], messages: 0 }],
    });
    expect(nearest).not.toContain('theremin');
  });

  it('nothing is quoted, linked or named', async () => {
    const told = JSON.stringify(await guides({ channels: open() }));
    for (const name of ['secret', 'hidden', 'forum']) expect(told).not.toContain(talk.place(name));
    expect(told).not.toContain(talk.person('Hidden'));
  });

  it('the future is not known', async () => {
    const window = { ...topicOf('').window, toMs: NOW_MS - 30 * DAY_MS };
    const told = await guides({ window });
    const late = (id: string) => Number(BigInt(id) >> 22n) + 1_420_070_400_000 >= window.toMs;
    const ids = [...JSON.stringify(told).matchAll(/"messageId":"(\d+)"/g)].map(([, id]) => id!);
    expect(ids.length).toBeGreaterThan(10);
    expect(ids.filter(late)).toEqual([]);
    expect(await guide('theremin', { window })).toMatchObject({ standing: 'silent' });
  });

  it('channels that are deleted count no more, nor what hangs below them', async () => {
    const asked = talk.says('Ben', 'gone', 'who has a zither?');
    talk.replies('Rita', asked, 'I do');
    talk.says('Rita', talk.thread(asked), 'a zither indeed');
    await talk.write(database);
    expect(await guide('zither')).toMatchObject({ standing: 'found', messages: 2 });
    talk.channel('gone', { deletedAt: NOW_MS });
    await talk.write(database);
    expect(await guide('zither')).toMatchObject({ standing: 'silent', nearest: [] });
  });
});

describe('deleted messages', () => {
  it.each(['told', 'inferred'] as const)('are neither counted nor quoted: %s', async (how) => {
    await database.clear();
    const talk = new Talk();
    const { question } = talk.exchange('Ben', 'Rita');
    const other = talk.exchange('Cy', 'Rita');
    talk.deletes(question, how);
    talk.deletes(other.answer, how);
    await talk.write(database);
    expect(await buildGuide(database.db, guideTo('kiln'))).toMatchObject({
      standing: 'found',
      messages: 1,
      people: 1,
      answers: [],
      guides: [],
    });
  });
});
