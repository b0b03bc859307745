/** All that runs by itself, as it is listed. */
import type { Pool } from 'pg';
import { latestGaps } from '../../db/gaps.ts';
import { type JobRow, listJobs } from '../../db/jobs.ts';
import { guildNames } from '../../db/guild-names.ts';
import { latestRuns, type Run } from '../../db/runs.ts';
import type { Planning } from '../plans.ts';
import type { ListedJob } from './listed.ts';

/** What came of each last, and when it is next, by name and guild. `plans`: of those that are planned. */
export async function listedJobs(
  pool: Pool,
  plans: readonly Planning[],
  nowMs: number,
): Promise<ListedJob[]> {
  const [rows, runs, gaps, names] = await Promise.all([
    listJobs(pool),
    latestRuns(pool),
    latestGaps(pool),
    guildNames(pool),
  ]);
  const known = new Map(rows.map((row) => [`${row.job} ${row.guildId}`, row]));
  const next = new Map<string, number>();
  for (const job of plans)
    for (const { guildId, atMs } of await job.plan(nowMs)) {
      const key = `${job.name} ${guildId}`;
      next.set(key, Math.max(atMs, known.get(key)?.nextAtMs ?? 0));
      if (!known.has(key)) known.set(key, neverRun(job.name, guildId));
    }
  const listed = [
    ...[...known].map(([key, row]) => ofRow(row, next.get(key) ?? null)),
    ...runs.map(ofRun),
    ...gaps.map(({ guildId, state, toMs, repairedMs }): Omit<ListedJob, 'guildName'> => ({
      job: 'gap-repair',
      guildId,
      startedAtMs: toMs,
      durationMs: repairedMs === null ? null : repairedMs - toMs,
      outcome: state === 'open' ? 'waiting' : 'done',
      note: state === 'partly' ? 'some of it could not be read' : null,
      failures: 0,
      nextAtMs: state === 'open' ? nowMs : null,
      isRunning: false,
    })),
  ];
  return listed
    .map((job) => ({ ...job, guildName: names.get(job.guildId) ?? null }))
    .toSorted((a, b) =>
      a.job < b.job ? -1 : a.job > b.job ? 1 : Number(BigInt(a.guildId) - BigInt(b.guildId)),
    );
}

const neverRun = (job: string, guildId: string): JobRow => ({
  job,
  guildId,
  startedAtMs: null,
  endedAtMs: null,
  outcome: null,
  note: null,
  failures: 0,
  nextAtMs: null,
  isRunning: false,
  holder: null,
});

function ofRow(row: JobRow, nextAtMs: number | null): Omit<ListedJob, 'guildName'> {
  const { job, guildId, startedAtMs, endedAtMs, outcome, note, failures, isRunning } = row;
  const isOver = startedAtMs !== null && endedAtMs !== null && endedAtMs >= startedAtMs;
  return {
    job,
    guildId,
    startedAtMs,
    durationMs: isOver ? endedAtMs - startedAtMs : null,
    outcome,
    note,
    failures,
    nextAtMs: nextAtMs ?? row.nextAtMs,
    isRunning,
  };
}

const OUTCOMES = {
  queued: 'waiting',
  running: null,
  paused: 'waiting',
  done: 'done',
  partly: 'done',
  failed: 'failed',
} as const;

function ofRun({ guildId, state, reason, startedAtMs, finishedAtMs }: Run): Omit<ListedJob, 'guildName'> {
  return {
    job: 'backfill',
    guildId,
    startedAtMs,
    durationMs: startedAtMs === null || finishedAtMs === null ? null : finishedAtMs - startedAtMs,
    outcome: OUTCOMES[state],
    note: state === 'done' ? null : (reason ?? state),
    failures: state === 'failed' ? 1 : 0,
    nextAtMs: null,
    isRunning: state === 'running',
  };
}
