import { type Command, Option } from 'commander';
import type { ChannelCoverageRow } from '../db/queries/channel-coverage.ts';
import { guildSpan } from '../db/queries/guild-span.ts';
import { readSettings } from '../db/settings.ts';
import { coverageAnswer, coverageJson } from '../reports/coverage-answer.ts';
import { type AskedOptions, called, channelsOf, idsArgument, momentArgument } from './asked.ts';
import { EXIT, idArgument, notRecorded, withStore } from './context.ts';
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
          const { guild: guildId, from, to, channel } = options;
          const channels = channel && (await channelsOf(db, guildId, channel));
          const asked = { guildId, ...(channels && { channels }), ...(from && { from }), ...(to && { to }) };
          return coverageAnswer(db, asked, { timeZone, nowMs: context.nowMs, called });
        });
        if (isJson(options)) context.print(toJson(coverageJson(found, options)));
        else if (options.format === 'csv') context.print(csv(found.channels.map(toCells)));
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
