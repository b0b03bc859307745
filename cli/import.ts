import { refreshStatistics } from '../db/statistics.ts';
import { isAllTaken, type ReportCard } from '../ingest/dce/card.ts';
import { importExports, type ImportOptions } from '../ingest/dce/import.ts';
import { type CliContext, EXIT, withStore } from './context.ts';
import { type FormatOptions, isJson, toJson, withFormat } from './format.ts';
import { importCardText } from './import-card.ts';
import type { Verb } from './main.ts';
import { refreshWithProgress } from './sums.ts';

interface Options extends FormatOptions {
  dryRun?: boolean;
  includeDirectMessages?: boolean;
  again?: boolean;
}

/** Two are what Postgres keeps busy on two cores; more only take memory. */
const LANES = 2;

/** So many new messages change what the planner should know. */
const ANALYZED_FROM = 1_000;

/** `almanac import`: exports into the store. */
export const importVerb: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('import')
        .description(
          'take DiscordChatExporter JSON exports in: files, folders and patterns, as often as you like',
        )
        .argument('<path...>', 'files, folders (with all below them) or patterns like "exports/*.json"')
        .option(
          '--again',
          'read files that were taken in before, too, and hold every message against the store',
        )
        .option('--dry-run', 'show the same report card and write nothing')
        .option(
          '--include-direct-messages',
          'take direct messages too, as a server of their own with the id 0',
        ),
      'text',
    )
      .addHelpText(
        'after',
        '\nExit codes: 0 all taken; 1 some file or message was rejected, or a file is damaged; 2 wrong use.',
      )
      .action((paths: string[], options: Options) =>
        run((context) =>
          withStore(context, async (store) => {
            const card = await importWithProgress(context, paths, {
              pool: store.pool,
              content: context.config.storeContent,
              nowMs: context.nowMs,
              includeDirectMessages: options.includeDirectMessages === true,
              isDryRun: options.dryRun === true,
              isAgain: options.again === true,
              lanes: LANES,
            });
            // All is taken: what follows is kept for answers, and made by the next one where this is stopped.
            context.print(isJson(options) ? toJson(card) : importCardText(card));
            if (!card.isDryRun) {
              const guildIds = card.files.flatMap(({ guild }) => (guild ? [guild.id] : []));
              const isMuch = card.messages.new >= ANALYZED_FROM;
              if (isMuch) await refreshStatistics(store.pool);
              // Sums and words are tables that the planner should know, too.
              if ((await refreshWithProgress(context, store, guildIds)) && isMuch)
                await refreshStatistics(store.pool);
            }
            return isAllTaken(card) ? EXIT.ok : EXIT.partly;
          }),
        ),
      );
  },
};

/** Imports, with its progress on stderr. */
export async function importWithProgress(
  context: CliContext,
  paths: string[],
  options: ImportOptions,
): Promise<ReportCard> {
  const bar = context.progress('Importing');
  const running = importExports(paths, options);
  try {
    for (;;) {
      const { done, value } = await running.next();
      if (done) return value;
      const { filesDone, filesTotal, bytesDone, bytesTotal, messages } = value;
      const note = `${messages.toLocaleString('en')} messages, ${filesDone} of ${filesTotal} files`;
      bar.show({ done: bytesDone, total: bytesTotal, note });
    }
  } finally {
    bar.end();
  }
}
