import { beforeAll, describe, expect, it } from 'vitest';
import { spelledAlike, wordsOfTopic } from '../../../../db/queries/guide/terms.ts';
import { lookUp } from '../../../../db/queries/guide/topic.ts';
import { useDatabase } from '../../../support/database.ts';
import { GUILD } from '../../../support/records.ts';
import { Talk, topicOf } from '../../../support/talk.ts';

describe('of a topic the words are looked for', () => {
  it.each([
    ['a word', 'Kiln', ['kiln']],
    ['a phrase, each word once', 'kiln wash for the kiln', ['kiln', 'wash']],
    [
      'a whole question, without what every question has',
      'How do I fire a kiln, and what is it for?',
      ['fire', 'kiln'],
    ],
    ['a German question', 'Wie brenne ich meinen Ofen und warum?', ['brenne', 'ofen']],
    ['a Spanish one', '¿Cómo puedo usar el horno de mi casa?', ['usar', 'horno', 'casa']],
    ['a Russian one', 'Как это обжигать в печи?', ['обжигать', 'печи']],
    ['accents taken off', 'Überprüfung', ['uberprufung']],
    ['code, whole and in parts', 'node-cron', ['node-cron', 'node', 'cron']],
    ['words of code', 'useEffect in c++', ['useeffect', 'use', 'effect', 'c++']],
    ['one sign of a script that has thousands', '窯', ['窯']],
    ['no single letter or digit', 'a b c 7 ж', []],
    ['a name that is a word without matter elsewhere', 'CI', ['ci']],
    ['two of them', 'AI net', ['ai', 'net']],
    ['a name beside a word without matter', 'der Ofen', ['ofen']],
    ['not what every English text has', 'the', []],
    ['nothing that every text has', 'what is it with that?', []],
    [
      'no mention, emoji or address',
      '<@123456789012345678> 😀 :kiln: <:kiln:1> https://example.org/kiln',
      ['example.org', 'example'],
    ],
  ])('%s', (_, topic, words) => {
    expect(wordsOfTopic(topic).toSorted()).toEqual(words.toSorted());
  });
});

const database = useDatabase();
const SAID: [times: number, text: string][] = [
  [3, 'we fire the kilns with wood'],
  [2, 'my kiln is firing'],
  [1, 'the kiln was fired'],
  [3, 'node-cron runs at noon'],
  [2, 'useEffect runs twice here'],
  [2, 'c++ is what I write'],
  [2, 'c is what I write'],
  [2, 'the .net runtime'],
  [2, 'there is a café in the town'],
  [2, 'ich habe die Öfen nicht geputzt, aber den Ofen schon'],
  [2, 'mis hornos son de barro y no quiero otros'],
  [2, 'я купил новую печь и это хорошо'],
  [2, 'у меня нет печи'],
  [3, '陶芸の窯を買いました'],
  [25, 'temperature matters so much for it'],
  [1, 'the temprature was too high for it'],
  [1, 'this is cristalline, I think'],
  [25, 'all of it is crystalline, I think'],
  [5, 'the rust on it'],
  [120, 'in whom we trust'],
  [60, 'an oven in the yard'],
  [1, 'an ovne in the yard'],
  [3, 'the glaze is in the bucket'],
  [3, 'she will grade it'],
  [4, 'the slip is in the bucket'],
];
beforeAll(async () => {
  const talk = new Talk();
  for (const [times, text] of SAID) for (let i = 0; i < times; i++) talk.says(`P${i}`, 'clay', text);
  await talk.write(database);
});

/** By what is typed the words of the server that stand for it, and messages with one of them. */
async function termsOf(topic: string): Promise<Record<string, [words: string[], messages: number]>> {
  const { typed, matches } = await lookUp(database.db, topicOf(topic), topic);
  return Object.fromEntries(
    typed.map((word, i) => {
      const term = matches.terms.find((one) => one.term === i);
      return [word, [(term?.words ?? []).toSorted(), term?.messages ?? 0]];
    }),
  );
}

describe('a word of a topic is found', () => {
  it.each<[string, string, Record<string, [string[], number]>]>([
    ['in all its forms', 'kiln', { kiln: [['kiln', 'kilns'], 6] }],
    ['by another form of it', 'fires', { fires: [['fire', 'fired', 'firing'], 6] }],
    ['by a form of its own language', 'hornos', { hornos: [['hornos'], 2] }],
    ['by another case of its language', 'печью', { печью: [['печи', 'печь'], 4] }],
    ['where no space is between words', '窯', { 窯: [['窯'], 3] }],
    ['without its accents', 'cafe', { cafe: [['cafe'], 2] }],
    ['with accents that nobody wrote', 'çàfé', { cafe: [['cafe'], 2] }],
    ['by a part of it', 'cron', { cron: [['cron'], 3] }],
    ['in capital letters', 'USEEFFECT', { useeffect: [['useeffect'], 2] }],
    ['with its signs', 'c++', { 'c++': [['c++'], 2] }],
    ['with its dot', '.net', { '.net': [['.net'], 2] }],
    ['though whoever asks misspells it', 'buckit', { buckit: [['bucket'], 7] }],
    [
      'though whoever asks lets a letter go',
      'temprature',
      { temprature: [['temperature', 'temprature'], 26] },
    ],
    [
      'though somebody who wrote it misspelled it',
      'temperature',
      { temperature: [['temperature', 'temprature'], 26] },
    ],
    ['in all forms of what is meant', 'kilm', { kilm: [['kiln', 'kilns'], 6] }],
    ['though it was misspelled by both', 'cristaline', { cristaline: [['cristalline', 'crystalline'], 26] }],
    ['though somebody else misspelled it the same way', 'ovne', { ovne: [['oven', 'ovne'], 61] }],
    ['and no commoner one, where people use it', 'rust', { rust: [['rust'], 5] }],
    ['and no other that is near to it', 'glaze', { glaze: [['glaze'], 3] }],
    ['or is not', 'porcelain', { porcelain: [[], 0] }],
  ])('%s', async (_, topic, terms) => {
    expect(await termsOf(topic)).toEqual(terms);
  });

  it('each of a whole question', async () => {
    expect(await termsOf('What temperature do I fire my kilns at?')).toEqual({
      temperature: [['temperature', 'temprature'], 26],
      fire: [['fire', 'fired', 'firing'], 6],
      kilns: [['kiln', 'kilns'], 6],
    });
  });
});

it('words alike are one fault away, or two in a long word', async () => {
  const alike = await spelledAlike(database.db, GUILD, ['kilm', 'glase', 'crystaline']);
  expect(alike.map(({ typed, word }) => `${typed} ${word}`).toSorted()).toEqual([
    'crystaline cristalline',
    'crystaline crystalline',
    'glase glaze',
    'kilm kiln',
  ]);
});
