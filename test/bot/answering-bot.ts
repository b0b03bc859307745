/** What answers in Discord, as the program opens it beside its companion. */
import type { Answering } from '../../bot/answering/answering.ts';
import type { OpenAnsweringOptions } from '../../bot/answering/open.ts';
import type { Findings } from '../../bot/checks.ts';
import type { Log } from '../../bot/log.ts';
import type { RunOptions } from '../../bot/run.ts';
import { outlook, refresh } from '../../companion/index.ts';
import type { Config } from '../../config.ts';
import type { Store } from '../../db/connect.ts';
import type { DiscordRest } from '../../ingest/discord/rest.ts';

/** Makes it of what the program would: `openAnswering`, or another in its place. */
export type AnsweringOf = (options: OpenAnsweringOptions) => Answering;

/** What a run of the bot is given to answer with. Until `signal` it asks Discord what a backfill would read. */
export function answeringOf(
  shared: { config: Config; discord: DiscordRest; store: Store; findings: Findings; log: Log },
  make: AnsweringOf,
  signal: AbortSignal,
): NonNullable<RunOptions['openAnswering']> {
  const { discord, store, findings } = shared;
  const { application, user, intents } = findings;
  const identity = {
    applicationId: application.id,
    userId: user.id,
    hasContent: intents.content,
    hasMembers: intents.members,
  };
  return ({ isCurrent }) =>
    make({
      ...shared,
      botId: user.id,
      now: discord.clock.discordNow,
      plan: (order) => outlook({ ...shared, identity, order, signal }),
      onZone: (guildId) => void refresh(store, guildId, signal).catch(() => {}),
      isCurrent,
    });
}
