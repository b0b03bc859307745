/** `/guide`: what exactly is asked, by whatever is typed; the answer whole; its buttons; and who is not answered with a list. */
import { beforeEach, describe, expect, it } from 'vitest';
import command from '../../commands/guide.ts';
import { PRESS_LENGTH_MAX } from '../../commands/press.ts';
import { chooseUnranked } from '../../db/choices.ts';
import type { MessageRecord } from '../../db/records.ts';
import { recall } from '../../db/remembered.ts';
import { saveSettings } from '../../db/settings.ts';
import { guideDefinitions } from '../../reports/guide/explain.ts';
import type { Message } from '../../reports/message.ts';
import { LANGUAGES, wordsIn } from '../../reports/words.ts';
import { CHANNEL, GUILD } from '../support/records.ts';
import { post } from '../support/written.ts';
import { KILNS, person, recordKilns, STAFF, WORLD } from './asking/kilns.ts';
import { type Asked, goldenOf, pressesOf, textOf, useAsking } from './asking/scene.ts';

const { database, at, answer, explain, request, context } = useAsking();
const NOW_MS = Date.UTC(2026, 0, 14);
const HOUR_MS = 3_600_000;
const record = (messages?: MessageRecord[]) => recordKilns(database, messages);

beforeEach(async () => {
  await database.clear();
  at(NOW_MS);
});

const ask = (topic?: string, asked: Asked = {}) =>
  answer(command, { options: topic === undefined ? {} : { topic }, ...asked });
const told = async (topic?: string, asked?: Asked) => textOf(await ask(topic, asked));
const labelsOf = ({ buttons = [] }: Message) => buttons.flat().map(({ label }) => label);
const { naming } = wordsIn('en').guide;
const { howCounted } = wordsIn('en').answering;

describe('what is asked', () => {
  const topicOf = async (topic: string) =>
    (await command.ask(request({ options: { topic } }), context())).asked.topic;

  it('is the topic as it was typed, without what is around it', async () => {
    await record();
    expect(await topicOf(' \n how hot is a kiln? ')).toBe('how hot is a kiln?');
    expect(await topicOf('a\0b\ud800c')).toBe('a\ufffdb\ufffdc');
    expect(await topicOf('x'.repeat(4000))).toBe('x'.repeat(1000));
    expect(await topicOf(`${'x'.repeat(999)}🏺`)).toBe(`${'x'.repeat(999)}\ufffd`);
  });

  it('is where to start, where the topic is empty', async () => {
    await record();
    for (const topic of ['', '  ', '\u2003\n']) expect(await topicOf(topic)).toBeUndefined();
  });

  it('is the same for all who may read the same, and reaches to now', async () => {
    await record();
    const asking = ['1', '2'].map((askerId) =>
      command.ask(request({ askerId, options: { topic: 'kiln' } }), context()),
    );
    const [one, two] = await Promise.all(asking);
    expect(one).toEqual(two);
    expect(one!.asked.channels).toEqual([CHANNEL, KILNS]);
    expect(one!.asked.window).toEqual({
      fromMs: Date.parse('2026-01-05T10:00Z'),
      toMs: Date.parse('2026-01-11T13:01Z'),
      timeZone: 'UTC',
    });
  });
});

