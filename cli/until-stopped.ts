/**
 * A verb that runs until it is stopped: the bot, the companion, or both. What they share as processes is here, as both are
 * handed to the command line, and may not import each other.
 */
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { isReachable, openStore, type Store } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { isAway } from '../ingest/away.ts';
import type { CliContext } from './context.ts';
import { type Log, openLog } from './log.ts';

/** What such a verb works with. */
export interface Running extends Pick<CliContext, 'config' | 'tell'> {
  log: Log;
  /** Aborted by SIGTERM or SIGINT: it has nine seconds from then on. */
  stopped: AbortSignal;
  /** Waits for what is away for a while. Errors: whatever else goes wrong; AbortError when it is stopped. */
  untilReached<T>(what: string, open: () => Promise<T>): Promise<T>;
  /** Waits for the database too, migrates it, keeps an embedded one running, and closes it in the end. Once. */
  openStore(connectionsMax: number): Promise<Store>;
  /** Whether nothing is lost where the process ends at once. */
  closing: { isKept: boolean };
}

/** Discord and orchestrators give a process ten seconds or more to end; ours takes less. */
const CLOSE_MS = 9_000;
/** What hangs when everything is kept gets no more than this. */
const REST_MS = 1_500;

/** Does the work until it ends, or is stopped, which is 0; tells the exit code. What nobody expected ends the process with 1. */
export async function untilStopped(
  { config, tell }: Pick<CliContext, 'config' | 'tell'>,
  work: (running: Running) => Promise<number>,
): Promise<number> {
  const log = openLog(config.live.logLevel, tell);
  const stop = new AbortController();
  // Nothing is taken yet.
  const closing = { isKept: true };
  const onSignal = (signal: NodeJS.Signals) => {
    stop.abort(signal);
    endInTime(closing, log);
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  // Its supervisor starts it anew; what is kept stays.
  const crash = (err: unknown) => {
    log.fatal({ err }, 'ended by an error that nobody expected');
    process.exit(1);
  };
  process.on('uncaughtException', crash).on('unhandledRejection', crash);
  const untilReached: Running['untilReached'] = (what, open) => reach(stop.signal, log, what, open);
  let closeStore = async () => {};
  const open = async (connectionsMax: number) => {
    const store = await untilReached('database', () => openMigrated({ config, tell }, connectionsMax));
    closeStore = keepRunning(store, log);
    return store;
  };
  try {
    return await work({ config, tell, log, stopped: stop.signal, untilReached, openStore: open, closing });
  } catch (error) {
    if (stop.signal.aborted) return 0;
    throw error;
  } finally {
    await Promise.race([closeStore(), sleep(REST_MS)]);
    // What hangs yet, hangs on a socket, and would keep the process.
    if (stop.signal.aborted) setTimeout(() => process.exit(), REST_MS).unref();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    process.off('uncaughtException', crash).off('unhandledRejection', crash);
  }
}

/** Ends the process where closing hangs. */
function endInTime(closing: { isKept: boolean }, log: Log): void {
  setTimeout(() => {
    log.warn(closing, 'not closed in time');
    process.exit(closing.isKept ? 0 : 1);
  }, CLOSE_MS).unref();
}

async function openMigrated(
  { config, tell }: Pick<CliContext, 'config' | 'tell'>,
  connectionsMax: number,
): Promise<Store> {
  const { databaseUrl, dataFolder, memoryBytes } = config;
  const store = await openStore({
    ...(databaseUrl && { databaseUrl }),
    dataFolder,
    memoryBytes,
    connectionsMax,
    onNotice: tell,
  });
  try {
    await migrate(store.db);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

const LOOK_EVERY_MS = 5_000;

/** An embedded server that was killed has nobody else to start it again. Returns what closes the store. */
function keepRunning(store: Store, log: Log): () => Promise<void> {
  let isLooking = false;
  const look = async () => {
    if (isLooking) return;
    isLooking = true;
    try {
      if (!(await isReachable(store.pool))) await store.revive();
    } catch (err) {
      log.warn({ err }, 'embedded database not started');
    }
    isLooking = false;
  };
  const looking = setInterval(() => void look(), LOOK_EVERY_MS);
  return () => {
    clearInterval(looking);
    return store.close();
  };
}

const WAIT_MS_MAX = 30_000;

async function reach<T>(signal: AbortSignal, log: Log, what: string, open: () => Promise<T>): Promise<T> {
  for (let waitMs = 500; ; waitMs = Math.min(2 * waitMs, WAIT_MS_MAX)) {
    try {
      return await untilAborted(open(), signal);
    } catch (err) {
      if (signal.aborted || !isAway(err)) throw err;
      log.warn({ err, waitMs }, `${what} cannot be reached`);
      await sleep(waitMs, undefined, { signal });
    }
  }
}

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = once(signal, 'abort').then(() => signal.throwIfAborted() as never);
  return Promise.race([work, aborted]);
}
