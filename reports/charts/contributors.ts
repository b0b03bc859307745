/** Who wrote most, or is first by another merit. */
import type { ChartWords } from '../words/en/charts.ts';
import { type Chart, chartOf } from './chart.ts';
import { nameInTitle, shortName } from './name.ts';
import { type RankedBar, ranking } from './ranking.ts';

/** One member. */
export interface ContributorsRow {
  id: string;
  name: string;
  isBot?: boolean;
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

/** One member, and how much they have of what ranks. */
export interface RankedRow {
  id: string;
  name: string;
  isBot?: boolean;
  merit: number;
}

export interface RankedPeople {
  /** The most first. */
  rows: readonly RankedRow[];
  /** How many have as much as the first, those without a row as well; without it as many as rows. */
  even?: number;
  /** Of everyone, those without a row as well. */
  total: number;
  /** The window in words. */
  span: string;
}

/** What a chart of ranked people says. */
export interface RankedWords {
  /** `names`: of those who are first, as many as have a row; `even`: how many are first. */
  title(names: string[], merit: number, share: number, even: number): string;
  caption: string;
  alt(bars: readonly RankedBar[]): string;
}

const ROWS_MAX = 10;
/** In em; what is left is for a number of ten digits. */
const NAME_WIDTH = 27;
/** As Discord marks them, in every language. */
const BOT = ' (APP)';

/** A bar for each of the ten who wrote most; undefined where nobody wrote. */
export function contributorsChart(
  { rows, messages, span }: Contributors,
  words: ChartWords,
): Chart | undefined {
  const ranked = rows.map((row) => ({ ...row, merit: row.messages }));
  return rankedChart({ rows: ranked, total: messages, span }, words.contributors, words);
}

/** A bar for each of the first ten; undefined where nobody has any of what ranks. */
export function rankedChart(
  { rows, even, total, span }: RankedPeople,
  said: RankedWords,
  words: Pick<ChartWords, 'locale' | 'number'>,
): Chart | undefined {
  const shown = rows.filter((row) => row.merit > 0).slice(0, ROWS_MAX);
  const leaders = shown.filter((row) => row.merit === shown[0]!.merit);
  const [first] = leaders;
  if (!first || total === 0) return undefined;
  const mark = (row: RankedRow): string => (row.isBot ? BOT : '');
  const bars = shown.map((row) => ({
    name: shortName(row.name, row.id, NAME_WIDTH) + mark(row),
    count: row.merit,
    value: words.number(row.merit),
    isLeader: leaders.includes(row),
  }));
  const names = leaders.map((row) => nameInTitle(row.name, row.id) + mark(row));
  return chartOf({
    title: said.title(names, first.merit, first.merit / total, even ?? names.length),
    caption: [said.caption, span],
    alt: said.alt(bars),
    locale: words.locale,
    ...ranking(bars),
  });
}
