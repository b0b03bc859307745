/** How long questions waited for their first answer. */
import type { ChartWords } from '../words/en/charts.ts';
import { type Chart, chartOf, countAxis, labelAxis, sumOf } from './chart.ts';
import { theme } from './theme.ts';

/** Questions that were answered after the step before, and within this one. */
export interface FirstReplyRow {
  /** Null: later than the last step. */
  upToMinutes: number | null;
  questions: number;
}

export interface FirstReply {
  /** In the order of time. */
  rows: readonly FirstReplyRow[];
  unanswered: number;
  /** The window in words. */
  span: string;
}

/** A bar for each step of waiting, and one of its own for no answer; undefined where nobody asked. */
export function firstReplyChart(
  { rows, unanswered, span }: FirstReply,
  words: ChartWords,
): Chart | undefined {
  const answered = sumOf(rows.map((row) => row.questions));
  if (answered + unanswered === 0) return undefined;
  const { firstReply } = words;
  const label = ({ upToMinutes }: FirstReplyRow): string[] =>
    upToMinutes === null ? firstReply.longer : firstReply.upTo(upToMinutes);
  const bars = [
    ...rows.map((row) => ({ label: label(row), questions: row.questions })),
    { label: firstReply.unanswered, questions: unanswered },
  ];
  const most = Math.max(...bars.map((bar) => bar.questions));
  return chartOf({
    title: answered === 0 ? firstReply.titleNone(unanswered) : medianTitle(rows, answered, words),
    caption: [firstReply.caption, span],
    alt: firstReply.alt(bars),
    locale: words.locale,
    type: 'bar',
    bodyHeight: 250,
    data: {
      labels: bars.map((bar) => bar.label),
      datasets: [
        {
          data: bars.map((bar) => bar.questions),
          backgroundColor: bars.map((_, i) => (i === rows.length ? theme.second : theme.first)),
          categoryPercentage: 0.9,
          barPercentage: 0.9,
          maxBarThickness: 64,
          borderRadius: 2,
        },
      ],
    },
    scales: { x: labelAxis(), y: countAxis(most, theme.mutedText, 'left', firstReply.axis) },
  });
}

/** The step within which half of those that were answered were. */
function medianTitle(rows: readonly FirstReplyRow[], answered: number, { firstReply }: ChartWords): string {
  let sum = 0;
  const median = rows.findIndex((row) => (sum += row.questions) * 2 >= answered);
  const { upToMinutes } = rows[median]!;
  if (upToMinutes !== null) return firstReply.title(answered, upToMinutes);
  return firstReply.titleLonger(answered, rows[median - 1]?.upToMinutes ?? 0);
}
