/** The weekly report: `build` gathers its numbers, `render` tells them in Markdown. */
import type { Db } from '../db/connect.ts';
import { guildSpan } from '../db/queries/guild-span.ts';
import { type ContributorRow, topContributors } from '../db/queries/top-contributors.ts';
import { type ChannelRow, topChannels } from '../db/queries/top-channels.ts';
import { type WindowTotals, windowTotals } from '../db/queries/window-totals.ts';
import { dateIn, isoWeek, isoWeekLabel, lastCompleteWeek, type Window, windowBefore } from '../db/window.ts';
import { markdownTable, markdownText } from './markdown.ts';
import type { Words } from './words/en.ts';

export interface WeeklyRequest {
  guildId: string;
  timeZone: string;
  /** ISO week as 2026-W46; without it the last complete one, or the record's last where that ends earlier. */
  week?: string;
  /** The clock, ms since 1970. */
  nowMs: number;
}

export interface WeeklyReport {
  guild: { id: string; name: string };
  week: string;
  window: Window;
  /** Where the record ends, ms; null where people have written nothing. */
  recordEndsMs: number | null;
  /** The week was chosen because the record ends before the last complete week. */
  isRecordsLast: boolean;
  totals: WindowTotals;
  before: WindowTotals;
  contributors: ContributorRow[];
  channels: ChannelRow[];
}

const ROWS = 10;

/** The numbers of a week. Undefined where no such guild is recorded, or the week is none. */
export async function buildWeekly(db: Db, request: WeeklyRequest): Promise<WeeklyReport | undefined> {
  const { guildId, timeZone, nowMs } = request;
  const guild = await guildSpan(db, guildId);
  if (!guild) return undefined;
  const chosen = request.week === undefined ? undefined : isoWeek(request.week, timeZone);
  if (request.week !== undefined && !chosen) return undefined;
  const last = lastCompleteWeek(nowMs, timeZone);
  const { lastMs } = guild;
  const isRecordsLast = !chosen && lastMs !== null && lastMs < last.fromMs;
  const window = chosen ?? (isRecordsLast ? isoWeek(isoWeekLabel(lastMs, timeZone), timeZone)! : last);
  const [totals, before, contributors, channels] = await Promise.all([
    windowTotals(db, guildId, window),
    windowTotals(db, guildId, windowBefore(window)),
    topContributors(db, guildId, window, ROWS),
    topChannels(db, guildId, window, ROWS),
  ]);
  return {
    guild: { id: guildId, name: guild.name ?? guildId },
    week: isoWeekLabel(window.fromMs, timeZone),
    window,
    recordEndsMs: lastMs,
    isRecordsLast,
    totals,
    before,
    contributors,
    channels,
  };
}

/** The report as Markdown that reads well in a terminal and on a code host. */
export function renderWeekly(report: WeeklyReport, words: Words): string {
  const { guild, week, totals } = report;
  const parts = [`# ${words.title(markdownText(guild.name), week)}`, spanLine(report, words)];
  if (report.recordEndsMs === null) parts.push(words.neverWritten);
  else if (totals.messages === 0) parts.push(words.empty);
  if (totals.messages > 0 || report.before.messages > 0) parts.push(totalsTable(report, words));
  if (report.contributors.length > 0) parts.push(contributorsTable(report, words));
  if (report.channels.length > 0) parts.push(channelsTable(report, words));
  parts.push(`_${words.people_only}_`);
  return `${parts.join('\n\n')}\n`;
}

function spanLine({ window, isRecordsLast, recordEndsMs }: WeeklyReport, words: Words): string {
  const { fromMs, toMs, timeZone } = window;
  const span = words.span(String(dateIn(fromMs, timeZone)), String(dateIn(toMs - 1, timeZone)), timeZone);
  if (recordEndsMs === null) return span;
  const end = String(dateIn(recordEndsMs, timeZone));
  if (isRecordsLast) return `${span}  \n${words.recordEnds(end)}`;
  return recordEndsMs >= fromMs && recordEndsMs < toMs ? `${span}  \n${words.recordEndsWithin(end)}` : span;
}

function totalsTable({ totals, before }: WeeklyReport, words: Words): string {
  const rows = (Object.keys(words.figures) as (keyof WindowTotals)[]).map((key) => [
    words.figures[key],
    words.number(totals[key]),
    words.delta(totals[key], before[key]),
  ]);
  return `## ${words.totals}\n\n${markdownTable([words.figure, words.thisWeek, words.against], rows)}`;
}

function contributorsTable({ contributors }: WeeklyReport, words: Words): string {
  const rows = contributors.map((row) => [
    markdownText(row.name) || row.id,
    words.number(row.messages),
    words.number(row.activeDays),
  ]);
  return `## ${words.contributors}\n\n${markdownTable([words.contributor, words.messages, words.activeDays], rows)}`;
}

function channelsTable({ channels }: WeeklyReport, words: Words): string {
  const rows = channels.map((row) => [
    row.name === null
      ? words.unknownChannel(row.id)
      : `${row.isThread ? '↳ ' : '#'}${markdownText(row.name)}`,
    words.number(row.messages),
    words.number(row.people),
  ]);
  return `## ${words.channels}\n\n${markdownTable([words.channel, words.messages, words.people], rows)}`;
}
