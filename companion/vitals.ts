/** What the bot of a process tells of itself: figures since its start, to be asked for at any time. */

export interface Vitals {
  shardsHeld: number;
  /** As many are to be held, here or elsewhere. */
  shardsOf: number;
  /** Those that are held. */
  shards: ShardVitals[];
  commands: CommandVitals[];
  charts: ChartVitals;
}

export interface ShardVitals {
  shardId: number;
  /** Discord tells it what happens. */
  isConnected: boolean;
  /** Events in memory, and on disk, that are not in the database yet. */
  queued: number;
  spooledEvents: number;
  spooledBytes: number;
  /** Events since the start: in the database, set aside, missed for want of room. */
  written: number;
  setAside: number;
  dropped: number;
  /** Age of the oldest event that is not in the database yet. */
  lagMs: number;
  isSpooling: boolean;
}

export interface CommandVitals {
  command: string;
  outcome: 'answered' | 'refused' | 'failed';
  count: number;
  /** All of them together. */
  seconds: number;
}

export interface ChartVitals {
  drawn: number;
  failed: number;
  /** All of them together. */
  seconds: number;
}
