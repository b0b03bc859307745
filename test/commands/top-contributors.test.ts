/** `/top-contributors`: the ten, the place of whoever asks, and what nobody is told. */
import { beforeEach, describe, expect, it } from 'vitest';
import command from '../../commands/top-contributors.ts';
import { chooseUnranked } from '../../db/choices.ts';
import type { MessageRecord } from '../../db/records.ts';
import { saveSettings } from '../../db/settings.ts';
import { ChartError } from '../../reports/draw.ts';
import { UserError } from '../../reports/user-error.ts';
import { NAMES } from '../reports/names.ts';
import { importCommunity } from '../reports/weekly/community.ts';
import { useFolder } from '../support/folder.ts';
import { CHANNEL, GUILD, idAt } from '../support/records.ts';
import { post, posts, write } from '../support/written.ts';
import { type Asked, goldenOf, openChannels, pressesOf, textOf, useAsking } from './asking/scene.ts';

const { database, at, answer, explain, request, context, drawn } = useAsking();
const STAFF = '100000000000000021';
/** Ids in the order in which they were made. */
const person = (n: number) => `2000000000000000${String(n).padStart(2, '0')}`;
const named = (ids: readonly string[], more: object = {}) =>
  ids.map((userId) => ({
    source: 'rest' as const,
    observedAt: 0,
    guildId: GUILD,
    userId,
    name: `p${Number(userId.slice(-2))}`,
    ...more,
  }));

beforeEach(async () => {
  await database.clear();
  at(Date.UTC(2026, 0, 14));
});

/** In the week of 5 January person 1 writes 20 messages, person 2 19 and so on, each second one on two days. */
async function record(people = 15, more: MessageRecord[] = [], members: object[] = []) {
  const ids = Array.from({ length: people }, (_, i) => person(i + 1));
  const messages = ids.flatMap((authorId, i) => [
    ...posts(20 - i, `2026-01-06T${String(i).padStart(2, '0')}:00Z`, { authorId }),
    ...(i % 2 === 1 ? [post(`2026-01-08T${String(i).padStart(2, '0')}:00Z`, { authorId })] : []),
  ]);
  // Something before and after it: the record reaches over the week.
  const around = [post('2026-01-01T00:00Z'), post('2026-01-13T12:00Z')];
  await write(database, [...around, ...messages, ...more], {
    members: [...named(ids), ...(members as [])],
  });
  await openChannels(database, GUILD, [STAFF]);
}

const ask = (asked: Asked = {}) => answer(command, { options: {}, ...asked });
const told = async (asked: Asked = {}) => textOf(await ask(asked));
const lines = (text: string) => text.split('\n').filter((line) => /^\d+\. /.test(line));

describe('the ten', () => {
  it('are those of the last complete week who wrote most, each with their days', async () => {
    await record();
    const message = await ask();
    const text = textOf(message);
    expect(text).toContain('## Who wrote most\n-# Week 2 of 2026 (5 – 11 January) · Lighthouse\n');
    expect(text).toContain('202 messages by 15 people; the 10 below wrote 79% of them.');
    expect(lines(text)).toHaveLength(10);
    expect(lines(text).slice(0, 3)).toEqual([
      '1. **p1**: 20 messages on 1 day',
      '2. **p2**: 20 messages on 2 days',
      '3. **p3**: 18 messages on 1 day',
    ]);
    expect(message.files?.map(({ name }) => name)).toEqual(['contributors.png']);
    expect(drawn[0]!.alt).toMatch(
      /^p1 and p2 wrote 20 messages each\. Bars, from most to fewest messages: p1 20, p2 20,/,
    );
  });

  it('are of the channels alone that everyone who sees the answer can read', async () => {
    const secret = posts(50, '2026-01-07T10:00Z', { authorId: person(40), channelId: STAFF });
    await record(12, secret, named([person(40)]));
    const open = await told();
    expect(open).not.toContain('p40');
    expect(open).toContain('by 12 people');
    expect(await told({ askerId: person(40) })).not.toContain('You:');
    expect(open).toContain('Counts what everyone here can read.');
  });

  it('are of one channel, where one is asked for, and of none that the asker cannot read', async () => {
    const LOUNGE = '100000000000000022';
    await record(3, [
      ...posts(30, '2026-01-07T10:00Z', { authorId: person(3), channelId: LOUNGE }),
      post('2026-01-13T13:00Z', { channelId: LOUNGE }),
    ]);
    const text = await told({ options: { channel: LOUNGE } });
    expect(text).toContain(` · Lighthouse · #${LOUNGE}\n`);
    expect(lines(text)).toEqual(['1. **p3**: 30 messages on 1 day']);
    await expect(ask({ options: { channel: STAFF } })).rejects.toThrow(UserError);
  });

  it('have no bot among them, unless bots are asked for or the settings say so; then it is marked', async () => {
    const bot = person(50);
    await record(3, posts(40, '2026-01-07T10:00Z', { authorId: bot }), named([bot], { isBot: true }));
    expect(await told()).not.toContain('p50');
    const text = await told({ options: { 'include-bots': true } });
    expect(lines(text)[0]).toBe('1. **p50 (APP)**: 40 messages on 1 day');
    expect(text).toContain('Bots count, too.');
    expect(drawn[0]!.config.data.labels![0]).toBe('p50 (APP)');
    await saveSettings(database.db, GUILD, { countBots: true }, new Date(0));
    expect(await told()).toContain('p50 (APP)');
    expect(await told({ options: { 'include-bots': false } })).not.toContain('p50');
  });
});

