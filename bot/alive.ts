import type { Alive } from '../db/shards.ts';
import type { RecorderState } from '../ingest/live/recorder.ts';
import type { Sessions } from './sessions.ts';

export interface AliveOptions {
  sessions: Pick<Sessions, 'current' | 'isLive'>;
  /** Of a shard's recorder, where it has one. */
  stateOf(shardId: number): Pick<RecorderState, 'lagMs'> | undefined;
  /** Discord's time, ms. */
  now(): number;
}

/** Until when all that the gateway told of a shard is kept. */
export interface Aliveness {
  /** Undefined: it is not connected, and so nothing is known. */
  of(shardId: number): Alive | undefined;
  /** These are about to be closed in order: as far as they are sound now, they were until now. */
  close(shardIds: number[]): void;
}

/** Looks at the sessions and recorders of now, whenever it is asked. */
export function makeAliveness({ sessions, stateOf, now }: AliveOptions): Aliveness {
  let closed: { at: number; sound: Set<number> } | undefined;
  const soundUntil = (shardId: number): number | undefined => {
    if (closed) return closed.sound.has(shardId) ? closed.at : undefined;
    return sessions.isLive(shardId) ? now() : undefined;
  };
  return {
    of(shardId) {
      const at = soundUntil(shardId);
      const session = sessions.current(shardId);
      const state = stateOf(shardId);
      if (at === undefined || !session || !state) return undefined;
      // What is not yet written may be lost.
      return { sessionId: session.sessionId, at: Math.min(at, now() - state.lagMs) };
    },
    close(shardIds) {
      closed = { at: now(), sound: new Set(shardIds.filter((id) => sessions.isLive(id))) };
    },
  };
}
