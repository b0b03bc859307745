import type { RecordBatch, Snowflake } from '../../db/records.ts';
import type { GapNoticed } from '../../db/gaps.ts';
import type { Session } from '../../db/shards.ts';

/** One dispatch of the gateway as records, with its place in its session. */
export interface LiveEvent {
  /** Its name, as MESSAGE_CREATE, and what it speaks of: where it cannot be recorded, only these are kept. */
  dispatch: string;
  guildId: Snowflake;
  channelId?: Snowflake;
  messageId?: Snowflake;
  /** Receipt in Discord's time, stamped once: a replay from disk keeps it. */
  at: number;
  session: Session;
  sequence: number;
  batch: RecordBatch;
  /** Before this event something was missed. */
  gap?: GapNoticed;
  /** Its payload could not be read: why, in constant words. It is set aside, and its batch is empty. */
  refused?: string;
}
