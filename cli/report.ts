import { type Command, Option } from 'commander';
import type { Db } from '../db/connect.ts';
import { type GuildSettings, readSettings } from '../db/settings.ts';
import { isoWeek } from '../db/window.ts';
import type { Remarks, WeeklyReport } from '../reports/weekly.ts';
import { type Language, languageOf, LANGUAGES, wordsIn } from '../reports/words.ts';
import { channelsOf, countArgument, idsArgument } from './asked.ts';
import {
  type CliContext,
  EXIT,
  idArgument,
  notRecorded,
  UserError,
  withStore,
  zoneArgument,
} from './context.ts';
import { isJson } from './format.ts';
import type { Verb } from './main.ts';
import type { ReportFormat } from './report-files.ts';

interface Options {
  guild: string;
  week?: string;
  days?: number;
  tz?: string;
  channel?: string[];
  language?: Language;
  format: ReportFormat;
  json?: boolean;
  out?: string;
  explain?: boolean;
  asPosted?: boolean;
}

/** Ten years: a report is read. */
const DAYS_MAX = 3660;

/** `almanac report weekly`: what happened in a week. */
export const report: Verb = {
  define(program, run) {
    withOptions(
      program
        .command('report')
        .description('write a report about a server')
        .argument('<name>', 'which report: weekly'),
    ).action((name: string, options: Options) =>
      run(async (context) => {
        check(name, options);
        const format = isJson(options) ? 'json' : options.format;
        const { out } = options;
        if (format === 'pdf' && out === undefined) {
          throw new UserError('A PDF is for a file, not for a terminal: say where to with --out FOLDER.');
        }
        const { drawCharts, reportText, writeReport } = await import('./report-files.ts');
        const told = await withStore(context, async (store) => {
          if (!options.asPosted) return counted(context, store.db, options);
          const { asPosted } = await import('./report-posted.ts');
          return asPosted(context, store, options);
        });
        const isDrawn = format === 'html' || format === 'pdf' || (format === 'md' && out !== undefined);
        const pictures = isDrawn ? await drawCharts(context, told.report, told.words) : {};
        if (out !== undefined) {
          const files = await writeReport(context, { ...told, format, pictures }, out);
          context.print(files.join('\n'));
        } else if (format !== 'pdf') context.print(reportText({ ...told, format, pictures }).trimEnd());
        return EXIT.ok;
      }),
    );
  },
};

function withOptions(command: Command): Command {
  return command
    .requiredOption('--guild <id>', 'the server', idArgument)
    .option(
      '--week <week>',
      'ISO week, as 2026-W46 (default: the last complete one, or the last of the record)',
    )
    .option('--days <count>', 'instead of a week: as many days, up to the last of the record', countArgument)
    .option('--tz <zone>', "time zone of the week (default: the server's)", zoneArgument)
    .option(
      '--channel <id...>',
      'count these channels and threads only; a category or forum is all below it',
      idsArgument,
    )
    .addOption(
      new Option('--language <language>', "language to write it in (default: the server's)").choices(
        LANGUAGES,
      ),
    )
    .addOption(
      new Option('--format <format>', 'how to write it').choices(['md', 'html', 'json', 'pdf']).default('md'),
    )
    .option('--json', 'short for --format json')
    .option('--out <folder>', 'write files there, and their names to stdout')
    .option('--as-posted', 'the report that was posted by itself, as it was (default: the newest)')
    .option('--explain', 'say what each figure means, of when exactly, and what it was counted from');
}

function check(name: string, { week, days, asPosted, tz, channel, explain }: Options): void {
  if (name !== 'weekly') throw new UserError(`There is no report called ${name}. There is: weekly.`);
  if (asPosted && [days, tz, channel, explain].some((option) => option !== undefined)) {
    throw new UserError(
      'A report as it was posted is taken as it is: not with --days, --tz, --channel or --explain.',
    );
  }
  if (week !== undefined && days !== undefined)
    throw new UserError('A report takes --week or --days, not both.');
  if (week !== undefined && !isoWeek(week, 'UTC')) {
    throw new UserError(`${week} is no ISO week; they look like 2026-W46.`);
  }
  if (days !== undefined && days > DAYS_MAX) {
    throw new UserError(`A report is about ${DAYS_MAX.toLocaleString('en')} days at most.`);
  }
}

/** The report as it is counted now: for whoever runs the program, so of all channels. */
async function counted(context: CliContext, db: Db, options: Options) {
  const asked = await readSettings(db, options.guild);
  const words = wordsIn(options.language ?? languageOf(asked.language));
  const { all, some } = words.weekly.audience;
  const remarks: Remarks = () => [options.channel ? some : all];
  return { report: await build(context, db, options, asked), words, remarks };
}

async function build(
  { nowMs }: CliContext,
  db: Db,
  { guild, week, days, tz, channel, explain }: Options,
  { timeZone, countBots }: GuildSettings,
): Promise<WeeklyReport> {
  const channels = channel && (await channelsOf(db, guild, channel));
  // Reports take a while to load, and memory: other verbs go without.
  const { buildWeekly } = await import('../reports/weekly.ts');
  const built = await buildWeekly(db, {
    guildId: guild,
    timeZone: tz ?? timeZone,
    bots: countBots,
    nowMs,
    ...(week !== undefined && { week }),
    ...(days !== undefined && { days }),
    ...(channels && { channels }),
    ...(explain && { explain }),
  });
  if (!built) throw notRecorded(guild);
  return built;
}
