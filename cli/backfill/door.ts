/** What the companion does for the command line, which does not import it. */
import type { Config } from '../../config.ts';
import type { Store } from '../../db/connect.ts';
import type { RunKey, RunOrder } from '../../db/runs.ts';
import type { BackfillPlan } from '../../ingest/backfill/plan.ts';
import type { Identity } from '../../ingest/discord/identity.ts';
import type { DiscordRest } from '../../ingest/discord/rest.ts';
import type { BackfillOutlook } from '../../reports/backfill/outlook.ts';
import type { ReadingLog } from '../../ingest/history/reading.ts';
import type { ListedJob } from '../jobs-door.ts';
import type { Running } from '../until-stopped.ts';

export interface CompanionDoor {
  /** Asks Discord who the bot is, and for a server and some of its channels. Errors: TokenError; UnansweredError. */
  introduce(config: Config, guildId: string, channelIds: readonly string[]): Promise<Introduction>;
  /** What a backfill would read. Undefined: the server is closed to the bot. */
  plan(given: Shared & { order: RunOrder; signal: AbortSignal }): Promise<NamedPlan | undefined>;
  /** The same as it is told in Discord. */
  outlook(given: Shared & { order: RunOrder; signal: AbortSignal }): Promise<BackfillOutlook | undefined>;
  /** Makes a server's sums anew, where they are kept. */
  refresh(store: Store, guildId: string, signal: AbortSignal): Promise<unknown>;
  /** Works on what is queued, as soon as no other process does. */
  start(given: Shared & { onDone?: (guildId: string, messages: number) => void }): Backfills;
  /** What runs by itself: what came of each last, and when it is next, at a time (ms). */
  jobs(store: Pick<Store, 'pool'>, nowMs: number): Promise<ListedJob[]>;
  /** Runs as a process of its own until it is stopped; tells the exit code. Errors: TokenError. */
  run(running: Running): Promise<number>;
  /** Serves health and metrics of a bot that is alone, which starts it. It never throws: a port that is taken is a warning. */
  http(given: never): { close(): Promise<void> };
}

export interface NamedPlan extends BackfillPlan {
  /** The channels and forums of planned threads. */
  parents: { channelId: string; name: string | null; type: number }[];
}

export interface Introduction {
  discord: DiscordRest;
  identity: Identity;
  /** Undefined: the bot is not in it. */
  guildName: string | undefined;
  wrongChannels: { channelId: string; reason: 'missing' | 'closed' | 'elsewhere' }[];
}

/** What a process works with. */
export interface Shared {
  config: Config;
  discord: DiscordRest;
  identity: Identity;
  store: Store;
  log: ReadingLog;
}

/** The backfills of this process. */
export interface Backfills {
  /** Whether it is this process that works on backfills. */
  isRunner(): boolean;
  pause(key: RunKey, reason: string): Promise<void>;
  /** Rejects: TokenError. */
  ended: Promise<never>;
  close(): Promise<void>;
}
