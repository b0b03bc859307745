import { beforeEach, describe, expect, it } from 'vitest';
import { chooseUnranked } from '../../../db/choices.ts';
import { saveSettings } from '../../../db/settings.ts';
import { buildWeekly } from '../../../reports/weekly.ts';
import { ANNA, BELA, CARL, type Json, person, reaction, said } from '../../support/exports.ts';
import { AUTHOR, CHANNEL, GUILD, at, idAt } from '../../support/records.ts';
import { DAY, LATER_MS, MONDAY, useReported } from './reported.ts';

const { database, record, build } = useReported();

beforeEach(() => database.clear());

const valuesOf = (report: Awaited<ReturnType<typeof build>>) =>
  Object.fromEntries(Object.entries(report.totals).map(([figure, { value }]) => [figure, value]));

describe('what a report is about', () => {
  it('is the last complete week', async () => {
    await record([said(MONDAY.W02 + 1, 'hello'), said(MONDAY.W03 + DAY, 'again')]);
    const live = await build({ nowMs: Date.UTC(2026, 0, 13) });
    expect(live.period).toEqual({ isWeek: true, days: 7, label: '2026-W02', isRecordsLast: false });
    expect(live.span).toMatchObject({
      from: '2026-01-05T00:00+00:00',
      to: '2026-01-12T00:00+00:00',
      hours: 168,
    });
  });

  it('is the last of the record, where that ends earlier', async () => {
    await record([said(MONDAY.W02 + 1, 'hello'), said(MONDAY.W03 + DAY, 'again')]);
    expect((await build()).period).toMatchObject({ label: '2026-W03', isRecordsLast: true });
  });

  it('is the last complete week, where the record ends within it', async () => {
    await record([said(MONDAY.W03, 'hello')]);
    const { period } = await build({ nowMs: at(MONDAY.W04) });
    expect(period).toMatchObject({ label: '2026-W03', isRecordsLast: false });
  });

  it('is the last complete week up to its last moment, and then the next', async () => {
    await record([said(MONDAY.W03 + DAY, 'again')]);
    const label = async (nowMs: number) => (await build({ nowMs })).period.label;
    expect(await label(at(MONDAY.W04) - 1)).toBe('2026-W02');
    expect(await label(at(MONDAY.W04))).toBe('2026-W03');
  });

  it('is the week that is asked for, with the hours that it has where clocks are set', async () => {
    await record([said(1, 'hello')]);
    const hours = async (week: string, timeZone: string) => (await build({ week, timeZone })).span.hours;
    expect(await hours('2026-W13', 'Europe/Vienna')).toBe(167);
    expect(await hours('2026-W43', 'Europe/Vienna')).toBe(169);
    expect(await hours('2026-W13', 'UTC')).toBe(168);
    const spring = await build({ week: '2026-W13', timeZone: 'Europe/Vienna' });
    expect(spring.span).toMatchObject({ from: '2026-03-23T00:00+01:00', to: '2026-03-30T00:00+02:00' });
    expect(spring.before).toMatchObject({ from: '2026-03-16T00:00+01:00', hours: 168 });
  });

  it('is as many days up to the last of the record', async () => {
    await record([said(MONDAY.W02 + 1, 'hello'), said(MONDAY.W03 + DAY + 60, 'again')]);
    const { period, span, before, totals } = await build({ days: 3 });
    expect(period).toEqual({ isWeek: false, days: 3, label: '2026-01-11--2026-01-13', isRecordsLast: false });
    expect([span.from, span.to, before.from]).toEqual([
      '2026-01-11T00:00+00:00',
      '2026-01-14T00:00+00:00',
      '2026-01-08T00:00+00:00',
    ]);
    expect(totals.messages).toEqual({ value: 1, before: 0, delta: 1 });
  });

  it('is none of a server that is not recorded, nor of a week that no calendar has', async () => {
    await record([said(1, 'hello')]);
    const request = { guildId: GUILD, timeZone: 'UTC', nowMs: LATER_MS };
    expect(await buildWeekly(database.db, { ...request, guildId: '5' })).toBeUndefined();
    expect(await buildWeekly(database.db, { ...request, week: '2026-W60' })).toBeUndefined();
  });

  it("has the borders of the server's zone", async () => {
    const beforeMidnightUtc = MONDAY.W03 - 1800;
    await record([said(beforeMidnightUtc, 'late'), said(MONDAY.W03 + 1800, 'early', { author: BELA })]);
    const people = async (timeZone: string) =>
      (await build({ week: '2026-W03', timeZone })).contributors.map((row) => row.name);
    expect(await people('UTC')).toEqual(['bela']);
    expect(await people('Europe/Vienna')).toEqual(['anna', 'bela']);
    expect(await people('America/New_York')).toEqual([]);
  });
});

describe('the weeks of the trend', () => {
  it('are eight up to the window, and none before the record begins', async () => {
    await record([said(MONDAY.W02 + 1, 'hello'), said(100 * DAY, 'again'), said(160 * DAY, 'late')]);
    const weeksOf = async (week: string) => (await build({ week })).trend.weeks.map((row) => row.week);
    expect(await weeksOf('2026-W20')).toEqual(
      [13, 14, 15, 16, 17, 18, 19, 20].map((week) => `2026-W${week}`),
    );
    expect(await weeksOf('2026-W04')).toEqual(['2026-W02', '2026-W03', '2026-W04']);
    expect(await weeksOf('2026-W01')).toEqual(['2026-W01']);
  });

  it('are whole weeks of many days, the last as far as these reach', async () => {
    await record([said(1, 'hello'), said(99 * DAY, 'again')]);
    const { trend } = await build({ days: 90 });
    expect(trend.weeks).toHaveLength(14);
    expect([trend.span.from, trend.span.to]).toEqual(['2026-01-05T00:00+00:00', '2026-04-11T00:00+00:00']);
    expect(trend.weeks.at(-1)).toEqual({
      week: '2026-W15',
      start: '2026-04-06',
      messages: 1,
      people: 1,
      newcomers: 0,
      returning: 1,
    });
  });
});

