/** How every verb is used: what is refused, and what goes to which stream. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { typed } from '../support/command-line.ts';
import { useDatabase } from '../support/database.ts';
import { BELA, exportText, said } from '../support/exports.ts';
import { useFolder } from '../support/folder.ts';
import { AUTHOR, GUILD } from '../support/records.ts';

const folder = useFolder();

/** As it is typed, without the program; and what is said of it. */
const WRONG: [words: string, said: RegExp][] = [
  ['', /^Usage: almanac/],
  ['exprot', /unknown command 'exprot'/],
  ['import', /missing required argument 'path'/],
  ['import a b --jsno', /unknown option '--jsno'/],
  ['verify', /Name the exports to verify, or ask for --digest, or/],
  ['verify --digest a.json', /Name the exports to verify, or ask for --digest, or/],
  ['start now', /too many arguments/],
  ['start', /DISCORD_TOKEN is not set[^]*npx almanac doctor/],
  ['doctor', /DISCORD_TOKEN is not set/],
  ['backfill', /required option '--guild <id>'/],
  ['backfill --guild 1', /DISCORD_TOKEN is not set/],
  ['backfill --guild 1 --channel 5 general', /an id is a number of up to 19 digits/],
  ['backfill --guild 1 --since yesterday', /a time is a date as 2026-11-16/],
  ['backfill stop --guild 1', /too many arguments for 'backfill'/],
  ['backfill pause', /required option '--guild <id>'/],
  ['backfill resume --guild general', /an id is a number of up to 19 digits/],
  ['backfill status --limit 0', /a whole number from 1/],
  ['audit', /required option '--guild <id>'/],
  ['audit --guild 1', /DISCORD_TOKEN is not set/],
  ['gaps', /required option '--guild <id>'/],
  ['gaps --guild general', /an id is a number of up to 19 digits/],
  ['gaps --guild 1 --limit 0', /a whole number from 1/],
  ['coverage', /required option '--guild <id>'/],
  ['coverage --guild general', /an id is a number of up to 19 digits/],
  ['coverage --guild 1 --from yesterday', /a time is a date as 2026-11-16/],
  ['coverage --guild 1 --format xml', /Allowed choices are table, json, csv/],
  ['guilds all', /too many arguments/],
  ['guilds --format xml', /Allowed choices are table, json/],
  ['query guild-totals', /required option '--guild <id>'/],
  [
    'query total --guild 1',
    /There is no question called total\. See those that there are: npx almanac queries/,
  ],
  ['query totals --guild 1 --days 0', /a whole number from 1/],
  ['query totals --guild 1 --days 999999999', /36,525 days at most/],
  ['query totals --guild 1 --from 1000-01-01', /in the years 2000 to 2084/],
  ['query totals --guild 1 --channel 5 general', /an id is a number of up to 19 digits/],
  ['report weekly --guild 1 --channel general', /an id is a number of up to 19 digits/],
  ['query totals --guild 1 --from yesterday', /a time is a date as 2026-11-16/],
  ['query totals --guild 1 --format xml', /Allowed choices are table, json, csv/],
  ['query guild-totals --guild 1 --tz Mars', /they look like Europe\/Vienna or UTC/],
  ['report monthly --guild 1', /There is no report called monthly\. There is: weekly/],
  ['report weekly --guild general', /an id is a number of up to 19 digits/],
  ['report weekly --guild 1 --week 2026-W54', /2026-W54 is no ISO week/],
  ['report weekly --guild 1 --week 2026-W01 --days 7', /takes --week or --days, not both/],
  ['report weekly --guild 1 --days 0', /a whole number from 1/],
  ['report weekly --guild 1 --days 9999', /is about 3,660 days at most/],
  ['report weekly --guild 1 --format pdf', /say where to with --out FOLDER/],
  ['report weekly --guild 1 --format table', /Allowed choices are md, html, json, pdf/],
  ['guide', /required option '--guild <id>'/],
  ['guide --guild general', /an id is a number of up to 19 digits/],
  ['guide --guild 1 --topic', /option '--topic <text>' argument missing/],
  ['guide --guild 1 --channel general', /an id is a number of up to 19 digits/],
  ['guide --guild 1 --language tlh', /Allowed choices are en, de/],
  ['guide --guild 1 --format html', /Allowed choices are md, json/],
  [
    'settings colour red --guild 1',
    /There is no setting called colour\. There are: time-zone, language, excl/,
  ],
  ['settings time-zone Mars --guild 1', /Mars is no time zone/],
  ['settings language tlh --guild 1', /Reports are written in: en, de; not in tlh/],
  ['settings excluded-channels general --guild 1', /general is no id/],
  ['settings weekly-day someday --guild 1', /someday is no day/],
  ['link --guild 1', /Name both: --guild, which was imported, and --to/],
  ['link --guild general --to 1', /an id is a number of up to 19 digits/],
  ['link 1 2', /too many arguments/],
  ['optout --guild 1', /required option '--member <id>'/],
  ['forget --member 1', /required option '--guild <id>'/],
  ['generate', /missing required argument 'folder'/],
  ['generate x --messages 99', /from 100 to 100,000,000/],
  ['migrate now', /too many arguments/],
];

describe('wrong use', () => {
  const data = () => join(folder.path, 'data');

  it.for(WRONG)('%s: is refused with exit code 2 and a reason', async ([words, reason]) => {
    const { code, stdout, stderr } = await typed(words.split(' ').filter(Boolean), {
      ALMANAC_DATA: data(),
    });
    expect(stderr).toMatch(reason);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toMatch(/^ +at /m);
    expect(existsSync(data())).toBe(false);
  });
});

