import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chooseUnranked } from '../../db/choices.ts';
import { saveSettings } from '../../db/settings.ts';
import { generateCommunity } from '../../ingest/dce/generate.ts';
import { buildWeekly, renderWeekly, type WeeklyRequest } from '../../reports/weekly.ts';
import { en } from '../../reports/words/en.ts';
import { useDatabase } from '../support/database.ts';
import { ANNA, BELA, CARL, exportText, type Json, person, reaction, said } from '../support/exports.ts';
import { useFolder } from '../support/folder.ts';
import { imported, NOW_MS } from '../support/imports.ts';
import { AUTHOR, CHANNEL, GUILD } from '../support/records.ts';
import { NAMES } from './names.ts';

const database = useDatabase();
const folder = useFolder();

const DAY = 86_400;
/** The record begins on Thursday 2026-01-01; these are seconds from there. */
const MONDAY = { W02: 4 * DAY, W03: 11 * DAY, W04: 18 * DAY };
const LATER_MS = Date.UTC(2026, 5, 1);

async function record(messages: Json[], more: { guild?: Json; channel?: Json } = {}): Promise<void> {
  const id = (more.channel?.id as string | undefined) ?? CHANNEL;
  await imported(database, [await folder.file(`${id}.json`, exportText({ ...more, messages }))]);
}

const build = (request: Partial<WeeklyRequest> = {}) =>
  buildWeekly(database.db, { guildId: GUILD, timeZone: 'UTC', nowMs: LATER_MS, ...request });

async function rendered(request: Partial<WeeklyRequest> = {}): Promise<string> {
  return renderWeekly((await build(request))!, en);
}

