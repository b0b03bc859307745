/** When the server is awake: messages by weekday and hour. */
import type { ChartWords } from '../words/en/charts.ts';
import { type Chart, chartOf, labelAxis, niceStep, sumOf } from './chart.ts';
import { theme } from './theme.ts';

/** One hour of the week. Units: weekday from Monday, 1, to Sunday, 7; hour from 0. */
export interface HeatMapRow {
  weekday: number;
  hour: number;
  messages: number;
}

export interface HeatMap {
  rows: readonly HeatMapRow[];
  /** The window in words. */
  span: string;
}

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7];
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const CELL_RADIUS = 10.5;
const HOURS_LABELLED = 8;

/** A square for each hour of the week, brighter where more was written; undefined where nothing was. */
export function heatMapChart({ rows, span }: HeatMap, words: ChartWords): Chart | undefined {
  const [peak, next] = rows.toSorted((a, b) => b.messages - a.messages);
  if (!peak || peak.messages === 0) return undefined;
  const { heatMap } = words;
  const ofDay = (day: number): number =>
    sumOf(rows.filter((row) => row.weekday === day).map((row) => row.messages));
  const busiest = WEEKDAYS.toSorted((a, b) => ofDay(b) - ofDay(a))[0]!;
  const quiet = WEEKDAYS.length * HOURS.length - rows.filter((row) => row.messages > 0).length;
  const cells = cellsOf(rows);
  return chartOf({
    title:
      peak.messages === next?.messages
        ? heatMap.titleOfTie(peak.messages)
        : heatMap.title(peak.weekday, peak.hour),
    caption: [heatMap.caption, span],
    alt: heatMap.alt(peak.messages, busiest, quiet),
    locale: words.locale,
    type: 'scatter',
    bodyHeight: 250,
    legend: 'forward',
    data: {
      datasets: levelsOf(peak.messages).map(({ from, to, color }) => ({
        label: heatMap.upTo(to),
        data: cells
          .filter(({ messages }) => messages >= from && messages <= to)
          .map(({ weekday, hour }) => ({ x: words.hour(hour), y: words.shortWeekday(weekday) })),
        pointStyle: 'rectRounded',
        radius: CELL_RADIUS,
        borderWidth: 0,
        backgroundColor: color,
      })),
    },
    scales: {
      x: {
        ...labelAxis(),
        type: 'category',
        offset: true,
        labels: HOURS.map(words.hour),
        ticks: { ...labelAxis().ticks, autoSkip: true, maxTicksLimit: HOURS_LABELLED },
      },
      y: { ...labelAxis(), type: 'category', offset: true, labels: WEEKDAYS.map(words.shortWeekday) },
    },
  });
}

/** Every hour of the week, those without a row as well. */
function cellsOf(rows: readonly HeatMapRow[]): HeatMapRow[] {
  const known = new Map(rows.map((row) => [`${row.weekday} ${row.hour}`, row]));
  return WEEKDAYS.flatMap((weekday) =>
    HOURS.map((hour) => known.get(`${weekday} ${hour}`) ?? { weekday, hour, messages: 0 }),
  );
}

/** None, and up to five equal steps to the most. */
function levelsOf(most: number): { from: number; to: number; color: string }[] {
  const [none, ...colors] = theme.heat;
  const step = niceStep(most / colors.length);
  const steps = Math.ceil(most / step);
  const levels = Array.from({ length: steps }, (_, i) => ({
    from: step * i + 1,
    to: step * (i + 1),
    // Few levels take the brightest, so that the busiest hour always is.
    color: colors[colors.length - steps + i]!,
  }));
  return [{ from: 0, to: 0, color: none }, ...levels];
}
