/** Bars from most to least, each with its name and figure above it, so that long names have room on a phone. */
import { type Card, labelAxis } from './chart.ts';
import { theme } from './theme.ts';

/** One bar. */
export interface RankedBar {
  name: string;
  count: number;
  /** Its figure, in words. */
  value: string;
  /** Whether the title is about it. */
  isLeader: boolean;
}

const ROW_HEIGHT = 44;
const BAR_THICKNESS = 10;
/** From the middle of a bar to that of the line above it. */
const LABEL_OFFSET = -17;

/** What a ranking puts on its card. */
export function ranking(
  bars: readonly RankedBar[],
): Pick<Card, 'type' | 'data' | 'scales' | 'bodyHeight' | 'indexAxis'> {
  const above = {
    ...labelAxis(),
    type: 'category' as const,
    offset: true,
    grid: { display: false, drawTicks: false, tickLength: 0 },
    ticks: {
      ...labelAxis().ticks,
      color: theme.text,
      font: { size: theme.textSize },
      mirror: true,
      padding: 0,
      labelOffset: LABEL_OFFSET,
      z: 1,
    },
  };
  return {
    type: 'bar',
    indexAxis: 'y',
    bodyHeight: bars.length * ROW_HEIGHT + 64,
    data: {
      labels: bars.map((bar) => bar.name),
      datasets: [
        {
          data: bars.map((bar) => bar.count),
          backgroundColor: bars.map((bar) => (bar.isLeader ? theme.first : theme.quiet)),
          barThickness: BAR_THICKNESS,
          borderRadius: 3,
          minBarLength: 2,
        },
      ],
    },
    scales: {
      // The figures are written above the bars.
      x: { display: false, min: 0, max: bars[0]?.count ?? 1 },
      y: { ...above, position: 'left' },
      values: { ...above, axis: 'y', position: 'right', labels: bars.map((bar) => bar.value) },
    },
  };
}

/** The rows with the most messages, at most three of them even. */
export function leadersOf<Row extends { messages: number }>(rows: readonly Row[]): Row[] {
  return rows.filter((row) => row.messages === rows[0]?.messages);
}
