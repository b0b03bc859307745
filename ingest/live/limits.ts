/** What a recorder is told beside its events. */

/** Where a unit of work is told of: facts, and a constant message. */
export interface RecorderLog {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface RecorderLimits {
  /** Events a transaction. */
  batchEvents: number;
  /** How long a lone event waits for company. */
  batchMs: number;
  /** Events in memory; what comes beyond goes to the spool, and beyond that is missed. */
  queueEvents: number;
  queueBytes: number;
  /** How long a transaction may take before Postgres counts as away. */
  writeMs: number;
  /** Events go to the disk in groups, one fsync each, this far apart. */
  spoolMs: number;
}

/** What holds unless another is given. */
export const LIMITS: RecorderLimits = {
  batchEvents: 1000,
  batchMs: 250,
  queueEvents: 20_000,
  queueBytes: 64 << 20,
  writeMs: 10_000,
  spoolMs: 100,
};
