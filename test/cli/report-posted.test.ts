/** `almanac report weekly --as-posted`: the numbers of a post, had again. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import command from '../../commands/weekly.ts';
import { forgetPerson } from '../../db/choices.ts';
import type { WeeklyReport } from '../../reports/weekly.ts';
import { openChannels, textOf, useAsking } from '../commands/asking/scene.ts';
import { browserPath, inBrowser } from '../reports/browser.ts';
import { takeApart } from '../reports/page.ts';
import { MESSAGE, postWeek } from '../reports/weekly/a-post.ts';
import { typed } from '../support/command-line.ts';
import { useFolder } from '../support/folder.ts';
import { CHANNEL, GUILD } from '../support/records.ts';
import { post, posts, write } from '../support/written.ts';

const { database, answer, at } = useAsking();
const folder = useFolder();
const STAFF = '100000000000000021';
const [ANNA, BELA] = ['200000000000000001', '200000000000000002'];
const MONDAY_MS = Date.parse('2026-01-19T09:00Z');
const says = (authorId: string, content: string) => ({ authorId, body: { content, fidelity: 3 as const } });
const member = (userId: string, name: string) =>
  ({ source: 'rest', observedAt: 0, guildId: GUILD, userId, name }) as const;

const report = (...words: string[]) =>
  typed(['report', 'weekly', '--guild', GUILD, ...words], {
    DATABASE_URL: database.url,
    ...(browserPath && { CHROME_PATH: browserPath }),
  });
const json = async (...words: string[]) => {
  const { stdout } = await report('--as-posted', '--json', ...words);
  const { posted, ...rest } = JSON.parse(stdout) as WeeklyReport & { posted: object };
  return { posted, rest: rest as WeeklyReport };
};
const SAME = 'Its numbers are the same today.\n';

/** Weeks 2 and 3 of a server whose staff has a channel of its own. */
beforeAll(async () => {
  await write(
    database,
    [
      ...posts(3, '2026-01-06T10:00Z', says(BELA, 'hello')),
      post('2026-01-13T10:00Z', says(ANNA, 'Where is the larch?')),
      ...posts(1200, '2026-01-14T10:00Z', says(BELA, 'A heron!')),
      ...posts(7, '2026-01-14T11:00Z', { ...says(BELA, 'psst'), channelId: STAFF }),
    ],
    { members: [member(ANNA, 'anna'), member(BELA, 'bela')] },
  );
  await openChannels(database, GUILD, [STAFF]);
});

