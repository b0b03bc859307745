import { beforeEach, describe, expect, it } from 'vitest';
import { chooseUnranked } from '../../../db/choices.ts';
import { explanationsOf, weeklyCharts, weeklyMarkdown } from '../../../reports/weekly.ts';
import { en } from '../../../reports/words/en.ts';
import { ANNA, BELA, CARL, type Json, person, said } from '../../support/exports.ts';
import { AUTHOR, CHANNEL, GUILD } from '../../support/records.ts';
import { NAMES } from '../names.ts';
import { DAY, LATER_MS, MONDAY, useReported } from './reported.ts';

const { database, record, build, rendered } = useReported();

beforeEach(() => database.clear());

/** The sentences between the notes on time and the first heading. */
const leadOf = (report: string) => report.split('\n\n')[2];
const headingsOf = (report: string) => [...report.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

describe('what a report begins with', () => {
  it('is what happened, in sentences', async () => {
    await record([
      said(MONDAY.W02 + 1, 'before'),
      said(MONDAY.W03 + 1, 'why?'),
      said(MONDAY.W03 + DAY, 'again'),
      said(MONDAY.W03 + DAY + 700, 'because', {
        author: BELA,
        type: 'Reply',
        reference: { messageId: said(MONDAY.W03 + 1, '').id, channelId: CHANNEL, guildId: GUILD },
      }),
      said(MONDAY.W03 + 6 * DAY, 'bye', { author: CARL }),
    ]);
    expect(leadOf(await rendered({ week: '2026-W03' }))).toBe(
      '4 messages by 3 people, 4 times as many as the week before. All of it in #general. ' +
        'anna wrote most: 2 messages on 2 days. carl and bela wrote for the first time. The one question was answered.',
    );
  });

  it('of one message by one person, is that', async () => {
    await record([said(MONDAY.W02, 'long ago', { author: BELA }), said(MONDAY.W04 + 1, 'hello')]);
    const report = await rendered({ week: '2026-W04' });
    expect(leadOf(report)).toBe(
      '1 message by 1 person in the one day that is recorded. anna wrote for the first time.',
    );
    expect(headingsOf(report)).toEqual([
      'In figures',
      'The weeks up to now',
      'New faces, and who came back',
      'What these numbers rest on',
    ]);
    expect(report).toContain('| messages | 1 | +1 (none before) |');
    expect(report).not.toMatch(/\| replies \|/);
  });

  it('where the record begins, compares with nothing and calls nobody new', async () => {
    await record([said(MONDAY.W03, 'hello'), said(MONDAY.W03 + 6 * DAY, 'hi', { author: BELA })]);
    const report = await rendered({ week: '2026-W03' });
    expect(leadOf(report)).toBe('2 messages by 2 people. All of it in #general.');
    expect(report).toContain(
      'The record begins on Monday 12 January 2026, so there is nothing to compare with',
    );
    expect(report).toContain('| messages | 2 |\n');
    expect(report).toContain('so everybody is new to it');
  });

  it('says nothing of who wrote most where somebody who is not to be named did', async () => {
    await record([
      said(1, 'before', { author: CARL }),
      said(MONDAY.W03, 'a'),
      said(MONDAY.W03 + 1, 'b'),
      said(MONDAY.W03 + 6 * DAY, 'c', { author: BELA }),
    ]);
    expect(leadOf(await rendered({ week: '2026-W03' }))).toContain('anna wrote most: 2 messages on 1 day.');
    await chooseUnranked(database.db, GUILD, AUTHOR, true, new Date(LATER_MS));
    const report = await rendered({ week: '2026-W03' });
    expect(leadOf(report)).not.toContain('wrote most');
    expect(leadOf(report)).toContain('2 people wrote for the first time.');
    expect(report).not.toContain('anna');
  });

  it('does not call questions unanswered where nobody ever replies', async () => {
    await record([
      said(1, 'x'),
      said(MONDAY.W03, 'why?'),
      said(MONDAY.W03 + 6 * DAY, 'so', { author: BELA }),
    ]);
    const report = await rendered({ week: '2026-W03' });
    expect(leadOf(report)).not.toContain('question');
    expect(report).toContain(
      '## Questions asked\n\n1 question asked. Nobody replied to any message this week',
    );
  });
});

describe('a week without messages', () => {
  it('is a sentence, with what the week before had', async () => {
    await record([said(MONDAY.W02 + 1, 'hello'), said(MONDAY.W04 + 1, 'again')]);
    const report = await rendered({ week: '2026-W03' });
    expect(leadOf(report)).toBe(
      'Nobody wrote this week, as far as is recorded. In the week before: 1 message by 1 person.',
    );
    expect(report).toContain('| messages | 0 | −1 (−100%) |');
    expect(headingsOf(report)).not.toContain('Who wrote most');
  });

  it('far from any other is a sentence alone', async () => {
    await record([said(MONDAY.W02 + 1, 'hello')]);
    const report = await rendered({ week: '2026-W20' });
    expect(leadOf(report)).toBe('Nobody wrote this week, as far as is recorded.');
    expect(report).not.toMatch(/\| messages \||compare/);
  });

  it('of a server where nobody has ever written says so', async () => {
    await record([said(1, 'Joined the server.', { type: 'GuildMemberJoin' })]);
    const report = await rendered();
    expect(report).toContain('Nothing that people wrote is recorded here yet.');
    expect(headingsOf(report)).toEqual([]);
  });
});

describe('the time that a report is about', () => {
  it('is said, with how far the record reaches', async () => {
    await record([said(MONDAY.W02 + 1, 'hello'), said(MONDAY.W03 + DAY, 'again')]);
    expect(await rendered()).toContain(
      '# Lighthouse: week 3 of 2026\n\nMonday 12 January to Sunday 18 January 2026. Times are those of UTC.  \n' +
        'This is the last week of the record. The record ends on Tuesday 13 January 2026, day 2 of 7:',
    );
    expect(await rendered({ week: '2026-W02' })).not.toContain('The record ends');
  });

  it('of days is their last', async () => {
    await record([said(MONDAY.W02 + 1, 'hello'), said(MONDAY.W03 + DAY, 'again')]);
    const report = await rendered({ days: 3 });
    expect(report).toContain('# Lighthouse: 3 days to 13 January 2026');
    expect(report).toContain('| figure | these 3 days | against the 3 days before |');
  });
});

describe('names', () => {
  it.for(Object.entries(NAMES))('with %s change nothing around them', async ([, name]) => {
    const messages = (author: Json) => [
      said(1, 'x', { author: BELA }),
      said(MONDAY.W03 + 1, 'hello', { author }),
    ];
    const shape = (report: string) =>
      report.split('\n').map((line) => line.replaceAll('\\|', '').split('|').length);
    await record(messages(ANNA));
    const plain = await rendered({ week: '2026-W03' });
    await database.clear();
    await record(messages(person(AUTHOR, name)), { guild: { name }, channel: { name } });
    const wild = await rendered({ week: '2026-W03' });
    expect(shape(wild)).toEqual(shape(plain));
    expect(wild).not.toMatch(/@everyone|\(https:|(?<!\\)<img|\u202e|\u001b/);
  });

  it('that show nothing give way to the id', async () => {
    const author = person(AUTHOR, '\u2060 \u200b');
    await record([said(1, 'x', { author: BELA }), said(MONDAY.W03 + 1, 'hello', { author })]);
    expect(await rendered({ week: '2026-W03' })).toContain(`${AUTHOR} wrote here for the first time.`);
  });
});

describe('pictures', () => {
  it('are shown by their titles; one that could not be drawn is missed', async () => {
    await record([said(1, 'x'), ...Array.from({ length: 12 }, (_, i) => said(MONDAY.W03 + i, 'a'))]);
    const report = await build({ week: '2026-W03' });
    const { title } = weeklyCharts(report, en).activity!;
    const shown = weeklyMarkdown(report, en, { activity: { path: 'weekly 1/activity.png', title } });
    expect(shown).toContain(`![${title}](weekly%201/activity.png)`);
    expect(weeklyMarkdown(report, en, { activity: null })).toContain(
      '_The chart for this could not be drawn._',
    );
  });
});

describe('charts', () => {
  it('are drawn of what a sentence does not say: none of a few messages', async () => {
    await record([said(1, 'x'), said(MONDAY.W03, 'a'), said(MONDAY.W03 + 1, 'b?', { author: BELA })]);
    expect(weeklyCharts(await build({ week: '2026-W03' }), en)).toEqual({});
  });
});

describe('an explained report', () => {
  it('says of every section what it means, when exactly, and from how many rows', async () => {
    await record([
      said(MONDAY.W02, 'x'),
      said(MONDAY.W03, 'why?'),
      said(MONDAY.W03 + 1, 'beep', { author: person('55', 'robot', { isBot: true }) }),
      said(MONDAY.W03 + 2, 'Joined.', { type: 'GuildMemberJoin', author: CARL }),
      said(MONDAY.W03 + 6 * DAY, 'so', { author: BELA }),
    ]);
    const report = await build({ week: '2026-W03', timeZone: 'Europe/Vienna', explain: true });
    const text = weeklyMarkdown(report, en);
    for (const section of text.split(/^## /m).slice(1)) {
      const isTrend = section.startsWith(en.weekly.headings.trend);
      const window = isTrend ? '2026-01-05T00:00+01:00' : '2026-01-12T00:00+01:00';
      expect(section).toContain(
        `Window: ${window} to 2026-01-19T00:00+01:00, Europe/Vienna, ${isTrend ? 336 : 168} h`,
      );
    }
    expect(text).toContain(
      '> Counted: 2 of the 4 recorded message rows in the window; left out: 1 by bots and webhooks, 1 system notice.',
    );
    expect(explanationsOf(report, en).totals.definitions).toHaveLength(11);
  });

  it('needs to have been built for it', async () => {
    await record([said(1, 'x')]);
    const report = await build();
    expect(() => explanationsOf(report, en)).toThrow('without what explains it');
    expect(weeklyMarkdown(report, en)).not.toContain('> ');
  });
});
