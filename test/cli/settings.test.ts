/** What a server's settings change: which channels are recorded and counted, and where weeks begin. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { guilds } from '../../db/queries/guilds.ts';
import { guildTotals } from '../../db/queries/guild-totals.ts';
import type { ReportCard } from '../../ingest/dce/card.ts';
import { typed } from '../support/command-line.ts';
import { useDatabase } from '../support/database.ts';
import { exportText, iso, type Json, said } from '../support/exports.ts';
import { useFolder } from '../support/folder.ts';
import { GUILD, idAt } from '../support/records.ts';

const database = useDatabase();
const folder = useFolder();
beforeEach(() => database.clear());

const CATEGORY = '900000000000000001';
const [INSIDE, BELOW_INSIDE, OUTSIDE, BELOW_OUTSIDE] = ['11', '12', '21', '22'];
/** Each channel, and how many messages it has. */
const PLACES: [id: string, messages: number, channel: Json][] = [
  [INSIDE!, 1, { categoryId: CATEGORY, category: 'Archive', name: 'inside' }],
  [
    BELOW_INSIDE!,
    2,
    { type: 'GuildPublicThread', categoryId: INSIDE, category: 'inside', name: 'below inside' },
  ],
  [OUTSIDE!, 4, { name: 'outside' }],
  [
    BELOW_OUTSIDE!,
    8,
    { type: 'GuildPublicThread', categoryId: OUTSIDE, category: 'outside', name: 'below outside' },
  ],
];
const ALL = 15;

let exportsFolder: string;
beforeAll(async () => {
  exportsFolder = `${folder.path}/exports`;
  for (const [id, count, channel] of PLACES) {
    const messages = Array.from({ length: count }, (_, i) => said(Number(id) * 100 + i, 'hello'));
    await folder.file(`exports/${id}.json`, exportText({ channel: { id, ...channel }, messages }));
  }
});

async function run(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await typed(words, { DATABASE_URL: database.url });
  if (code !== 0) throw new Error(`${words.join(' ')}: ${code}\n${stdout}\n${stderr}`);
  return stdout;
}

const exclude = (ids: string) => run('settings', '--guild', GUILD, 'excluded-channels', ids);

async function take(): Promise<ReportCard> {
  return JSON.parse(await run('import', exportsFolder, '--json'));
}

/** What is counted, by every question that counts. */
async function counted(): Promise<number> {
  const { messages } = await guildTotals(database.db, GUILD, 'UTC');
  const [row] = await guilds(database.db);
  expect(row?.messages).toBe(messages);
  return messages;
}

async function stored(): Promise<number> {
  const { rows } = await database.pool.query('select count(*)::int as n from messages');
  return rows[0].n;
}

describe('excluded channels', () => {
  const cases: [what: string, ids: string, kept: number][] = [
    ['a channel, and the thread below it', OUTSIDE!, 1 + 2],
    ['a category, with its channels and their threads', CATEGORY, 4 + 8],
    ['a thread alone', BELOW_INSIDE!, 1 + 4 + 8],
    ['several', `${BELOW_INSIDE},${OUTSIDE}`, 1],
  ];
  it.for(cases)(
    '%s: neither imported nor counted, and taken by the next import once un-excluded',
    async ([, ids, kept]) => {
      await exclude(ids);
      expect((await take()).messages).toMatchObject({
        inFile: ALL,
        new: kept,
        excluded: ALL - kept,
        unchanged: 0,
      });
      expect([await stored(), await counted()]).toEqual([kept, kept]);
      await exclude('none');
      expect((await take()).messages).toMatchObject({ new: ALL - kept, unchanged: kept, excluded: 0 });
      expect([await stored(), await counted()]).toEqual([ALL, ALL]);
    },
  );

  it.for(cases)('%s: what was imported before counts no more, until un-excluded', async ([, ids, kept]) => {
    await take();
    await exclude(ids);
    expect([await stored(), await counted()]).toEqual([ALL, kept]);
    expect((await take()).messages).toMatchObject({ new: 0, excluded: ALL - kept });
    await exclude('none');
    expect(await counted()).toBe(ALL);
  });

  it('reach a thread whose file comes long before that of its channel, or an import after it', async () => {
    await exclude(CATEGORY);
    // More than a batch, and the largest file is read first.
    const many = Array.from({ length: 4100 }, (_, i) => said(i, 'hello'));
    const [[, , inside], [, , thread]] = [PLACES[0]!, PLACES[1]!];
    const first = exportText({ channel: { id: BELOW_INSIDE, ...thread }, messages: many });
    const second = exportText({ channel: { id: INSIDE, ...inside }, messages: [said(1, 'hello')] });
    await folder.file('long/thread.json', first);
    await folder.file('long/channel.json', second);
    const card: ReportCard = JSON.parse(await run('import', `${folder.path}/long`, '--json'));
    expect(card.messages).toMatchObject({ new: 0, excluded: 4101 });
    const later = exportText({ channel: { id: BELOW_INSIDE, ...thread }, messages: many.slice(7) });
    const alone: ReportCard = JSON.parse(
      await run('import', await folder.file('later.json', later), '--json'),
    );
    expect(alone.messages).toMatchObject({ new: 0, excluded: 4093 });
    expect(await stored()).toBe(0);
  });

  it('are left out of the weekly report, too', async () => {
    await take();
    const channels = async () => {
      const { totals, channels: list } = JSON.parse(
        await run('report', 'weekly', '--guild', GUILD, '--json'),
      );
      return [totals.messages.value, list.map(({ name }: { name: string }) => name).toSorted()];
    };
    expect(await channels()).toEqual([ALL, ['below inside', 'below outside', 'inside', 'outside']]);
    await exclude(CATEGORY);
    expect(await channels()).toEqual([4 + 8, ['below outside', 'outside']]);
  });
});

