/** What a job is. */
import type { JobLease } from '../../db/jobs.ts';

/** Something that runs by itself, for a guild or for none. */
export interface Job {
  /** Its name in `almanac jobs`. */
  name: string;
  /** For whom there is something to do, now or later. */
  plan(nowMs: number): Promise<Planned[]>;
  /** Does what is due for one of them. Errors: whatever it throws is noted, and it is tried again later. */
  run(work: JobWork): Promise<JobResult>;
}

export interface Planned {
  /** `0`: it is not about one guild. */
  guildId: string;
  atMs: number;
}

export interface JobWork {
  guildId: string;
  /** The right to it, under which it writes. */
  lease: JobLease;
  /** Aborted where the right is lost or the process ends: it stops before its next step. */
  signal: AbortSignal;
}

export interface JobResult {
  /** `waiting`: something hinders it, and it is tried again. */
  outcome: 'done' | 'waiting';
  /** In a few words for an operator: no names, no texts. */
  note?: string;
}
