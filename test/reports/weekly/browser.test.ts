/** The page of a report as a browser shows it. */
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { printPdf } from '../../../reports/pdf.ts';
import { weeklyHtml } from '../../../reports/weekly.ts';
import { en } from '../../../reports/words/en.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { browserPath, inBrowser, useBrowser } from '../browser.ts';
import { NAMES } from '../names.ts';
import { blankPictures, communityReport, importCommunity } from './community.ts';

const database = useDatabase();
const folder = useFolder();
const browser = useBrowser();

/** Elements whose text is fainter than 4.5 to 1 on what they stand on, as `contrast text`. */
const FAINT = `(() => {
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (color) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = color;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (color) => {
    const [r, g, b] = rgba(color).map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const color = getComputedStyle(element).backgroundColor;
    return rgba(color)[3] > 0 ? color : behind(element.parentElement);
  };
  const found = [];
  for (const element of document.querySelectorAll('body *')) {
    const text = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join('').trim();
    if (text === '') continue;
    const [a, b] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5) found.push(contrast.toFixed(2) + ' ' + text.slice(0, 40));
  }
  return found;
})()`;

/** Elements that reach out of the page to the side. */
const WIDE = `[...document.querySelectorAll('body *')]
  .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5)
  .map((element) => element.tagName + ' ' + element.textContent.slice(0, 40))`;

describe.skipIf(browserPath === undefined)(`the page of a report, ${inBrowser}`, () => {
  let address = '';
  let page = '';
  beforeAll(async () => {
    const report = await communityReport(database, await importCommunity(database, folder.path));
    // Whoever has a name without a space in it has one here.
    report.contributors[0]!.name = NAMES.long;
    report.contributors[1]!.name = NAMES.rightToLeft;
    report.channels[0]!.name = 'x'.repeat(100);
    report.guild.name = NAMES.html;
    page = weeklyHtml(report, en, blankPictures(report));
    address = pathToFileURL(await folder.file('weekly.html', page)).href;
  });

  const SHOWN = [320, 360, 800, 1280].flatMap((width) =>
    (['light', 'dark'] as const).map((colorScheme) => ({ width, colorScheme })),
  );

  it.for(SHOWN)(
    '$width wide and $colorScheme: fits, can be read, and is quiet',
    async ({ width, colorScheme }) => {
      const shown = await browser.open({ viewport: { width, height: 800 }, colorScheme });
      const said: string[] = [];
      shown.on('console', (message) => said.push(message.text()));
      shown.on('pageerror', (error) => said.push(error.message));
      shown.on('request', (request) => {
        if (!/^(file|data):/.test(request.url())) said.push(request.url());
      });
      await shown.goto(address);
      expect(await shown.evaluate(WIDE)).toEqual([]);
      expect(await shown.evaluate('document.documentElement.scrollWidth')).toBe(width);
      expect(await shown.evaluate(FAINT)).toEqual([]);
      expect(said).toEqual([]);
      await shown.close();
    },
  );

  it('its policy is in force: a script that gets into it does not run', async () => {
    const script = '<img src="x" onerror="document.title=1"><script>document.title=2</script></main>';
    const broken = await folder.file('broken.html', page.replace('</main>', script));
    const shown = await browser.open();
    await shown.goto(pathToFileURL(broken).href);
    expect(await shown.title()).toContain('week 46');
    await shown.close();
  });

  it('every picture has an alternative text, and every heading its level', async () => {
    const shown = await browser.open();
    await shown.goto(address);
    expect(await shown.evaluate(`[...document.images].filter((image) => image.alt.length < 40).length`)).toBe(
      0,
    );
    expect(
      await shown.evaluate(`[...document.images].filter((image) => image.naturalWidth === 0).length`),
    ).toBe(0);
    expect(await shown.evaluate(`document.querySelectorAll('h1').length`)).toBe(1);
    expect(await shown.evaluate(`document.querySelectorAll('section > h2:first-child').length`)).toBe(
      await shown.evaluate(`document.querySelectorAll('section').length`),
    );
    await shown.close();
  });

  it('on paper it is a PDF', async () => {
    const pdf = await printPdf(page, { browserPath });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)!.length;
    expect(pages).toBeGreaterThan(1);
    expect(pages).toBeLessThan(8);
  });
});
