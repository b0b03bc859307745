import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { guildTotals } from '../db/queries/guild-totals.ts';
import { wordsIn } from '../reports/words.ts';
import { type CliContext, EXIT, withStore } from './context.ts';
import { table } from './format.ts';
import { readWordsWithProgress } from './full-text.ts';
import { generateWithProgress } from './generate.ts';
import { importWithProgress } from './import.ts';
import type { Verb } from './main.ts';

/** Enough for half a year of a lively server, and seconds of work. */
const MESSAGES = 20_000;
const SEED = 'almanac';
const OUT = './out';
/** Of the report, to begin with: its title and what happened. */
const LINES_SHOWN = 6;

/** `almanac demo`: the main job, on a community that doesn't exist. */
export const demo: Verb = {
  define(program, run) {
    program
      .command('demo')
      .description('see it work: a made-up community is imported, counted and reported on, in ./out')
      .action(() => run(runDemo));
  },
};

async function runDemo(context: CliContext): Promise<number> {
  const folder = join(OUT, 'demo');
  const exports = join(folder, 'exports');
  // Its own database, whatever is configured: a made-up community has no place among real ones.
  const { databaseUrl: _, ...config } = { ...context.config, dataFolder: join(folder, 'data') };
  await rm(exports, { recursive: true, force: true });
  await mkdir(exports, { recursive: true });

  context.tell(`1. Writing the exports of a made-up community to ${exports}`);
  const truth = await generateWithProgress(context, { messages: MESSAGES, seed: SEED }, exports);
  return withStore({ ...context, config }, async (store) => {
    const { db, pool } = store;
    context.tell('2. Importing them');
    const { nowMs } = context;
    const options = {
      pool,
      content: config.storeContent,
      nowMs,
      includeDirectMessages: false,
      isDryRun: false,
      lanes: 2,
    };
    const card = await importWithProgress(context, [exports], options);
    const { id: guildId, name } = truth.guild;
    await readWordsWithProgress(context, store, [guildId]);
    context.tell(`   ${card.files.length} files, ${card.messages.inFile.toLocaleString('en')} messages`);

    context.tell('3. Counting\n');
    const { weeks: _weeks, topAuthors, guildId: _id, ...figures } = await guildTotals(db, guildId, 'UTC');
    context.print(`${name}\n\n${table(['figure', 'value'], Object.entries(figures))}`);
    context.print(
      `\n${table(
        ['who wrote most', 'messages'],
        topAuthors.slice(0, 5).map((a) => [a.name, a.messages]),
      )}`,
    );

    context.tell('\n4. Reporting on its last week, with charts\n');
    const { buildWeekly } = await import('../reports/weekly.ts');
    const { drawCharts, reportText, writeReport } = await import('./report-files.ts');
    const report = (await buildWeekly(db, { guildId, timeZone: 'UTC', nowMs }))!;
    const words = wordsIn('en');
    const written = { report, words, pictures: await drawCharts(context, report, words) };
    const [markdown, ...charts] = await writeReport(context, { ...written, format: 'md' }, OUT);
    const [html] = await writeReport(context, { ...written, format: 'html' }, OUT);
    const text = reportText({ ...written, format: 'md' });
    context.print(`\n${text.split('\n').slice(0, LINES_SHOWN).join('\n')}...`);
    context.print(`\nThe weekly report:  ${html}  (open it in a browser)`);
    context.print(`The same as text:   ${markdown}`);
    if (charts[0]) context.print(`Its charts:         ${dirname(charts[0])}  (${charts.length} pictures)`);
    context.tell(NEXT);
    return EXIT.ok;
  });
}

const NEXT = `
What next?
  Your own server, from exports:  npx almanac import PATH    (DiscordChatExporter, --format Json)
                                  npx almanac guilds
                                  npx almanac report weekly --guild ID
  More of this one:               ALMANAC_DATA=./out/demo/data npx almanac guilds
  Live, with your own bot:        npx almanac start    says how to get one, in five steps
  And the years before:           npx almanac backfill --guild ID --plan`;
