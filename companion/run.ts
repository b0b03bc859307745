/** The companion as a running process of its own: works until it is stopped, and closes in order. */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import type { Store } from '../db/connect.ts';
import { fetchIdentity } from '../ingest/discord/identity.ts';
import { impatient } from '../ingest/discord/impatient.ts';
import { openRest } from '../ingest/discord/rest.ts';
import type { ReadingLog } from '../ingest/history/reading.ts';
import { steadyNow, wait } from './clock.ts';
import { start } from './start.ts';

export interface RunContext {
  config: Config;
  /** Everything but data, to stderr. */
  tell(text: string): void;
  log: ReadingLog;
  /** Aborted when it is to stop. */
  stopped: AbortSignal;
  /** Waits for what is away for a while. */
  untilReached<T>(what: string, open: () => Promise<T>): Promise<T>;
  /** Waits for the database, migrated. Who opens it closes it. */
  openStore(connectionsMax: number): Promise<Store>;
}

const WORKING =
  'The companion works: on reports that are to be posted, and on backfills. Ctrl+C stops it in order; another goes on where it ends.';

/** A writer for each of eight guilds and the right to run them, and as many for all else. */
const CONNECTIONS_MAX = 16;
/** It is said when Discord does not answer, and asked again. */
const PATIENCE_MS = 5_000;
/** What is under way is waited for so long; all of it is gone on with from the database. */
const CLOSE_MS = 6_500;

/** Works until it is stopped; tells the exit code. Errors: TokenError. */
export async function run(context: RunContext): Promise<number> {
  const { config, tell, log, stopped, untilReached, openStore } = context;
  const stopping = once(stopped, 'abort');
  const discord = openRest({ ...config.live, now: steadyNow, wait, random: Math.random });
  const calls = impatient(discord.calls, PATIENCE_MS);
  const identity = await untilReached('Discord', () => fetchIdentity(calls));
  const store = await openStore(CONNECTIONS_MAX);
  const companion = start({ config, discord, identity, store, log });
  tell(WORKING);
  try {
    await Promise.race([companion.ended, stopping]);
    return 0;
  } finally {
    tell('Stopping: what is under way is ended.');
    await Promise.race([companion.close(), sleep(CLOSE_MS)]);
  }
}
