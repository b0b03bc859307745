/** Where most was written. */
import type { ChartWords } from '../words/en/charts.ts';
import { type Chart, chartOf } from './chart.ts';
import { nameInTitle, shortName } from './name.ts';
import { leadersOf, ranking } from './ranking.ts';

/** One channel or thread. */
export interface ChannelsRow {
  id: string;
  /** Null where only its id is known. */
  name: string | null;
  isThread: boolean;
  messages: number;
  people: number;
}

export interface Channels {
  /** Most messages first. */
  rows: readonly ChannelsRow[];
  /** Of all channels, those without a row as well. */
  messages: number;
  /** The window in words. */
  span: string;
}

const ROWS_MAX = 10;
/** In em; what is left is for two numbers and a word. */
const NAME_WIDTH = 20;

/** A bar for each of the ten busiest channels; undefined where nothing was written. */
export function channelsChart({ rows, messages, span }: Channels, words: ChartWords): Chart | undefined {
  const shown = rows.filter((row) => row.messages > 0).slice(0, ROWS_MAX);
  const leaders = leadersOf(shown);
  const [first] = leaders;
  if (!first || messages === 0) return undefined;
  const { channels } = words;
  const mark = (row: ChannelsRow): string => (row.name === null ? '' : row.isThread ? '🧵 ' : '#');
  const other = (row: ChannelsRow): string => words.unknownChannel(row.id);
  const bars = shown.map((row) => ({
    name: mark(row) + shortName(row.name, other(row), NAME_WIDTH),
    count: row.messages,
    value: channels.value(row.messages, row.people),
    isLeader: leaders.includes(row),
  }));
  const names = leaders.map((row) => mark(row) + nameInTitle(row.name, other(row)));
  return chartOf({
    title: channels.title(names, first.messages, first.messages / messages),
    caption: [channels.caption, span],
    alt: channels.alt(bars),
    locale: words.locale,
    ...ranking(bars),
  });
}
