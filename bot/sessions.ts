/** The gateway sessions of our shards, as the library resumes them, and since when each shard hears all. */
import type { SessionInfo } from '@discordjs/ws';
import type { KnownProgress, Session } from '../db/shards.ts';

export interface Sessions {
  /** What is kept durably of a shard, so that a restart resumes behind the last event that is kept, and misses none. */
  restore(shardId: number, progress: KnownProgress | undefined): void;
  /** What a shard resumes; null: nothing. Answers at once, so that dispatches stay in their order. */
  retrieve(shardId: number): SessionInfo | null;
  /** What the library says after each dispatch; null: the session is void. */
  update(shardId: number, session: SessionInfo | null): void;
  /** The session that a shard's dispatches belong to. */
  current(shardId: number): Session | undefined;
  /** READY or RESUMED: from now on the shard hears all. */
  connected(shardId: number): void;
  dropped(shardId: number): void;
  isLive(shardId: number): boolean;
  /**
   * Whether the shard was without a live connection at any time since then (ms, by the clock that was given): what
   * happened may be missing, or still to be replayed. A connection that died silently is noticed up to a minute late.
   */
  droppedSince(shardId: number, ms: number): boolean;
}

/** Knows no session yet. */
export function makeSessions(now: () => number): Sessions {
  const sessions = new Map<number, SessionInfo>();
  const liveSince = new Map<number, number>();
  return {
    restore(shardId, progress) {
      if (progress?.isResumable) sessions.set(shardId, toSessionInfo(shardId, progress));
      else sessions.delete(shardId);
    },
    retrieve: (shardId) => sessions.get(shardId) ?? null,
    update(shardId, session) {
      if (session) sessions.set(shardId, session);
      else sessions.delete(shardId);
    },
    current(shardId) {
      const session = sessions.get(shardId);
      return session && { sessionId: session.sessionId, resumeUrl: session.resumeURL };
    },
    connected: (shardId) => liveSince.set(shardId, now()),
    dropped: (shardId) => liveSince.delete(shardId),
    isLive: (shardId) => liveSince.has(shardId),
    droppedSince: (shardId, ms) => (liveSince.get(shardId) ?? Infinity) > ms,
  };
}

function toSessionInfo(shardId: number, { session, sequence, shardCount }: KnownProgress): SessionInfo {
  return { shardId, shardCount, sequence, sessionId: session.sessionId, resumeURL: session.resumeUrl };
}
