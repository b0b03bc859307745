/** What a chart is, and the card that all of them are laid out on. */
import type { ChartConfiguration, ChartOptions } from 'chart.js';
import { lines } from './name.ts';
import { theme } from './theme.ts';

/** A configuration of nothing but JSON: no function is in it, so that any QuickChart server draws it alike. */
export type ChartConfig = ChartConfiguration<
  'bar' | 'line' | 'scatter',
  (number | { x: string | number; y: string | number })[],
  string | string[]
>;

/** A picture yet to be drawn. Units: CSS pixels. */
export interface Chart {
  /** What it found, in a sentence; also at its top. */
  title: string;
  /** The same picture for whoever cannot see it, with its main figures. */
  alt: string;
  config: ChartConfig;
  width: number;
  height: number;
}

/** What a card is made from. */
export interface Card {
  title: string;
  /** What is shown, and of when; small, under the title. */
  caption: string[];
  alt: string;
  type: ChartConfig['type'];
  data: ChartConfig['data'];
  scales: ChartOptions<'bar' | 'line' | 'scatter'>['scales'];
  /** Of what is below the title. */
  bodyHeight: number;
  /** Whether, and in which order, the series are named below the caption. */
  legend?: 'forward' | 'backward';
  indexAxis?: 'y';
  locale: string;
}

const LINE_HEIGHT = 1.25;
const GAP = 8;

/** The chart on its card: padding, title, caption, legend. */
export function chartOf(card: Card): Chart {
  const widthMax = theme.width - theme.padding.left - theme.padding.right;
  const title = lines(card.title, widthMax / theme.titleSize);
  const caption = captionLines(card.caption, widthMax / theme.tickSize);
  const heading = title.length * theme.titleSize + caption.length * theme.tickSize;
  return {
    title: card.title,
    alt: `${card.title}. ${card.alt}`,
    width: theme.width,
    height: Math.round(card.bodyHeight + heading * LINE_HEIGHT),
    config: {
      type: card.type,
      data: card.data,
      options: {
        locale: card.locale,
        animation: false,
        ...(card.indexAxis && { indexAxis: card.indexAxis }),
        layout: { padding: theme.padding },
        plugins: {
          title: heading1(title),
          subtitle: heading2(caption),
          legend: legend(card.legend),
        },
        scales: { ...card.scales, gap },
      },
    },
  };
}

/** On one line if there is room. */
function captionLines(parts: string[], widthMax: number): string[] {
  const whole = lines(parts.join(' · '), widthMax);
  return whole.length === 1 ? whole : parts.flatMap((part) => lines(part, widthMax).slice(0, 1));
}

const heading1 = (text: string[]) => ({
  display: true,
  text,
  align: 'start' as const,
  color: theme.text,
  font: { size: theme.titleSize, weight: 'bold' as const, lineHeight: LINE_HEIGHT },
  padding: { top: 0, bottom: 4 },
});

const heading2 = (text: string[]) => ({
  display: true,
  text,
  align: 'start' as const,
  color: theme.mutedText,
  font: { size: theme.tickSize, lineHeight: LINE_HEIGHT },
  padding: { top: 0, bottom: GAP },
});

const legend = (order: Card['legend']) => ({
  display: order !== undefined,
  reverse: order === 'backward',
  align: 'start' as const,
  labels: {
    color: theme.text,
    font: { size: theme.textSize },
    usePointStyle: true,
    boxWidth: 12,
    boxHeight: 10,
    padding: 10,
  },
});

/** An axis that shows nothing: room between what is above the drawing and its uppermost label. */
const gap = {
  axis: 'x' as const,
  type: 'category' as const,
  position: 'top' as const,
  labels: [''],
  ticks: { display: false },
  border: { display: false },
  grid: { drawOnChartArea: false, drawTicks: true, tickLength: GAP, color: 'transparent' },
};

const STEPS = 4;
const NICE = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** An axis of counts from zero to at least `most`, in whole steps; two beside each other share their grid. */
export function countAxis(most: number, color: string, position: 'left' | 'right', title?: string) {
  const step = niceStep(most / STEPS);
  return {
    position,
    min: 0,
    max: step * STEPS,
    border: { display: false },
    grid: { color: theme.grid, drawOnChartArea: position === 'left', drawTicks: false },
    ...(title !== undefined && {
      title: { display: true, text: title, color, font: { size: theme.tickSize } },
    }),
    ticks: {
      color,
      padding: 8,
      stepSize: step,
      font: { size: theme.tickSize },
      format: { notation: 'compact' as const, maximumFractionDigits: 1 },
    },
  };
}

/** A whole number, not below the least, that people count in. */
export function niceStep(least: number): number {
  const tens = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const factor = NICE.find((nice) => nice * tens >= least && Number.isInteger(nice * tens))!;
  return factor * tens;
}

/** An axis of names or times: its labels lie flat, and all are shown. */
export const labelAxis = () => ({
  border: { display: false },
  grid: { display: false },
  ticks: {
    color: theme.mutedText,
    font: { size: theme.tickSize },
    autoSkip: false,
    maxRotation: 0,
  },
});

/** The sum of one figure over rows. */
export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0);
