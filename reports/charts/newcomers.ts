/** Who is new: people per week, those who wrote for the first time apart from those who had before. */
import type { ChartWords } from '../words/en/charts.ts';
import { type Chart, chartOf, countAxis, labelAxis } from './chart.ts';
import { theme } from './theme.ts';

/** One ISO week. */
export interface NewcomersRow {
  /** As 2026-W46. */
  week: string;
  newcomers: number;
  returning: number;
}

export interface Newcomers {
  /** Earliest first. */
  rows: readonly NewcomersRow[];
  /** The window in words. */
  span: string;
}

const LABELS_MAX = 12;

/** Stacked bars of people, a bar a week; undefined where nobody wrote. */
export function newcomersChart({ rows, span }: Newcomers, words: ChartWords): Chart | undefined {
  const last = rows.findLast((row) => row.newcomers + row.returning > 0);
  if (!last) return undefined;
  const { newcomers } = words;
  const most = Math.max(...rows.map((row) => row.newcomers + row.returning));
  const step = Math.ceil(rows.length / LABELS_MAX);
  // The title is about the last week, so that one has its label.
  const isLabelled = (i: number): boolean => (rows.length - 1 - i) % step === 0;
  const bars = { categoryPercentage: 0.85, barPercentage: 0.9, maxBarThickness: 64, borderRadius: 2 };
  return chartOf({
    title: newcomers.title(last.newcomers, last.newcomers + last.returning, last.week),
    caption: [newcomers.caption, span],
    alt: newcomers.alt(rows),
    locale: words.locale,
    type: 'bar',
    bodyHeight: 270,
    legend: 'forward',
    data: {
      labels: rows.map((row, i) => (isLabelled(i) ? newcomers.week(row.week) : '')),
      datasets: [
        {
          label: newcomers.returning,
          data: rows.map((row) => row.returning),
          backgroundColor: theme.first,
          pointStyle: 'rect',
          ...bars,
        },
        {
          label: newcomers.newcomers,
          data: rows.map((row) => row.newcomers),
          backgroundColor: theme.second,
          pointStyle: 'rect',
          ...bars,
        },
      ],
    },
    scales: {
      x: { ...labelAxis(), stacked: true },
      y: { ...countAxis(most, theme.mutedText, 'left', newcomers.axis), stacked: true },
    },
  });
}
