import { Option } from 'commander';
import type { Store } from '../db/connect.ts';
import { guildSpan } from '../db/queries/guild-span.ts';
import { recordSpan } from '../db/queries/record-span.ts';
import { readSettings } from '../db/settings.ts';
import type { Guide } from '../reports/guide.ts';
import { type Language, languageOf, LANGUAGES, type Words, wordsIn } from '../reports/words.ts';
import { channelsOf, idsArgument } from './asked.ts';
import { type CliContext, EXIT, idArgument, notRecorded, UserError, withStore } from './context.ts';
import { type FormatOptions, isJson, toJson, withFormat } from './format.ts';
import { readWordsWithProgress } from './full-text.ts';
import type { Verb } from './main.ts';

interface Options extends FormatOptions {
  guild: string;
  topic?: string;
  channel?: string[];
  language?: Language;
}

/** `almanac guide`: who and what to turn to, on a topic or to begin with. */
export const guide: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('guide')
        .description('tell who and what to turn to in a server, on a topic or to begin with')
        .requiredOption('--guild <id>', 'the server', idArgument)
        .option('--topic <text>', 'a word, a phrase or a whole question (default: where to start)')
        .option(
          '--channel <id...>',
          'count these channels and threads only; a category or forum is all below it',
          idsArgument,
        )
        .addOption(
          new Option('--language <language>', "language to write it in (default: the server's)").choices(
            LANGUAGES,
          ),
        ),
      'md',
    ).action((options: Options) =>
      run(async (context) => {
        if (options.topic?.trim() === '') {
          throw new UserError(
            'That topic is empty. Say a word, a phrase or a question behind --topic, or leave it out to see where to start.',
          );
        }
        context.print(await withStore(context, (store) => answer(context, store, options)));
        return EXIT.ok;
      }),
    );
  },
};

async function answer(context: CliContext, store: Store, options: Options): Promise<string> {
  const { db } = store;
  const { timeZone, language } = await readSettings(db, options.guild);
  const words = wordsIn(options.language ?? languageOf(language));
  const help = await helpFor(store, options, words);
  if (help !== undefined) return isJson(options) ? toJson({ about: 'care', help }) : help;
  const built = await build(context, store, options, timeZone);
  if (isJson(options)) {
    const { guideJson } = await import('../reports/guide/json.ts');
    return toJson(guideJson(built));
  }
  const { guideMarkdown } = await import('../reports/guide/markdown.ts');
  return guideMarkdown(built, words).trimEnd();
}

/** What is said to whoever may need a person rather than a list; undefined to all others. */
async function helpFor({ db }: Store, { guild, topic }: Options, words: Words): Promise<string | undefined> {
  const { helpPlace, isInNeed } = await import('../reports/guide/care.ts');
  if (topic === undefined || !isInNeed(topic)) return undefined;
  const [{ markdown }, { placeLabel }] = await Promise.all([
    import('../reports/markdown.ts'),
    import('../reports/places.ts'),
  ]);
  const place = await helpPlace({ db }, guild);
  return words.care.help(place && markdown.text(placeLabel(place)));
}

async function build(
  context: CliContext,
  store: Store,
  { guild: guildId, topic, channel }: Options,
  timeZone: string,
): Promise<Guide> {
  const { db } = store;
  const guild = await guildSpan(db, guildId);
  if (!guild) throw notRecorded(guildId);
  const channels = channel && (await channelsOf(db, guildId, channel));
  await readWordsWithProgress(context, store, [guildId]);
  const span = await recordSpan(db, { guildId, ...(channels && { channels }) });
  // Of a channel that is quiet, "now" is the server's.
  const nowMs = guild.lastMs ?? context.nowMs;
  const basis = { timeZone, nowMs, firstMs: span?.firstMs ?? nowMs };
  const [{ buildGuide }, { periodOf }, { asOf }] = await Promise.all([
    import('../reports/guide.ts'),
    import('../reports/period.ts'),
    import('../reports/contributors.ts'),
  ]);
  const asOfMs = asOf(basis, context.nowMs);
  return buildGuide(db, {
    guildId,
    guildName: guild.name ?? guildId,
    window: periodOf('all', basis)!.window,
    // Whoever runs it sees everything.
    countedFor: 'open',
    ...(channels && { channels }),
    ...(topic !== undefined && { topic }),
    ...(asOfMs !== undefined && { asOfMs }),
  });
}
