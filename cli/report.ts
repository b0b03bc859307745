import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readSettings } from '../db/settings.ts';
import { isoWeek } from '../db/window.ts';
import { buildWeekly, renderWeekly } from '../reports/weekly.ts';
import { en } from '../reports/words/en.ts';
import { EXIT, idArgument, UserError, withStore, zoneArgument } from './context.ts';
import { type FormatOptions, isJson, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';
import { notRecorded } from './query.ts';

interface Options extends FormatOptions {
  guild: string;
  week?: string;
  tz?: string;
  out?: string;
}

/** `almanac report weekly`: what happened in a week. */
export const report: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('report')
        .description('write a report about a server')
        .argument('<name>', 'which report: weekly')
        .requiredOption('--guild <id>', 'the server', idArgument)
        .option(
          '--week <week>',
          'ISO week, as 2026-W46 (default: the last complete one, or the last of the record)',
        )
        .option('--tz <zone>', "time zone of the week (default: the server's)", zoneArgument)
        .option('--out <folder>', 'write a file there, and its name to stdout'),
      'md',
    ).action((name: string, options: Options) =>
      run(async (context) => {
        if (name !== 'weekly') throw new UserError(`There is no report called ${name}. There is: weekly.`);
        const format = isJson(options) ? 'json' : 'md';
        if (options.week !== undefined && !isoWeek(options.week, 'UTC')) {
          throw new UserError(`${options.week} is no ISO week; they look like 2026-W46.`);
        }
        const built = await withStore(context, async ({ db }) => {
          const timeZone = options.tz ?? (await readSettings(db, options.guild)).timeZone;
          return buildWeekly(db, {
            guildId: options.guild,
            timeZone,
            week: options.week,
            nowMs: context.nowMs,
          });
        });
        if (!built) throw notRecorded(options.guild);
        const text = format === 'json' ? toJson(built) : renderWeekly(built, en).trimEnd();
        if (options.out === undefined) context.print(text);
        else {
          await mkdir(options.out, { recursive: true });
          const file = join(options.out, `weekly-${built.guild.id}-${built.week}.${format}`);
          await writeFile(file, `${text}\n`);
          context.print(file);
        }
        return EXIT.ok;
      }),
    );
  },
};
