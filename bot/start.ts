/** The bot as a running process: opens everything, records until a signal, and closes in order. */
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deploy } from '../commands/deploy.ts';
import { commands } from '../commands/index.ts';
import type { Config } from '../config.ts';
import { openStore, type Store } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { TokenError } from '../ingest/discord/fetch-calls.ts';
import type { RunOrder } from '../db/runs.ts';
import type { BackfillOutlook } from '../reports/backfill/outlook.ts';
import type { Identity } from '../ingest/discord/identity.ts';
import { type DiscordRest, openRest } from '../ingest/discord/rest.ts';
import { UserError } from '../reports/user-error.ts';
import { isAway } from './away.ts';
import { openAnswering } from './answering/open.ts';
import { checkDiscord, type Findings } from './checks.ts';
import { REFUSED_TOKEN, renderFindings } from './doctor.ts';
import { GatewayRefusal } from './gateway-refusal.ts';
import { type Log, openLog } from './log.ts';
import { processName } from './process-name.ts';
import { restClock } from './clock.ts';
import { type Bot, runBot } from './run.ts';

export interface StartContext {
  config: Config;
  /** Everything but data, to stderr. */
  tell(text: string): void;
  /** The companion, which runs beside the bot. */
  beside: Beside;
  /** Tells Discord the slash commands first. */
  isDeploying?: boolean;
}

/** What of the companion the bot knows. */
export interface Beside {
  /** Starts it with what both share. Its end ends nothing. */
  start(shared: Shared): { close(): Promise<void> };
  /** What a backfill would read. Undefined: the guild is closed to the bot. Errors: TokenError; UnansweredError. */
  outlook(asked: Shared & { order: RunOrder; signal: AbortSignal }): Promise<BackfillOutlook | undefined>;
  /** Makes a guild's sums anew, where they are kept. */
  refresh(store: Store, guildId: string, signal: AbortSignal): Promise<unknown>;
}

interface Shared {
  config: Config;
  discord: DiscordRest;
  identity: Identity;
  store: Store;
  log: Log;
}

const RECORDING = 'Recording. Ctrl+C stops it in order; nothing is lost where it ends otherwise.';
const STANDING_BY = 'Another process records. This one stands by, and takes over when that one is gone.';

function renderHeld({ shards, of }: { shards: number; of: number }): string {
  if (shards === of) return RECORDING;
  return shards === 0
    ? STANDING_BY
    : `Shards recorded here: ${shards} of ${of}. For the others: ${STANDING_BY}`;
}

/** A recorder a shard, a repair, and the lease, which must not wait long for its turn; beside them a writer for each of eight guilds. */
const CONNECTIONS_MAX = 32;
/** Discord and orchestrators give a process ten seconds or more to end; ours takes less. */
const CLOSE_MS = 9_000;
/** What hangs when everything is kept gets no more than this. */
const REST_MS = 1_500;
/** A page that was asked for is waited for so long, beside the above. */
const BESIDE_MS = 6_500;

