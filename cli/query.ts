import { guildSpan } from '../db/queries/guild-span.ts';
import { type GuildTotals, guildTotals } from '../db/queries/guild-totals.ts';
import { EXIT, idArgument, UserError, withStore, zoneArgument } from './context.ts';
import { type FormatOptions, isJson, table, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';

/** `almanac query NAME`: one question, answered. */
export const query: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('query')
        .description('answer a question about a server')
        .argument('<name>', 'which question: guild-totals')
        .requiredOption('--guild <id>', 'the server', idArgument)
        .option('--tz <zone>', 'time zone of the weeks', zoneArgument, 'UTC'),
      'table',
    ).action((name: string, options: { guild: string; tz: string } & FormatOptions) =>
      run(async (context) => {
        if (name !== 'guild-totals')
          throw new UserError(`There is no question called ${name}. There is: guild-totals.`);
        const totals = await withStore(context, async ({ db }) => {
          if (!(await guildSpan(db, options.guild))) throw notRecorded(options.guild);
          return guildTotals(db, options.guild, options.tz);
        });
        context.print(isJson(options) ? toJson(totals) : totalsTable(totals));
        return EXIT.ok;
      }),
    );
  },
};

/** Said of a server that the store doesn't know. */
export function notRecorded(guildId: string): UserError {
  return new UserError(`The server ${guildId} is not recorded. See those that are with: npx almanac guilds`);
}

/** The figures of a server's whole record, for a terminal. */
export function totalsTable(totals: GuildTotals): string {
  const { weeks, topAuthors, ...figures } = totals;
  const parts = [
    table(['figure', 'value'], Object.entries(figures)),
    table(['week', 'messages'], Object.entries(weeks)),
    table(
      ['id', 'name', 'messages'],
      topAuthors.map((author) => [author.id, author.name, author.messages]),
    ),
  ];
  return parts.join('\n\n');
}
