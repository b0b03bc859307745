/** `/weekly`: which week, of which channels, what is attached, and the buttons. */
import { beforeEach, describe, expect, it } from 'vitest';
import command from '../../commands/weekly.ts';
import { saveSettings } from '../../db/settings.ts';
import { UserError } from '../../reports/user-error.ts';
import { importCommunity } from '../reports/weekly/community.ts';
import { useFolder } from '../support/folder.ts';
import { CHANNEL, GUILD } from '../support/records.ts';
import { post, posts, write } from '../support/written.ts';
import { type Asked, goldenOf, openChannels, pressesOf, textOf, useAsking } from './asking/scene.ts';

const { database, at, answer, explain, request, context } = useAsking();
const STAFF = '100000000000000021';
const ANNA = '200000000000000001';
const BOT = '200000000000000002';

beforeEach(async () => {
  await database.clear();
  at(Date.UTC(2026, 0, 28, 12));
});

/** Weeks 1 to 4 of 2026; the record ends on Sunday 25 January. */
async function record() {
  const told = { source: 'rest' as const, observedAt: 0, guildId: GUILD };
  await write(
    database,
    [
      post('2026-01-01T10:00Z', { authorId: ANNA }),
      ...posts(5, '2026-01-13T10:00Z', { authorId: ANNA }),
      ...posts(3, '2026-01-20T10:00Z', { authorId: ANNA }),
      post('2026-01-20T11:00Z', { authorId: BOT }),
      post('2026-01-25T20:00Z', { authorId: ANNA }),
      ...posts(9, '2026-01-21T10:00Z', { channelId: STAFF }),
    ],
    {
      members: [
        { ...told, userId: ANNA, name: 'anna' },
        { ...told, userId: BOT, name: 'robot', isBot: true },
      ],
    },
  );
  await openChannels(database, GUILD, [STAFF]);
}

const ask = (asked: Asked = {}) => answer(command, asked);
const titleOf = async (asked: Asked = {}) => textOf(await ask(asked)).split('\n')[0];
const week = (typed: string) => ({ options: { week: typed } });
const htmlOf = ({ files = [] }: Awaited<ReturnType<typeof ask>>) => {
  const page = files.find(({ name }) => name.endsWith('.html'))!;
  return { name: page.name, page: Buffer.from(page.bytes).toString() };
};

describe('the week', () => {
  it('is the last complete one; of a record that ends earlier its last', async () => {
    await record();
    expect(await titleOf()).toBe('## Lighthouse: week 4 of 2026');
    at(Date.UTC(2026, 0, 25, 23));
    expect(await titleOf()).toBe('## Lighthouse: week 3 of 2026');
    at(Date.UTC(2026, 5, 1));
    const message = await ask();
    expect(textOf(message)).toMatch(/week 4 of 2026[\s\S]*The record ends on Sunday 25 January 2026/);
  });

  it.for([
    ['2026-W03', 3],
    ['3', 3],
    ['W3', 3],
    ['week 3', 3],
    ['KW 3', 3],
    ['kw3/2026', 3],
    ['2026-01-14', 3],
    ['14.1.2026', 3],
    ['week', 3],
    ['1', 1],
  ] as const)('is understood as people type it: %s', async ([typed, number]) => {
    await record();
    expect(await titleOf(week(typed))).toBe(`## Lighthouse: week ${number} of 2026`);
  });

  it.for(['2026-W60', 'month', '2026-01', 'soon', '99', '0'])('is not %s', async (typed) => {
    await record();
    await expect(ask(week(typed))).rejects.toThrow(UserError);
  });

  it('is none that is still to come', async () => {
    await record();
    await expect(ask(week('2026-W06'))).rejects.toThrow('has not begun yet');
  });

  it('is suggested: recorded ones, newest first, with their dates; by what is typed of them', async () => {
    await record();
    const suggested = (typed: string, asked: Asked = {}) =>
      command.complete(request(asked), 'week', typed, context());
    expect(await suggested('')).toEqual([
      { name: '2026-W04: 19 – 25 January 2026', value: '2026-W04' },
      { name: '2026-W03: 12 – 18 January 2026', value: '2026-W03' },
      { name: '2026-W02: 5 – 11 January 2026', value: '2026-W02' },
      { name: '2026-W01: 29 December 2025 – 4 January 2026', value: '2026-W01' },
    ]);
    expect((await suggested('2')).map(({ value }) => value)[0]).toBe('2026-W02');
    expect((await suggested('december')).map(({ value }) => value)).toEqual(['2026-W01']);
    expect((await suggested('2026-01-14')).map(({ value }) => value)).toEqual(['2026-W03']);
    expect((await suggested('W03', { language: 'de' }))[0]!.name).toBe('2026-W03: 12.–18. Januar 2026');
  });
});

