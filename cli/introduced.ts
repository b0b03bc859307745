/** Discord asked for a verb: who the bot is, whether the server is shown to it; and what to say where that fails. */
import { TokenError, UnansweredError } from '../ingest/discord/fetch-calls.ts';
import type { Introduction } from './backfill/door.ts';
import { type CliContext, UserError } from './context.ts';
import { withToken } from './start.ts';

const WHY = {
  missing: 'is not there, or no longer',
  closed: 'is closed to the bot; allow View Channel to its role',
  elsewhere: 'is in another server',
};

/** Does the work with the bot introduced to a server and some of its channels. Errors: UserError for whatever Discord refuses. */
export async function withIntroduction<T>(
  context: CliContext,
  { guild, channel = [] }: { guild: string; channel?: string[] },
  work: (introduction: Introduction & { guildName: string }) => Promise<T>,
): Promise<T> {
  const { config } = withToken(context);
  const { introduce } = await context.companion();
  try {
    const introduction = await introduce(config, guild, channel);
    const { guildName, wrongChannels } = introduction;
    if (guildName === undefined)
      throw new UserError(
        `The bot is not in the server ${guild}, or Discord has an outage. How to invite it says: npx almanac doctor`,
      );
    const wrong = wrongChannels.map(({ channelId, reason }) => `The channel ${channelId} ${WHY[reason]}.`);
    if (wrong.length > 0) throw new UserError(wrong.join('\n'));
    return await work({ ...introduction, guildName });
  } catch (error) {
    if (error instanceof TokenError) throw new UserError(REFUSED_TOKEN);
    if (error instanceof UnansweredError)
      throw new UserError('Discord cannot be reached. Try again when the network is back.');
    throw error;
  }
}

/** Said where Discord answers 401. */
export const REFUSED_TOKEN =
  'Discord refuses DISCORD_TOKEN. It may have been reset: npx almanac doctor says how to get a new one.';
