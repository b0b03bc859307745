/** The pictures of a period at a glance, where they show more than its sentences say. */
import { activityChart } from '../charts/activity.ts';
import type { Chart } from '../charts/chart.ts';
import { heatMapChart } from '../charts/heat-map.ts';
import type { Pictures } from '../pictures.ts';
import { hasShape } from '../weekly/charts.ts';
import { dateOf } from '../weekly/names.ts';
import type { Words } from '../words.ts';
import type { Stats } from './report.ts';

export type StatsChart = 'activity' | 'hours';

/** Its charts, drawn. */
export type StatsPictures = Pictures<StatsChart>;

/** Below these a sentence says it all. */
const BARS_MIN = 2;
const MESSAGES_MIN = 10;

/** Activity over the period; and when people write, where a pattern is to be seen. */
export function statsCharts({ period, counts }: Stats, words: Words): Partial<Record<StatsChart, Chart>> {
  if (!counts) return {};
  const { activity, hours, figures } = counts;
  const { fromMs, toMs, timeZone } = period.window;
  const span = words.weekly.dates(dateOf(fromMs, timeZone), dateOf(toMs - 1, timeZone));
  const isTold = activity.rows.length >= BARS_MIN && figures.messages.value >= MESSAGES_MIN;
  const chart = isTold ? activityChart({ ...activity, span }, words.charts) : undefined;
  const map = hours && hasShape(hours) ? heatMapChart({ rows: hours, span }, words.charts) : undefined;
  return { ...(chart && { activity: chart }), ...(map && { hours: map }) };
}
