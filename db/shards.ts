/** Who records a shard, and how far: its lease, and the gateway session that a restart resumes. */
import type { Snowflake } from './records.ts';

export interface ShardKey {
  applicationId: Snowflake;
  shardId: number;
  shardCount: number;
}

/** A gateway session, as READY names it. */
export interface Session {
  sessionId: string;
  resumeUrl: string;
}

/** How far a shard's events are kept. */
export interface Progress {
  session: Session;
  sequence: number;
  /** Receipt of that event, ms in Discord's time. */
  at: number;
}
