import { type Command, Option } from 'commander';
import type { QueryOptions } from './answer.ts';
import { countArgument, daysArgument, idsArgument, momentArgument } from './asked.ts';
import { EXIT, idArgument, zoneArgument } from './context.ts';
import type { Verb } from './main.ts';

/** `almanac query NAME`: one question, answered. */
export const query: Verb = {
  define(program, run) {
    withScope(
      program
        .command('query')
        .description('answer a question about a server; `almanac queries` lists them')
        .argument('<name>', 'which question'),
    ).action((name: string, options: QueryOptions) =>
      run(async (context) => {
        const { answerQuery } = await import('./answer.ts');
        const text = await answerQuery(context, name, options);
        if (text !== undefined) context.print(text);
        return EXIT.ok;
      }),
    );
  },
};

function withScope(command: Command): Command {
  return command
    .requiredOption('--guild <id>', 'the server', idArgument)
    .option('--from <time>', 'from this date or instant on', momentArgument)
    .option('--to <time>', 'until this date or instant, which is not counted itself', momentArgument)
    .option(
      '--days <count>',
      'as many days: the last of the record, or from --from, or until --to',
      daysArgument,
    )
    .option('--all', 'the whole record (default)')
    .option('--tz <zone>', "time zone of hours, days, weeks and months (default: the server's)", zoneArgument)
    .option(
      '--channel <id...>',
      'count these channels and threads only; a category or forum is all below it',
      idsArgument,
    )
    .option('--member <id>', 'count what this member wrote only', idArgument)
    .option('--text <words>', 'a text to look for, as it is')
    .option('--limit <count>', 'rows at most; a series keeps its newest', countArgument, 10)
    .option('--include-bots', 'count bots and webhooks too')
    .addOption(
      new Option('--format <format>', 'how to answer').choices(['table', 'json', 'csv']).default('table'),
    )
    .option('--json', 'short for --format json');
}
