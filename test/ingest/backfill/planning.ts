/** Plans of backfills over the loopback Discord. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunOrder } from '../../../db/runs.ts';
import { type BackfillPlan, planBackfill } from '../../../ingest/backfill/plan.ts';
import { openRest } from '../../../ingest/discord/rest.ts';
import type { GuildTruth } from '../../support/discord/model.ts';
import { asOf } from './past.ts';
import type { Scene } from './scene.ts';

/** Plans a run of a guild, by a client of its own. */
export async function plan(
  scene: Scene,
  guild: GuildTruth,
  more: Partial<RunOrder> = {},
): Promise<BackfillPlan | undefined> {
  const { database, discord, world } = scene;
  const wait = (ms: number, signal?: AbortSignal) => sleep(Math.min(ms, 50), undefined, signal && { signal });
  const rest = openRest({
    token: world.truth.token,
    apiUrl: discord.url,
    now: Date.now,
    wait,
    random: Math.random,
  });
  return planBackfill({
    pool: database.pool,
    content: 'full',
    calls: rest.calls,
    self: { userId: world.truth.bot.id, hasContent: true },
    clock: rest.clock,
    hasMembersIntent: true,
    requestsAtOnce: () => 8,
    wait,
    signal: new AbortController().signal,
    log: { info: () => {}, warn: () => {} },
    order: {
      guildId: guild.id,
      channelIds: null,
      sinceId: '0',
      withReactors: false,
      isAgain: false,
      ...more,
    },
  });
}

/** A plan's messages, by channel. */
export const messagesOf = (planned: BackfillPlan) =>
  new Map(planned.channels.map(({ channelId, messages }) => [channelId, messages]));

/** How many requests there were for paths. */
export const asked = ({ discord }: Scene, path: RegExp) =>
  discord.requests.filter((request) => path.test(request.path)).length;

/** The same as of another moment. */
export const planAt = (ms: number, ...given: Parameters<typeof plan>) => asOf(ms, () => plan(...given));
