import type { Store } from '../db/connect.ts';
import type { RunOrder } from '../db/runs.ts';
import { readSettings } from '../db/settings.ts';
import { snowflakeAt } from '../db/snowflake.ts';
import { idsArgument, momentArgument, sinceMs } from './asked.ts';
import { planText } from './backfill/plan.ts';
import { type Asking, read } from './backfill/read.ts';
import { defineRuns } from './backfill/runs.ts';
import { type CliContext, EXIT, exitCodeOf, idArgument, UserError, withStore } from './context.ts';
import { type FormatOptions, isJson, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';
import { withIntroduction } from './introduced.ts';

interface Options extends FormatOptions {
  guild: string;
  channel?: string[];
  since?: string;
  reactionUsers?: boolean;
  again?: boolean;
  plan?: boolean;
}

/** `almanac backfill`: a server's history from before the bot came. */
export const backfill: Verb = {
  define(program, run) {
    const command = withFormat(
      program
        .command('backfill')
        .description("read a server's history, newest first; stopped anywhere, the same command goes on")
        .option('--guild <id>', 'the server', idArgument)
        .option(
          '--channel <id...>',
          'read these channels and threads only; a category or forum is all below it',
          idsArgument,
        )
        .option('--since <time>', 'read nothing from before this date or instant', momentArgument)
        .option('--reaction-users', 'ask who reacted, too: a request for each emoji of a message')
        .option('--again', 'read what is recorded in full once more')
        .option('--plan', 'show what would be read, what cannot be, and what it takes; write nothing'),
      'text',
    ).addHelpText(
      'after',
      '\nExit codes: 0 all read; 1 some of it could not be; 2 not done; 130 stopped by Ctrl+C.',
    );
    command.action((options: Partial<Options> & FormatOptions) => {
      const { guild } = options;
      if (guild === undefined) return command.error("error: required option '--guild <id>' not specified");
      return run((context) => answer(context, { ...options, guild }));
    });
    defineRuns(command, run);
  },
};

function answer(context: CliContext, options: Options): Promise<number> {
  const stopped = new AbortController();
  return withIntroduction(context, options, async (introduction) => {
    const companion = await context.companion();
    return withStore(
      context,
      async (store) => {
        const asking: Asking = {
          context,
          companion,
          introduction,
          store,
          order: await orderOf(options, store, context.nowMs),
          stopped: stopped.signal,
          isJson: isJson(options),
        };
        return options.plan ? plan(asking, commandOf(options)) : read(asking);
      },
      (signal) => stopped.abort(signal),
    );
  });
}

async function plan(asking: Asking, command: string): Promise<number> {
  const { context, companion, introduction, store, order, stopped } = asking;
  const { discord, identity, guildName } = introduction;
  const { config } = context;
  const log = { info() {}, warn() {} };
  const given = { config, discord, identity, store, log, order, signal: stopped };
  const planned = await companion.plan(given).catch((error: unknown) => {
    if (stopped.aborted) return undefined;
    throw error;
  });
  if (stopped.aborted) return exitCodeOf(stopped.reason);
  if (!planned) throw new UserError(`The server ${order.guildId} is closed to the bot now.`);
  const guild = { id: order.guildId, name: guildName };
  context.print(asking.isJson ? toJson({ guild, ...planned }) : planText(planned, guild, command));
  return EXIT.ok;
}

/** What was asked for, in the server's zone. */
async function orderOf(options: Options, store: Store, nowMs: number): Promise<RunOrder> {
  const { guild: guildId, channel, since, reactionUsers, again } = options;
  const { timeZone } = await readSettings(store.db, guildId);
  return {
    guildId,
    channelIds: channel ?? null,
    sinceId: since === undefined ? '0' : snowflakeAt(sinceMs(since, timeZone, nowMs)),
    withReactors: reactionUsers === true,
    isAgain: again === true,
  };
}

/** The same without --plan, as it is typed. */
function commandOf({ guild, channel = [], since, reactionUsers, again }: Options): string {
  return [
    `npx almanac backfill --guild ${guild}`,
    ...(channel.length > 0 ? [`--channel ${channel.join(' ')}`] : []),
    ...(since === undefined ? [] : [`--since ${since}`]),
    ...(reactionUsers ? ['--reaction-users'] : []),
    ...(again ? ['--again'] : []),
  ].join(' ');
}
