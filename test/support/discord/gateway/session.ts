import type { Snowflake } from '../model.ts';

/** How a frame gets to the client; one at a time has the session. */
export interface Receiver {
  send(frame: string): void;
  close(code: number): void;
}

/** What was identified, and everything that it was or would have been told, for as long as it lives. */
export interface Session {
  readonly id: string;
  readonly shard: [id: number, count: number];
  readonly intents: number;
  readonly largeThreshold: number;
  /** Of the newest dispatch. */
  readonly sequence: number;
  /** Where it is connected now. */
  receiver: Receiver | undefined;
  /** Its end, if it has been left. */
  expiry: NodeJS.Timeout | undefined;
  /** It ends with its connection. */
  isForgotten: boolean;
  /** When it last asked for all members of a guild, ms since 1970. */
  readonly askedMembersAt: Map<Snowflake, number>;
  /** Numbers a dispatch, whose data is JSON already, and sends it where one is connected. */
  dispatch(t: string, json: string, options?: { isReplayed?: boolean }): void;
  /** The frames after that sequence; undefined: some of them are no longer kept, so they cannot be replayed. */
  since(sequence: number): string[] | undefined;
}

/** A session that was told nothing yet; it keeps the last `replayMax` dispatches. */
export function makeSession(
  identified: Pick<Session, 'id' | 'shard' | 'intents' | 'largeThreshold'>,
  replayMax: number,
): Session {
  /** `frames[i]` has the sequence `dropped + i + 1`; it is empty where it is of no use to a later connection. */
  const frames: string[] = [];
  let dropped = 0;
  return {
    ...identified,
    receiver: undefined,
    expiry: undefined,
    isForgotten: false,
    askedMembersAt: new Map(),
    get sequence() {
      return dropped + frames.length;
    },
    dispatch(t, json, { isReplayed = true } = {}) {
      const frame = `{"t":${JSON.stringify(t)},"s":${dropped + frames.length + 1},"op":0,"d":${json}}`;
      frames.push(isReplayed ? frame : '');
      if (frames.length >= 2 * replayMax + 16) {
        const excess = frames.length - replayMax;
        frames.splice(0, excess);
        dropped += excess;
      }
      this.receiver?.send(frame);
    },
    since(sequence) {
      if (this.sequence - sequence > replayMax) return undefined;
      return frames.slice(sequence - dropped).filter(Boolean);
    },
  };
}

/** Which of so many shards hears of a guild. */
export function shardOf(guildId: Snowflake, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}
