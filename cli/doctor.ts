import type { Verb } from './main.ts';
import { type FormatOptions, isJson, withFormat } from './format.ts';
import { withToken } from './start.ts';

/** `almanac doctor`: what the bot may and may not record, and how to change that. */
export const doctor: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('doctor')
        .description('say what your bot can record, what it cannot, and how to change that'),
      'text',
    ).action((options: FormatOptions) =>
      run(async (context) => {
        const given = withToken(context);
        return (await context.bot()).doctor({ ...given, isJson: isJson(options) });
      }),
    );
  },
};
