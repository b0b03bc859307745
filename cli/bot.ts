import type { CompanionDoor } from './backfill/door.ts';
import type { Beside } from './context.ts';
import type { Verb } from './main.ts';
import { DEPLOY, withToken } from './start.ts';
import { untilStopped } from './until-stopped.ts';

/** `almanac bot`: the bot without its companion, which runs in processes of its own. */
export const bot: Verb = {
  define(program, run) {
    program
      .command('bot')
      .description('of `start` the bot alone: record and answer; posts and backfills are left to `companion`')
      .option('--deploy', DEPLOY)
      .action(({ deploy = false }: { deploy?: boolean }) =>
        run(async (context) => {
          const [door, companion] = [await withToken(context).bot(), await context.companion()];
          return untilStopped(context, (running) =>
            door.start({ ...running, beside: asked(companion), isDeploying: deploy }),
          );
        }),
      );
  },
};

/** Of the companion what the bot asks of it, and nothing that works by itself. */
const asked = ({ outlook, refresh, http }: CompanionDoor): Beside => ({
  outlook,
  refresh,
  start: http,
});
