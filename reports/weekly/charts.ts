/** The pictures of a weekly report. */
import type { WeekdayHourRow } from '../../db/queries/weekday-hours.ts';
import { activityChart } from '../charts/activity.ts';
import type { Chart } from '../charts/chart.ts';
import { channelsChart } from '../charts/channels.ts';
import { contributorsChart } from '../charts/contributors.ts';
import { firstReplyChart } from '../charts/first-reply.ts';
import { heatMapChart } from '../charts/heat-map.ts';
import { newcomersChart } from '../charts/newcomers.ts';
import { voicesChart } from '../charts/voices.ts';
import type { Pictures } from '../pictures.ts';
import type { Words } from '../words/en.ts';
import { dateOf } from './names.ts';
import type { Span, WeeklyReport } from './report.ts';
import type { ChartId } from './section.ts';

/** Its charts, drawn. */
export type WeeklyPictures = Pictures<ChartId>;

/** Below these a sentence or a table says it all. */
const BARS_MIN = 3;
const WEEKS_MIN = 2;
const TREND_MIN = 10;
export const QUESTIONS_MIN = 3;
export const PEOPLE_MIN = 6;
/** A quarter of a week's. */
const HOURS_WRITTEN_MIN = 42;

/** Whether enough hours of the week have messages for a pattern to be seen. */
export const hasShape = (hours: readonly WeekdayHourRow[]): boolean =>
  hours.filter((row) => row.messages > 0).length >= HOURS_WRITTEN_MIN;

/** The charts that show more than their section says, in the order of the sections. */
export function weeklyCharts(report: WeeklyReport, words: Words): Partial<Record<ChartId, Chart>> {
  const { charts } = words;
  const { trend, contributors, channels, hours, questions, share, totals } = report;
  const messages = totals.messages.value;
  const span = spanIn(report.span, words);
  const overTrend = spanIn(trend.span, words);
  const { people, top1Share, top5Share, top10Share } = share;
  const drawn: Partial<Record<ChartId, Chart | false | undefined>> = {
    activity:
      isTold(trend.weeks.map((week) => week.messages)) &&
      activityChart({ rows: trend.weeks, unit: 'week', span: overTrend }, charts),
    contributors:
      contributors.length >= BARS_MIN && contributorsChart({ rows: contributors, messages, span }, charts),
    newcomers:
      isTold(trend.weeks.map((week) => week.people)) &&
      newcomersChart({ rows: trend.weeks, span: overTrend }, charts),
    channels: channels.length >= BARS_MIN && channelsChart({ rows: channels, messages, span }, charts),
    hours: hasShape(hours) && heatMapChart({ rows: hours, span: overTrend }, charts),
    'first-reply':
      questions.asked >= QUESTIONS_MIN &&
      questions.answered > 0 &&
      firstReplyChart({ rows: questions.waits, unanswered: questions.unanswered, span }, charts),
    share:
      people >= PEOPLE_MIN &&
      voicesChart({ people, top1: top1Share!, top5: top5Share!, top10: top10Share!, span }, charts),
  };
  return Object.fromEntries(Object.entries(drawn).filter(([, chart]) => chart)) as Record<ChartId, Chart>;
}

/** Whether bars of some weeks are worth a picture. */
const isTold = (weeks: readonly number[]): boolean =>
  weeks.length >= WEEKS_MIN && weeks.reduce((sum, n) => sum + n, 0) >= TREND_MIN;

const spanIn = ({ fromMs, toMs, timeZone }: Span, { weekly }: Words): string =>
  weekly.dates(dateOf(fromMs, timeZone), dateOf(toMs - 1, timeZone));
