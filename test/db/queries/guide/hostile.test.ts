import { beforeAll, describe, expect, it } from 'vitest';
import { buildGuide } from '../../../../reports/guide/build.ts';
import type { TopicGuide } from '../../../../reports/guide/report.ts';
import { connect, type Store } from '../../../../db/connect.ts';
import { useDatabase } from '../../../support/database.ts';
import { pick, seededRandom } from '../../../support/random.ts';
import { guideTo, Talk } from '../../../support/talk.ts';
import { chatter } from './chatter.ts';

const LENGTH_MAX = 4000;
/** For one statement: many times what any of these takes. */
const TIMEOUT_MS = 20_000;

const database = useDatabase();
let impatient: Store;
beforeAll(async () => {
  const talk = new Talk();
  chatter(talk, 3, 150);
  talk.daysAgo(3);
  for (const who of ['Ada', 'Ben']) {
    const asked = talk.says(who, 'help', "where is Robert'); drop table messages;-- and O'Neill?");
    talk.replies('Cy', asked, 'in the مرحبا 100% 🏺 back\\slash 𝕶𝖎𝖑𝖓');
  }
  await talk.write(database);
  const url = new URL(database.url);
  url.searchParams.set('options', `-c statement_timeout=${TIMEOUT_MS}`);
  impatient = connect(url.href, 4);
  return () => impatient.close();
});
const guide = async (topic: string, more = {}) =>
  (await buildGuide(impatient.db, guideTo(topic, more))) as TopicGuide;

/** As long as can be. */
const full = (make: (i: number) => string): string => {
  let text = '';
  for (let i = 0; text.length < LENGTH_MAX; i++) text += make(i);
  return text.slice(0, LENGTH_MAX);
};
const random = seededRandom(5);
const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const madeWord = () => Array.from({ length: 7 }, () => pick(letters, random)).join('');
const anyCharacter = () => String.fromCharCode(Math.floor(random() * 65_536));

describe('of no word there is nothing to look for', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' \t\n\u00a0\u3000 '],
    ['one letter', 'k'],
    ['one letter of another alphabet', 'Я'],
    ['one digit', '7'],
    ['what every text has', 'what is the and of it'],
    ['signs', `'"\`\\ & | ! ( ) <-> :* @@ % _ $1 ; --`],
    ['a NUL', '\0'],
    ['halves of characters', '\ud800\udc00\ud83c \udfff'],
    ['emoji', '😀👩‍👩‍👧🏺❤️'],
    ['mentions', '<@123456789012345678> <#123456789012345678> <:kiln:123456789012345678>'],
    ['an id', '123456789012345678'],
    ['what cannot be seen', '\u200b\u200e\u202e\u2066\ufeff'],
    ['marks without letters', '\u0301\u0302\u0303'],
  ])('%s', async (_, topic) => {
    expect(await guide(topic)).toMatchObject({
      standing: 'wordless',
      topic,
      terms: [],
      nearest: [],
      messages: 0,
      people: 0,
      places: [],
      answers: [],
      guides: [],
    });
  });
});

describe('a word is found whatever stands around it', () => {
  it.each([
    ['quotes', `'kiln' "kiln" ''kiln`],
    ['a backslash', '\\kiln\\'],
    ['what a query for words may have', 'kiln & !kiln | <-> kiln:* (kiln'],
    ['what a pattern may have', '%kiln_ %'],
    ['SQL', `kiln'; drop table messages; --`],
    ['a NUL', 'kiln\0'],
    ['half a character', '\ud83ckiln\udc00'],
    ['another direction', '\u202ekiln\u202c'],
    ['piled marks', 'k\u0301\u0302\u0303\u0304i\u0316\u0317l\u0334n\u0489'],
    ['letters of another kind', '𝕶𝖎𝖑𝖓'],
    ['Markdown', '**__~~||kiln||~~__**'],
    ['capitals', 'KILN'],
    ['thousands of times', full(() => 'kiln ')],
    ['blanks by the thousand', `${full(() => ' ').slice(4)}kiln`],
  ])('%s', async (_, topic) => {
    const found = await guide(topic);
    expect(found.standing).toBe('found');
    expect(found.terms.flatMap(({ words }) => words)).toContain('kiln');
    expect(found.messages).toBeGreaterThan(0);
    expect(found.guides.length).toBeGreaterThan(0);
  });

  it.each(["Robert'); drop table messages;--", "O'Neill", 'مرحبا', '100%', 'back\\slash'])(
    'as it was written: %s',
    async (topic) => {
      const { standing, answers } = await guide(topic);
      expect(standing).toBe('found');
      expect(answers.length).toBeGreaterThan(0);
    },
  );
});

describe('no topic is too much', () => {
  it.each([
    ['one endless word', full(() => 'k')],
    ['hundreds of words that nobody said', full(() => `${madeWord()} `)],
    [
      'hundreds of words, some of which were',
      full((i) => (i % 20 === 0 ? 'kiln node-cron wheelbarrow ' : `${madeWord()} `)),
    ],
    ['any characters', full(anyCharacter)],
    ['signs of a script without spaces', full((i) => String.fromCodePoint(0x4e00 + i))],
    ['numbers', full((i) => `${i} `)],
    ['an endless chain', full((i) => `a${i}-`)],
    ['quotes', full(() => `'"\\`)],
    ['operators', full(() => '!&|<->:*()')],
    ['emoji', full(() => '👩‍👩‍👧‍👦')],
    ['right to left', full(() => 'שלום مرحبا ')],
    ['zalgo', full(() => 'k\u0301\u0302\u0303\u0304\u0316\u0317\u0334')],
  ])('%s', async (_, topic) => {
    const found = await guide(topic);
    expect(['found', 'silent', 'wordless']).toContain(found.standing);
    expect(found.terms.length).toBeLessThanOrEqual(24);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('what of hundreds of words was said is found', async () => {
    const topic = full((i) => (i === 300 ? 'wheelbarrow ' : `${madeWord()} `));
    const found = await guide(topic);
    expect(found.terms.map(({ typed }) => typed)).toContain('wheelbarrow');
    expect(found).toMatchObject({ standing: 'found' });
  });
});

it('a word that nobody said is silent, with those that come near', async () => {
  expect(await guide('wheelbarracks')).toMatchObject({
    standing: 'silent',
    nearest: ['wheelbarrow'],
    guides: [],
  });
  expect(await guide('xylophone')).toMatchObject({ standing: 'silent', nearest: [] });
});
