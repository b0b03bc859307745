/** A whole weekly report in German. */
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { weeklyCharts, weeklyHtml, weeklyMarkdown, type WeeklyReport } from '../../../reports/weekly.ts';
import { de } from '../../../reports/words/de.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { browserPath, inBrowser, useBrowser } from '../browser.ts';
import { takeApart } from '../page.ts';
import { blankPictures, communityReport, importCommunity } from '../weekly/community.ts';

/** A page without the bytes of its pictures. */
const withoutBytes = (page: string): string => page.replaceAll(/(?<=data:image\/png;base64,)[^"]+/g, '…');

describe('the week of a made-up community, in German', () => {
  const database = useDatabase();
  const folder = useFolder();
  const browser = useBrowser();
  let report: WeeklyReport;
  beforeAll(async () => {
    report = await communityReport(database, await importCommunity(database, folder.path));
  });

  it('reads as it always has, explained', async () => {
    const pictures = Object.fromEntries(
      Object.entries(weeklyCharts(report, de)).map(([id, { title }]) => [
        id,
        { title, path: `weekly/${id}.png` },
      ]),
    );
    await expect(weeklyMarkdown(report, de, pictures)).toMatchFileSnapshot('../../golden/weekly-de.md');
  });

  it.skipIf(browserPath === undefined)(`fits on a small phone, ${inBrowser}`, async () => {
    const page = await folder.file('weekly.html', weeklyHtml(report, de, blankPictures(report, de)));
    const shown = await browser.open({ viewport: { width: 320, height: 800 } });
    await shown.goto(pathToFileURL(page).href);
    expect(await shown.evaluate('document.documentElement.scrollWidth')).toBe(320);
    await shown.close();
  });

  it('is a page as it always was, which every reader can read and a browser knows as German', async () => {
    const { rows: _, ...plain } = report;
    const page = weeklyHtml(plain, de, blankPictures(report, de));
    await expect(withoutBytes(page)).toMatchFileSnapshot('../../golden/weekly-de.html');
    const { faults, elements } = takeApart(page);
    expect(faults).toEqual([]);
    expect(elements.find(({ name }) => name === 'html')!.attributes.lang).toBe('de');
  });
});
