/** What health, metrics and the JSON API are given by the process that opens them. */
import type { Store } from '../../db/connect.ts';
import type { ReadingLog } from '../../ingest/history/reading.ts';
import type { Tally } from '../../ingest/discord/watch-requests.ts';
import type { Chart } from '../../reports/charts/chart.ts';
import type { ListedJob } from '../jobs/listed.ts';
import type { ChartVitals, Vitals } from '../vitals.ts';

export interface HttpOptions {
  settings: { host: string; port: number; token?: string };
  store: Pick<Store, 'db' | 'pool'>;
  /** Discord's time, ms. */
  now(): number;
  /** Absent: there is no bot in this process. */
  vitals?: () => Vitals;
  rest: () => Readonly<Tally>;
  /** Of those that the companion drew. */
  charts: () => ChartVitals;
  jobs: () => Promise<ListedJob[]>;
  /** A chart as PNG; without it reports have no pictures. Errors: ChartError. */
  draw?: (chart: Chart) => Promise<Buffer>;
  /** False: health and metrics only. */
  isApi: boolean;
  log: ReadingLog;
}