describe('a guide to a topic', () => {
  it('names who answered on it, with their answers', async () => {
    await record();
    const text = await told('kiln');
    expect(text).toContain('**Ben** answered 3 questions of 3 people in #kilns');
    expect(text).toContain('Slowly: sixty degrees an hour');
    expect(text).not.toContain('Dora');
    expect(await told('my glaze crawls')).toMatch(/\*\*Cleo\*\* answered 1 question in #general/);
  });

  it('is as if nothing were there that its readers cannot read', async () => {
    const messages = async (topics: (string | undefined)[]) =>
      Promise.all(topics.map(async (topic) => JSON.stringify(await ask(topic))));
    const topics = ['kiln', 'keys', 'cupbord', 'staff', undefined];
    await record();
    const hidden = await messages(topics);
    await database.clear();
    await record(WORLD.filter(({ channelId }) => channelId !== STAFF));
    expect(hidden).toEqual(await messages(topics));
    expect(hidden.join()).not.toMatch(/Zoe|cupboard|#staff/);
  });

  it('nobody spoke of says so, and offers what comes near', async () => {
    await record();
    const text = await told('kilnwash recipes');
    expect(text).toContain(wordsIn('en').guide.silent.everyone);
    expect(text).toContain('kiln');
    expect(text).not.toContain('Ben');
  });

  it('never names who chose not to be named', async () => {
    await record();
    await chooseUnranked(database.db, GUILD, person(2), true, new Date(0));
    const text = await told('kiln');
    expect(text).not.toContain('Ben');
    expect(text).toContain('Slowly: sixty degrees an hour');
    expect(await told()).not.toContain('Ben');
  });
});

/** What people type. */
const ODD: Record<string, string> = {
  letter: 'k',
  stopWord: 'the',
  sign: '?',
  long: 'how hot does a kiln get '.repeat(170).slice(0, 4000),
  endless: 'x'.repeat(4000),
  operators: 'kiln & !glaze | (cone <-> six):*',
  quotes: `"kiln' \\'; 'glaze"" \`\``,
  sql: `'); drop table messages; select '%_%' --`,
  markdown: '**kiln** ||glaze|| ```js\ncone``` [x](https://evil.example) # > - -#',
  mentions: '@everyone <@200000000000000002> <#100000000000000021> <@&5> <:kiln:1>',
  emoji: '🏺🔥👩🏽‍🚀',
  japanese: '釉薬の温度は?',
  russian: 'как обжигать в печи',
  arabic: 'درجة حرارة الفرن',
  thai: 'อุณหภูมิเตาเผา',
  controls: 'ki\0ln\u0007 \ud800\u001b[31m\u202e',
  zalgo: `k${'\u0335\u0321'.repeat(200)}iln`,
  spaced: 'k i l n',
};

describe('whatever is typed', () => {
  it('is answered with a message that does nothing, and buttons that ask the same again', async () => {
    await record();
    for (const [name, topic] of Object.entries(ODD)) {
      const message = await ask(topic);
      const text = textOf(message);
      expect.soft(text.length, name).toBeGreaterThan(50);
      expect.soft(text.length, name).toBeLessThan(3600);
      expect
        .soft(text, name)
        .not.toMatch(/(?<!\\)<[@#]|@(?!\u2060)\w|\]\(https?:\/\/(?!discord\.com)|\u202e|\u001b|\0/);
      const { options, key } = pressesOf(message)[howCounted]!;
      const kept = key === undefined ? {} : await recall(database.db, GUILD, key);
      const { asked } = await command.ask(request({ options: { topic } }), context());
      expect.soft({ ...kept, ...options }, name).toEqual({ topic: asked.topic });
      const ids = message.buttons!.flat().map((button) => ('id' in button ? button.id : ''));
      for (const id of ids) expect.soft(id.length, name).toBeLessThanOrEqual(PRESS_LENGTH_MAX);
      expect.soft(textOf(await explain(command, { options: { topic } })), name).toContain('Window:');
    }
    expect((await database.pool.query('select from messages')).rowCount).toBe(WORLD.length);
  });
});

describe('a guide without a topic', () => {
  it('tells where to start, and who answers newcomers', async () => {
    await record();
    const text = await told();
    expect(text).toContain('## Where to start in Lighthouse');
    expect(text).toMatch(/\*\*Ben\*\* answered 3 newcomers/);
  });

  it('of ten messages is a sentence, and names nobody', async () => {
    const few = Array.from({ length: 10 }, (_, i) => post(new Date(NOW_MS - i * HOUR_MS).toISOString()));
    await record(few);
    const message = await ask();
    expect(textOf(message)).toContain('wrote first in');
    expect(labelsOf(message)).toEqual([howCounted]);
    expect(await told('kiln')).toContain(wordsIn('en').guide.silent.everyone);
  });
});

describe('its buttons', () => {
  it('are "Don’t name me" where somebody is named, and how it was counted', async () => {
    await record();
    expect(labelsOf(await ask('kiln'))).toEqual([naming.unname, howCounted]);
    expect(labelsOf(await ask())).toEqual([naming.unname, howCounted]);
    expect(labelsOf(await ask('kilnwash'))).toEqual([howCounted]);
    const presses = pressesOf(await ask('kiln', { language: 'de' }));
    expect(Object.values(presses)).toMatchObject([
      { act: 'unname', options: { topic: 'kiln' }, language: 'de' },
      { act: 'why', options: { topic: 'kiln' } },
    ]);
  });

  it('keep a long topic beside, once, and a short one nowhere', async () => {
    await record();
    const count = async () => (await database.pool.query('select from remembered_questions')).rowCount;
    await ask('kiln');
    expect(await count()).toBe(0);
    for (let i = 0; i < 3; i++) await ask(ODD['long']);
    expect(await count()).toBe(1);
  });

  it('the last one is answered with what a guide goes by', async () => {
    await record();
    const text = textOf(await explain(command, { options: { topic: 'kiln' } }));
    const [topic, server] = (['topic', 'server'] as const).map((about) =>
      guideDefinitions(about, wordsIn('en')),
    );
    for (const definition of topic!) expect(text).toContain(definition);
    expect(text).toContain('Counted: 39 of the 39 recorded message rows');
    expect(textOf(await explain(command))).toContain(server!.join('\n- '));
  });
});

describe('who asks about what no list answers', () => {
  const instead = (topic: string, asked: Asked = {}, more = context()) =>
    command.instead(request({ options: { topic }, ...asked }), more);
  const NEED = 'i want to kill myself';

  it('is told of people instead, in their language, before anything is known of the server', async () => {
    for (const language of LANGUAGES)
      expect(await instead(NEED, { language })).toBe(wordsIn(language).care.help());
    expect(await instead('how do i kill a process')).toBeUndefined();
    expect(await command.instead(request(), context())).toBeUndefined();
  });

  it('is told where the moderators are, if that is set and theirs to see', async () => {
    await record();
    const setTo = (helpChannel: string) => saveSettings(database.db, GUILD, { helpChannel }, new Date(0));
    const { help } = wordsIn('en').care;
    await setTo(CHANNEL);
    expect(await instead(NEED)).toBe(help(`<#${CHANNEL}>`));
    await setTo(STAFF);
    expect(await instead(NEED)).toBe(help());
    await setTo('100000000000000099');
    expect(await instead(NEED)).toBe(help());
  });

  it('is told so though the database is away', async () => {
    const away = { ...context(), db: {} as never };
    expect(await instead(NEED, {}, away)).toBe(wordsIn('en').care.help());
  });
});

describe('the message as a whole', () => {
  it.each<[string, string | undefined, Asked?]>([
    ['topic', 'how hot should a kiln be?'],
    ['topic-german', 'how hot should a kiln be?', { language: 'de' }],
    ['server', undefined],
    ['server-german', undefined, { language: 'de' }],
    ['silent', 'kilnwash recipes'],
    ['wordless', 'the'],
    ['long', ODD['long']],
  ])('of %s is as it always was', async (name, topic, asked) => {
    await record();
    await expect(goldenOf(await ask(topic, asked))).toMatchFileSnapshot(
      `../golden/commands/guide-${name}.json`,
    );
  });
});
