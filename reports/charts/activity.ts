/** Activity over time: how much was written, and by how many. */
import type { ChartWords } from '../words/en/charts.ts';
import { type Chart, chartOf, countAxis, labelAxis, sumOf } from './chart.ts';
import { theme } from './theme.ts';

export type ActivityUnit = 'hour' | 'day' | 'week' | 'month';

/** One bucket of time. */
export interface ActivityRow {
  /** Its first moment on the clock of the zone: YYYY-MM-DD, of an hour YYYY-MM-DDTHH:00. */
  start: string;
  messages: number;
  people: number;
}

export interface Activity {
  rows: readonly ActivityRow[];
  unit: ActivityUnit;
  /** The window in words. */
  span: string;
}

const LABELS_MAX = 8;
/** With more points than this a line alone is clearer. */
const DOTS_MAX = 31;

/** Bars of messages, a line of people on an axis of its own; undefined where nothing was written. */
export function activityChart({ rows, unit, span }: Activity, words: ChartWords): Chart | undefined {
  const total = sumOf(rows.map((row) => row.messages));
  if (total === 0) return undefined;
  const { activity } = words;
  const ordered = rows.toSorted((a, b) => b.messages - a.messages);
  const isDense = rows.length > DOTS_MAX;
  const most = (figure: 'messages' | 'people'): number => Math.max(...rows.map((row) => row[figure]));
  return chartOf({
    title: titleOf(ordered, unit, words),
    caption: [activity.caption(unit), span],
    alt: activity.alt(unit, rows.length, total, ordered.at(-1)!),
    locale: words.locale,
    type: 'bar',
    bodyHeight: 270,
    legend: 'backward',
    data: {
      labels: labelsOf(rows, unit, words),
      datasets: [
        {
          type: 'bar',
          label: activity.messages,
          data: rows.map((row) => row.messages),
          yAxisID: 'y',
          backgroundColor: theme.first,
          pointStyle: 'rect',
          borderRadius: 2,
          categoryPercentage: 0.9,
          barPercentage: 0.85,
          maxBarThickness: 64,
        },
        {
          type: 'line',
          label: activity.people,
          data: rows.map((row) => row.people),
          yAxisID: 'people',
          // The later one lies above only if its order says so.
          order: -1,
          // Nor is a dot at zero cut in half.
          clip: 8,
          borderColor: theme.second,
          backgroundColor: theme.second,
          borderWidth: isDense ? 2 : 3,
          pointStyle: 'circle',
          pointRadius: isDense ? 0 : 4,
          pointBorderColor: theme.card,
          pointBorderWidth: 1,
        },
      ],
    },
    scales: {
      x: labelAxis(),
      y: countAxis(most('messages'), theme.firstText, 'left'),
      people: countAxis(most('people'), theme.second, 'right'),
    },
  });
}

/** Which bucket stands out, if one does. */
function titleOf(ordered: readonly ActivityRow[], unit: ActivityUnit, { activity }: ChartWords): string {
  const [peak, next] = ordered;
  if (!next) return activity.titleOfOne(peak!.messages, peak!.people);
  if (next.messages === peak!.messages) return activity.titleOfTie(unit, peak!.messages);
  return activity.title(unit, peak!.start, peak!.messages);
}

/** Some rows have a label, at moments that people think in; the others none. */
function labelsOf(
  rows: readonly ActivityRow[],
  unit: ActivityUnit,
  words: ChartWords,
): (string | string[])[] {
  const has = labelled(rows, unit);
  const { label } = words.activity;
  const isShort = rows.length <= LABELS_MAX;
  // An hour's day and a month's year are said once.
  let named = '';
  return rows.map((row, i) => {
    if (!has(row, i)) return '';
    const { start } = row;
    if (unit === 'week') return label.day(start);
    if (unit === 'day') return isShort ? [label.weekday(start), label.day(start)] : label.day(start);
    const [name, of] =
      unit === 'hour' ? [label.hour(start), label.day(start)] : [label.month(start), label.year(start)];
    if (of === named) return name;
    named = of;
    return [name, of];
  });
}

function labelled(
  rows: readonly ActivityRow[],
  unit: ActivityUnit,
): (row: ActivityRow, i: number) => boolean {
  const hourOf = ({ start }: ActivityRow): number => Number(start.slice(11, 13));
  const step = Math.ceil(rows.length / LABELS_MAX);
  if (unit === 'hour') {
    const hours = [1, 2, 3, 6, 12].find(
      (n) => rows.filter((row) => hourOf(row) % n === 0).length <= LABELS_MAX,
    );
    const days = Math.ceil(rows.length / 24 / LABELS_MAX);
    return hours
      ? (row) => hourOf(row) % hours === 0
      : (row, i) => hourOf(row) === 0 && Math.floor(i / 24) % days === 0;
  }
  if (unit !== 'day' || step <= 2) return (_, i) => i % step === 0;
  const isMonday = ({ start }: ActivityRow): boolean => new Date(start).getUTCDay() === 1;
  const mondays = rows.filter(isMonday);
  const every = Math.ceil(mondays.length / LABELS_MAX);
  return (row) => isMonday(row) && mondays.indexOf(row) % every === 0;
}
