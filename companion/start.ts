/** The companion as it runs beside the bot, or in a command of its own. */
import type { Config } from '../config.ts';
import type { Store } from '../db/connect.ts';
import { backfill, type BackfillOptions } from '../ingest/backfill/backfill.ts';
import type { Identity } from '../ingest/discord/identity.ts';
import type { DiscordRest } from '../ingest/discord/rest.ts';
import type { ReadingLog } from '../ingest/history/reading.ts';
import { type Backfills, startBackfills } from './backfills.ts';
import { steadyNow, wait } from './clock.ts';
import { startWords } from './full-text.ts';
import { refreshAfter } from './refresh.ts';
import { startSums } from './sums.ts';

export interface CompanionOptions {
  config: Config;
  /** The one way to Discord of this process. */
  discord: DiscordRest;
  identity: Identity;
  store: Store;
  log: ReadingLog;
  /** What follows from a guild's new messages, where it is another than to make its sums anew. */
  onDone?: (guildId: string, messages: number) => void;
}

/** Starts working on what is queued. It never throws, nor ends the process. */
export function start(options: CompanionOptions): Backfills {
  const { identity, store, log, onDone } = options;
  const backfills = startBackfills({
    pool: store.pool,
    applicationId: identity.applicationId,
    work: (work) => backfill({ ...sharedOptions(options), ...work }),
    async onDone({ guildId }, { card }, signal) {
      if (onDone) onDone(guildId, card.messages);
      else await refreshAfter(store, guildId, card.messages, signal);
    },
    now: steadyNow,
    wait,
    random: Math.random,
    log,
  });
  // A command of its own ends when its backfill does.
  if (onDone) return backfills;
  const sums = startSums({ store, wait, log });
  const words = startWords({ store, wait, log });
  return {
    ...backfills,
    close: async () => void (await Promise.all([backfills.close(), sums.close(), words.close()])),
  };
}

/** What every backfill and every plan is given. */
export function sharedOptions(
  options: Omit<CompanionOptions, 'onDone'>,
): Omit<BackfillOptions, 'requestsAtOnce' | 'signal'> {
  const { config, discord, identity, store, log } = options;
  return {
    pool: store.pool,
    content: config.storeContent,
    calls: discord.calls,
    self: identity,
    clock: discord.clock,
    hasMembersIntent: identity.hasMembers,
    wait,
    log,
  };
}
