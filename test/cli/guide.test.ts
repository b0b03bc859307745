/** What `almanac guide` tells, to people and to programs. */
import { beforeAll, describe, expect, it } from 'vitest';
import { wordsIn } from '../../reports/words.ts';
import { typed } from '../support/command-line.ts';
import { useDatabase } from '../support/database.ts';
import { BELA, CARL, exportText, type Json, person, said } from '../support/exports.ts';
import { useFolder } from '../support/folder.ts';
import { at, CHANNEL, GUILD, idAt } from '../support/records.ts';

const database = useDatabase();
const textless = useDatabase();
const folder = useFolder();

const HOUR = 3600;
const DAY = 24 * HOUR;
const [GARDEN, SMALL, SMALL_CHANNEL] = ['100000000000000031', '100000000000000032', '100000000000000033'];
const ASKERS = ['Dora', 'Emil', 'Fay'].map((name, i) => person(String(7_000 + i), name));

/** Somebody asks, somebody replies a minute later. */
function answered(seconds: number, asker: Json, asks: string, answerer: Json, says: string): Json[] {
  const reference = { messageId: idAt(at(seconds)), channelId: null, guildId: null };
  return [
    said(seconds, asks, { author: asker }),
    said(seconds + 60, says, { author: answerer, type: 'Reply', reference }),
  ];
}

const kilns = ASKERS.flatMap((asker, i) =>
  answered(
    i * DAY,
    asker,
    'How hot should the kiln be for a bisque firing?',
    BELA,
    'The kiln should be at 1000 degrees.',
  ),
);
const garden = ASKERS.flatMap((asker, i) =>
  answered(
    i * DAY + HOUR,
    asker,
    'Which soil do tomatoes like?',
    CARL,
    'Tomatoes like their soil warm, a kiln is too hot.',
  ),
);
const small = Array.from({ length: 10 }, (_, i) =>
  said(i * HOUR, `message ${i}`, { author: ASKERS[i % 3]! }),
);

async function take(url: string, content = 'full'): Promise<void> {
  const files = await Promise.all([
    folder.file('kilns.json', exportText({ channel: { name: 'kilns' }, messages: kilns })),
    folder.file('garden.json', exportText({ channel: { id: GARDEN, name: 'garden' }, messages: garden })),
    folder.file(
      'small.json',
      exportText({ guild: { id: SMALL, name: 'Hut' }, channel: { id: SMALL_CHANNEL }, messages: small }),
    ),
  ]);
  const { code, stdout, stderr } = await typed(['import', ...files], {
    DATABASE_URL: url,
    STORE_CONTENT: content,
  });
  if (code !== 0) throw new Error(`${code}\n${stdout}\n${stderr}`);
}

beforeAll(() => take(database.url));

const guide = (...words: string[]) =>
  typed(['guide', '--guild', GUILD, ...words], { DATABASE_URL: database.url });

