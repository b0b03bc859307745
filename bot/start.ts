/** The bot as a running process: records and answers until it is stopped, and closes in order. */
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { deploy } from '../commands/deploy.ts';
import { commands } from '../commands/index.ts';
import type { Config } from '../config.ts';
import type { Store } from '../db/connect.ts';
import type { RunOrder } from '../db/runs.ts';
import { TokenError } from '../ingest/discord/fetch-calls.ts';
import type { Identity } from '../ingest/discord/identity.ts';
import { type DiscordRest, openRest } from '../ingest/discord/rest.ts';
import type { BackfillOutlook } from '../reports/backfill/outlook.ts';
import { UserError } from '../reports/user-error.ts';
import { openAnswering } from './answering/open.ts';
import { checkDiscord, type Findings } from './checks.ts';
import { restClock } from './clock.ts';
import { REFUSED_TOKEN, renderFindings } from './doctor.ts';
import { GatewayRefusal } from './gateway-refusal.ts';
import type { Log } from './log.ts';
import { processName } from './process-name.ts';
import { runBot } from './run.ts';
import type { Vitals } from './vitals.ts';

export interface StartContext {
  config: Config;
  /** Everything but data, to stderr. */
  tell(text: string): void;
  log: Log;
  /** Aborted when it is to stop. */
  stopped: AbortSignal;
  /** Waits for what is away for a while. */
  untilReached<T>(what: string, open: () => Promise<T>): Promise<T>;
  /** Waits for the database, migrated. Who opens it closes it. */
  openStore(connectionsMax: number): Promise<Store>;
  /** Whether nothing is lost where the process ends at once. */
  closing: { isKept: boolean };
  /** The companion, as far as it runs beside the bot. */
  beside: Beside;
  /** Tells Discord the slash commands first. */
  isDeploying?: boolean;
}

/** What of the companion the bot knows. */
export interface Beside {
  /** Starts it with what both share. Its end ends nothing. */
  start(shared: Shared & { vitals: () => Vitals }): { close(): Promise<void> };
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
/** What hangs when everything is kept gets no more than this. */
const REST_MS = 1_500;
/** A page that was asked for is waited for so long, beside the above. */
const BESIDE_MS = 6_500;

/** Records until it is stopped, with what runs beside; tells the exit code. */
export async function start(context: StartContext): Promise<number> {
  try {
    await run(context);
    return 0;
  } catch (error) {
    if (error instanceof TokenError) context.tell(REFUSED_TOKEN);
    else if (error instanceof GatewayRefusal) context.tell(error.message);
    else throw error;
    return 2;
  }
}

async function run(context: StartContext): Promise<void> {
  const { config, tell, log, stopped, untilReached, openStore, closing, beside, isDeploying } = context;
  const stopping = once(stopped, 'abort');
  const discord = openRest({ ...config.live, ...restClock });
  const findings = await untilReached('Discord', () => checkDiscord(discord.calls));
  tell(renderFindings(findings));
  const store = await openStore(CONNECTIONS_MAX);
  const shared: Shared = { config, discord, identity: identityOf(findings), store, log };
  if (isDeploying) await tellCommands(shared, tell);
  const bot = await untilReached('database', () =>
    runBot({
      config,
      findings,
      discord,
      store,
      holder: processName(),
      spoolFolder: join(config.dataFolder, 'spool'),
      log,
      openAnswering: answeringOf(shared, beside, stopped),
    }),
  );
  closing.isKept = false;
  tell(renderHeld(bot.held()));
  const companion = beside.start({ ...shared, vitals: bot.vitals });
  const end = await Promise.race([bot.ended.catch((error) => error), stopping]);
  tell('Stopping: what was taken is written.');
  const besideClosed = Promise.race([companion.close(), sleep(BESIDE_MS)]);
  const { rest } = await bot.close();
  closing.isKept = true;
  await Promise.all([Promise.race([rest, sleep(REST_MS)]), besideClosed]);
  if (end instanceof Error) throw end;
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
