/** What exports cover, and what they leave open: by hand. */
import { beforeEach, describe, expect, it } from 'vitest';
import { coverage } from '../../../db/queries/coverage.ts';
import { coverageGaps } from '../../../db/queries/coverage-gaps.ts';
import { coverageSummary } from '../../../db/queries/coverage-summary.ts';
import type { Asked } from '../../../db/queries/question.ts';
import { useDatabase } from '../../support/database.ts';
import { type ExportParts, exportText, iso, type Json, said } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { imported } from '../../support/imports.ts';
import { at, GUILD, idAt } from '../../support/records.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Channels made on the first day, and one on the fifth. */
const [GENERAL, HELP, LATER] = [idAt(at(0), 1), idAt(at(0), 2), idAt(at(5 * DAY), 3)];

const database = useDatabase();
const folder = useFolder();
beforeEach(() => database.clear());

const asked: Asked = {
  guildId: GUILD,
  limit: 100,
  window: { fromMs: at(0), toMs: at(10 * DAY), timeZone: 'UTC' },
};
const time = (seconds: number) => new Date(at(seconds)).toISOString();

let files = 0;
async function take(id: string, messages: Json[], more: Partial<ExportParts> & { text?: string } = {}) {
  const { channel, exportedAt = iso(at(10 * DAY)), text } = more;
  const parts = { channel: { id, name: `n${id}`, ...channel }, exportedAt, messages };
  await imported(database, [await folder.file(`${files++}.json`, text ?? exportText(parts))]);
}
const gaps = async () =>
  (await coverageGaps(database.db, asked)).map(({ channelId, reason, fromAt, toAt, messages }) => [
    channelId,
    reason,
    fromAt,
    toAt,
    messages,
  ]);
const spans = async () =>
  (await coverage(database.db, asked)).map(({ grade, source, fromAt, toAt, messages }) => [
    `${grade} ${source}`,
    fromAt,
    toAt,
    messages,
  ]);
/** The last message of the record, which ends with its millisecond. */
const END = said(9 * DAY - 0.001, 'end');