describe('on a server that is recorded', () => {
  const database = useDatabase();
  const run = (...words: string[]) => typed(words, { DATABASE_URL: database.url });
  let file = '';
  beforeAll(async () => {
    file = await folder.file(
      'general.json',
      exportText({ messages: [said(1, 'hello'), said(2, 'hi', { author: BELA })] }),
    );
    await run('import', file);
  });

  const ANSWERS = [
    'import --dry-run FILE',
    'verify FILE',
    'verify --digest',
    'guilds',
    'backfill status',
    `backfill pause --guild ${GUILD}`,
    `backfill resume --guild ${GUILD}`,
    `coverage --guild ${GUILD}`,
    `query guild-totals --guild ${GUILD}`,
    `report weekly --guild ${GUILD}`,
    `guide --guild ${GUILD}`,
    `guide --guild ${GUILD} --topic hello`,
    `guide --guild ${GUILD} --topic suicide`,
    `settings --guild ${GUILD}`,
    `settings language en --guild ${GUILD}`,
    `optout --guild ${GUILD} --member 77`,
    `forget --undo --guild ${GUILD} --member 77`,
    'generate FOLDER --messages 100',
  ];
  const wordsOf = (line: string) =>
    line.split(' ').map((word) => ({ FILE: file, FOLDER: join(folder.path, 'made') })[word] ?? word);

  it.for(ANSWERS)('%s: --json is short for --format json, and stdout is that alone', async (line) => {
    const words = wordsOf(line);
    const [short, long] = [await run(...words, '--json'), await run(...words, '--format', 'json')];
    expect(short.code).toBe(0);
    expect(JSON.parse(short.stdout)).toEqual(JSON.parse(long.stdout));
    const plain = await run(...words);
    expect(() => JSON.parse(plain.stdout)).toThrow(SyntaxError);
    expect(plain.code).toBe(0);
  });

  it('a server that is not recorded is refused with the way to those that are', async () => {
    for (const words of [['query', 'guild-totals'], ['report', 'weekly'], ['guide']]) {
      const { code, stdout, stderr } = await run(...words, '--guild', '5');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toBe('The server 5 is not recorded. See those that are with: npx almanac guilds\n');
    }
  });

  it('exports that are not there: import ends with 1 and names them, verify with 2', async () => {
    const missing = join(folder.path, 'missing.json');
    const imported = await run('import', missing, file);
    expect(imported.code).toBe(1);
    expect(imported.stdout).toContain(`${missing}\n  REJECTED: There is no such file`);
    const verified = await run('verify', missing);
    expect(verified.code).toBe(2);
    expect(verified.stderr).toContain(`${missing}: not looked at: There is no such file`);
  });

  it('a report goes to a file where --out says so, and its name to stdout', async () => {
    const { code, stdout } = await run(
      'report',
      'weekly',
      '--guild',
      GUILD,
      '--out',
      join(folder.path, 'reports'),
    );
    const written = stdout.trim();
    expect(code).toBe(0);
    expect(written).toMatch(new RegExp(`weekly-${GUILD}-2026-W01\\.md$`));
    expect(existsSync(written)).toBe(true);
  });

  it('a report goes nowhere where its folder is a file, and says so', async () => {
    const { code, stdout, stderr } = await run('report', 'weekly', '--guild', GUILD, '--out', file);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`${file} cannot be written to (EEXIST). Say another folder with --out.\n`);
  });

  it('a week beyond all ids is empty, and more pieces than anybody could look at are refused', async () => {
    const late = await run('report', 'weekly', '--guild', GUILD, '--week', '2099-W01');
    expect(late).toMatchObject({ code: 0, stderr: '' });
    expect(late.stdout).toContain('Nobody wrote this week');
    const asked = [
      'query',
      'activity-by-hour',
      '--guild',
      GUILD,
      '--from',
      '2000-01-01',
      '--limit',
      '1000000',
    ];
    const { code, stdout, stderr } = await run(...asked);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^A window has at most 100,000 hours; this one has more/);
  });

  it('settings show what was set, and only what was asked for', async () => {
    await run('settings', 'time-zone', 'Europe/Vienna', '--guild', GUILD);
    await run('settings', 'excluded-channels', '12, 13', '--guild', GUILD);
    const all = await run('settings', '--guild', GUILD, '--json');
    expect(JSON.parse(all.stdout)).toEqual({
      'time-zone': 'Europe/Vienna',
      language: 'en',
      'excluded-channels': ['12', '13'],
      'weekly-channel': null,
      'weekly-day': 'monday',
      'weekly-hour': 9,
      'weekly-late-days': 3,
      'help-channel': null,
      'count-bots': false,
    });
    const one = await run('settings', 'time-zone', '--guild', GUILD, '--json');
    expect(JSON.parse(one.stdout)).toEqual({ 'time-zone': 'Europe/Vienna' });
    await run('settings', 'excluded-channels', 'none', '--guild', GUILD);
    const none = await run('settings', 'excluded-channels', '--guild', GUILD);
    expect(none.stdout).toMatch(/excluded-channels\s+none/);
  });

  it('people who opted out are counted and not named, until they opt in', async () => {
    const topNames = async () => {
      const { stdout } = await run('query', 'guild-totals', '--guild', GUILD, '--json');
      const { messages, topAuthors } = JSON.parse(stdout);
      return { messages, names: topAuthors.map((a: { name: string }) => a.name) };
    };
    await run('optout', '--guild', GUILD, '--member', AUTHOR);
    expect(await topNames()).toEqual({ messages: 2, names: ['bela'] });
    await run('optout', '--guild', GUILD, '--member', AUTHOR, '--undo');
    expect(await topNames()).toEqual({ messages: 2, names: ['anna', 'bela'] });
  });
});
