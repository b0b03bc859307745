import type { RunOrder } from '../db/runs.ts';
import { type BackfillPlan, planBackfill } from '../ingest/backfill/plan.ts';
import { fetchChannels } from '../ingest/discord/fetch.ts';
import { type CompanionOptions, sharedOptions } from './start.ts';
import { REQUESTS_MAX } from './turns.ts';

export interface NamedPlan extends BackfillPlan {
  /** The channels and forums of planned threads. */
  parents: { channelId: string; name: string | null; type: number }[];
}

/** What a backfill would read; nothing is written. Undefined: the guild is closed to the bot. Errors: TokenError; UnansweredError. */
export async function plan(
  options: Omit<CompanionOptions, 'onDone'> & { order: RunOrder; signal: AbortSignal },
): Promise<NamedPlan | undefined> {
  const { order, signal, discord } = options;
  const requestsAtOnce = () => REQUESTS_MAX;
  const planned = await planBackfill({ ...sharedOptions(options), requestsAtOnce, signal, order });
  if (!planned) return undefined;
  const wanted = new Set(planned.channels.map(({ parentId }) => parentId));
  const shown = await fetchChannels(discord.calls, order.guildId);
  const parents = shown.is === 'found' ? shown.payload.filter(({ id }) => wanted.has(id)) : [];
  return {
    ...planned,
    parents: parents.map(({ id: channelId, name = null, type }) => ({ channelId, name, type })),
  };
}