describe('an export', () => {
  it('claims its span, and until it was written where nothing later is known', async () => {
    await take(GENERAL, [said(HOUR, 'a'), said(DAY, 'b')], { exportedAt: iso(at(2 * DAY)) });
    expect(await spans()).toEqual([['claimed dce', time(HOUR), time(2 * DAY), 2]]);
    await take(GENERAL, [END], { exportedAt: iso(at(11 * DAY)) });
    expect(await spans()).toEqual([
      ['claimed dce', time(HOUR), time(DAY), 2],
      ['claimed dce', time(9 * DAY - 0.001), time(10 * DAY), 1],
    ]);
    expect(await gaps()).toEqual([[GENERAL, 'between', time(DAY), time(9 * DAY - 0.001), 0]]);
    expect(await coverageSummary(database.db, asked)).toMatchObject({ channels: 1, partly: 1 });
  });

  it('that does not say when it was written covers its channel to the end', async () => {
    const late = said(DAY, 'b');
    // An id within the millisecond, as Discord's are.
    const messages = [said(HOUR, 'a'), { ...late, id: String(BigInt(late.id as string) + 77n) }];
    const text = exportText({ channel: { id: GENERAL, name: 'general' }, messages });
    await take(GENERAL, [], { text: text.replace(/"exportedAt":\s*"[^"]*",/, '') });
    expect(await gaps()).toEqual([]);
    expect(await coverageSummary(database.db, asked)).toMatchObject({ channels: 1, claimed: 1, partly: 0 });
  });

  it('that overlaps another claims one span with it', async () => {
    await take(GENERAL, [said(HOUR, 'a'), said(DAY, 'b')]);
    await take(GENERAL, [said(DAY, 'b'), END]);
    expect(await spans()).toEqual([['claimed dce', time(HOUR), time(10 * DAY), 3]]);
    expect(await gaps()).toEqual([]);
    expect(await coverageSummary(database.db, asked)).toMatchObject({ channels: 1, claimed: 1 });
  });

  it('that broke off claims nothing; what it has is there', async () => {
    const text = exportText({ channel: { id: HELP }, messages: [said(HOUR, 'a'), said(DAY, 'b')] });
    await take(GENERAL, [said(0, 'a'), END]);
    await take(HELP, [], { text: text.slice(0, text.lastIndexOf('}')) });
    expect(await gaps()).toEqual([[HELP, 'damaged export', time(HOUR), time(9 * DAY), 2]]);
    expect(await coverageSummary(database.db, asked)).toMatchObject({ channels: 2, claimed: 1, missing: 1 });
  });

  it('without messages claims nothing', async () => {
    await take(GENERAL, [said(0, 'a'), END]);
    await take(LATER, []);
    expect(await gaps()).toEqual([[LATER, 'empty export', time(5 * DAY), time(9 * DAY), 0]]);
  });

  it('that is older than the record leaves its end open', async () => {
    await take(GENERAL, [said(0, 'a'), END]);
    await take(HELP, [said(HOUR, 'a')], { exportedAt: iso(at(4 * DAY)) });
    expect(await gaps()).toEqual([[HELP, 'after', time(4 * DAY), time(9 * DAY), 0]]);
  });

  it('that begins more than a day behind its channel leaves the beginning open', async () => {
    await take(GENERAL, [said(0, 'a'), END]);
    await take(HELP, [said(2 * DAY, 'a')]);
    expect(await gaps()).toEqual([[HELP, 'before', time(0), time(2 * DAY), 0]]);
  });
});

describe('a thread', () => {
  const parent = { type: 'GuildPublicThread', categoryId: GENERAL, category: 'general' };

  it('begins with the notice that opens it, and not with the old message whose id it has', async () => {
    await take(GENERAL, [said(HOUR, 'a'), END]);
    const notice = said(3 * DAY, '', { type: '21' });
    await take(idAt(at(HOUR)), [notice, said(4 * DAY, 'b')], { channel: parent });
    expect(await gaps()).toEqual([]);
    await database.clear();
    await take(GENERAL, [said(HOUR, 'a'), END]);
    await take(idAt(at(HOUR)), [said(4 * DAY, 'b')], { channel: parent });
    expect(await gaps()).toEqual([[idAt(at(HOUR)), 'before', time(HOUR), time(4 * DAY), 0]]);
  });

  it('of a forum tells that the forum has no messages of its own to record', async () => {
    await take(idAt(at(DAY)), [said(DAY, 'a'), END], { channel: { ...parent, categoryId: HELP } });
    expect(await gaps()).toEqual([]);
    expect(await coverageSummary(database.db, asked)).toMatchObject({ channels: 1, claimed: 1 });
  });

  it('of a channel that is not recorded tells that it is missing', async () => {
    await take(idAt(at(HOUR)), [said(3 * DAY, '', { type: '21' }), END], { channel: parent });
    expect(await gaps()).toEqual([[GENERAL, 'never', time(0), time(9 * DAY), 0]]);
  });
});

it("Discord's answers are verified, apart from what exports claim", async () => {
  await take(GENERAL, [said(0, 'a'), END]);
  for (const [from, to, source] of [
    [0, DAY, 'rest'],
    [DAY - HOUR, 2 * DAY, 'gateway'],
    [3 * DAY, 4 * DAY, 'gateway'],
  ] as const) {
    const span = [idAt(at(from)), idAt(at(to)), source, new Date(at(10 * DAY))];
    await database.pool.query(`insert into coverage values ($1, $2, $3, $4, $5, 'verified', $6)`, [
      GUILD,
      GENERAL,
      ...span,
    ]);
  }
  expect(await spans()).toEqual([
    ['claimed dce', time(0), time(10 * DAY), 2],
    ['verified gateway, rest', time(0), time(2 * DAY), 1],
    ['verified gateway', time(3 * DAY), time(4 * DAY), 0],
  ]);
  const window = { ...asked.window, toMs: at(2 * DAY) };
  expect(await coverageSummary(database.db, { ...asked, window })).toEqual({
    channels: 1,
    verified: 1,
    claimed: 0,
    partly: 0,
    missing: 0,
  });
  expect(await coverageSummary(database.db, asked)).toMatchObject({ verified: 0, claimed: 1 });
});