describe('what is attached', () => {
  it('is the whole report, of what its readers can read', async () => {
    await record();
    const { name, page } = htmlOf(await ask());
    expect(name).toBe('weekly-2026-W04.html');
    expect(page).toContain('What these numbers rest on');
    const message = await ask();
    expect(textOf(message)).toContain('4 messages by 1 person');
    expect(`${textOf(message)}${page}`).not.toContain(STAFF);
  });

  it('is as the message in the language of whoever asks', async () => {
    await record();
    const message = await ask({ language: 'de' });
    expect(htmlOf(message).page).toContain('<html lang="de">');
    expect(textOf(message)).toContain('Kalenderwoche 4');
  });
});

describe('bots', () => {
  it('count where the settings say so, and the report says that they do', async () => {
    await record();
    await saveSettings(database.db, GUILD, { countBots: true }, new Date(0));
    const message = await ask();
    expect(textOf(message)).toContain('5 messages by 2 people');
    expect(textOf(message)).toContain('**robot (APP)**');
    expect(textOf(message)).toContain('Bots and webhooks are counted as people are.');
    const { page } = htmlOf(message);
    expect(page).toContain('Bots and webhooks are counted as people are.');
    expect(page).not.toContain('Bots and webhooks are not counted');
    expect(page).not.toContain('by bots and webhooks');
    const why = textOf(await explain(command));
    expect(why).toContain('A message is one that a person, a bot or a webhook wrote');
  });
});

describe('its buttons', () => {
  it('go to the weeks beside, where there is something, and to how it was counted', async () => {
    await record();
    const options = async (asked: Asked) =>
      Object.entries(pressesOf(await ask(asked))).map(
        ([
          label,
          {
            options: { week: to },
          },
        ]) => [label, to],
      );
    expect(await options(week('2026-W03'))).toEqual([
      ['Earlier', '2026-W02'],
      ['Later', '2026-W04'],
      ['How was this counted?', '2026-W03'],
    ]);
    expect(await options({})).toEqual([
      ['Earlier', '2026-W03'],
      ['How was this counted?', '2026-W04'],
    ]);
    expect(await options(week('2026-W01'))).toEqual([
      ['Later', '2026-W02'],
      ['How was this counted?', '2026-W01'],
    ]);
  });

  it('do not go to a week that is not over', async () => {
    await record();
    at(Date.UTC(2026, 0, 25, 23));
    expect(Object.keys(pressesOf(await ask()))).toEqual(['Earlier', 'How was this counted?']);
  });

  it('the last one is answered with definitions, the week, and the rows', async () => {
    await record();
    const text = textOf(await explain(command, week('2026-W04')));
    expect(text).toContain('Window: 2026-01-19T00:00+00:00 to 2026-01-26T00:00+00:00, UTC, 168 h');
    expect(text).toContain('Compared with: 2026-01-12T00:00+00:00');
    expect(text).toContain('Counted: 4 of the 5 recorded message rows');
    expect(text.length).toBeLessThan(4000);
  });
});

it('a week in which nobody wrote is a sentence, with its neighbours', async () => {
  await record();
  const message = await ask(week('2026-W02'));
  expect(textOf(message)).toContain('Nobody wrote this week, as far as is recorded.');
  expect(Object.keys(pressesOf(message))).toContain('Earlier');
  await expect(goldenOf(message)).toMatchFileSnapshot('../golden/commands/weekly-empty.json');
});

it('a server in which nobody has written yet is told what to do', async () => {
  await write(database, [post('2026-01-01T00:00Z', { type: 7 })]);
  await openChannels(database, GUILD);
  const message = await ask({ channelId: CHANNEL });
  expect(textOf(message)).toContain('Nothing that people wrote is recorded here yet.');
  expect(textOf(message)).toContain('/backfill');
  expect(message.files).toEqual([]);
});

describe('the message as a whole', () => {
  const folder = useFolder();

  it('of a community is as it always was, in both languages', async () => {
    const guildId = await importCommunity(database, folder.path);
    await openChannels(database, guildId);
    await saveSettings(database.db, guildId, { timeZone: 'Europe/Vienna' }, new Date(0));
    at(Date.UTC(2026, 10, 20));
    const { rows } = await database.pool.query<{ id: string }>(
      'select min(channel_id)::text as id from messages where guild_id = $1',
      [guildId],
    );
    const where = { guildId, channelId: rows[0]!.id };
    for (const [name, language] of [
      ['good', 'en'],
      ['german', 'de'],
    ] as const) {
      const message = await ask({ ...where, language });
      expect(textOf(message).length).toBeLessThan(3000);
      expect(message.files!.map((file) => file.name)).toEqual([
        'activity.png',
        'hours.png',
        'weekly-2026-W46.html',
      ]);
      await expect(goldenOf(message)).toMatchFileSnapshot(`../golden/commands/weekly-${name}.json`);
    }
  });
});