/** `almanac start`: records until SIGTERM or SIGINT; tells the exit code. */
export async function start({ config, tell, beside, isDeploying }: StartContext): Promise<number> {
  const log = openLog(config.live.logLevel, tell);
  const stopped = new AbortController();
  const stopping = once(stopped.signal, 'abort');
  // Nothing is taken yet.
  const closing = { isKept: true };
  const stop = (signal: NodeJS.Signals) => {
    stopped.abort(signal);
    endInTime(closing, log);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  // Whatever was not foreseen ends the process, and its supervisor starts it anew; what is recorded stays.
  const crash = (err: unknown) => {
    log.fatal({ err }, 'ended by an error that nobody expected');
    process.exit(1);
  };
  process.on('uncaughtException', crash).on('unhandledRejection', crash);
  let store: Store | undefined;
  try {
    const discord = openRest({ ...config.live, ...restClock });
    const findings = await untilReached(stopped.signal, log, 'Discord', () => checkDiscord(discord.calls));
    tell(renderFindings(findings));
    const opened = await untilReached(stopped.signal, log, 'database', () => openMigrated(config, tell));
    store = opened;
    const holder = processName();
    const spoolFolder = join(config.dataFolder, 'spool');
    const shared: Shared = { config, discord, identity: identityOf(findings), store: opened, log };
    if (isDeploying) await tellCommands(shared, tell);
    const answering = answeringOf(shared, beside, stopped.signal);
    const bot = await untilReached(stopped.signal, log, 'database', () =>
      runBot({
        config,
        findings,
        discord,
        store: opened,
        holder,
        spoolFolder,
        log,
        openAnswering: answering,
      }),
    );
    closing.isKept = false;
    tell(renderHeld(bot.held()));
    const reviving = keepDatabase(opened, bot, log);
    const companion = beside.start(shared);
    const end = await Promise.race([bot.ended.catch((error) => error), stopping]);
    clearInterval(reviving);
    tell('Stopping: what was taken is written.');
    const besideClosed = Promise.race([companion.close(), sleep(BESIDE_MS)]);
    const { rest } = await bot.close();
    closing.isKept = true;
    await Promise.all([Promise.race([rest, sleep(REST_MS)]), besideClosed]);
    if (end instanceof Error) throw end;
    return 0;
  } catch (error) {
    if (stopped.signal.aborted) return 0;
    if (error instanceof TokenError) tell(REFUSED_TOKEN);
    else if (error instanceof GatewayRefusal) tell(error.message);
    else throw error;
    return 2;
  } finally {
    await Promise.race([store?.close(), sleep(REST_MS)]);
    // What hangs yet, hangs on a socket, and would keep the process.
    if (stopped.signal.aborted) setTimeout(() => process.exit(), REST_MS).unref();
    process.off('SIGINT', stop).off('SIGTERM', stop);
    process.off('uncaughtException', crash).off('unhandledRejection', crash);
  }
}

/** What Discord refuses is said; recording does not wait for it. */
async function tellCommands({ discord, identity }: Shared, tell: (text: string) => void): Promise<void> {
  const { applicationId } = identity;
  await deploy({ rest: discord.rest, applicationId, commands, tell }).catch((error: unknown) => {
    if (!(error instanceof UserError)) throw error;
    tell(error.message);
  });
}

/** What answers in Discord, with what it asks of the companion. */
function answeringOf(shared: Shared, { outlook, refresh }: Beside, signal: AbortSignal) {
  const { config, discord, identity, store, log } = shared;
  return ({ isCurrent }: { isCurrent(guildId: string): Promise<boolean> }) =>
    openAnswering({
      config,
      store,
      botId: identity.userId,
      now: discord.clock.discordNow,
      plan: (order) => outlook({ ...shared, order, signal }),
      onZone: (guildId) =>
        void refresh(store, guildId, signal).catch((err: unknown) => log.warn({ err }, 'sums not made anew')),
      isCurrent,
      log,
    });
}

const identityOf = ({ application, user, intents }: Findings): Identity => ({
  applicationId: application.id,
  userId: user.id,
  hasContent: intents.content,
  hasMembers: intents.members,
});

const REVIVE_EVERY_MS = 5_000;

/** An embedded server that was killed has nobody else to start it again. */
function keepDatabase(store: Store, bot: Bot, log: Log): NodeJS.Timeout {
  let isReviving = false;
  return setInterval(() => {
    if (isReviving || !bot.isSpooling()) return;
    isReviving = true;
    void store
      .revive()
      .catch((err: unknown) => log.warn({ err }, 'embedded database not started'))
      .finally(() => (isReviving = false));
  }, REVIVE_EVERY_MS);
}

/** Ends the process where closing hangs: once everything is kept, nothing is lost by that. */
function endInTime(closing: { isKept: boolean }, log: Log): void {
  setTimeout(() => {
    log.warn(closing, 'not closed in time');
    process.exit(closing.isKept ? 0 : 1);
  }, CLOSE_MS).unref();
}

async function openMigrated(config: Config, tell: (text: string) => void): Promise<Store> {
  const { databaseUrl, dataFolder, memoryBytes } = config;
  const store = await openStore({
    ...(databaseUrl && { databaseUrl }),
    dataFolder,
    memoryBytes,
    connectionsMax: CONNECTIONS_MAX,
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

async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const aborted = once(signal, 'abort').then(() => signal.throwIfAborted() as never);
  return Promise.race([work, aborted]);
}

const WAIT_MS_MAX = 30_000;

/** What is away for a while at the start is waited for. */
async function untilReached<T>(
  signal: AbortSignal,
  log: Log,
  what: string,
  open: () => Promise<T>,
): Promise<T> {
  for (let waitMs = 500; ; waitMs = Math.min(2 * waitMs, WAIT_MS_MAX)) {
    try {
      return await untilAborted(open(), signal);
    } catch (err) {
      if (!isAway(err)) throw err;
      log.warn({ err, waitMs }, `${what} cannot be reached`);
      await sleep(waitMs, undefined, { signal });
    }
  }
}
