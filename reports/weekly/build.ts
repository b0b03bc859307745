/** The numbers of a week. */
import type { Db } from '../../db/connect.ts';
import { activity } from '../../db/queries/activity.ts';
import { coverageGaps } from '../../db/queries/coverage-gaps.ts';
import { coverageLine } from '../../db/queries/coverage-line.ts';
import { coverageSummary } from '../../db/queries/coverage-summary.ts';
import { guildSpan } from '../../db/queries/guild-span.ts';
import { liveThreads } from '../../db/queries/live-threads.ts';
import { loadShare } from '../../db/queries/load-share.ts';
import { mostReacted } from '../../db/queries/most-reacted.ts';
import { newcomers, newcomersBy } from '../../db/queries/newcomers.ts';
import { questionsAsked } from '../../db/queries/questions-asked.ts';
import { recordSpan } from '../../db/queries/record-span.ts';
import { replyTimes } from '../../db/queries/reply-times.ts';
import { returning } from '../../db/queries/retention.ts';
import { rowCounts } from '../../db/queries/row-counts.ts';
import { over, type Scope } from '../../db/queries/scope.ts';
import { topChannels } from '../../db/queries/top-channels.ts';
import { topContributors } from '../../db/queries/top-contributors.ts';
import { unansweredQuestions } from '../../db/queries/unanswered-questions.ts';
import { weekdayHours } from '../../db/queries/weekday-hours.ts';
import { totals, type TotalsRow } from '../../db/queries/window-totals.ts';
import { isoWeekLabel, startMs, windowBefore } from '../../db/window.ts';
import { messageUrl } from '../message-url.ts';
import { type AtOnce, bounded, together } from '../asking.ts';
import { chooseWindow, spanOf, trendWindow } from './period.ts';
import type { Linked, TrendRow, WeeklyReport, WeeklyRequest } from './report.ts';

const ROWS = 10;
const THREADS = 5;
const REACTED = 5;
/** A half year; of longer reports the newest. */
const WEEKS_MAX = 26;
/** Half of the connections of a pool, so that a report leaves room for others. */
const AT_ONCE = 4;

/** The report that was asked for. Undefined where no such guild is recorded, or the week is none. */
export async function buildWeekly(db: Db, request: WeeklyRequest): Promise<WeeklyReport | undefined> {
  const { guildId, channels, bots = false, asOfMs } = request;
  const known = { guildId, ...(channels && { channels }), ...(asOfMs !== undefined && { asOfMs }) };
  const guild = await guildSpan(db, guildId);
  if (!guild) return undefined;
  const record = await recordSpan(db, known);
  const chosen = chooseWindow(request, record);
  if (!chosen) return undefined;
  const { window, period } = chosen;
  const scope: Scope = { ...known, window, bots };
  const trendScope = over(scope, trendWindow(window, record));
  const atOnce = bounded(AT_ONCE);
  const found = await together({
    figures: atOnce(() => totals(db, scope)),
    weeks: trendOf(db, trendScope, atOnce),
    contributors: atOnce(() => topContributors(db, { ...scope, limit: ROWS })),
    newcomers: atOnce(() => newcomers(db, { ...scope, limit: ROWS })),
    newByDay: period.isWeek ? undefined : atOnce(() => newcomersBy(db, scope, 'day')),
    returning: atOnce(() => returning(db, scope)),
    channels: atOnce(() => topChannels(db, { ...scope, limit: ROWS })),
    threads: atOnce(() => liveThreads(db, { ...scope, limit: THREADS })),
    reacted: atOnce(() => mostReacted(db, { ...scope, limit: REACTED })),
    questions: questionsOf(db, scope, atOnce),
    hours: atOnce(() => weekdayHours(db, trendScope)),
    share: atOnce(() => loadShare(db, scope)),
    coverage: coverageOf(db, scope, atOnce),
    rows: request.explain ? rowsOf(db, scope, trendScope, atOnce) : undefined,
  });
  const { contributors, channels: places, threads, questions, hours, coverage, weeks, rows } = found;
  return {
    guild: { id: guildId, name: guild.name ?? guildId },
    period,
    withBots: bots,
    span: spanOf(window),
    before: spanOf(windowBefore(window)),
    record: record ?? null,
    totals: byFigure(found.figures),
    trend: { span: spanOf(trendScope.window), weeks },
    contributors,
    newcomers: { people: sumOf(found.newByDay ?? weeks.slice(-1)), named: found.newcomers },
    returning: found.returning[0]!,
    channels: places,
    threads,
    reacted: found.reacted.map(linkedIn(guildId)),
    questions,
    hours,
    share: found.share[0]!,
    coverage,
    ...(rows && { rows }),
  };
}

const byFigure = (rows: readonly TotalsRow[]): WeeklyReport['totals'] =>
  Object.fromEntries(rows.map(({ figure, ...row }) => [figure, row])) as WeeklyReport['totals'];

async function trendOf(db: Db, scope: Scope, atOnce: AtOnce): Promise<TrendRow[]> {
  const asked = { ...scope, limit: WEEKS_MAX };
  const [written, people] = await Promise.all([
    atOnce(() => activity(db, asked, 'week')),
    atOnce(() => newcomersBy(db, asked, 'week')),
  ]);
  const { timeZone } = scope.window;
  return written.map((row, i) => {
    const week = isoWeekLabel(startMs(Temporal.PlainDate.from(row.start), timeZone), timeZone);
    const { newcomers: first = 0, returning: again = 0 } = people[i] ?? {};
    return { week, ...row, newcomers: first, returning: again };
  });
}

/** How many are new: nobody is on two days, and a week's are those of the trend's last week. */
const sumOf = (pieces: readonly { newcomers: number }[]): number =>
  pieces.reduce((sum, piece) => sum + piece.newcomers, 0);

async function questionsOf(db: Db, scope: Scope, atOnce: AtOnce): Promise<WeeklyReport['questions']> {
  const [asked, { buckets }, waiting] = await Promise.all([
    atOnce(() => questionsAsked(db, scope)),
    atOnce(() => replyTimes(db, scope)),
    atOnce(() => unansweredQuestions(db, { ...scope, limit: ROWS })),
  ]);
  return { ...asked, waits: buckets, waiting: waiting.map(linkedIn(scope.guildId)) };
}

async function coverageOf(db: Db, scope: Scope, atOnce: AtOnce): Promise<WeeklyReport['coverage']> {
  const [summary, line, gaps] = await Promise.all([
    atOnce(() => coverageSummary(db, scope)),
    atOnce(() => coverageLine(db, scope)),
    atOnce(() => coverageGaps(db, { ...scope, limit: ROWS })),
  ]);
  return { ...summary, line, gaps };
}

async function rowsOf(db: Db, scope: Scope, trend: Scope, atOnce: AtOnce) {
  const [span, before, all] = await Promise.all([
    atOnce(() => rowCounts(db, scope)),
    atOnce(() => rowCounts(db, over(scope, windowBefore(scope.window)))),
    atOnce(() => rowCounts(db, trend)),
  ]);
  return { span, before, trend: all };
}

/** A message with the address at which it opens. */
const linkedIn =
  (guildId: string) =>
  <Row extends { channelId: string; messageId: string }>(row: Row): Row & Linked => ({
    ...row,
    url: messageUrl(guildId, row.channelId, row.messageId),
  });
