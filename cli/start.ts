import { type CliContext, UserError } from './context.ts';
import type { Verb } from './main.ts';
import { untilStopped } from './until-stopped.ts';

/** What `--deploy` does, of the bot alone too. */
export const DEPLOY = 'tell Discord the slash commands first, where anything differs';

/** `almanac start`: records the servers that the bot is in, with the companion in the same process, until it is stopped. */
export const start: Verb = {
  define(program, run) {
    program
      .command('start')
      .description('record the servers that your bot is in, and answer commands there, until it is stopped')
      .option('--deploy', DEPLOY)
      .action(({ deploy = false }: { deploy?: boolean }) =>
        run(async (context) => {
          const [bot, companion] = [await withToken(context).bot(), await context.companion()];
          return untilStopped(context, (running) =>
            bot.start({ ...running, beside: companion, isDeploying: deploy }),
          );
        }),
      );
  },
};

/** The context, where there is a token. Errors: UserError, which says how to get one. */
export function withToken(context: CliContext): CliContext {
  if (!context.config.live.token) throw new UserError(NO_TOKEN);
  return context;
}

const NO_TOKEN = `DISCORD_TOKEN is not set: Almanac records through a bot of your own, which you make once and for free.
  1. https://discord.com/developers/applications  New Application, any name.
  2. Its page "Bot": Reset Token, and copy what it shows.
     There, too: turn on Server Members Intent and Message Content Intent, and Save Changes.
  3. Put it into a file .env in this folder, as a line  DISCORD_TOKEN=...  and show it to nobody.
  4. npx almanac doctor  says how to invite the bot to your server, and what is still missing.
  5. npm start`;
