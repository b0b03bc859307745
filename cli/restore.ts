import { openBackup, type OpenBackup } from '../db/backup/open.ts';
import { refuseGuilds } from '../db/backup/place.ts';
import { restore, type RestoreCard } from '../db/backup/restore.ts';
import { BackupError } from '../db/backup/format.ts';
import { migrate, MIGRATION_NAMES } from '../db/migrate.ts';
import { megabytes, readParts, showCopying, withStoreAsItIs } from './backup-file.ts';
import { EXIT, UserError } from './context.ts';
import { type FormatOptions, isJson, some, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';

/** `almanac restore`: a backup back, into a database without any server. */
export const restoreVerb: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('restore')
        .description('read a backup into a database without any server: all of it, or nothing')
        .argument('<file>', 'a backup; - is the input'),
      'text',
    )
      .addHelpText(
        'after',
        '\nWith DATABASE_URL it goes there, else into the embedded database in ALMANAC_DATA; from which of both the backup came does not matter.\nExit codes: 0 restored; 2 not restored, and the database is as it was.',
      )
      .action((file: string, options: FormatOptions) =>
        run(async (context) => {
          const begun = performance.now();
          const source = readParts(file);
          try {
            // Before a database is made, or touched.
            const opened = await openBackup(source).catch(inWords);
            return await withStoreAsItIs(context, 'Nothing is restored.', async (store, signal) => {
              await refuseGuilds(store.pool);
              await migrate(store.db);
              const { show, end } = showCopying(context, 'Restoring');
              const { pool } = store;
              const { nowMs } = context;
              const card = await restore(opened, { pool, nowMs, onProgress: show, signal }).finally(end);
              const seconds = (performance.now() - begun) / 1000;
              context.print(isJson(options) ? toJson(jsonOf(file, card, seconds)) : textOf(card, seconds));
              for (const line of notes(card)) context.tell(line);
              return EXIT.ok;
            });
          } finally {
            await source.return(undefined);
          }
        }),
      );
  },
};

function inWords(error: unknown): OpenBackup {
  throw error instanceof BackupError ? new UserError(error.message, { cause: error }) : error;
}

const jsonOf = (file: string, card: RestoreCard, seconds: number) => {
  const { rows, bytes, tables, header, passedOver, gapsOpened } = card;
  return {
    file,
    rows,
    bytes,
    seconds: Math.round(seconds * 10) / 10,
    schema: header.migrations.at(-1),
    createdAt: header.createdAt,
    tables,
    passedOver,
    gapsOpened,
  };
};

function textOf({ rows, bytes, tables, header }: RestoreCard, seconds: number): string {
  const [from, to] = [header.migrations.at(-1), MIGRATION_NAMES.at(-1)];
  return [
    `${some(rows, 'row')} (${some(tables['messages'] ?? 0, 'message')}) of ${some(Object.keys(tables).length, 'table')}, ${megabytes(bytes)} in ${seconds.toFixed(1)} s`,
    `As of ${header.createdAt}, by Almanac ${header.almanac}; schema ${from}${from === to ? '' : `, brought to ${to}`}.`,
  ].join('\n');
}

/** What whoever restores should know. */
function notes({ header, passedOver, gapsOpened }: RestoreCard): string[] {
  return [
    ...(passedOver.length > 0 ? [`Not Almanac's, and left out: ${passedOver.join(', ')}.`] : []),
    ...(gapsOpened > 0
      ? [`What ${some(gapsOpened, 'server')} missed since then is read when the bot starts.`]
      : []),
    `What was decided after ${header.createdAt} is not in it: who was forgotten or opted out since, and which API tokens were revoked. Do that again before the bot starts.`,
  ];
}
