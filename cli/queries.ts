import { EXIT } from './context.ts';
import { type FormatOptions, isJson, table, toJson, withFormat } from './format.ts';
import type { Verb } from './main.ts';

/** `almanac queries`: the questions that there are. */
export const queries: Verb = {
  define(program, run) {
    withFormat(
      program.command('queries').description('list the questions that can be asked'),
      'table',
    ).action((options: FormatOptions) =>
      run(async (context) => {
        const { questionList } = await import('./answer.ts');
        const list = questionList();
        context.print(
          isJson(options)
            ? toJson(list)
            : table(
                ['question', 'asks'],
                list.map(({ name, about, needs }) => [name, needs ? `${about} (--${needs})` : about]),
              ),
        );
        return EXIT.ok;
      }),
    );
  },
};
