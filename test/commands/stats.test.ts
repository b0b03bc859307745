/** `/stats`: what it says of good weeks and of nothing, in both languages. */
import { beforeEach, describe, expect, it } from 'vitest';
import command from '../../commands/stats.ts';
import type { MessageRecord } from '../../db/records.ts';
import { queueRun } from '../../db/runs.ts';
import { saveSettings } from '../../db/settings.ts';
import { ChartError } from '../../reports/draw.ts';
import { toDiscord } from '../../reports/message/discord.ts';
import { UserError } from '../../reports/user-error.ts';
import { NAMES } from '../reports/names.ts';
import { importCommunity } from '../reports/weekly/community.ts';
import { useFolder } from '../support/folder.ts';
import { GUILD } from '../support/records.ts';
import { post, posts, write } from '../support/written.ts';
import { type Asked, goldenOf, openChannels, pressesOf, textOf, useAsking } from './asking/scene.ts';

const { database, at, answer, explain, request, context, drawn } = useAsking();
const STAFF = '100000000000000021';
const LOUNGE = '100000000000000022';
const person = (n: number) => `2000000000000000${String(n).padStart(2, '0')}`;

beforeEach(async () => {
  await database.clear();
  at(Date.UTC(2026, 0, 14, 12));
});

/** Weeks 1 to 3 of 2026; week 2 has 30 messages of three people in three channels, week 1 has 20. */
async function record(more: MessageRecord[] = []) {
  await write(database, [
    post('2025-12-20T10:00Z', { authorId: person(1) }),
    ...posts(20, '2025-12-30T10:00Z', { authorId: person(1) }),
    ...posts(15, '2026-01-05T10:00Z', { authorId: person(1) }),
    ...posts(10, '2026-01-06T11:00Z', { authorId: person(2), channelId: LOUNGE }),
    ...posts(5, '2026-01-07T12:00Z', { authorId: person(3) }),
    ...posts(9, '2026-01-07T13:00Z', { authorId: person(4), channelId: STAFF }),
    post('2026-01-13T08:00Z', { authorId: person(2), channelId: LOUNGE }),
    ...posts(4, '2026-01-13T09:00Z', { authorId: person(2) }),
    ...more,
  ]);
  await openChannels(database, GUILD, [STAFF]);
}

/** And a backfill that reads the past. */
async function recordSinceYesterday() {
  await write(database, [post('2026-01-13T08:00Z'), post('2026-01-14T09:00Z')]);
  await openChannels(database, GUILD);
  const order = { guildId: GUILD, channelIds: null, sinceId: '0', withReactors: false, isAgain: false };
  await queueRun(database.pool, order, Date.UTC(2026, 0, 13, 9));
  await database.pool.query(
    `update backfill_runs set state = 'running', card = '{"share": 0.12}' where guild_id = $1`,
    [GUILD],
  );
}

const ask = (asked: Asked = {}) => answer(command, { options: {}, ...asked });
const told = async (period?: string, asked: Asked = {}) =>
  textOf(await ask({ ...asked, options: { ...(period && { period }), ...asked.options } }));

