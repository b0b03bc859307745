/** Charts drawn for a report: what cannot be drawn leaves a report without that picture. */
import type { Chart } from './charts/chart.ts';
import { ChartError } from './draw.ts';

/** A chart as it is shown. Units: CSS pixels. */
export interface Picture {
  png: Buffer;
  /** What it found, in a sentence. */
  title: string;
  /** All of it, for whoever cannot see it. */
  alt: string;
  width: number;
  height: number;
}

/** By name: a picture, or null where it could not be drawn. */
export type Pictures<Id extends string> = Partial<Record<Id, Picture | null>>;

/** Draws charts one after the other. `onFailure` is told of each that could not be drawn. */
export async function drawPictures<Id extends string>(
  charts: Partial<Record<Id, Chart>>,
  draw: (chart: Chart) => Promise<Buffer>,
  onFailure: (error: ChartError) => void,
): Promise<Pictures<Id>> {
  const pictures: Pictures<Id> = {};
  for (const [id, chart] of Object.entries(charts) as [Id, Chart][]) {
    const { title, alt, width, height } = chart;
    try {
      pictures[id] = { png: await draw(chart), title, alt, width, height };
    } catch (error) {
      if (!(error instanceof ChartError)) throw error;
      onFailure(error);
      pictures[id] = null;
    }
  }
  return pictures;
}
