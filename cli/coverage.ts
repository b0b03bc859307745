import { type Command, Option } from 'commander';
import { type ChannelCoverageRow, channelCoverage } from '../db/queries/channel-coverage.ts';
import { coverageLine } from '../db/queries/coverage-line.ts';
import { guildSpan } from '../db/queries/guild-span.ts';
import { leftOut } from '../db/queries/left-out.ts';
import type { Scope } from '../db/queries/scope.ts';
import { readSettings } from '../db/settings.ts';
import { type AskedOptions, askedOf, idsArgument, momentArgument } from './asked.ts';
import { EXIT, idArgument, notRecorded, withStore } from './context.ts';
import { lineJson, wholeRecord } from './coverage-line.ts';
import { coverageTable } from './coverage-table.ts';
import { csv, type FormatOptions, isJson, toJson } from './format.ts';
import type { Verb } from './main.ts';

type CoverageOptions = Pick<AskedOptions, 'guild' | 'from' | 'to' | 'channel'> & FormatOptions;

/** `almanac coverage`: what of a server's history is recorded, what is not, and why. */
export const coverage: Verb = {
  define(program, run) {
    withOptions(
      program
        .command('coverage')
        .description(
          'say what is recorded of each channel, what is missing and why, and what to do about it',
        ),
    ).action((options: CoverageOptions) =>
      run(async (context) => {
        const found = await withStore(context, async ({ db }) => {
          if (!(await guildSpan(db, options.guild))) throw notRecorded(options.guild);
          const { timeZone } = await readSettings(db, options.guild);
          const { asked, span } = await askedOf(db, { ...options, limit: 1 }, timeZone, context.nowMs);
          const whole = wholeRecord(timeZone);
          const window = {
            ...asked.window,
            ...(options.from === undefined && { fromMs: whole.fromMs }),
            ...(options.to === undefined && { toMs: whole.toMs }),
          };
          const scope: Scope = { ...asked, window };
          const [line, channels, out] = await Promise.all([
            coverageLine(db, scope),
            channelCoverage(db, scope),
            leftOut(db, scope),
          ]);
          return { scope, line, channels, leftOut: out, endsMs: span?.lastMs };
        });
        if (isJson(options)) {
          const { scope, line, channels } = found;
          const { fromMs, toMs, timeZone } = scope.window;
          context.print(
            toJson({
              guildId: scope.guildId,
              from: options.from === undefined ? null : new Date(fromMs).toISOString(),
              to: options.to === undefined ? null : new Date(toMs).toISOString(),
              timeZone,
              recordEndsAt: found.endsMs === undefined ? null : new Date(found.endsMs).toISOString(),
              coverage: lineJson(line),
              channels,
              leftOut: found.leftOut,
            }),
          );
        } else if (options.format === 'csv') context.print(csv(found.channels.map(toCells)));
        else context.print(coverageTable(found, options.channel !== undefined));
        return EXIT.ok;
      }),
    );
  },
};

function withOptions(command: Command): Command {
  return command
    .requiredOption('--guild <id>', 'the server', idArgument)
    .option('--from <time>', 'from this date or instant on', momentArgument)
    .option('--to <time>', 'until this date or instant, which is not counted itself', momentArgument)
    .option(
      '--channel <id...>',
      'these channels and threads only, each by itself; a category or forum is all below it',
      idsArgument,
    )
    .addOption(
      new Option('--format <format>', 'how to answer').choices(['table', 'json', 'csv']).default('table'),
    )
    .option('--json', 'short for --format json');
}

const toCells = (row: ChannelCoverageRow): Record<string, string | number | boolean | null> => ({ ...row });
