import { chooseUnranked } from '../db/choices.ts';
import { EXIT, idArgument, withStore } from './context.ts';
import { type FormatOptions, isJson, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';

/** `almanac optout`: a person is counted in totals and never named. */
export const optout: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('optout')
        .description('count a person in totals, and never name them')
        .requiredOption('--guild <id>', 'the server', idArgument)
        .requiredOption('--member <id>', 'the person', idArgument)
        .option('--undo', 'name them again'),
      'text',
    ).action((options: { guild: string; member: string; undo?: boolean } & FormatOptions) =>
      run(async (context) => {
        const { guild, member, undo } = options;
        await withStore(context, ({ db }) =>
          chooseUnranked(db, guild, member, !undo, new Date(context.nowMs)),
        );
        const isUnranked = undo !== true;
        const said = isUnranked ? 'is counted in totals and not named, from now on' : 'may be named again';
        if (isJson(options)) context.print(toJson({ guildId: guild, userId: member, isUnranked }));
        else context.print(`Member ${member} of server ${guild} ${said}.`);
        return EXIT.ok;
      }),
    );
  },
};