describe('a week', () => {
  it('is told at a glance: when, against before, in figures, and where', async () => {
    await record();
    const message = await ask();
    expect(textOf(message).split('\n').filter(Boolean)).toEqual([
      '## Week 2 of 2026 (5\u00a0–\u2060\u00a011\u00a0January)',
      '-# Lighthouse · UTC time',
      '50% more messages than the week before; busiest was #general (20).',
      '**30** messages · +50% (10 more)',
      '**3** people wrote · 2 more',
      '**2** newcomers · none before',
      '### Busiest of 2 channels',
      '1. #general · 20 messages',
      `2. #${LOUNGE} · 10 messages`,
      expect.stringMatching(/^-# Recorded: /),
      expect.stringMatching(/^-# Counts what everyone here can read\./),
    ]);
    expect(message.files!.map(({ name }) => name)).toEqual(['activity.png']);
    expect(drawn.map(({ title }) => title)).toEqual(['Monday 5 January was busiest: 15 messages']);
  });

  it('holds nothing of channels that not everyone who sees the answer can read', async () => {
    await record();
    const open = await ask();
    expect(JSON.stringify([open, drawn])).not.toContain(STAFF);
    const manager = await ask({ isPrivate: true, askerId: person(4) });
    expect(JSON.stringify(manager)).not.toContain(STAFF);
  });

  it('of one channel is of that alone', async () => {
    await record();
    const text = await told(undefined, { options: { channel: LOUNGE } });
    expect(text).toContain(`Lighthouse · #${LOUNGE} · UTC time\n10 messages by 1 person, all in #${LOUNGE}.`);
    expect(text).not.toContain('Busiest of');
    await expect(ask({ options: { channel: STAFF } })).rejects.toThrow(UserError);
  });

  it('names no busiest place where two are even', async () => {
    await record(posts(10, '2026-01-09T10:00Z', { authorId: person(2), channelId: LOUNGE }));
    expect(await told()).toContain('\n100% more messages than the week before.\n**40** messages');
  });

  it('counts bots where the settings say so', async () => {
    await record(posts(7, '2026-01-08T10:00Z', { authorId: '99' }));
    await write(database, [], {
      members: [{ source: 'gateway', observedAt: 0, guildId: GUILD, userId: '99', isBot: true }],
    });
    expect(await told()).toContain('**30** messages');
    await saveSettings(database.db, GUILD, { countBots: true }, new Date(0));
    expect(await told()).toMatch(/\*\*37\*\* messages[^]*Bots count, too\./);
  });
});

describe('what must be known beside the figures', () => {
  it('is that a period is not over, and what it is compared with', async () => {
    await record();
    expect(await told('this-week')).toContain(
      '-# Not over yet: counted up to Tue 13 Jan, 09:01, the one before up to Tue 6 Jan, 09:01.',
    );
    expect(await told('this-week')).toContain('67% fewer messages than the week before by the same time');
  });

  it('is that the record begins within it, or within what it is compared with', async () => {
    await record();
    expect(await told('2025-W51')).toContain(
      'The record begins on 20 December 2025, so there is nothing to compare with, and everybody is new.',
    );
    expect(await told('2026-01-01..2026-01-13')).toContain(
      'The record begins on 20 December 2025: it knows only a part of the 13 days before, so compare with care.',
    );
    expect(await told('all')).not.toMatch(/The record begins|more|fewer/);
  });

  it('is as of when, where the record has ended', async () => {
    await record();
    at(Date.UTC(2026, 2, 1));
    expect(await told()).toContain('As of 13 January 2026, where the record ends.');
  });
});

describe('where there is nothing', () => {
  it('nobody wrote: what was before, and what to do', async () => {
    await record();
    expect(await told('2026-01-08')).toContain(
      'Nobody wrote, as far as is recorded. The day before: 5 messages. Ask about another period or channel.',
    );
    expect(await told('2026-01-03')).toContain('recorded. Ask about another');
  });

  it('the record begins later: since when, and how the past comes in', async () => {
    await record();
    at(Date.UTC(2026, 0, 13, 12));
    expect(await told('2025-11')).toMatch(
      /Recorded since 20 December 2025, so nothing is known of this time\. What is written from now on is recorded; .* \/backfill .*\nFor all that there is, ask with period: all\./,
    );
  });

  it('recorded since yesterday, and a backfill on its way: how far it is', async () => {
    await recordSinceYesterday();
    expect(await told()).toContain(
      'Recorded since yesterday, so nothing is known of this time. A backfill is reading what was written before (12 % done): ask again later.',
    );
  });

  it('nobody has ever written', async () => {
    await write(database, [post('2026-01-14T00:00Z', { type: 7 })]);
    await openChannels(database, GUILD);
    const message = await ask();
    expect(textOf(message)).toContain('Nothing that people wrote here is recorded yet. What is written from');
    expect(message.files).toBeUndefined();
  });

  it('it is still to come, or beyond the end of the record', async () => {
    await record();
    expect(await told('2027')).toContain('The record ends on 13 January 2026, before this begins.');
    at(Date.UTC(2026, 0, 13, 12));
    expect(await told('2027')).toContain('This is still to come. Ask about an earlier period.');
  });

  it('no period is meant: that is said, with some that are', async () => {
    await record();
    await expect(ask({ options: { period: '11/12/2026' } })).rejects.toThrow(UserError);
  });
});

it('a chart that cannot be drawn leaves the figures, and says so', async () => {
  await record();
  const failing = context(() => Promise.reject(new ChartError('no')));
  const telling = await command.answer(await command.ask(request(), failing), failing);
  const message = telling();
  expect(textOf(message)).toMatch(/\*\*30\*\* messages[^]*-# A chart could not be drawn\./);
  expect(message.files).toBeUndefined();
});

describe('its buttons', () => {
  it('ask the same of the periods beside, and how it was counted', async () => {
    await record();
    expect(
      pressesOf(await ask({ options: { channel: LOUNGE, private: true, period: '2026-W02' } })),
    ).toMatchObject({
      Later: { act: 'again', command: 'stats', options: { channel: LOUNGE, period: '2026-W03' } },
      'How was this counted?': { act: 'why', options: { channel: LOUNGE, period: '2026-W02' } },
    });
    expect(Object.keys(pressesOf(await ask()))).toEqual(['Earlier', 'Later', 'How was this counted?']);
    expect(Object.keys(pressesOf(await ask({ options: { period: 'all' } })))).toEqual([
      'How was this counted?',
    ]);
  });

  it('the last one is answered with what the figures mean, of when, and from which rows', async () => {
    await record();
    const text = textOf(await explain(command));
    expect(text).toContain('A message is one that a person wrote');
    expect(text).toContain('**newcomers**: people whose first recorded message ever');
    expect(text).toContain('Window: 2026-01-05T00:00+00:00 to 2026-01-12T00:00+00:00');
    expect(text).toContain('Counted: 30 of the 30 recorded message rows');
    expect(text).toContain('Compared with: 2025-12-29T00:00+00:00 to 2026-01-05T00:00+00:00');
    expect(textOf(await explain(command, { options: { period: 'all' } }))).not.toContain('Compared with');
    const first = await explain(command, { options: { period: '2025-W51' } });
    expect(textOf(first)).not.toContain('Compared with');
  });
});

describe('the message as a whole', () => {
  const folder = useFolder();
  const golden = async (name: string, asked: Asked) => {
    const message = await ask(asked);
    await expect(goldenOf(message)).toMatchFileSnapshot(`../golden/commands/stats-${name}.json`);
    expect(textOf(message).length).toBeLessThan(2000);
    expect(toDiscord(message).components).toHaveLength(1);
    return message;
  };

  it('of a community is as it always was, in both languages', async () => {
    const guildId = await importCommunity(database, folder.path);
    await openChannels(database, guildId);
    await saveSettings(database.db, guildId, { timeZone: 'Europe/Vienna' }, new Date(0));
    at(Date.UTC(2026, 10, 20));
    const { rows } = await database.pool.query<{ channel: string }>(
      `select min(channel_id)::text as channel from messages where guild_id = $1`,
      [guildId],
    );
    const where = { guildId, channelId: rows[0]!.channel };
    await golden('good', where);
    await golden('german', { ...where, options: { period: 'month' }, language: 'de' });
    await golden('open', { ...where, options: { period: 'this-week' } });
    await golden('day', { ...where, options: { period: '2026-11-07' } });
    await golden('all', { ...where, options: { period: 'all' } });
    await golden('before-record', { ...where, options: { period: '2020' } });
    await golden('before-record-german', { ...where, options: { period: '2020' }, language: 'de' });
  });

  it('of nothing is as it always was', async () => {
    await record();
    await golden('empty', { options: { period: '2026-01-08' } });
    await golden('empty-german', { options: { period: '2026-01-08' }, language: 'de' });
  });

  it('of a server that is recorded since yesterday is as it always was', async () => {
    await recordSinceYesterday();
    await golden('too-early', {});
    await golden('too-early-german', { language: 'de' });
  });

  it('of hostile names is as it always was, and formats, links and pings nothing of theirs', async () => {
    const places = Object.values(NAMES).map((name, i) => ({
      id: `1000000000000001${String(i).padStart(2, '0')}`,
      name: name.replaceAll('\0', ''),
    }));
    const heard = { source: 'gateway' as const, observedAt: 1, guildId: GUILD };
    await write(database, [], {
      guilds: [{ ...heard, name: `${NAMES.html} ${NAMES.link}` }],
      channels: places.map(({ id, name }) => ({ ...heard, channelId: id, name, type: 0 })),
    });
    await record(
      places.flatMap(({ id }, i) =>
        posts(40 - i, `2026-01-08T10:${String(i).padStart(2, '0')}Z`, { channelId: id }),
      ),
    );
    const message = await golden('hostile', { options: {} });
    expect(textOf(message)).not.toMatch(/(?<!\\):\/\/|(?<!\\)<|@(?!\u2060)|(?<!\\)\]\(|\u202e|\u001b/);
    for (const { name } of message.files!) expect(name).toMatch(/^[a-z0-9.-]+$/);
  });
});
