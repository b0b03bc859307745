/** A browser, where one is installed: tests that need one are skipped elsewhere. */
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';

const PATHS = [
  process.env.CHROME_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Where it is; undefined where there is none. */
export const browserPath = PATHS.find((path) => existsSync(path));

/** What a test is called that needs one. */
export const inBrowser =
  browserPath === undefined ? 'in a browser (skipped: none is installed)' : 'in a browser';

/** Opens it before a file's tests, and closes it behind them. */
export function useBrowser(): {
  open(...options: Parameters<Browser['newPage']>): ReturnType<Browser['newPage']>;
} {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (browserPath === undefined) return;
    // Chrome's sandbox refuses to run as root.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    browser = await chromium.launch({ executablePath: browserPath, args });
  });
  afterAll(() => browser?.close());
  return { open: (...options) => browser!.newPage(...options) };
}
