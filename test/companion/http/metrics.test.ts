import { describe, expect, it } from 'vitest';
import type { ListedJob } from '../../../companion/jobs/listed.ts';
import { useDatabase } from '../../support/database.ts';
import { NOW_MS } from '../../support/imports.ts';
import { useHttp, VITALS } from './scene.ts';

const database = useDatabase();
const opened = useHttp(database);

interface Family {
  type: string;
  help: string;
  /** By their labels. */
  samples: Map<string, number>;
}

const NAME = '[a-zA-Z_:][a-zA-Z0-9_:]*';
const LABEL = String.raw`[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*"`;
const SAMPLE = new RegExp(
  String.raw`^(${NAME})(\{${LABEL}(?:,${LABEL})*\})? (NaN|[+-]Inf|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$`,
);

/** Strictly as the format has it: HELP, TYPE, then all samples of it, none twice. Source: https://prometheus.io/docs/instrumenting/exposition_formats */
function read(text: string): Map<string, Family> {
  expect(text.endsWith('\n')).toBe(true);
  const families = new Map<string, Family>();
  let current: [name: string, family: Family] | undefined;
  for (const line of text.split('\n').filter((one) => one !== '')) {
    const help = new RegExp(`^# HELP (${NAME}) (.+)$`).exec(line);
    if (help) {
      expect(families.has(help[1]!), line).toBe(false);
      current = [help[1]!, { help: help[2]!, type: '', samples: new Map() }];
      families.set(...current);
      continue;
    }
    const type = new RegExp(`^# TYPE (${NAME}) (counter|gauge|histogram|summary|untyped)$`).exec(line);
    if (type) {
      expect([current?.[0], current?.[1].type, current?.[1].samples.size], line).toEqual([type[1], '', 0]);
      current![1].type = type[2]!;
      continue;
    }
    const sample = SAMPLE.exec(line);
    expect(sample, line).not.toBeNull();
    const [name, family] = current!;
    const suffixes =
      family.type === 'histogram'
        ? ['_bucket', '_sum', '_count']
        : family.type === 'summary'
          ? ['', '_sum', '_count']
          : [''];
    expect(
      suffixes.map((suffix) => name + suffix),
      line,
    ).toContain(sample![1]);
    const key = `${sample![1]}${sample![2] ?? ''}`;
    expect(family.samples.has(key), line).toBe(false);
    family.samples.set(key, Number(sample![3]));
  }
  return families;
}

const job = (more: Partial<ListedJob>): ListedJob => ({
  job: 'weekly',
  guildId: '1',
  guildName: 'a guild',
  startedAtMs: NOW_MS - 60_000,
  durationMs: 10_000,
  outcome: 'done',
  note: null,
  failures: 0,
  nextAtMs: NOW_MS + 5_000,
  isRunning: false,
  ...more,
});

const JOBS = [
  job({}),
  job({ guildId: '2', failures: 3, outcome: 'failed', durationMs: 20_000, nextAtMs: NOW_MS + 1_000 }),
  job({
    job: 'checks',
    guildId: '0',
    isRunning: true,
    startedAtMs: null,
    durationMs: null,
    outcome: null,
    nextAtMs: null,
  }),
];

describe('metrics', () => {
  it('are well formed, and named as Prometheus wants it', async () => {
    const server = await opened({ vitals: () => VITALS, jobs: async () => JOBS });
    // Right behind another look, prom-client has measured nothing of some.
    await server.get('/metrics');
    const { text, headers } = await server.get('/metrics');
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const [name, { type, help }] of read(text)) {
      expect(type, name).not.toBe('');
      expect(help, name).not.toBe('');
      expect(name.endsWith('_total'), name).toBe(type === 'counter');
      expect(name, name).not.toMatch(
        /_(ms|milliseconds|minutes|hours|kb|mb|percent|gauge|counter)(_|$)|[A-Z]/,
      );
      expect(name).toMatch(/^(almanac|process|nodejs)_/);
    }
  });

  it('tell what the bot, the companion and the jobs do', async () => {
    const server = await opened({ vitals: () => VITALS, jobs: async () => JOBS });
    const families = read((await server.get('/metrics')).text);
    const values = Object.fromEntries([...families.values()].flatMap(({ samples }) => [...samples]));
    expect(values).toMatchObject({
      'almanac_events_written_total{shard="0"}': 600,
      'almanac_events_set_aside_total{shard="0"}': 7,
      'almanac_events_dropped_total{shard="0"}': 8,
      'almanac_events_queued{shard="0"}': 3,
      'almanac_events_lag_seconds{shard="0"}': 0.9,
      'almanac_spool_events{shard="0"}': 4,
      'almanac_spool_bytes{shard="0"}': 500,
      'almanac_shard_connected{shard="0"}': 1,
      almanac_shards_held: 1,
      almanac_shards_wanted: 2,
      almanac_discord_answers_total: 10,
      almanac_discord_invalid_answers_total: 2,
      almanac_discord_limited_answers_total: 1,
      'almanac_commands_total{command="stats",outcome="answered"}': 2,
      'almanac_command_seconds_total{command="stats",outcome="answered"}': 0.5,
      'almanac_charts_drawn_total{by="companion"}': 5,
      'almanac_charts_drawn_total{by="bot"}': 3,
      'almanac_job_failures{job="weekly"}': 3,
      'almanac_job_running{job="checks"}': 1,
      'almanac_job_since_success_seconds{job="weekly"}': 50,
      'almanac_job_last_duration_seconds{job="weekly"}': 20,
      'almanac_job_next_due_timestamp_seconds{job="weekly"}': (NOW_MS + 1_000) / 1000,
      almanac_jobs_readable: 1,
    });
    expect(values).not.toHaveProperty('almanac_job_since_success_seconds{job="checks"}');
    expect(values['almanac_database_connections']).toBeGreaterThanOrEqual(0);
    expect(Object.keys(values).join()).not.toContain('guild');
  });

  it('are those of now at each look, whoever looks at the same time', async () => {
    let written = 600;
    const server = await opened({
      vitals: () => ({ ...VITALS, shards: [{ ...VITALS.shards[0]!, written }] }),
    });
    const seen = async () =>
      read((await server.get('/metrics')).text)
        .get('almanac_events_written_total')!
        .samples.values()
        .next().value;
    expect(await seen()).toBe(600);
    written = 700;
    expect(await Promise.all(Array.from({ length: 8 }, seen))).toEqual(Array(8).fill(700));
  });

  it('lack the jobs alone where these cannot be read', async () => {
    const server = await opened({ jobs: () => Promise.reject(new Error('away')) });
    const families = read((await server.get('/metrics')).text);
    expect(families.get('almanac_jobs_readable')!.samples.get('almanac_jobs_readable')).toBe(0);
    expect(families.get('almanac_job_failures')!.samples.size).toBe(0);
    expect(server.logged).toHaveLength(1);
  });
});
