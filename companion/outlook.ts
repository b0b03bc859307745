/** What a backfill would read, as it is told in Discord. */
import type { RunOrder } from '../db/runs.ts';
import { byChannel } from '../ingest/backfill/by-channel.ts';
import { isThread } from '../ingest/backfill/places.ts';
import type { BackfillOutlook } from '../reports/backfill/outlook.ts';
import { type NamedPlan, plan } from './plan.ts';
import type { CompanionOptions } from './start.ts';

/** Asks Discord. Undefined: the guild is closed to the bot. Errors: TokenError; UnansweredError. */
export async function outlook(
  options: Omit<CompanionOptions, 'onDone'> & { order: RunOrder; signal: AbortSignal },
): Promise<BackfillOutlook | undefined> {
  const planned = await plan(options);
  return planned && outlookOf(planned);
}

/** The same of a plan: a channel with its threads. */
export function outlookOf(planned: NamedPlan): BackfillOutlook {
  const { channels, parents, notReadable, covered, messages, estimateMs, hasUnknownReactors } = planned;
  const { listingRequests, pageRequests, reactorRequests, memberRequests } = planned;
  return {
    messages,
    requests: listingRequests + pageRequests + (reactorRequests ?? 0) + (memberRequests ?? 0),
    seconds: Math.ceil(estimateMs / 1_000),
    channels: byChannel(channels, parents)
      .map(({ channelId: id, name, messages: count, threads }) => ({ id, name, messages: count, threads }))
      .toSorted((a, b) => (b.messages ?? -1) - (a.messages ?? -1) || (BigInt(a.id) < BigInt(b.id) ? -1 : 1)),
    notRead: notReadable.map(({ channelId: id, name, type, reason }) => ({
      id,
      name,
      reason,
      isThread: isThread({ id, type }),
    })),
    covered,
    hasUnknownReactors,
  };
}
