/** What a running bot tells of itself: figures since its start, without whom or what they are about. */
import type { RecorderState } from '../ingest/live/recorder.ts';

export interface Vitals extends AnsweringVitals {
  shardsHeld: number;
  /** As many are to be held, here or elsewhere. */
  shardsOf: number;
  /** Those that are held. */
  shards: ShardVitals[];
}

export interface AnsweringVitals {
  commands: CommandVitals[];
  charts: ChartVitals;
}

export interface ShardVitals extends Omit<RecorderState, 'queuedBytes'> {
  shardId: number;
  /** Discord tells it what happens. */
  isConnected: boolean;
}

export interface CommandVitals {
  command: string;
  /** Refused: it was said why, as to whom a command is not for. */
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

export interface VitalsOptions {
  shardsOf: number;
  /** The shards that are held now. */
  held(): readonly number[];
  isLive(shardId: number): boolean;
  /** Of a shard's recorder, where it has one. */
  stateOf(shardId: number): RecorderState | undefined;
  /** Absent: nothing is answered. */
  answering?: () => AnsweringVitals;
}

/** Looks at what is now; asking costs nothing worth naming. */
export function makeVitals({ shardsOf, held, isLive, stateOf, answering }: VitalsOptions): () => Vitals {
  return () => {
    const shardIds = held();
    return {
      shardsHeld: shardIds.length,
      shardsOf,
      shards: shardIds.map((shardId) => {
        const { queuedBytes: _, ...state } = stateOf(shardId) ?? NOTHING_TAKEN;
        return { shardId, isConnected: isLive(shardId), ...state };
      }),
      ...(answering?.() ?? { commands: [], charts: { drawn: 0, failed: 0, seconds: 0 } }),
    };
  };
}

/** Its recorder is still being opened. */
const NOTHING_TAKEN: RecorderState = {
  queued: 0,
  queuedBytes: 0,
  spooledEvents: 0,
  spooledBytes: 0,
  written: 0,
  setAside: 0,
  dropped: 0,
  lagMs: 0,
  isSpooling: false,
};