describe('the numbers of a small server', () => {
  it('are of what people wrote: no bots, no webhooks, no system notices', async () => {
    await record([
      said(MONDAY.W03 + 1, 'hello https://a.example/', { reactions: [reaction('👍', [BELA, CARL])] }),
      said(MONDAY.W03 + 2, 'hi', { author: BELA, type: 'Reply' }),
      said(MONDAY.W03 + 3, 'beep', { author: person('55', 'robot', { isBot: true }) }),
      said(MONDAY.W03 + 4, 'Joined the server.', { type: 'GuildMemberJoin', author: CARL }),
      said(MONDAY.W02 + 5, 'the week before', { author: CARL }),
    ]);
    const report = await build({ week: '2026-W03' });
    expect(valuesOf(report)).toEqual({
      messages: 2,
      people: 2,
      channels: 1,
      threads: 0,
      replies: 1,
      reactions: 2,
      attachments: 0,
      links: 1,
      edits: 0,
      deletions: 0,
    });
    expect(report.totals.messages).toEqual({ value: 2, before: 1, delta: 1 });
    expect(report.contributors.map(({ name, messages }) => [name, messages])).toEqual([
      ['anna', 1],
      ['bela', 1],
    ]);
    expect(report.newcomers).toMatchObject({ people: 2, named: [{ name: 'bela' }, { name: 'anna' }] });
    expect(report.returning).toEqual({ before: 1, again: 0, share: 0 });
  });

  it('are those of the channels alone that may count', async () => {
    const other = '100000000000000021';
    await record([said(MONDAY.W02 + 1, 'before', { author: BELA }), said(MONDAY.W03 + 1, 'hello?')]);
    await record([said(MONDAY.W03 + 2, 'psst', { author: BELA })], { channel: { id: other, name: 'plans' } });
    const report = await build({ week: '2026-W03', channels: [other], explain: true });
    expect(report.totals.messages.value).toBe(1);
    // Anna and what Bela wrote elsewhere don't exist here.
    expect(report.newcomers).toMatchObject({ people: 1, named: [{ name: 'bela' }] });
    expect(report.questions.asked).toBe(0);
    expect(report.record!.firstMs).toBe(at(MONDAY.W03 + 2));
    expect(report.rows!.span).toMatchObject({ rows: 1, people: 1, hidden: 0 });
    expect(JSON.stringify(report)).not.toMatch(/anna|general/);
  });

  it('name nobody who chose not to be named, not even as an author', async () => {
    const asked = said(MONDAY.W03 + 1, 'who is there?', { reactions: [reaction('👍', [BELA])] });
    await record([asked, said(MONDAY.W03 + 2, 'hi', { author: BELA })]);
    await chooseUnranked(database.db, GUILD, AUTHOR, true, new Date(LATER_MS));
    const report = await build({ week: '2026-W03' });
    expect(report.totals).toMatchObject({ messages: { value: 2 }, people: { value: 2 } });
    expect(report.contributors.map((row) => row.name)).toEqual(['bela']);
    expect([report.reacted[0], report.questions.waiting[0]]).toMatchObject([
      { authorId: null, author: null },
      { authorId: null, author: null },
    ]);
    expect(JSON.stringify(report)).not.toMatch(new RegExp(`anna|${AUTHOR}`));
  });

  it('are as if an excluded channel, and what hangs below it, did not exist', async () => {
    const staff = '100000000000000020';
    await record([said(MONDAY.W03 + 1, 'hello')]);
    await record([said(MONDAY.W03 + 2, 'psst', { author: BELA })], {
      channel: { id: '100000000000000021', name: 'plans', categoryId: staff, category: 'Staff' },
    });
    expect(valuesOf(await build({ week: '2026-W03' }))).toMatchObject({ messages: 2, channels: 2 });
    await saveSettings(database.db, GUILD, { excludedChannels: [staff] }, new Date(LATER_MS));
    const report = await build({ week: '2026-W03' });
    expect(valuesOf(report)).toMatchObject({ messages: 1, people: 1, channels: 1 });
    expect(JSON.stringify(report)).not.toMatch(/bela|plans/);
  });

  it('have addresses that open in Discord', async () => {
    const seconds = MONDAY.W03 + 1;
    await record([said(seconds, 'why?', { reactions: [reaction('👍', [BELA])] })]);
    const { reacted, questions } = await build({ week: '2026-W03' });
    const url = `https://discord.com/channels/${GUILD}/${CHANNEL}/${idAt(at(seconds))}`;
    expect([reacted[0]!.url, questions.waiting[0]!.url]).toEqual([url, url]);
  });

  it('are plain data: they are the same after a way through JSON', async () => {
    const messages: Json[] = [said(MONDAY.W02, 'why?'), said(MONDAY.W03, 'so', { author: ANNA })];
    await record(messages);
    const report = await build({ week: '2026-W03', explain: true });
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