describe('the time zone', () => {
  it("moves the borders of the report's weeks", async () => {
    // Sunday evening in UTC is Monday morning in Tokyo.
    const evening = Date.UTC(2026, 0, 11, 22, 30);
    const noon = Date.UTC(2026, 0, 7, 12);
    const written = [noon, evening].map((ms) => ({ ...said(0, 'hello'), id: idAt(ms), timestamp: iso(ms) }));
    await run(
      'import',
      await folder.file('border.json', exportText({ messages: written, exportedAt: iso(evening + 60_000) })),
    );
    const week = async (label: string) => {
      const report = JSON.parse(await run('report', 'weekly', '--guild', GUILD, '--week', label, '--json'));
      return [report.span.timeZone, report.totals.messages.value];
    };
    expect(await week('2026-W02')).toEqual(['UTC', 2]);
    await run('settings', '--guild', GUILD, 'time-zone', 'Asia/Tokyo');
    expect([await week('2026-W02'), await week('2026-W03')]).toEqual([
      ['Asia/Tokyo', 1],
      ['Asia/Tokyo', 1],
    ]);
    const { weeks } = JSON.parse(
      await run('query', 'guild-totals', '--guild', GUILD, '--tz', 'Asia/Tokyo', '--json'),
    );
    expect(weeks).toEqual({ '2026-W02': 1, '2026-W03': 1 });
  });
});

describe('the settings of the weekly report and of bots', () => {
  const settings = (...words: string[]) => run('settings', '--guild', GUILD, ...words);
  const set = async (key: string, value: string) => JSON.parse(await settings(key, value, '--json'));

  it('are shown as they are typed', async () => {
    expect(await set('weekly-channel', '1411139355279360001')).toEqual({
      'weekly-channel': '1411139355279360001',
    });
    expect(await set('weekly-day', 'Friday')).toEqual({ 'weekly-day': 'friday' });
    expect(await set('weekly-hour', '07')).toEqual({ 'weekly-hour': 7 });
    expect(await settings('weekly-late-days')).toMatch(/^weekly-late-days +3$/m);
    expect(await set('weekly-late-days', '0')).toEqual({ 'weekly-late-days': 0 });
    expect(await set('help-channel', '1411139355279360002')).toEqual({
      'help-channel': '1411139355279360002',
    });
    expect(await set('count-bots', 'yes')).toEqual({ 'count-bots': true });
    const shown = await settings();
    for (const line of [
      /^weekly-channel +1411139355279360001$/m,
      /^weekly-day +friday$/m,
      /^weekly-hour +7$/m,
      /^weekly-late-days +0$/m,
      /^help-channel +1411139355279360002$/m,
      /^count-bots +yes$/m,
    ])
      expect(shown).toMatch(line);
    expect(await set('weekly-channel', 'none')).toEqual({ 'weekly-channel': null });
    expect(await settings('weekly-channel')).toMatch(/^weekly-channel +none$/m);
    expect(await set('help-channel', 'none')).toEqual({ 'help-channel': null });
    expect(await set('count-bots', 'no')).toEqual({ 'count-bots': false });
    expect(await settings('count-bots')).toMatch(/^count-bots +no$/m);
  });

  it.for([
    ['weekly-channel', 'general', /general is no id/],
    ['help-channel', 'mods', /mods is no id/],
    ['weekly-day', 'someday', /someday is no day. There are: monday, /],
    ['weekly-day', '0', /0 is no day/],
    ['weekly-hour', '24', /24 is no hour/],
    ['weekly-hour', '-1', /unknown option|no hour/],
    ['weekly-hour', '', / is no hour/],
    ['weekly-late-days', '8', /8 is no number of days/],
    ['weekly-late-days', 'three', /three is no number of days/],
    ['count-bots', 'perhaps', /yes or no, not perhaps/],
  ] as const)('%s %s is refused', async ([key, value, reason]) => {
    const before = await settings('--json');
    await expect(settings(key, value)).rejects.toThrow(reason);
    expect(await settings('--json')).toBe(before);
  });
});