async function told(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await guide(...words);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

interface Found {
  standing: string;
  guides: { name: string; answered: number }[];
  [key: string]: unknown;
}
const found = async (...words: string[]): Promise<Found> => JSON.parse(await told(...words, '--json'));
const namesIn = ({ guides }: Found) => guides.map(({ name }) => name);

describe('a guide', () => {
  it('to a topic tells in Markdown where it is talked about, who answers, and what was answered', async () => {
    const text = await told('--topic', 'bisque kiln');
    expect(text).toMatch(/^# bisque kiln\n\nLighthouse · /);
    expect(text).toContain('**#kilns**');
    expect(text).toContain('**bela**');
    expect(text).toContain(`https://discord.com/channels/${GUILD}/${CHANNEL}/`);
    expect(text).toContain('The kiln should be at 1000 degrees.');
    expect(text).toContain('As of 3 January 2026, where the record ends.');
  });

  it('without a topic tells where to start', async () => {
    const text = await told();
    expect(text).toContain('Lighthouse');
    expect(text).toContain('**#garden**');
    expect(text).not.toContain('Who to turn to');
  });

  it('as JSON has keys that stay as they are', async () => {
    const topical = await found('--topic', 'which kiln?');
    const always = 'guildId guildName from to timeZone asOf coverage unread about';
    expect(Object.keys(topical).join(' ')).toBe(
      `${always} topic standing terms missing messages people places answers guides nearest`,
    );
    expect(topical).toMatchObject({
      guildId: GUILD,
      guildName: 'Lighthouse',
      from: '2026-01-01T00:00:00.000Z',
      to: '2026-01-03T01:02:00.000Z',
      asOf: '2026-01-03T01:01:00.000Z',
      unread: 0,
      about: 'topic',
      topic: 'which kiln?',
      standing: 'found',
    });
    expect(topical.guides[0]).toMatchObject({ name: 'bela', answered: 3 });
    expect(Object.keys(await found()).join(' ')).toBe(
      `${always} isRecorded newcomers welcomers channels asking`,
    );
  });

  it('counts the channels alone that are asked for, as if there were no others', async () => {
    expect(namesIn(await found('--topic', 'kiln'))).toEqual(['bela', 'carl']);
    const text = await told('--topic', 'kiln', '--channel', GARDEN!);
    expect(text).toContain('carl');
    expect(text).not.toMatch(/bela|kilns|bisque/);
    expect(await found('--topic', 'bisque', '--channel', GARDEN!)).toMatchObject({ standing: 'silent' });
    expect(await guide('--channel', '4')).toMatchObject({
      code: 2,
      stdout: '',
      stderr: 'There is no channel 4 in this server.\n',
    });
  });

  it("is in the language of the server's settings, or the one that is asked for", async () => {
    const settings = (...words: string[]) =>
      typed(['settings', '--guild', GUILD, ...words], { DATABASE_URL: database.url });
    const [german, english] = [await told('--language', 'de'), await told()];
    expect(german).not.toBe(english);
    await settings('language', 'de');
    expect(await told()).toBe(german);
    expect(await told('--language', 'en')).toBe(english);
    await settings('language', 'en');
  });

  it('reads first what has changed since words were last read', async () => {
    const { pool } = database;
    await pool.query('delete from message_words; delete from vocabulary');
    expect(await found('--topic', 'kiln')).toMatchObject({ standing: 'silent' });
    await pool.query(
      `insert into stale_words (guild_id, day, marked_by)
       select distinct guild_id, ((message_id >> 22) / 86400000)::int, 0 from messages`,
    );
    expect(await found('--topic', 'kiln')).toMatchObject({ standing: 'found', unread: 0 });
  });

  it('to a server of ten messages is one, too', async () => {
    const of = (...words: string[]) =>
      typed(['guide', '--guild', SMALL!, ...words], { DATABASE_URL: database.url });
    for (const words of [[], ['--topic', 'message kiln']]) {
      const { code, stdout } = await of(...words);
      expect(code).toBe(0);
      expect(stdout).not.toMatch(/bela|carl/);
      expect(stdout).toContain('Hut');
    }
  });
});

describe('a topic', () => {
  it('that is empty is refused with what to do', async () => {
    for (const empty of ['', '  ', '\n'])
      expect(await guide('--topic', empty)).toMatchObject({
        code: 2,
        stdout: '',
        stderr: expect.stringMatching(/^That topic is empty\. Say a word, a phrase or a question/),
      });
  });

  it('that nobody spoke of, or that has no word, is told of as such', async () => {
    expect(await found('--topic', 'zeppelin')).toMatchObject({ standing: 'silent', guides: [] });
    expect(await found('--topic', 'the')).toMatchObject({ standing: 'wordless', guides: [] });
    expect(await told('--topic', 'the')).toMatch(/^# the\n/);
  });

  const HOSTILE = [
    'a',
    '?!',
    '🔥',
    "'; drop table messages; --",
    'kiln & | ! ( ) <-> :* \\ "',
    '%_%',
    '@everyone <@1> **kiln** [a](b) `c`',
    '# kiln\n# kiln',
    '\u001b[31mkiln\u0007\u009b2J \u202enlik',
    'ki\u0301ln',
    '窯の温度は',
    'печь для обжига',
    'فرن',
    'kiln '.repeat(800),
    'x'.repeat(4_000),
  ];
  it.for(HOSTILE)('%j is answered, and harms neither terminal nor database', async (topic) => {
    const text = await told('--topic', topic);
    expect(text).not.toMatch(/[^\n\P{Cc}]|[\u202a-\u202e]/u);
    expect(text.length).toBeLessThan(20_000);
  });
});

describe('whoever may need a person', () => {
  const TOPIC = 'how do I stop cutting myself when the kiln is on';
  const { help } = wordsIn('en').care;

  it('is told where to find one, and given no list', async () => {
    expect(await told('--topic', TOPIC)).toBe(`${help()}\n`);
    await typed(['settings', 'help-channel', GARDEN!, '--guild', GUILD], { DATABASE_URL: database.url });
    expect(await told('--topic', TOPIC)).toBe(`${help('\\#garden')}\n`);
    expect(await told('--topic', TOPIC, '--language', 'de')).toBe(
      `${wordsIn('de').care.help('\\#garden')}\n`,
    );
    expect(await found('--topic', TOPIC)).toEqual({ about: 'care', help: help('\\#garden') });
  });

  it('is not sent to a channel that was deleted, and is told also where no server is known', async () => {
    await database.pool.query('update channels set deleted_at = now() where channel_id = $1', [GARDEN]);
    expect(await told('--topic', TOPIC)).toBe(`${help()}\n`);
    await database.pool.query('update channels set deleted_at = null where channel_id = $1', [GARDEN]);
    const { code, stdout } = await typed(['guide', '--guild', '5', '--topic', TOPIC], {
      DATABASE_URL: database.url,
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${help()}\n` });
  });
});

it('where no text is kept, a topic needs some; where to start does not', async () => {
  await take(textless.url, 'none');
  const of = (...words: string[]) =>
    typed(['guide', '--guild', GUILD, ...words], { DATABASE_URL: textless.url, STORE_CONTENT: 'none' });
  const [topic, start] = [await of('--topic', 'kiln'), await of()];
  expect([topic.code, start.code]).toEqual([0, 0]);
  expect(JSON.parse((await of('--topic', 'kiln', '--json')).stdout)).toMatchObject({
    standing: 'textless',
    guides: [],
  });
  expect(topic.stdout).not.toMatch(/bela|carl/);
  expect(start.stdout).toContain('**#garden**');
});
