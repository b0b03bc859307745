/** Every figure of ours for Prometheus: its name, what it says, and where it is looked up. */
import type { ListedJob } from '../jobs/listed.ts';
import type { ChartVitals, CommandVitals, ShardVitals } from '../vitals.ts';
import type { HttpOptions } from './options.ts';

/** What figures are looked up in. */
export interface Figures extends Pick<HttpOptions, 'vitals' | 'rest' | 'charts' | 'store' | 'now'> {
  /** Undefined: they could not be read. */
  jobs: ListedJob[] | undefined;
}

export interface Sample {
  labels?: Record<string, string>;
  value: number;
}

export interface Metric {
  /** One that ends in `_total` is a counter, any other a gauge. */
  name: string;
  help: string;
  labels?: string[];
  read(figures: Figures): Sample[];
}

function ofShards(name: string, help: string, value: (shard: ShardVitals) => number): Metric {
  return {
    name: `almanac_${name}`,
    help,
    labels: ['shard'],
    read: ({ vitals }) =>
      (vitals?.().shards ?? []).map((shard) => ({
        labels: { shard: String(shard.shardId) },
        value: value(shard),
      })),
  };
}

function ofCommands(name: string, help: string, value: (command: CommandVitals) => number): Metric {
  return {
    name: `almanac_${name}`,
    help,
    labels: ['command', 'outcome'],
    read: ({ vitals }) =>
      (vitals?.().commands ?? []).map((command) => ({
        labels: { command: command.command, outcome: command.outcome },
        value: value(command),
      })),
  };
}

function ofCharts(name: string, help: string, value: (charts: ChartVitals) => number): Metric {
  return {
    name: `almanac_${name}`,
    help,
    labels: ['by'],
    read: ({ vitals, charts }) => [
      { labels: { by: 'companion' }, value: value(charts()) },
      ...(vitals ? [{ labels: { by: 'bot' }, value: value(vitals().charts) }] : []),
    ],
  };
}

/** By job, over all servers: a label for each of these would be too many. Undefined of a job leaves it out. */
function ofJobs(
  name: string,
  help: string,
  value: (jobs: ListedJob[], nowMs: number) => number | undefined,
): Metric {
  return {
    name: `almanac_${name}`,
    help,
    labels: ['job'],
    read: ({ jobs = [], now }) =>
      [...Map.groupBy(jobs, ({ job }) => job)].flatMap(([job, all]) => {
        const found = value(all, now());
        return found === undefined ? [] : [{ labels: { job }, value: found }];
      }),
  };
}

function one(name: string, help: string, value: (figures: Figures) => number | undefined): Metric {
  return {
    name: `almanac_${name}`,
    help,
    read(figures) {
      const found = value(figures);
      return found === undefined ? [] : [{ value: found }];
    },
  };
}

const seconds = (ms: number): number => ms / 1000;
const most = (values: number[]): number | undefined =>
  values.length === 0 ? undefined : Math.max(...values);

/** How long ago each was done; nothing of those whose last run was not. */
const sinceDone = (jobs: ListedJob[], nowMs: number): number[] =>
  jobs.flatMap(({ outcome, startedAtMs, durationMs }) =>
    outcome === 'done' && startedAtMs !== null ? [seconds(nowMs - startedAtMs - (durationMs ?? 0))] : [],
  );

const nextDue = (jobs: ListedJob[]): number | undefined => {
  const due = jobs.flatMap(({ nextAtMs }) => (nextAtMs === null ? [] : [seconds(nextAtMs)]));
  return due.length === 0 ? undefined : Math.min(...due);
};

export const METRICS: readonly Metric[] = [
  ofShards(
    'events_written_total',
    'Events of Discord that are in the database, since the start.',
    (s) => s.written,
  ),
  ofShards('events_set_aside_total', 'Events that could not be read, and were set aside.', (s) => s.setAside),
  ofShards('events_dropped_total', 'Events that were missed for want of room.', (s) => s.dropped),
  ofShards('events_queued', 'Events in memory that are not in the database yet.', (s) => s.queued),
  ofShards('events_lag_seconds', 'Age of the oldest event that is not in the database yet.', (s) =>
    seconds(s.lagMs),
  ),
  ofShards('spool_events', 'Events on disk that are not in the database yet.', (s) => s.spooledEvents),
  ofShards('spool_bytes', 'Bytes of the events on disk.', (s) => s.spooledBytes),
  ofShards('spool_active', '1 while events are put on disk, as the database is away.', (s) =>
    Number(s.isSpooling),
  ),
  ofShards('shard_connected', '1 while Discord tells the shard what happens.', (s) => Number(s.isConnected)),
  one('shards_held', 'Shards that this process holds.', ({ vitals }) => vitals?.().shardsHeld),
  one('shards_wanted', 'Shards that are to be held, here or elsewhere.', ({ vitals }) => vitals?.().shardsOf),
  one('discord_answers_total', 'Answers of Discord to requests.', ({ rest }) => rest().answers),
  one(
    'discord_invalid_answers_total',
    'Those that count as invalid: 401, 403, and 429 that are our fault.',
    ({ rest }) => rest().invalid,
  ),
  one(
    'discord_limited_answers_total',
    'Those that told to wait: 429 of any kind.',
    ({ rest }) => rest().limited,
  ),
  one('discord_refused_answers_total', 'Those that refused: 4xx but 429.', ({ rest }) => rest().refused),
  one('discord_broken_answers_total', 'Those that failed there: 5xx.', ({ rest }) => rest().broken),
  one('discord_unanswered_total', 'Requests without any answer.', ({ rest }) => rest().unanswered),
  ofCommands('commands_total', 'Commands, by what came of them.', (command) => command.count),
  ofCommands('command_seconds_total', 'Time that commands took, all together.', (command) => command.seconds),
  ofCharts('charts_drawn_total', 'Charts that were drawn.', (charts) => charts.drawn),
  ofCharts('charts_failed_total', 'Charts that could not be drawn.', (charts) => charts.failed),
  ofCharts('chart_seconds_total', 'Time that drawing took, all together.', (charts) => charts.seconds),
  ofJobs('job_failures', 'Failures in a row, over all servers; 0 where all is well.', (jobs) =>
    jobs.reduce((sum, { failures }) => sum + failures, 0),
  ),
  ofJobs('job_running', 'How many run now.', (jobs) => jobs.filter(({ isRunning }) => isRunning).length),
  ofJobs(
    'job_since_success_seconds',
    'Time since the success that is longest ago, of those whose last run was one.',
    (jobs, nowMs) => most(sinceDone(jobs, nowMs)),
  ),
  ofJobs('job_last_duration_seconds', 'How long the last run took, of several servers the longest.', (jobs) =>
    most(jobs.flatMap(({ durationMs }) => (durationMs === null ? [] : [seconds(durationMs)]))),
  ),
  ofJobs('job_next_due_timestamp_seconds', 'When it is due next, by Discord’s clock.', nextDue),
  one('jobs_readable', '0 while jobs cannot be read from the database.', ({ jobs }) =>
    Number(jobs !== undefined),
  ),
  one('database_connections', 'Connections to the database.', ({ store }) => store.pool.totalCount),
  one(
    'database_connections_idle',
    'Connections to the database that nothing uses.',
    ({ store }) => store.pool.idleCount,
  ),
  one(
    'database_connections_awaited',
    'How many wait for a connection.',
    ({ store }) => store.pool.waitingCount,
  ),
];