describe('by another merit', () => {
  const first = '2026-01-06T00:00Z';
  const reply = (time: string, authorId: string, low: number) =>
    post(
      time,
      {
        authorId,
        type: 19,
        reference: { type: 0, messageId: idAt(Date.parse('2026-01-06T00:00Z')), channelId: CHANNEL },
      },
      low,
    );

  it('active days rank, with messages beside; a chart of equal bars is left out', async () => {
    await record(4);
    const text = await told({ options: { by: 'activeDays' } });
    expect(text).toContain('4 people wrote, nobody on every one of the 7 days.');
    expect(lines(text)).toEqual([
      '1. **p2**: 2 days, 20 messages',
      '2. **p4**: 2 days, 18 messages',
      '3. **p1**: 1 day, 20 messages',
      '4. **p3**: 1 day, 18 messages',
    ]);
    expect(drawn[0]!.title).toBe('p2 and p4 wrote on 2 of 7 days');
    const ofOneDay = await ask({ options: { by: 'activeDays', period: '2026-01-06' } });
    expect(textOf(ofOneDay)).toContain('4 people wrote that day.');
    expect(ofOneDay.files).toBeUndefined();
  });

  it('reactions, replies and answers rank, each with what tells more', async () => {
    const reactions = {
      at: Date.parse(first),
      counts: [{ key: '👍', name: '👍', count: 7 }],
    };
    const asked = post(first, {
      authorId: person(1),
      body: { content: 'why?', fidelity: 3 },
      reactions,
    });
    await record(3, [
      asked,
      reply('2026-01-06T00:05Z', person(2), 9),
      reply('2026-01-06T00:06Z', person(3), 9),
    ]);
    const of = async (by: string) => lines(await told({ options: { by } }));
    expect(await of('reactions')).toEqual(['1. **p1**: 7 reactions to 20 messages']);
    expect(await of('replied')).toEqual(['1. **p1**: 2 replies to 20 messages']);
    expect(await of('answers')).toEqual(['1. **p2**: 1 answer, after 5 minutes']);
    const text = await told({ options: { by: 'answers' } });
    expect(text).toContain('1 person answered 1 question.');
  });
});

describe('whoever asks', () => {
  it('is told their place where it is further down, as the list would go on', async () => {
    await record(15);
    expect(await told({ askerId: person(13) })).toContain('\nYou: 13th of 15 with 8 messages.\n');
    expect(await told({ askerId: person(11) })).toContain('You: 11th of 15');
  });

  it('is not told it among the ten, nor where they wrote nothing', async () => {
    await record(15);
    expect(await told({ askerId: person(10) })).not.toContain('You:');
    expect(await told({ askerId: person(60) })).not.toContain('You:');
  });

  it('and chose not to be named is neither listed nor told; places are those of the list', async () => {
    await record(15);
    await chooseUnranked(database.db, GUILD, person(1), true, new Date(0));
    const text = await told({ askerId: person(1) });
    expect(text).not.toMatch(/You:|p1\b/);
    // They count in the sum, and not among the places.
    expect(text).toContain('202 messages by 15 people');
    expect(lines(text)[0]).toContain('p2');
    expect(await told({ askerId: person(13) })).toContain('You: 12th of 14 with 8 messages.');
    await chooseUnranked(database.db, GUILD, person(13), true, new Date(0));
    expect(await told({ askerId: person(13) })).not.toContain('You:');
  });

  it('stands by the age of the account among equals', async () => {
    await record(
      10,
      [12, 11].map((n) => post('2026-01-07T01:00Z', { authorId: person(n) }, n)),
    );
    expect(await told({ askerId: person(11) })).toContain('You: 11th of 12 with 1 message.');
    expect(await told({ askerId: person(12) })).toContain('You: 12th of 12 with 1 message.');
  });

  it('costs nothing more: one answer is told to all', async () => {
    await record(15);
    const question = await command.ask(request(), context());
    const telling = await command.answer(question, context());
    const { db } = database;
    await db.deleteFrom('messages').execute();
    expect(textOf(telling(person(14)))).toContain('You: 14th of 15');
    expect(textOf(telling(person(15)))).toContain('You: 15th of 15');
  });
});

