import { TokenError } from '../ingest/discord/fetch-calls.ts';
import { UserError } from './context.ts';
import { REFUSED_TOKEN } from './introduced.ts';
import type { Verb } from './main.ts';
import { withToken } from './start.ts';
import { untilStopped } from './until-stopped.ts';

/** `almanac companion`: works on what is due and asked for, beside a bot that is another process; several may. */
export const companion: Verb = {
  define(program, run) {
    program
      .command('companion')
      .description(
        'of `start` the companion alone: post reports, work on backfills; several may run side by side',
      )
      .action(() =>
        run(async (context) => {
          const door = await withToken(context).companion();
          try {
            return await untilStopped(context, (running) => door.run(running));
          } catch (error) {
            throw error instanceof TokenError ? new UserError(REFUSED_TOKEN) : error;
          }
        }),
      );
  },
};
