/** What `almanac report` writes, and where. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { browserPath, inBrowser } from '../reports/browser.ts';
import { takeApart } from '../reports/page.ts';
import { typed } from '../support/command-line.ts';
import { useDatabase } from '../support/database.ts';
import { BELA, CARL, exportText, person, said } from '../support/exports.ts';
import { useFolder } from '../support/folder.ts';
import { CHANNEL, GUILD } from '../support/records.ts';

const DAY = 86_400;
const database = useDatabase();
const folder = useFolder();
const report = (...words: string[]) =>
  typed(
    ['report', 'weekly', '--guild', GUILD, ...words],
    settings(browserPath ? { CHROME_PATH: browserPath } : {}),
  );
/** The environment that a verb is typed in. */
const settings = (more: Record<string, string> = {}) => ({ DATABASE_URL: database.url, ...more });
const out = (name: string) => join(folder.path, name);

beforeAll(async () => {
  const authors = [BELA, CARL, person('77', 'dora')];
  const messages = Array.from({ length: 40 }, (_, i) =>
    said(4 * DAY + i * 3600, `message ${i}`, { author: authors[i % 3]! }),
  );
  const first = [said(1, 'hello?'), said(2, 'beep', { author: person('88', 'robot', { isBot: true }) })];
  const file = await folder.file('general.json', exportText({ messages: [...first, ...messages] }));
  await typed(['import', file], settings());
});

describe('a report', () => {
  it('in Markdown goes to stdout, without pictures', async () => {
    const { code, stdout, stderr } = await report();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^# Lighthouse: week 2 of 2026\n/);
    expect(stdout).not.toContain('![');
  });

  it('in Markdown goes to a file, its pictures into a folder beside it, and their names to stdout', async () => {
    const { code, stdout } = await report('--out', out('md'));
    const [file, ...pictures] = stdout.trimEnd().split('\n');
    expect(code).toBe(0);
    expect(file).toBe(join(out('md'), `weekly-${GUILD}-2026-W02.md`));
    expect(pictures.length).toBeGreaterThan(1);
    const text = await readFile(file!, 'utf8');
    const shown = [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path]) =>
      join(dirname(file!), path!),
    );
    expect(shown.toSorted()).toEqual(pictures.toSorted());
    for (const picture of pictures) {
      expect((await readFile(picture)).subarray(1, 4).toString()).toBe('PNG');
    }
  });

  it('as a page has its pictures in it', async () => {
    const { code, stdout } = await report('--format', 'html', '--out', out('html'));
    expect(code).toBe(0);
    expect(stdout).toBe(`${join(out('html'), `weekly-${GUILD}-2026-W02.html`)}\n`);
    const { faults, elements } = takeApart(await readFile(stdout.trim(), 'utf8'));
    expect(faults).toEqual([]);
    expect(elements.filter(({ name }) => name === 'img').length).toBeGreaterThan(1);
    expect((await report('--format', 'html')).stdout).toMatch(/^<!doctype html>[\s\S]+<\/html>\n$/);
  });

  it('as JSON is what it is built from; explained, with the explanations', async () => {
    const { stdout } = await report('--json', '--out', out('json'));
    const built = JSON.parse(await readFile(stdout.trim(), 'utf8'));
    expect(built).toMatchObject({
      guild: { id: GUILD, name: 'Lighthouse' },
      period: { label: '2026-W02' },
      totals: { messages: { value: 40, before: 1, delta: 39 } },
    });
    expect(JSON.parse((await report('--json')).stdout)).toEqual(built);
    const explained = JSON.parse((await report('--json', '--explain')).stdout);
    expect(explained.explained).toContainEqual(
      expect.objectContaining({ section: 'contributors', rows: expect.objectContaining({ rows: 40 }) }),
    );
  });

  it('is about the week, days, zone and channels that are asked for', async () => {
    const built = async (...words: string[]) => JSON.parse((await report('--json', ...words)).stdout);
    expect((await built('--week', '2026-W01')).totals.messages.value).toBe(1);
    expect((await built('--days', '1')).period).toMatchObject({ days: 1, label: '2026-01-06--2026-01-06' });
    expect((await built('--tz', 'Asia/Tokyo')).span.from).toBe('2026-01-05T00:00+09:00');
    expect((await built('--channel', CHANNEL)).totals.messages.value).toBe(40);
    expect(await report('--channel', '4')).toMatchObject({
      code: 2,
      stderr: 'There is no channel 4 in this server.\n',
    });
  });

  it("counts bots where the server's settings say so", async () => {
    const first = async () =>
      JSON.parse((await report('--week', '2026-W01', '--json')).stdout).totals.messages.value;
    expect(await first()).toBe(1);
    await typed(['settings', 'count-bots', 'yes', '--guild', GUILD], settings());
    expect(await first()).toBe(2);
    expect((await report()).stdout).toContain('Bots and webhooks are counted');
    await typed(['settings', 'count-bots', 'no', '--guild', GUILD], settings());
  });

  it("is in the language of the server's settings, or the one that is asked for", async () => {
    const language = (to: string) => typed(['settings', 'language', to, '--guild', GUILD], settings());
    expect((await report('--language', 'de')).stdout).toMatch(/^# Lighthouse: Kalenderwoche 2\/2026\n/);
    await language('de');
    expect((await report()).stdout).toMatch(/^# Lighthouse: Kalenderwoche 2\/2026\n/);
    const page = (await report('--format', 'html', '--explain')).stdout;
    expect(page).toContain('<html lang="de">');
    expect(page).toMatch(/alt="Am meisten los (war|ist) /);
    expect(JSON.parse((await report('--json', '--explain')).stdout).explained[0].lines[0]).toMatch(
      /^Eine Frage /,
    );
    expect((await report('--language', 'en')).stdout).toMatch(/^# Lighthouse: week 2 of 2026\n/);
    await language('en');
    expect(await report('--language', 'tlh')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Allowed choices are en, de.'),
    });
  });

  it('without a chart server says so, and is there all the same', async () => {
    const { code, stdout, stderr } = await typed(
      ['report', 'weekly', '--guild', GUILD, '--format', 'html'],
      settings({ QUICKCHART_URL: 'http://127.0.0.1:9' }),
    );
    expect(code).toBe(0);
    expect(stderr).toMatch(/^A chart is missing: /);
    expect(stdout).toContain('The chart for this could not be drawn.');
    expect(stdout).not.toContain('<img');
    expect(takeApart(stdout).faults).toEqual([]);
  });

  it('as PDF needs a browser, and says what else there is', async () => {
    const { code, stdout, stderr } = await typed(
      ['report', 'weekly', '--guild', GUILD, '--format', 'pdf', '--out', out('pdf')],
      settings({ CHROME_PATH: '/nowhere/chrome' }),
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(
      'There is no browser /nowhere/chrome. Install one, or name yours in CHROME_PATH; or take --format html, which any browser prints.\n',
    );
    expect(existsSync(join(out('pdf'), `weekly-${GUILD}-2026-W02.pdf`))).toBe(false);
  });

  it.skipIf(browserPath === undefined)(`is printed, ${inBrowser}`, async () => {
    const { code, stdout } = await report('--format', 'pdf', '--out', out('pdf'));
    expect(code).toBe(0);
    expect((await readFile(stdout.trim())).subarray(0, 5).toString()).toBe('%PDF-');
  });
});
