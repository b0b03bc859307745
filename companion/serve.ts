/** HTTP of a process: health, metrics, and where a companion is, the JSON API. */
import type { Chart } from '../reports/charts/chart.ts';
import type { ListedJob } from './jobs/listed.ts';
import { listedJobs } from './jobs/list.ts';
import { plans } from './plans.ts';
import type { CompanionOptions } from './start.ts';
import type { ChartVitals } from './vitals.ts';

export interface ServeOptions extends CompanionOptions {
  /** That the companion draws. Absent: there is none, but a bot that is alone, which has health and metrics only. */
  charts?: () => ChartVitals;
  /** Errors: ChartError. */
  draw?: (chart: Chart) => Promise<Buffer>;
}

const NO_CHARTS: ChartVitals = { drawn: 0, failed: 0, seconds: 0 };

/** Begins to answer. It never throws: where a port is taken, that is a warning. */
export function serve(options: ServeOptions): { close(): Promise<void> } {
  const { config, store, discord, vitals, charts, draw, log } = options;
  const { port, ...address } = config.http;
  if (port === null) return { close: async () => {} };
  const now = discord.clock.discordNow;
  const jobs = async (): Promise<ListedJob[]> =>
    charts ? listedJobs(store.pool, plans(store.pool), now()) : [];
  const opened = open().catch((err: unknown) => {
    log.warn({ err, port }, 'HTTP is not served: health and metrics cannot be asked for');
    return undefined;
  });

  async function open() {
    const { openHttp } = await import('./http/index.ts');
    const http = await openHttp({
      settings: { ...address, port: port! },
      store,
      now,
      ...(vitals && { vitals }),
      ...(draw && { draw }),
      rest: () => discord.tally,
      charts: charts ?? (() => NO_CHARTS),
      jobs,
      isApi: charts !== undefined,
      log,
    });
    log.info({ url: http.url }, 'HTTP is served');
    return http;
  }

  return {
    async close() {
      await (await opened)?.close();
    },
  };
}
