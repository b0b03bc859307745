/** What runs by itself: leases, so that none runs twice at once, and what came of each last. */
import type { Pool } from 'pg';
import type { Snowflake } from './records.ts';

export interface JobKey {
  /** `0`: it is not about one guild. */
  guildId: Snowflake;
  job: string;
}

/** The right to do a job, until it is given back or not renewed in time. */
export interface JobLease extends JobKey {
  /** Counted up with each lease. */
  token: string;
}

export type JobOutcome = 'done' | 'waiting' | 'failed';

/** What came of a job last. Times are ms, by Discord's clock. */
export interface JobRow extends JobKey {
  startedAtMs: number | null;
  endedAtMs: number | null;
  outcome: JobOutcome | null;
  note: string | null;
  failures: number;
  /** After a failure: not before. */
  nextAtMs: number | null;
  /** Somebody does it now. */
  isRunning: boolean;
  holder: string | null;
}

/**
 * Takes a job for a while; undefined where somebody has it. The database's clock decides, so whoever asks may have any.
 */
export async function leaseJob(
  pool: Pool,
  { guildId, job }: JobKey,
  { holder, leaseMs, nowMs }: { holder: string; leaseMs: number; nowMs: number },
): Promise<JobLease | undefined> {
  const { rows } = await pool.query<{ token: string }>(
    `insert into jobs as j (guild_id, job, token, holder, leased_until, started_at)
     values ($1, $2, 1, $3, clock_timestamp() + $4 * interval '1 ms', $5)
     on conflict (guild_id, job) do update
       set token = j.token + 1, holder = excluded.holder, leased_until = excluded.leased_until, started_at = excluded.started_at
       where j.leased_until is null or j.leased_until < clock_timestamp()
     returning token::text as token`,
    [guildId, job, holder, leaseMs, new Date(nowMs)],
  );
  return rows[0] && { guildId, job, token: rows[0].token };
}

/** Goes on having a job; false where it is another's by now. */
export async function renewLease(
  pool: Pool,
  { guildId, job, token }: JobLease,
  leaseMs: number,
): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update jobs set leased_until = clock_timestamp() + $4 * interval '1 ms'
     where guild_id = $1 and job = $2 and token = $3 and leased_until > clock_timestamp()`,
    [guildId, job, token, leaseMs],
  );
  return rowCount === 1;
}

/** What came of a job. */
export interface JobEnd {
  endedAtMs: number;
  outcome: JobOutcome;
  note?: string;
  /** After a failure: not before. */
  nextAtMs?: number;
}

/** Gives a job back, and says what came of it; nothing where it is another's by now. */
export async function endJob(pool: Pool, { guildId, job, token }: JobLease, end: JobEnd): Promise<void> {
  const { endedAtMs, outcome, note, nextAtMs } = end;
  await pool.query(
    `update jobs set holder = null, leased_until = null, ended_at = $4, outcome = $5, note = $6, next_at = $7,
       failures = case when $5 = 'failed' then failures + 1 else 0 end
     where guild_id = $1 and job = $2 and token = $3`,
    [
      guildId,
      job,
      token,
      new Date(endedAtMs),
      outcome,
      note ?? null,
      nextAtMs === undefined ? null : new Date(nextAtMs),
    ],
  );
}

/** Says what came of something that runs under a right of another kind. */
export async function noteJob(
  pool: Pool,
  { guildId, job }: JobKey,
  { startedAtMs, endedAtMs, outcome, note }: JobEnd & { startedAtMs: number },
): Promise<void> {
  await pool.query(
    `insert into jobs as j (guild_id, job, started_at, ended_at, outcome, note, failures)
     values ($1, $2, $3, $4, $5, $6, case when $5 = 'failed' then 1 else 0 end)
     on conflict (guild_id, job) do update
       set started_at = excluded.started_at, ended_at = excluded.ended_at, outcome = excluded.outcome, note = excluded.note,
         failures = case when excluded.outcome = 'failed' then j.failures + 1 else 0 end`,
    [guildId, job, new Date(startedAtMs), new Date(endedAtMs), outcome, note ?? null],
  );
}

const ms = (column: string) => `(extract(epoch from ${column}) * 1000)::float8`;

const ROW = `guild_id::text as "guildId", job, ${ms('started_at')} as "startedAtMs", ${ms('ended_at')} as "endedAtMs",
  outcome, note, failures, ${ms('next_at')} as "nextAtMs", holder,
  coalesce(leased_until > clock_timestamp(), false) as "isRunning"`;

/** What is known of jobs, by name and guild. */
export async function listJobs(pool: Pool): Promise<JobRow[]> {
  const { rows } = await pool.query<JobRow>(`select ${ROW} from jobs order by job, guild_id`);
  return rows;
}

/** The same of one. */
export async function readJob(pool: Pool, { guildId, job }: JobKey): Promise<JobRow | undefined> {
  const { rows } = await pool.query<JobRow>(`select ${ROW} from jobs where guild_id = $1 and job = $2`, [
    guildId,
    job,
  ]);
  return rows[0];
}
