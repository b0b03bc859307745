/** A page on paper, by a browser that is found on the machine and driven by its command line alone. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** A page that could not be printed, in words for whoever asked. */
export class PrintError extends Error {
  override name = 'PrintError';
}

export interface PrintOptions {
  /** The browser; without it the first of the usual ones that is there. */
  browserPath?: string;
  timeLimitMs?: number;
}

/** Names are looked for on the path. All of them understand the same options. */
const BROWSERS = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
  String.raw`C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`,
];
/** It takes three seconds where nothing else runs. */
const TIME_LIMIT_MS = 60_000;

const run = promisify(execFile);

/** Prints a page to PDF. Errors: PrintError. */
export async function printPdf(page: string, options: PrintOptions = {}): Promise<Buffer> {
  const { browserPath, timeLimitMs = TIME_LIMIT_MS } = options;
  const folder = await mkdtemp(join(tmpdir(), 'almanac-print-'));
  try {
    const [from, to] = [join(folder, 'page.html'), join(folder, 'page.pdf')];
    await writeFile(from, page);
    const args = [
      '--headless',
      '--disable-gpu',
      '--no-first-run',
      '--disable-extensions',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-pdf-header-footer',
      // A profile of its own: one that is in use would take the page over and print nothing.
      `--user-data-dir=${join(folder, 'profile')}`,
      // Chrome's sandbox refuses to run as root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      `--print-to-pdf=${to}`,
      pathToFileURL(from).href,
    ];
    await runFirst(browserPath === undefined ? BROWSERS : [browserPath], args, timeLimitMs);
    return await readFile(to).catch((cause: unknown) => {
      throw new PrintError('The browser ended without having written the PDF.', { cause });
    });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function runFirst(browsers: readonly string[], args: string[], timeLimitMs: number): Promise<void> {
  for (const browser of browsers) {
    try {
      await run(browser, args, { timeout: timeLimitMs, killSignal: 'SIGKILL' });
      return;
    } catch (error) {
      const { code, killed } = error as { code?: unknown; killed?: boolean };
      if (code === 'ENOENT') continue;
      const why = killed ? `was not done within ${timeLimitMs / 1000} s` : `ended with ${String(code)}`;
      throw new PrintError(`The browser ${browser} ${why}, and printed nothing.`, { cause: error });
    }
  }
  throw new PrintError(
    browsers.length === 1
      ? `There is no browser ${browsers[0]}.`
      : 'To print a PDF, a Chrome, Chromium or Edge is needed, and none was found.',
  );
}
