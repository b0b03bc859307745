import type { World } from '../world.ts';
import type { Connection } from './connection.ts';
import type { Session } from './session.ts';

/** What a gateway is like when nothing goes wrong. */
export interface GatewaySettings {
  heartbeatIntervalMs: number;
  /** How long a session can be resumed after its connection is gone. */
  sessionLifeMs: number;
  /** Dispatches that a session keeps to replay. */
  replayMax: number;
  /** Members in a chunk. */
  chunkMembers: number;
  /** All members of a guild are told a session once in this time. */
  allMembersEveryMs: number;
  /** Frames that a client may send in a minute. */
  framesPerMinute: number;
  /** Sessions that may be started in a day, and side by side. */
  identifiesPerDay: number;
  identifiesAtOnce: number;
}

/** What it does wrong next. */
export interface Faults {
  /** RESUMEs that stay without an answer. */
  ignoredResumes: number;
  ignoredHeartbeats: number;
  /** Upgrades that are answered with a status of HTTP. */
  refusedUpgrades: { left: number; status: number };
  /** Dispatches until the connection that gets the last of them is cut. */
  cutAfter: number;
  delayMs: number;
}

/** What clients did. */
export interface Tally {
  identifies: number;
  /** Answered with a replay, or with op 9. */
  resumes: number;
  refusedResumes: number;
  heartbeats: number;
  /** Dispatches sent, replayed ones too. */
  dispatches: number;
  /** With which code each connection ended. */
  closes: number[];
}

/** Everything that connections of one gateway share. */
export interface State {
  world: World;
  options: GatewaySettings;
  sessions: Map<string, Session>;
  connections: Set<Connection>;
  faults: Faults;
  tally: Tally;
  /** Where to resume: `ws://...`. */
  url(): string;
}

/** A gateway that behaves. */
export const SETTINGS: GatewaySettings = {
  heartbeatIntervalMs: 41_250,
  sessionLifeMs: 60_000,
  replayMax: 10_000,
  chunkMembers: 1000,
  allMembersEveryMs: 30_000,
  framesPerMinute: 120,
  identifiesPerDay: 1000,
  identifiesAtOnce: 1,
};

/** Nothing goes wrong. */
export function noFaults(): Faults {
  return {
    ignoredResumes: 0,
    ignoredHeartbeats: 0,
    refusedUpgrades: { left: 0, status: 503 },
    cutAfter: Infinity,
    delayMs: 0,
  };
}
