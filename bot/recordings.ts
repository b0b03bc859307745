import { readProgress, type ShardKey } from '../db/shards.ts';
import type { ShardRecorder } from '../ingest/live/recorder.ts';
import { type RecordingOptions, recordShard, type ShardRecording } from './recording.ts';
import type { Sessions } from './sessions.ts';

/** The recordings of this process, each opened when its shard is ours for the first time. */
export interface Recordings {
  /** Opens a shard's recording, and lets its session go on behind the last event that is kept. */
  restore(key: ShardKey): Promise<void>;
  get(shardId: number): ShardRecording | undefined;
  recorders(): [shardId: number, recorder: ShardRecorder][];
  close(deadline: { deadlineMs: number }): Promise<void>;
}

/** Opens none: only who holds a shard may touch its spool, and a stand-by can have the same folder. */
export function makeRecordings(options: RecordingOptions, sessions: Sessions): Recordings {
  const open = new Map<number, ShardRecording>();
  return {
    async restore(key) {
      const { shardId, shardCount } = key;
      const recording = open.get(shardId) ?? (await recordShard(options, key));
      open.set(shardId, recording);
      const written = await readProgress(options.pool, key);
      const spooled = recording.recorder.progress();
      // Another process may have recorded since our spool was filled.
      const isLater = spooled && spooled.at > (written?.at ?? 0);
      sessions.restore(shardId, isLater ? { ...spooled, shardCount, isResumable: true } : written);
    },
    get: (shardId) => open.get(shardId),
    recorders: () => [...open].map(([shardId, { recorder }]) => [shardId, recorder]),
    close: async (deadline) => void (await Promise.all([...open.values()].map((one) => one.close(deadline)))),
  };
}
