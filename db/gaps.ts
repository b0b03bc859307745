/** When live recording of a guild missed events, and how far the repair of that is. */
import type { Snowflake } from './records.ts';

/** Something was missed before an event; the writer turns it into a row a guild. */
export interface GapNoticed {
  reason: 'new session' | 'overflow';
  guildIds: Snowflake[];
  /** Ms; absent for a new session: since the last event that was kept of the one before, and none without one. */
  fromMs?: number;
}
