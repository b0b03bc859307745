/** Pictures of the preview, by a browser. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from 'playwright-core';
import { browserPath } from '../../reports/browser.ts';
import { inFewColors } from './palette.ts';
import type { Shot } from './shots.ts';

const WIDTHS = { wide: 900, narrow: 390 };

/** A picture of each message in each width and theme, and how many; undefined without a browser. */
export async function takePictures(
  page: string,
  shots: readonly Shot[],
  folder: string,
): Promise<number | undefined> {
  let taken = 0;
  const isTaken = await inBrowser(folder, async (browser) => {
    for (const [name, width] of Object.entries(WIDTHS)) {
      const context = { viewport: { width, height: 900 }, deviceScaleFactor: name === 'narrow' ? 2 : 1 };
      for (const theme of ['dark', 'light']) {
        const shown = await browser.newPage(context);
        await shown.goto(`${pathToFileURL(page).href}?theme=${theme}&width=${name}`);
        for (const { id } of shots) {
          await shown
            .locator(`[id="${id}"] .column`)
            .screenshot({ path: join(folder, `${id}-${name}-${theme}.png`) });
          taken++;
        }
        await shown.close();
      }
    }
  });
  return isTaken ? taken : undefined;
}

/** What the documents show, by the names of their pictures. */
const SHOWN = {
  stats: 'stats-week',
  'top-contributors': 'top-messages',
  weekly: 'weekly',
  guide: 'guide-topic',
  settings: 'settings-set',
  backfill: 'backfill-running',
  'how-counted': 'stats-why',
};
/** In CSS pixels; the pictures have one and a half as many, 900. */
const SHOWN_WIDTH = 600;

/** Pictures of a message of each kind, for the documents; how many, or undefined without a browser. */
export async function takeShown(page: string, folder: string): Promise<number | undefined> {
  const isTaken = await inBrowser(folder, async (browser) => {
    const viewport = { width: SHOWN_WIDTH, height: 900 };
    const shown = await browser.newPage({ viewport, deviceScaleFactor: 1.5 });
    await shown.goto(`${pathToFileURL(page).href}?theme=dark&width=wide`);
    for (const [name, id] of Object.entries(SHOWN)) {
      const picture = await shown.locator(`[id="${id}"] .message`).screenshot();
      await writeFile(join(folder, `${name}.png`), await inFewColors(picture));
    }
  });
  return isTaken ? Object.keys(SHOWN).length : undefined;
}

/** False: there is none. */
async function inBrowser(folder: string, take: (browser: Browser) => Promise<void>): Promise<boolean> {
  if (browserPath === undefined) return false;
  await mkdir(folder, { recursive: true });
  // Chrome's sandbox refuses to run as root.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = await chromium.launch({ executablePath: browserPath, args });
  await take(browser).finally(() => browser.close());
  return true;
}
