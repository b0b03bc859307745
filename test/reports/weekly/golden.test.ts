import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  buildWeekly,
  weeklyCharts,
  weeklyHtml,
  weeklyMarkdown,
  type WeeklyReport,
} from '../../../reports/weekly.ts';
import { en } from '../../../reports/words/en.ts';
import { useDatabase } from '../../support/database.ts';
import { type Json, BELA, CARL, person, reaction, said } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { NOW_MS } from '../../support/imports.ts';
import { CHANNEL, GUILD } from '../../support/records.ts';
import { NAMES } from '../names.ts';
import { takeApart } from '../page.ts';
import { blankPictures, communityReport, importCommunity } from './community.ts';
import { DAY, MONDAY, useReported } from './reported.ts';

/** A page without the bytes of its pictures. */
const withoutBytes = (page: string): string => page.replaceAll(/(?<=data:image\/png;base64,)[^"]+/g, '…');

describe('the week of a made-up community', () => {
  const database = useDatabase();
  const folder = useFolder();
  let report: WeeklyReport;
  let guildId = '';
  beforeAll(async () => {
    guildId = await importCommunity(database, folder.path);
    report = await communityReport(database, guildId);
  });

  const plain = (): WeeklyReport => {
    const { rows: _, ...rest } = report;
    return rest;
  };

  it('reads as it always has', async () => {
    const pictures = Object.fromEntries(
      Object.entries(weeklyCharts(report, en)).map(([id, { title }]) => [
        id,
        { title, path: `weekly/${id}.png` },
      ]),
    );
    await expect(weeklyMarkdown(plain(), en, pictures)).toMatchFileSnapshot('../../golden/weekly.md');
  });

  it('reads so, explained', async () => {
    await expect(weeklyMarkdown(report, en)).toMatchFileSnapshot('../../golden/weekly-explained.md');
  });

  it('is a page as it always was', async () => {
    const page = weeklyHtml(plain(), en, blankPictures(report));
    await expect(withoutBytes(page)).toMatchFileSnapshot('../../golden/weekly.html');
  });

  it('is a page that every reader can read', () => {
    for (const one of [plain(), report]) {
      for (const pictures of [{}, blankPictures(report), { activity: null }]) {
        expect(takeApart(weeklyHtml(one, en, pictures)).faults).toEqual([]);
      }
    }
  });

  it('its deltas are those against the week before, asked for itself', async () => {
    const asked = { guildId, timeZone: 'Europe/Vienna', nowMs: NOW_MS, week: '2026-W45' };
    const before = (await buildWeekly(database.db, asked))!;
    expect(report.period.label).toBe('2026-W46');
    for (const [figure, { value }] of Object.entries(before.totals)) {
      expect(report.totals).toHaveProperty([figure, 'before'], value);
    }
    expect(report.totals.messages.value).toBeGreaterThan(10);
  });

  it('lists most messages first, at most ten rows, no more in sum than there are', () => {
    for (const rows of [report.contributors, report.channels]) {
      const counts = rows.map((row) => row.messages);
      expect(counts.length).toBeLessThanOrEqual(10);
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      expect(counts.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(report.totals.messages.value);
    }
  });
});

describe('a server where every name and text is hostile', () => {
  const { record, build, database } = useReported();
  let report: WeeklyReport;
  beforeEach(async () => {
    await database.clear();
    const entries = Object.entries(NAMES);
    const messages = entries.map(([, name], i): Json => {
      const author = person(`2000000000000000${10 + i}`, name);
      const seconds = MONDAY.W03 + i * 60;
      return said(seconds, `${name} ?`, { author, reactions: [reaction('👍', [BELA, CARL], 20 - i)] });
    });
    // Somebody replies, so that the others are known to wait.
    const reply = said(MONDAY.W03 + 6 * DAY, 'so', {
      author: BELA,
      type: 'Reply',
      reference: { messageId: messages[0]!.id, channelId: CHANNEL, guildId: GUILD },
    });
    await record([said(1, 'earlier', { author: BELA }), ...messages, reply], {
      guild: { name: `${NAMES.html} ${NAMES.link}` },
      channel: { name: `${NAMES.table} ${NAMES.mention}` },
    });
    report = await build({ week: '2026-W03', explain: true });
  });

  it('its report in Markdown formats, links and pings nothing of theirs', async () => {
    const text = weeklyMarkdown(report, en);
    await expect(text).toMatchFileSnapshot('../../golden/weekly-hostile.md');
    const theirs = text.replaceAll(/\[open\]\(https:\/\/discord\.com\/channels\/\d+\/\d+\/\d+\)/g, '');
    expect(theirs).not.toMatch(/(?<!\\):\/\/|(?<!\\)<|@(?!\u2060)|(?<!\\)\]\(|\u202e|\u001b/);
  });

  it('its page has no element, address or script of theirs', async () => {
    const page = weeklyHtml(report, en, blankPictures(report));
    await expect(withoutBytes(page)).toMatchFileSnapshot('../../golden/weekly-hostile.html');
    const { faults, elements } = takeApart(page);
    expect(faults).toEqual([]);
    const names = new Set(elements.map(({ name }) => name));
    const ours =
      'html head meta title style body header main footer section h1 h2 h3 p dl div dt dd span img table thead tbody tr th td details summary ol ul li blockquote a aside bdi br'.split(
        ' ',
      );
    expect([...names].filter((name) => !ours.includes(name))).toEqual([]);
    const attributes = new Set(elements.flatMap((element) => Object.keys(element.attributes)));
    expect([...attributes].filter((name) => /^on|style/.test(name))).toEqual([]);
    const addresses = elements.flatMap((element) => [element.attributes.href, element.attributes.src]);
    const strange = addresses.filter(
      (to) =>
        to !== undefined &&
        !/^https:\/\/discord\.com\/channels\/\d+\/\d+\/\d+$|^data:image\/png;base64,[\w+/=]+$/.test(to),
    );
    expect(strange).toEqual([]);
  });
});
