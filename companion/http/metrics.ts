/** Figures for Prometheus, looked up when they are asked for. Source: https://prometheus.io/docs/practices/naming */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { ListedJob } from '../jobs/listed.ts';
import { wait } from '../clock.ts';
import { LIMITS } from './limits.ts';
import { type Figures, METRICS, type Sample } from './metrics-list.ts';
import type { HttpOptions } from './options.ts';
import type { ProcessRoute, Text } from './route.ts';
import { text } from './schema.ts';

/** Tells all figures, as text. */
export function openMetrics(options: Omit<HttpOptions, 'settings' | 'isApi' | 'draw'>): () => Promise<Text> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  // By its conventions only counters may be called so.
  for (const name of ['active_handles', 'active_requests', 'active_resources'])
    registry.removeSingleMetric(`nodejs_${name}_total`);
  const metrics = METRICS.map(({ name, help, labels = [], read }) => {
    const made = { name, help, labelNames: labels, registers: [registry] };
    const metric = name.endsWith('_total') ? new Counter(made) : new Gauge(made);
    return { metric, read };
  });
  return async () => {
    const figures: Figures = { ...options, jobs: await jobsInTime(options) };
    // Without a pause between them, so that another scrape sees all of them.
    for (const { metric, read } of metrics) {
      metric.reset();
      for (const sample of read(figures)) add(metric, sample);
    }
    // Of nothing measured yet prom-client tells a number that is none, in letters that the format does not have.
    const body = (await registry.metrics()).replaceAll(/^.* Nan\n/gm, '');
    return { contentType: registry.contentType, body };
  };
}

function add(metric: Counter | Gauge, { labels = {}, value }: Sample): void {
  // A count of something that is only known by half is none.
  if (Number.isFinite(value)) metric.inc(labels, Math.max(0, value));
}

/** Without the database the rest is told all the same. */
async function jobsInTime({
  jobs,
  log,
}: Pick<HttpOptions, 'jobs' | 'log'>): Promise<ListedJob[] | undefined> {
  const over = new AbortController();
  const tooLate = wait(LIMITS.checkMs, over.signal).catch(() => {});
  try {
    return (await Promise.race([jobs(), tooLate])) ?? undefined;
  } catch (err) {
    log.warn({ component: 'http', err }, 'jobs are missing in the metrics');
    return undefined;
  } finally {
    over.abort();
  }
}

export const metricsRoute: ProcessRoute = {
  path: '/metrics',
  summary: 'Figures for Prometheus',
  isOpen: false,
  answer: text,
  alsoAs: ['text/plain'],
  reply: ({ metrics }) => metrics(),
};
