/** Who wrote most. */
import type { ChartWords } from '../words/en/charts.ts';
import { type Chart, chartOf } from './chart.ts';
import { nameInTitle, shortName } from './name.ts';
import { leadersOf, ranking } from './ranking.ts';

/** One member. */
export interface ContributorsRow {
  id: string;
  name: string;
  messages: number;
}

export interface Contributors {
  /** Most messages first. */
  rows: readonly ContributorsRow[];
  /** Of everyone, those without a row as well. */
  messages: number;
  /** The window in words. */
  span: string;
}

const ROWS_MAX = 10;
/** In em; what is left is for a number of ten digits. */
const NAME_WIDTH = 27;

/** A bar for each of the ten who wrote most; undefined where nobody wrote. */
export function contributorsChart(
  { rows, messages, span }: Contributors,
  words: ChartWords,
): Chart | undefined {
  const shown = rows.filter((row) => row.messages > 0).slice(0, ROWS_MAX);
  const leaders = leadersOf(shown);
  const [first] = leaders;
  if (!first || messages === 0) return undefined;
  const { contributors } = words;
  const bars = shown.map((row) => ({
    name: shortName(row.name, row.id, NAME_WIDTH),
    count: row.messages,
    value: words.number(row.messages),
    isLeader: leaders.includes(row),
  }));
  const names = leaders.map((row) => nameInTitle(row.name, row.id));
  return chartOf({
    title: contributors.title(names, first.messages, first.messages / messages),
    caption: [contributors.caption, span],
    alt: contributors.alt(bars),
    locale: words.locale,
    ...ranking(bars),
  });
}
