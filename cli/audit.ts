import { setTimeout as sleep } from 'node:timers/promises';
import { readSettings } from '../db/settings.ts';
import { snowflakeAt } from '../db/snowflake.ts';
import { audit as auditGuild, type AuditOptions, type AuditReport } from '../ingest/backfill/audit.ts';
import { idsArgument, momentArgument, sinceMs } from './asked.ts';
import { type AuditShown, auditText, isWhole } from './audit-text.ts';
import { type CliContext, EXIT, idArgument, UserError, withStore } from './context.ts';
import { type FormatOptions, isJson, n, some, toJson, withFormat } from './format.ts';
import { withIntroduction } from './introduced.ts';
import type { Verb } from './main.ts';

interface Options extends FormatOptions {
  guild: string;
  channel?: string[];
  since?: string;
  repair: boolean;
}

/** `almanac audit`: is everything recorded that Discord says is there? */
export const audit: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('audit')
        .description("compare what is recorded with Discord's own counts, and read again what differs")
        .requiredOption('--guild <id>', 'the server', idArgument)
        .option(
          '--channel <id...>',
          'these channels and threads only; a category or forum is all below it',
          idsArgument,
        )
        .option('--since <time>', 'nothing from before this date or instant', momentArgument)
        .option('--no-repair', 'read nothing again'),
      'text',
    )
      .addHelpText(
        'after',
        `
Messages of every type are counted, by channel, then where that differs by month and day of the server's zone. The last
5 minutes are left out. It may run beside almanac start: it asks little, one request after the other.

Exit codes: 0 all the same, or repaired; 1 something still differs, or could not be compared; 2 not done.`,
      )
      .action((options: Options) => run((context) => answer(context, options)));
  },
};

function answer(context: CliContext, options: Options): Promise<number> {
  return withIntroduction(context, options, async ({ discord, identity, guildName }) => {
    const { guild: guildId, channel = null, since, repair: isRepairing } = options;
    const shown = await withStore(context, async ({ db, pool }): Promise<AuditShown> => {
      const { timeZone } = await readSettings(db, guildId);
      const report = await withProgress(context, {
        pool,
        calls: discord.calls,
        clock: discord.clock,
        content: context.config.storeContent,
        self: identity,
        guildId,
        channelIds: channel,
        sinceId: since === undefined ? '0' : snowflakeAt(sinceMs(since, timeZone, context.nowMs)),
        timeZone,
        isRepairing,
        wait: (ms, signal) => sleep(ms, undefined, signal && { signal }),
        // An interrupt ends the process: what was repaired is kept.
        signal: new AbortController().signal,
        log: { info() {}, warn() {} },
      });
      return { guild: { id: guildId, name: guildName }, timeZone, report, isRepairing };
    });
    context.print(isJson(options) ? toJson(toPlain(shown)) : auditText(shown));
    return isWhole(shown.report) ? EXIT.ok : EXIT.partly;
  });
}

function toPlain({ guild, timeZone, report }: AuditShown) {
  const { untilMs, ...rest } = report;
  return { guild, timeZone, until: new Date(untilMs).toISOString(), ...rest };
}

async function withProgress(context: CliContext, options: AuditOptions): Promise<AuditReport> {
  const bar = context.progress('Comparing');
  const steps = auditGuild(options);
  try {
    for (;;) {
      const { done, value } = await steps.next();
      if (done && !value) throw new UserError(`The server ${options.guildId} is closed to the bot now.`);
      if (done) return value!;
      const { channelsDone, channelsTotal, requests } = value;
      const note = `${n(channelsDone)} of ${n(channelsTotal)} channels and threads, ${some(requests, 'request')}`;
      bar.show({ done: channelsDone, total: channelsTotal, note });
    }
  } finally {
    bar.end();
  }
}