describe('where there is nothing to rank', () => {
  it('is said, and what to do', async () => {
    await record(2);
    expect(await told({ options: { period: '2026-01-03' } })).toContain(
      'Nobody wrote, as far as is recorded.',
    );
    expect(await told({ options: { by: 'answers' } })).toContain('No question was answered');
    expect(await told({ options: { period: '2025-12' } })).toContain('The record begins on 1 January 2026');
    await chooseUnranked(database.db, GUILD, person(1), true, new Date(0));
    await chooseUnranked(database.db, GUILD, person(2), true, new Date(0));
    expect(await told()).toContain('All 2 people whom this would name chose not to be named.');
  });

  it('is said of a server in which nobody has written yet', async () => {
    await write(database, [post('2026-01-01T00:00Z', { type: 7 })]);
    await openChannels(database, GUILD);
    await expect(told()).resolves.toContain('Nothing that people wrote here is recorded yet.');
  });
});

it('a chart that cannot be drawn leaves the list, and says so', async () => {
  await record(5);
  const failing = context(() => Promise.reject(new ChartError('no')));
  const telling = await command.answer(await command.ask(request(), failing), failing);
  const message = telling(person(1));
  expect(textOf(message)).toContain('The chart could not be drawn.');
  expect(lines(textOf(message))).toHaveLength(5);
  expect(message.files).toBeUndefined();
});

describe('its buttons', () => {
  it('ask the same of the periods beside, and how it was counted', async () => {
    await record(3);
    const presses = pressesOf(await ask({ options: { by: 'reactions', 'include-bots': true } }));
    const options = { by: 'reactions', 'include-bots': true };
    expect(presses).toMatchObject({
      Earlier: { act: 'again', command: 'top-contributors', options: { ...options, period: '2026-W01' } },
      Later: { options: { ...options, period: '2026-W03' } },
      'How was this counted?': { act: 'why', options: { ...options, period: '2026-W02' } },
    });
  });

  it('the last one is answered with what the merit means, of when, and from which rows', async () => {
    await record(3);
    const text = textOf(await explain(command, { options: { by: 'replied' } }));
    expect(text).toContain('Ranked by the replies to what they wrote in this time');
    expect(text).toContain('Of equals the older account stands first.');
    expect(text).toContain('Window: 2026-01-05T00:00+00:00 to 2026-01-12T00:00+00:00');
    expect(text).toContain('Counted: 58 of the 58 recorded message rows');
  });
});

describe('the message as a whole', () => {
  const folder = useFolder();
  const golden = async (name: string, asked: Asked) => {
    const message = await ask(asked);
    await expect(goldenOf(message)).toMatchFileSnapshot(`../golden/commands/top-contributors-${name}.json`);
    return message;
  };

  it('of a community is as it always was, in both languages', async () => {
    const guildId = await importCommunity(database, folder.path);
    await openChannels(database, guildId);
    await saveSettings(database.db, guildId, { timeZone: 'Europe/Vienna' }, new Date(0));
    at(Date.UTC(2026, 10, 20));
    const { rows } = await database.pool.query<{ channel: string; author: string }>(
      `select min(channel_id)::text as channel, author_id::text as author from messages
       where guild_id = $1 group by author_id order by count(*) desc, 2 offset 20 limit 1`,
      [guildId],
    );
    const where = { guildId, channelId: rows[0]!.channel, askerId: rows[0]!.author };
    await golden('good', { ...where, options: { period: 'month' } });
    await golden('german', { ...where, options: { period: 'month', by: 'answers' }, language: 'de' });
    await golden('bots', { ...where, options: { period: 'all', 'include-bots': true } });
  });

  it('of nothing is as it always was', async () => {
    await record(2);
    await golden('empty', { options: { period: '2026-01-03' } });
  });

  it('of hostile names is as it always was, and formats, links and pings nothing of theirs', async () => {
    const names = Object.values(NAMES);
    const ids = names.map((_, i) => person(i + 1));
    const members = names.map((name, i) => ({ ...named([ids[i]!])[0]!, name: name.replaceAll('\0', '') }));
    const seen = { source: 'gateway' as const, observedAt: 1, guildId: GUILD };
    await record(
      0,
      ids.flatMap((authorId, i) =>
        posts(30 - i, `2026-01-06T${String(i).padStart(2, '0')}:00Z`, { authorId }),
      ),
      members,
    );
    await write(database, [], { guilds: [{ ...seen, name: `${NAMES.html} ${NAMES.link}` }] });
    const message = await golden('hostile', { options: {}, askerId: ids.at(-1)! });
    const text = textOf(message);
    expect(text).not.toMatch(/(?<!\\):\/\/|(?<!\\)<|@(?!\u2060)|(?<!\\)\]\(|\u202e|\u001b/);
    expect(text.length).toBeLessThan(3000);
    for (const { name } of message.files!) expect(name).toMatch(/^[a-z0-9.-]+$/);
  });
});
