/** The companion as it runs beside the bot, alone, or in a command of its own. */
import { randomUUID } from 'node:crypto';
import type { Config } from '../config.ts';
import type { Store } from '../db/connect.ts';
import { noteJob } from '../db/jobs.ts';
import { backfill, type BackfillOptions } from '../ingest/backfill/backfill.ts';
import type { Identity } from '../ingest/discord/identity.ts';
import type { DiscordRest } from '../ingest/discord/rest.ts';
import type { ReadingLog } from '../ingest/history/reading.ts';
import { type Backfills, startBackfills } from './backfills.ts';
import { steadyNow, wait } from './clock.ts';
import { drawingNowAndThen } from './drawing.ts';
import { startWords } from './full-text.ts';
import { makeStrangers } from './posting/context.ts';
import { type PostingOptions, startPosting } from './posting.ts';
import { refreshAfter } from './refresh.ts';
import type { Round } from './round.ts';
import { serve } from './serve.ts';
import { startSums } from './sums.ts';
import { startUpkeep } from './upkeep.ts';
import type { Vitals } from './vitals.ts';

export interface CompanionOptions {
  config: Config;
  /** The one way to Discord of this process. */
  discord: DiscordRest;
  identity: Identity;
  store: Store;
  log: ReadingLog;
  /** Of the bot beside it; absent: there is none. */
  vitals?: () => Vitals;
  /** A command of its own: nothing runs but backfills, and this follows from a guild's new messages. */
  onDone?: (guildId: string, messages: number) => void;
}

/** Starts working on what is queued and what is due. It never throws, nor ends the process. */
export function start(options: CompanionOptions): Backfills {
  const { config, discord, identity, store, log, onDone } = options;
  const { applicationId } = identity;
  const backfills = startBackfills({
    pool: store.pool,
    applicationId,
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
  const { quickChartUrl, dataFolder } = config;
  const onWarning = (warning: string) => log.warn({}, warning);
  const drawing = drawingNowAndThen({ ...(quickChartUrl && { quickChartUrl }), onWarning }, steadyNow);
  const posting: PostingOptions = {
    store,
    content: config.storeContent,
    rest: discord.rest,
    calls: discord.calls,
    self: identity,
    applicationId,
    dataFolder,
    now: discord.clock.discordNow,
    startedMs: discord.clock.discordNow(),
    strangers: makeStrangers(),
    draw: drawing.draw,
    onChartError: (err) => log.warn({ err }, 'a chart is missing'),
    holder: randomUUID(),
    wait,
    random: Math.random,
    log,
  };
  const jobs = startPosting(posting);
  const upkeep = startUpkeep({
    pool: store.pool,
    applicationId,
    begin: () => [
      startSums({ store, wait, now: discord.clock.discordNow, log, onRound: noted('sums') }),
      startWords({ store, wait, now: discord.clock.discordNow, log, onRound: noted('words') }),
    ],
    wait,
    log,
  });
  const http = serve({ ...options, charts: drawing.figures, draw: drawing.draw });

  function noted(job: string) {
    return ({ isFailed, ...times }: Round): void =>
      void noteJob(
        store.pool,
        { guildId: '0', job },
        { ...times, outcome: isFailed ? 'failed' : 'done' },
      ).catch(
        // Where the database is away, the next round is noted.
        () => {},
      );
  }

  const ended = Promise.race([backfills.ended, jobs.ended]);
  ended.catch(() => {});
  return {
    ...backfills,
    ended,
    async close() {
      await Promise.all([backfills.close(), jobs.close(), upkeep.close(), http.close()]);
      await drawing.close();
    },
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
