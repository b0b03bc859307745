/** The weekly report as a message: most important first, short, and nothing twice. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../../reports/message.ts';
import {
  type AboutPost,
  isMarkedWith,
  renderWeeklyMessage,
  weeklyCharts,
  weeklyMark,
  type WeeklyPictures,
  type WeeklyReport,
} from '../../../reports/weekly.ts';
import { de } from '../../../reports/words/de.ts';
import { en } from '../../../reports/words/en.ts';
import { goldenOf, textOf } from '../../commands/asking/scene.ts';
import { BELA, CARL, type Json, person, reaction, said } from '../../support/exports.ts';
import { CHANNEL, GUILD } from '../../support/records.ts';
import { NAMES } from '../names.ts';
import { blankPictures } from './community.ts';
import { DAY, MONDAY, useReported } from './reported.ts';

const { database, record, build } = useReported();
beforeEach(() => database.clear());

const week = { week: '2026-W03' };
const answered = (to: Json, seconds: number): Json =>
  said(seconds, 'because', {
    author: BELA,
    type: 'Reply',
    reference: { messageId: to.id, channelId: CHANNEL, guildId: GUILD },
  });

/** Seven questions by as many newcomers, of which one is answered. */
async function busy() {
  const asked = Array.from({ length: 7 }, (_, i) =>
    said(MONDAY.W03 + i * DAY * 0.5, `question ${i}?`, {
      author: person(`2000000000000000${10 + i}`, `new${i}`),
    }),
  );
  await record([
    said(MONDAY.W02, 'earlier', { author: BELA }),
    ...asked,
    answered(asked[0]!, MONDAY.W03 + 6 * DAY),
  ]);
  return build(week);
}

const told = (report: WeeklyReport, pictures: WeeklyPictures = {}, html?: string) =>
  textOf(renderWeeklyMessage(report, en, pictures, html));