// One after the other: each adds to what has happened.
describe('a report as it was posted', () => {
  let built: WeeklyReport;

  it('is none before one was posted, and says so', async () => {
    expect(await report('--as-posted')).toEqual({
      code: 2,
      stdout: '',
      stderr: `No weekly report of server ${GUILD} was posted yet. To count it now, leave out --as-posted.\n`,
    });
    expect(
      (await typed(['report', 'weekly', '--guild', '4', '--as-posted'], { DATABASE_URL: database.url })).code,
    ).toBe(2);
  });

  it('is the newest, or that of a week; of another it says which there are', async () => {
    await postWeek(database, { week: '2026-W02', nowMs: MONDAY_MS - 604_800_000, language: 'de' });
    built = (await postWeek(database, { week: '2026-W03', nowMs: MONDAY_MS })).report;
    expect((await json()).rest).toEqual(built);
    expect((await json('--week', '2026-W02')).rest.totals.messages.value).toBe(3);
    expect((await report('--as-posted', '--week', '2026-W01')).stderr).toBe(
      'The report about 2026-W01 was not posted. Posted were 2026-W03, 2026-W02. To count it now, leave out --as-posted.\n',
    );
  });

  it('has the numbers of /weekly in the same channel, and says how today is', async () => {
    at(MONDAY_MS);
    const told = textOf(await answer(command, { channelId: CHANNEL }));
    const { stdout, stderr } = await report('--as-posted');
    expect(stderr).toBe(SAME);
    expect(built.totals).toMatchObject({ messages: { value: 1201, before: 3 }, people: { value: 2 } });
    expect(told).toContain('**1,201** messages');
    expect(stdout).toContain('| messages | 1,201 |');
    expect(stdout).toContain('“Where is the larch?”');
  });

  it('says where it was posted, when, and for whom it was counted; as JSON, too', async () => {
    expect((await report('--as-posted')).stdout).toMatch(
      /_Bots and[^\n]+_ {2}\n_Posted in #general on Mon 19 Jan, 09:00\._ {2}\n_Counted for everyone who can read #general\._\n$/,
    );
    expect((await json()).posted).toEqual({
      channelId: CHANNEL,
      messageId: MESSAGE,
      at: '2026-01-19T09:00:00.000Z',
      editedAt: null,
      period: '2026-W03',
      audience: 'everyone',
    });
    await database.pool.query(`update posts set edited_at = $1 where period = '2026-W02'`, [
      new Date(MONDAY_MS),
    ]);
    expect((await json('--week', '2026-W02')).posted).toMatchObject({ editedAt: '2026-01-19T09:00:00.000Z' });
    expect((await report('--as-posted', '--week', '2026-W02', '--language', 'en')).stdout).toContain(
      '_Counted again on Mon 19 Jan, 09:00._',
    );
  });

  it('names the wider audience of the plain report, which shows more', async () => {
    const { stdout } = await report('--week', '2026-W03');
    expect(stdout).toContain('| messages | 1,208 |');
    expect(stdout).toContain(
      '_Counted: all channels that are recorded, also those that not everyone can read._\n',
    );
    expect((await report('--channel', STAFF)).stdout).toContain(
      '_Counted: the channels that were asked for,',
    );
    const page = (await report('--week', '2026-W03', '--format', 'html')).stdout;
    expect(page).toContain('<p>Counted: all channels that are recorded,');
    expect(takeApart(page).faults).toEqual([]);
  });

  it('is in the language of the post, unless another is asked for', async () => {
    const { stdout } = await report('--as-posted', '--week', '2026-W02');
    expect(stdout).toMatch(/^# Lighthouse: Kalenderwoche 2\/2026\n/);
    expect(stdout).toContain('_Gezählt für alle, die #general lesen können._\n');
    expect((await report('--as-posted', '--language', 'de')).stdout).toMatch(/Kalenderwoche 3/);
  });

  it('is a page and files, beside those of a plain report', async () => {
    const out = join(folder.path, 'out');
    const { stdout } = await report('--as-posted', '--format', 'html', '--out', out);
    expect(stdout).toBe(`${join(out, `weekly-${GUILD}-2026-W03-as-posted.html`)}\n`);
    const page = await readFile(stdout.trim(), 'utf8');
    expect(takeApart(page).faults).toEqual([]);
    expect(page).toContain('<p>Posted in #<bdi>general</bdi> on Mon 19 Jan, 09:00.</p>');
    const files = (await report('--as-posted', '--out', out)).stdout.trimEnd().split('\n');
    expect(files.length).toBeGreaterThan(1);
    expect(await readFile(files[0]!, 'utf8')).toContain(`](weekly-${GUILD}-2026-W03-as-posted/`);
  });

  it.skipIf(browserPath === undefined)(`is printed, ${inBrowser}`, async () => {
    const { stdout } = await report('--as-posted', '--format', 'pdf', '--out', join(folder.path, 'pdf'));
    expect((await readFile(stdout.trim())).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('stays what it was when late data came, and says by how much today differs', async () => {
    await write(database, posts(30, '2026-01-16T10:00Z', says('200000000000000003', 'late')));
    const { stdout, stderr } = await report('--as-posted');
    expect(stderr).toBe(
      'Its numbers differ today: messages 1231 instead of 1201 (+30), people 3 instead of 2 (+1).\n',
    );
    expect(stdout).toContain('| messages | 1,201 |');
    expect((await json()).rest).toEqual(built);
    expect((await report('--week', '2026-W03')).stdout).toContain('| messages | 1,238 |');
  });

  it('is built again where somebody in it was forgotten, and says so', async () => {
    await forgetPerson(database.pool, GUILD, ANNA, new Date());
    const { stdout, stderr } = await report('--as-posted');
    expect(stderr).toBe(
      `The report itself is not kept any more: somebody in it was forgotten or chose not to be named, or it is of an older version. It was built again from what it was asked with, so its numbers are those of today.\n`,
    );
    // Of a post that was watched, its figures are known all the same.
    await database.pool.query(`update posts set checked = $1 where period = '2026-W03'`, [
      JSON.stringify({ posted: { messages: 1201, people: 2 }, seen: {} }),
    ]);
    expect((await report('--as-posted')).stderr).toMatch(
      /of today\.\nIts numbers differ today: messages 1230 instead of 1201 \(\+29\)\.\n$/,
    );
    expect(stdout).toContain('| messages | 1,230 |');
    expect(stdout).toContain('_Counted for everyone who can read #general._');
    expect(stdout).not.toMatch(/anna|larch/);
  });

  it('takes no other days, zone, channels or explanations', async () => {
    for (const more of [['--days', '3'], ['--tz', 'UTC'], ['--channel', CHANNEL], ['--explain']])
      expect(await report('--as-posted', ...more)).toEqual({
        code: 2,
        stdout: '',
        stderr:
          'A report as it was posted is taken as it is: not with --days, --tz, --channel or --explain.\n',
      });
  });
});
