/** What a verb is given: settings, clock and the two streams. */
import { InvalidArgumentError } from 'commander';
import { type Config, loadConfig } from '../config.ts';
import { openStore, type Store } from '../db/connect.ts';
import { migrate } from '../db/migrate.ts';
import { isSnowflake } from '../db/snowflake.ts';
import { isTimeZone } from '../db/window.ts';
import { UserError } from '../reports/user-error.ts';
import type { CompanionDoor } from './backfill/door.ts';
import { type ProgressBar, progressBar, type ProgressStream } from './progress.ts';
import type { Running } from './until-stopped.ts';

/** Exit codes of every verb. */
export const EXIT = {
  /** Done. */
  ok: 0,
  /** Done in part: a file was rejected or damaged, a check found a difference. */
  partly: 1,
  /** Not done: wrong use or settings, or the store cannot be reached. */
  failed: 2,
} as const;

/** What a verb cannot do; exit 2. */
export { UserError };

/** What the bot does for the command line, which does not import it. */
export interface BotDoor {
  /** Records until it is stopped, with what runs beside it; tells the exit code. */
  start(context: Running & { beside: Beside; isDeploying: boolean }): Promise<number>;
  /** Says what is missing, and what is not recorded without it; tells the exit code. */
  doctor(context: BotContext & { isJson: boolean }): Promise<number>;
}

/** What of the companion the bot is given. */
export interface Beside extends Pick<CompanionDoor, 'outlook' | 'refresh'> {
  /** What runs beside the bot. What it is given is between them, and nothing to the command line. */
  start(shared: never): { close(): Promise<void> };
}

export type BotContext = Pick<CliContext, 'config' | 'print' | 'tell'>;

export interface CliContext {
  config: Config;
  nowMs: number;
  /** Data, to stdout. */
  print(text: string): void;
  /** Everything else, to stderr. */
  tell(text: string): void;
  /** Shows there, too, how far long work has come. */
  progress(title: string): ProgressBar;
  /** Stderr itself, for what is shown of it as long as it lasts. */
  screen: ProgressStream;
  bot: () => Promise<BotDoor>;
  companion: () => Promise<CompanionDoor>;
}

/** What a verb works with that is neither its arguments nor the store: those of the process, but for tests. */
export interface Surroundings {
  /** Without it the process's environment, and `.env`. */
  env?: NodeJS.ProcessEnv;
  stdout: { write(text: string): unknown };
  stderr: ProgressStream;
  /** Loaded when it is asked for: most verbs need no Discord. */
  bot?: () => Promise<BotDoor>;
  companion?: () => Promise<CompanionDoor>;
}

/** A verb's context. Errors: ConfigError. */
export function contextIn({ env, stdout, stderr, bot, companion }: Surroundings): CliContext {
  return {
    config: loadConfig(env),
    nowMs: Date.now(),
    print: (text) => void stdout.write(`${text}\n`),
    tell: (text) => void stderr.write(`${text}\n`),
    progress: (title) => progressBar(title, stderr, () => performance.now()),
    screen: stderr,
    bot: bot ?? (() => Promise.reject(new UserError('The bot is not at hand here.'))),
    companion: companion ?? (() => Promise.reject(new UserError('The companion is not at hand here.'))),
  };
}

/** A backfill of several servers takes one each, and some for all. */
const CONNECTIONS_MAX = 16;

/** What a process ends with that a signal has ended. */
export const exitCodeOf = (signal: NodeJS.Signals): number => 128 + (signal === 'SIGINT' ? 2 : 15);

/**
 * Opens the store, migrated, for as long as `work` takes. An interrupt ends the work and leaves in order; with `onSignal`
 * the work is told of it, and ends by itself. A second one ends the process at once.
 */
export async function withStore<T>(
  context: CliContext,
  work: (store: Store) => Promise<T>,
  onSignal?: (signal: NodeJS.Signals) => void,
): Promise<T> {
  const { databaseUrl, dataFolder, memoryBytes } = context.config;
  const store = await openStore({
    ...(databaseUrl && { databaseUrl }),
    dataFolder,
    memoryBytes,
    connectionsMax: CONNECTIONS_MAX,
    onNotice: context.tell,
  });
  const leave = (signal: NodeJS.Signals) => {
    context.tell(`Stopped by ${signal}; what was done is kept, and the same command goes on from there.`);
    void store.close().finally(() => process.exit(exitCodeOf(signal)));
  };
  const heard = onSignal ?? leave;
  process.once('SIGINT', heard).once('SIGTERM', heard);
  try {
    await migrate(store.db);
    return await work(store);
  } finally {
    process.off('SIGINT', heard).off('SIGTERM', heard);
    await store.close();
  }
}

/** An option's value as an id. */
export function idArgument(value: string): string {
  if (!isSnowflake(value)) throw new InvalidArgumentError('an id is a number of up to 19 digits.');
  return value;
}

/** An option's value as a time zone. */
export function zoneArgument(value: string): string {
  if (!isTimeZone(value))
    throw new InvalidArgumentError('it is no time zone; they look like Europe/Vienna or UTC.');
  return value;
}

/** Said of a server that the store doesn't know. */
export function notRecorded(guildId: string): UserError {
  return new UserError(`The server ${guildId} is not recorded. See those that are with: npx almanac guilds`);
}