describe('the week of a made-up community', () => {
  const guild = { id: '', name: '' };
  beforeAll(async () => {
    const path = join(folder.path, 'made');
    const running = generateCommunity({ messages: 2500, seed: 'golden' }, path);
    for (;;) {
      const { done, value } = await running.next();
      if (!done) continue;
      Object.assign(guild, value.guild);
      break;
    }
    await imported(database, [path]);
  });

  it('reads as it always has', async () => {
    const report = await rendered({ guildId: guild.id, nowMs: NOW_MS });
    await expect(report).toMatchFileSnapshot('../golden/weekly.md');
  });

  it('its deltas are those against the week before, asked for itself', async () => {
    const week = (await build({ guildId: guild.id, nowMs: NOW_MS }))!;
    const before = (await build({ guildId: guild.id, week: '2026-W45' }))!;
    expect(week.week).toBe('2026-W46');
    expect(week.before).toEqual(before.totals);
    expect(week.totals.messages).toBeGreaterThan(10);
  });

  it('lists most messages first, at most ten rows, no more in sum than there are', async () => {
    const { contributors, channels, totals } = (await build({ guildId: guild.id, nowMs: NOW_MS }))!;
    for (const rows of [contributors, channels]) {
      const counts = rows.map((row) => row.messages);
      expect(counts.length).toBeLessThanOrEqual(10);
      expect(counts).toEqual(counts.toSorted((a, b) => b - a));
      expect(counts.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(totals.messages);
    }
  });
});

describe('a week of a small server', () => {
  beforeEach(() => database.clear());

  it('counts what people wrote: no bots, no webhooks, no system notices', async () => {
    await record([
      said(MONDAY.W03 + 1, 'hello https://a.example/', { reactions: [reaction('👍', [BELA, CARL])] }),
      said(MONDAY.W03 + 2, 'hi', { author: BELA, type: 'Reply' }),
      said(MONDAY.W03 + 3, 'beep', { author: person('55', 'robot', { isBot: true }) }),
      said(MONDAY.W03 + 4, 'Joined the server.', { type: 'GuildMemberJoin', author: CARL }),
      said(MONDAY.W02 + 5, 'the week before', { author: CARL }),
    ]);
    const { totals, before, contributors, channels } = (await build({ week: '2026-W03' }))!;
    expect(totals).toEqual({
      messages: 2,
      people: 2,
      channels: 1,
      replies: 1,
      reactions: 2,
      attachments: 0,
      links: 1,
    });
    expect(before).toMatchObject({ messages: 1, people: 1 });
    expect(contributors).toEqual([
      { id: AUTHOR, name: 'anna', messages: 1, activeDays: 1 },
      { id: BELA.id, name: 'bela', messages: 1, activeDays: 1 },
    ]);
    expect(channels).toEqual([{ id: CHANNEL, name: 'general', isThread: false, messages: 2, people: 2 }]);
  });

  it('tells a first message, without dividing by the week before', async () => {
    await record([said(MONDAY.W03 + 1, 'hello')]);
    const report = await rendered({ week: '2026-W03' });
    expect(report).toContain('| messages | 1 | +1 (none the week before) |');
    expect(report).toContain('| replies | 0 | as the week before |');
    expect(report).toContain('| anna | 1 | 1 |');
    expect(report).toContain('| #general | 1 | 1 |');
  });

  it('is a sentence where nobody wrote, with what the week before had', async () => {
    await record([said(MONDAY.W02 + 1, 'hello'), said(MONDAY.W04 + 1, 'again')]);
    const report = await rendered({ week: '2026-W03' });
    expect(report).toContain('Nobody wrote this week, as far as is recorded.');
    expect(report).toContain('| messages | 0 | −1 (−100 %) |');
    expect(report).not.toContain('Who wrote most');
    expect(await rendered({ week: '2026-W10' })).not.toContain('| messages |');
  });

  it('is a sentence where nobody has ever written', async () => {
    await record([said(1, 'Joined the server.', { type: 'GuildMemberJoin' })]);
    expect(await rendered()).toContain('Nothing that people wrote is recorded here yet.');
  });

  it('there is none of a server that is not recorded, nor of a week that no calendar has', async () => {
    await record([said(1, 'hello')]);
    expect(await build({ guildId: '5' })).toBeUndefined();
    expect(await build({ week: '2026-W60' })).toBeUndefined();
  });

  it('is the last complete one; or where the record ends earlier, its last, and says so', async () => {
    await record([said(MONDAY.W02 + 1, 'hello'), said(MONDAY.W03 + DAY, 'again')]);
    const live = (await build({ nowMs: Date.UTC(2026, 0, 13) }))!;
    expect(live).toMatchObject({ week: '2026-W02', isRecordsLast: false });
    const archive = (await build())!;
    expect(archive).toMatchObject({ week: '2026-W03', isRecordsLast: true });
    expect(renderWeekly(archive, en)).toContain('The record ends on 2026-01-13; this is its last week.');
    expect(await rendered({ week: '2026-W03' })).toContain(
      'The record ends on 2026-01-13, within this week.',
    );
  });

  it("has the borders of the server's zone", async () => {
    const beforeMidnightUtc = MONDAY.W03 - 1800;
    await record([said(beforeMidnightUtc, 'late'), said(MONDAY.W03 + 1800, 'early', { author: BELA })]);
    const people = async (timeZone: string) =>
      (await build({ week: '2026-W03', timeZone }))!.contributors.map((row) => row.name);
    expect(await people('UTC')).toEqual(['bela']);
    expect(await people('Europe/Vienna')).toEqual(['anna', 'bela']);
    expect(await people('America/New_York')).toEqual([]);
  });

  it('counts people who opted out, and names others only', async () => {
    await record([said(MONDAY.W03 + 1, 'hello'), said(MONDAY.W03 + 2, 'hi', { author: BELA })]);
    await chooseUnranked(database.db, GUILD, AUTHOR, true, new Date(LATER_MS));
    const report = (await build({ week: '2026-W03' }))!;
    expect(report.totals).toMatchObject({ messages: 2, people: 2 });
    expect(report.contributors.map((row) => row.name)).toEqual(['bela']);
    expect(renderWeekly(report, en)).not.toContain('anna');
  });

  it('answers as if an excluded channel, and what hangs below it, did not exist', async () => {
    const staff = '100000000000000020';
    await record([said(MONDAY.W03 + 1, 'hello')]);
    await record([said(MONDAY.W03 + 2, 'psst', { author: BELA })], {
      channel: { id: '100000000000000021', name: 'plans', categoryId: staff, category: 'Staff' },
    });
    expect((await build({ week: '2026-W03' }))!.totals).toMatchObject({ messages: 2, channels: 2 });
    await saveSettings(database.db, GUILD, { excludedChannels: [staff] }, new Date(LATER_MS));
    const report = (await build({ week: '2026-W03' }))!;
    expect(report.totals).toMatchObject({ messages: 1, people: 1, channels: 1 });
    expect(renderWeekly(report, en)).not.toMatch(/bela|plans/);
  });

  it.for(Object.entries(NAMES))('a name with %s changes nothing around it', async ([, name]) => {
    const messages = (author: Json) => [said(MONDAY.W03 + 1, 'hello', { author })];
    const shape = (report: string) =>
      report.split('\n').map((line) => line.replaceAll('\\|', '').split('|').length);
    await record(messages(ANNA));
    const plain = await rendered({ week: '2026-W03' });
    await database.clear();
    await record(messages(person(AUTHOR, name)), { guild: { name }, channel: { name } });
    const wild = await rendered({ week: '2026-W03' });
    expect(shape(wild)).toEqual(shape(plain));
    expect(wild).not.toMatch(/@everyone|\(https:|(?<!\\)<img|\u202e|\u001b/);
  });

  it('a name that shows nothing gives way to the id', async () => {
    await record([said(MONDAY.W03 + 1, 'hello', { author: person(AUTHOR, '\u2060 \u200b') })]);
    expect(await rendered({ week: '2026-W03' })).toContain(`| ${AUTHOR} | 1 | 1 |`);
  });
});
