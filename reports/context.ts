/** What a report is made with: given by the door that asks for it. */
import type { Db } from '../db/connect.ts';
import type { Chart } from './charts/chart.ts';
import type { ChartError } from './draw.ts';

export interface ReportContext {
  db: Db;
  /** The clock, ms since 1970. */
  nowMs: number;
  /** A chart as PNG. Errors: ChartError. */
  draw(chart: Chart): Promise<Buffer>;
  /** Told of a chart that could not be drawn. */
  onChartError(error: ChartError): void;
}
