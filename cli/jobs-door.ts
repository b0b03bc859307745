/** A job as the companion lists it; see companion/jobs/listed.ts. Times are ms. */
export interface ListedJob {
  job: string;
  guildId: string;
  guildName: string | null;
  startedAtMs: number | null;
  durationMs: number | null;
  outcome: 'done' | 'waiting' | 'failed' | null;
  note: string | null;
  failures: number;
  nextAtMs: number | null;
  isRunning: boolean;
}
