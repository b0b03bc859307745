import { backup, type BackupCard } from '../db/backup/backup.ts';
import { megabytes, ourVersion, showCopying, STREAM, withStoreAsItIs, writeWhole } from './backup-file.ts';
import { EXIT, UserError } from './context.ts';
import { type FormatOptions, isJson, some, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';

interface Options extends FormatOptions {
  force?: boolean;
}

/** `almanac backup`: the whole database into one file. It isn't migrated: before an update, that is the point. */
export const backupVerb: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('backup')
        .description(
          'write the whole database to one file, as it is at this moment; a bot may go on recording',
        )
        .argument('<file>', 'where to; - is the output')
        .option('--force', 'replace a file that is there'),
      'text',
    )
      .addHelpText(
        'after',
        '\nThe file holds all that is recorded, in clear: keep it as you keep the database.\nExit codes: 0 written; 2 not written, and no file is left behind.',
      )
      .action((file: string, options: Options) =>
        run(async (context) => {
          if (file === STREAM && process.stdout.isTTY)
            throw new UserError('A backup is no text: send the output to a file or a program.');
          const begun = performance.now();
          return withStoreAsItIs(context, 'Nothing is written.', async ({ pool }, signal) => {
            const almanac = await ourVersion();
            const { show, end } = showCopying(context, 'Writing');
            const card = await writeWhole(file, options.force === true, (write) =>
              backup({ pool, write, almanac, nowMs: context.nowMs, onProgress: show, signal }),
            ).finally(end);
            const seconds = (performance.now() - begun) / 1000;
            // There the output is the backup.
            const say = file === STREAM ? context.tell : context.print;
            say(isJson(options) ? toJson(jsonOf(file, card, seconds)) : textOf(file, card, seconds));
            return EXIT.ok;
          });
        }),
      );
  },
};

const jsonOf = (file: string, { rows, bytes, tables, header }: BackupCard, seconds: number) => ({
  file,
  rows,
  bytes,
  seconds: Math.round(seconds * 10) / 10,
  schema: header.migrations.at(-1),
  createdAt: header.createdAt,
  tables,
});

function textOf(file: string, { rows, bytes, tables, header }: BackupCard, seconds: number): string {
  const what = `${some(rows, 'row')} (${some(tables['messages'] ?? 0, 'message')}) of ${some(Object.keys(tables).length, 'table')}`;
  return [
    `${what}, ${megabytes(bytes)} in ${seconds.toFixed(1)} s${file === STREAM ? '' : `: ${file}`}`,
    `As of ${header.createdAt}, schema ${header.migrations.at(-1)}.`,
  ].join('\n');
}
