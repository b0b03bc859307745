import { chooseUnranked } from '../db/choices.ts';
import { EXIT, idArgument, withStore } from './context.ts';
import type { Verb } from './main.ts';

/** `almanac optout`: a person is counted in totals and never named. */
export const optout: Verb = {
  define(program, run) {
    program
      .command('optout')
      .description('count a person in totals, and never name them')
      .requiredOption('--guild <id>', 'the server', idArgument)
      .requiredOption('--member <id>', 'the person', idArgument)
      .option('--undo', 'name them again')
      .action((options: { guild: string; member: string; undo?: boolean }) =>
        run(async (context) => {
          const { guild, member, undo } = options;
          await withStore(context, ({ db }) =>
            chooseUnranked(db, guild, member, !undo, new Date(context.nowMs)),
          );
          context.print(
            undo
              ? `Member ${member} of server ${guild} may be named again.`
              : `Member ${member} of server ${guild} is counted in totals and not named, from now on.`,
          );
          return EXIT.ok;
        }),
      );
  },
};