describe('the message of a week', () => {
  it('says first what happened, then the figures, what waits, who, and what it rests on', async () => {
    const text = told(await busy());
    const order = [
      '## Lighthouse: week 3 of 2026',
      '8 messages by 8 people, 8 times as many as the week before.',
      '**8** messages · +7 (+700%)',
      '### Waiting for an answer',
      '### Who wrote most',
      '### New faces, and who came back',
      '-# Recorded: ',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('lists the three newest questions that wait, each with its address, and how many more there are', async () => {
    const report = await busy();
    const text = told(report, {}, '<p>');
    const lines = text.split('\n').filter((line) => line.startsWith('- '));
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^- “question 6\?” new6 in #general, Thu 15 Jan, 00:00, waiting for \d days · \[open\]\(https:\/\/discord\.com\/channels\/\d+\/\d+\/\d+\)$/,
    );
    expect(text).toContain('The newest 6 are in the attached page.');
    expect(told(report)).not.toContain('attached');
    expect(text).toContain('6 of 7 questions are still unanswered.');
    expect(text).not.toContain('7 questions asked');
  });

  it('names five newcomers, and how many more they are', async () => {
    expect(told(await busy())).toMatch(
      /### New faces, and who came back\n(\*\*new\d\*\*, ){4}\*\*new\d\*\* and 2 more\. Of the one person who wrote/,
    );
  });

  it('says what it does not know, where nobody replies at all', async () => {
    await record([
      said(MONDAY.W02, 'x'),
      said(MONDAY.W03, 'why?'),
      said(MONDAY.W03 + 6 * DAY, 'so', { author: BELA }),
    ]);
    expect(told(await build(week))).toContain('### Questions asked\n1 question asked. Nobody replied');
  });

  it('compares with nothing where nothing is known of before', async () => {
    await record([said(MONDAY.W03, 'hello'), said(MONDAY.W03 + 6 * DAY, 'hi', { author: BELA })]);
    const text = told(await build(week));
    expect(text).toContain('**2** messages\n**2** people writing');
    expect(text).not.toContain('against the week before');
    expect(text).toContain('The record begins here, so everybody is new to it.');
  });

  it('shows two charts of the seven, with what they show for who cannot see them', async () => {
    const report = await busy();
    const pictures = { ...blankPictures(report) };
    pictures.hours = { ...(pictures.activity ?? pictures.contributors)!, alt: 'hours' };
    const message = renderWeeklyMessage(report, en, pictures);
    const shown = message.blocks.flatMap((block) => (block.is === 'picture' ? [block] : []));
    expect(shown.map(({ file }) => file)).toEqual(
      ['activity.png', 'hours.png'].filter(
        (file) => file !== 'activity.png' || weeklyCharts(report, en).activity,
      ),
    );
    expect(message.files!.map(({ name, alt }) => [name, alt])).toEqual(
      shown.map(({ file, alt }) => [file, alt]),
    );
  });

  it('misses a chart that could not be drawn', async () => {
    const report = await busy();
    expect(told(report, { activity: null, hours: null })).toContain('-# A chart could not be drawn.');
  });

  it('takes the whole report along as a page, if there is one, and says so', async () => {
    const report = await busy();
    expect(told(report)).not.toContain('attached page. Open');
    const message = renderWeeklyMessage(report, en, {}, '<!doctype html>', 'asker');
    expect(message.blocks.at(-1)).toEqual({ is: 'file', file: 'weekly-2026-W03.html' });
    expect(Buffer.from(message.files![0]!.bytes).toString()).toBe('<!doctype html>');
    expect(textOf(message)).toContain('The whole report is in the attached page.');
    expect(textOf(message)).toContain('Counts what you can read.');
  });
});

describe('the message of a week that is posted by itself', () => {
  const rendered = async (post: AboutPost, words = en) =>
    renderWeeklyMessage(await busy(), words, {}, undefined, 'everyone', post);
  const notesOf = (message: Message) => {
    const [head] = message.blocks;
    return head?.is === 'text' ? head.text.split('\n').filter((line) => line.startsWith('-# ')) : [];
  };

  it('has the buttons by which it is known again, and is else the same', async () => {
    const post = await rendered({});
    expect(post).toEqual({
      ...renderWeeklyMessage(await busy(), en, {}),
      buttons: [
        [
          { label: 'How was this counted?', id: 'weekly:2026-W03' },
          { label: 'What I can read', id: 'weekly:2026-W03:mine' },
        ],
      ],
    });
    const ids = post.buttons!.flat().map((button) => ('id' in button ? button.id : ''));
    expect(isMarkedWith(ids, '2026-W03')).toBe(true);
    expect(renderWeeklyMessage(await busy(), en, {}).buttons).toBeUndefined();
  });

  it('says when it was due, that it was counted again, and that there is none before it, in small print', async () => {
    const post: AboutPost = {
      late: { dueMs: Date.UTC(2026, 0, 19, 9) },
      updated: { messages: [1100, 1234], people: [50, 56] },
      skippedBefore: '2026-W02',
    };
    expect(notesOf(await rendered(post)).slice(-3)).toEqual([
      '-# It was due on Mon 19 Jan, 09:00 and is late: Almanac could not post it then.',
      '-# Counted again, since the record of this week has changed: 1,234 messages by 56 people. When it was posted it was 1,100 by 50.',
      '-# The report about week 2 of 2026 was not posted. /weekly shows it.',
    ]);
    expect(notesOf(await rendered(post, de)).slice(-3)).toEqual([
      '-# Fällig war dieser Bericht Mo., 19. Jan., 09:00 Uhr; da konnte Almanac ihn nicht posten.',
      '-# Neu gezählt, denn die Aufzeichnung dieser Woche hat sich geändert: 1.234 Nachrichten von 56 Personen. Beim Posten: 1.100 von 50.',
      '-# Der Bericht über Kalenderwoche 2/2026 wurde nicht gepostet. /weekly zeigt ihn.',
    ]);
    expect(notesOf(await rendered({}))).toHaveLength(notesOf(await rendered(post)).length - 3);
  });

  it('tells its time on the clock of the zone', async () => {
    const report = await busy();
    const span = { ...report.span, timeZone: 'Asia/Tokyo' };
    const post = { late: { dueMs: Date.UTC(2026, 0, 19, 0) } };
    const message = renderWeeklyMessage({ ...report, span }, en, {}, undefined, 'everyone', post);
    expect(notesOf(message).at(-1)).toContain('due on Mon 19 Jan, 09:00');
  });

  it('is marked for its week alone', () => {
    expect(isMarkedWith([], '2026-W03')).toBe(false);
    expect(isMarkedWith(['weekly:2026-W04', 'w|weekly||w2026-W03', 'x'], '2026-W03')).toBe(false);
    expect(isMarkedWith(['x', weeklyMark('2026-W03')], '2026-W03')).toBe(true);
    expect(isMarkedWith(['weekly:2026-W03:mine'], '2026-W03')).toBe(true);
  });
});

describe('names and texts of any kind', () => {
  async function hostile() {
    const messages = Object.entries(NAMES).map(([, name], i): Json => {
      const author = person(`2000000000000000${10 + i}`, name);
      const more = { author, reactions: [reaction('👍', [BELA, CARL], 20 - i)] };
      return said(MONDAY.W03 + i * 60, `${name} ?`, more);
    });
    await record(
      [said(1, 'earlier', { author: BELA }), ...messages, answered(messages[0]!, MONDAY.W03 + 6 * DAY)],
      {
        guild: { name: `${NAMES.html} ${NAMES.link}` },
        channel: { name: `${NAMES.table} ${NAMES.mention}` },
      },
    );
    return build(week);
  }

  it('format, link and ping nothing, in either language', async () => {
    const report = await hostile();
    for (const words of [en, de]) {
      const message = renderWeeklyMessage(report, words, {}, '<p>');
      const theirs = textOf(message).replaceAll(
        /\[(open|öffnen)\]\(https:\/\/discord\.com\/channels\/\d+\/\d+\/\d+\)/g,
        '',
      );
      expect(theirs).not.toMatch(/(?<!\\):\/\/|(?<!\\)<|@(?!\u2060)|(?<!\\)\]\(|\u202e|\u001b/);
      expect(textOf(message).length).toBeLessThan(3000);
    }
    await expect(goldenOf(renderWeeklyMessage(report, en, {}, '<p>'))).toMatchFileSnapshot(
      '../../golden/commands/weekly-hostile.json',
    );
  });

  it('that are endless cost the least important parts, and never what it begins and ends with', async () => {
    const report = await hostile();
    const family = '👨‍👩‍👧‍👦'.repeat(60);
    const endless: WeeklyReport = {
      ...report,
      contributors: report.contributors.map((row) => ({ ...row, name: family })),
      newcomers: {
        ...report.newcomers,
        named: report.newcomers.named.map((row) => ({ ...row, name: family })),
      },
    };
    const text = told(endless);
    expect(text.length).toBeLessThan(3000);
    expect(text).toContain('## ');
    expect(text).not.toContain('### New faces');
    expect(text).toContain('-# Recorded: ');
  });
});
