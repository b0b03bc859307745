/** A job as it is listed: by `almanac jobs`, over HTTP, and among the metrics. Times are ms, by Discord's clock. */
export interface ListedJob {
  job: string;
  /** `0`: it is not about one server. */
  guildId: string;
  guildName: string | null;
  /** When it was last begun, and how long it took; null: never, or it runs for the first time. */
  startedAtMs: number | null;
  durationMs: number | null;
  outcome: 'done' | 'waiting' | 'failed' | null;
  /** What came of it, or why not, in a few words for an operator. */
  note: string | null;
  /** One after the other. */
  failures: number;
  /** Null: when there is something to do. */
  nextAtMs: number | null;
  isRunning: boolean;
}
