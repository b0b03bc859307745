/**
 * Repairs a gap: what Discord can still tell of the time when live recording missed events. Live recording goes on
 * meanwhile; all goes through the one writer, in any order.
 */
import { finishGap, type GapChannel, saveGapChannels } from '../../../db/gaps.ts';
import { newestBefore } from '../../../db/recorded.ts';
import type { Snowflake } from '../../../db/records.ts';
import { snowflakeAt } from '../../../db/snowflake.ts';
import { type CatchUpCard, isWhole, noteLost } from './card.ts';
import { readChannel } from './channel.ts';
import { inLanes } from '../../history/lanes.ts';
import { listPlaces, type Places } from './places.ts';
import { type CatchUpOptions, openRepair, type Repair } from './repair.ts';

export type { CatchUpCard, NotRecovered } from './card.ts';
export { CATCH_UP_SETTINGS, type CatchUpOptions, type CatchUpSettings, type Watch } from './repair.ts';

export interface CatchUpProgress {
  channelsDone: number;
  channelsTotal: number;
  messages: number;
  requests: number;
}

const HOUR_MS = 3_600_000;

/**
 * Repairs one gap of one guild, and yields after each channel. Stopped or killed anywhere, the same call goes on where
 * it was. Returns the card that the gap is closed with; undefined where the signal stopped it.
 *
 * Errors  TokenError; UnansweredError; Postgres': the gap stays open, to be tried again
 */
export async function* catchUp(
  options: CatchUpOptions,
): AsyncGenerator<CatchUpProgress, CatchUpCard | undefined> {
  const stop = new AbortController();
  const repair = await openRepair(options, AbortSignal.any([options.signal, stop.signal]));
  try {
    const places = await listPlaces(repair, options.self.userId);
    if (!places) noteLost(repair.card, 'guild');
    else yield* readPlaces(repair, places, stop);
    const { card, pool, gap } = repair;
    await finishGap(pool, gap, isWhole(card) ? 'repaired' : 'partly', card, repair.now());
    return card;
  } catch (error) {
    if (options.signal.aborted) return undefined;
    throw error;
  } finally {
    stop.abort();
    await repair.close();
  }
}

async function* readPlaces(
  repair: Repair,
  places: Places,
  stop: AbortController,
): AsyncGenerator<CatchUpProgress> {
  const { card, settings } = repair;
  const channels = await toGapChannels(repair, places);
  const open = channels.filter(({ state }) => state === 'open');
  let channelsDone = channels.length - open.length;
  let turn = Promise.withResolvers<void>();
  const reading = { isOver: false };
  const done = inLanes(settings.channelsAtOnce, open, async (channel) => {
    await readChannel(repair, channel);
    channelsDone++;
    turn.resolve();
  }).finally(() => {
    reading.isOver = true;
    turn.resolve();
  });
  done.catch(() => {});
  try {
    while (!reading.isOver) {
      await turn.promise;
      turn = Promise.withResolvers();
      const { messages, requests } = card;
      yield { channelsDone, channelsTotal: channels.length, messages, requests };
    }
    await done;
  } finally {
    stop.abort();
    await done.catch(() => {});
  }
}

/** Where each channel is read from: the settings' part of its past, but at least from its newest recorded message. */
async function toGapChannels(repair: Repair, { readable, closed }: Places): Promise<GapChannel[]> {
  const { pool, gap, guildId, settings } = repair;
  const beganId = snowflakeAt(gap.fromMs);
  const earlierId = BigInt(snowflakeAt(gap.fromMs - settings.hours * HOUR_MS));
  const newest = await newestBefore(pool, guildId, readable, beganId, settings.messagesMin);
  const startOf = (channelId: Snowflake): Snowflake => {
    const message = newest.get(channelId);
    const first = message === undefined ? BigInt(beganId) : BigInt(message);
    const from = message !== undefined && earlierId < first ? earlierId : first;
    return from > 0n ? String(from - 1n) : '0';
  };
  const begin = (channelId: Snowflake): GapChannel => {
    const startId = startOf(channelId);
    return { channelId, startId, cursorId: startId, state: 'open' };
  };
  const known = await saveGapChannels(pool, gap, [
    ...readable.map(begin),
    ...closed.map((channelId): GapChannel => ({ channelId, startId: '0', cursorId: '0', state: 'closed' })),
  ]);
  // What an earlier run noted and is not readable now is left out, and told so by the lists.
  const now = new Set(readable);
  return known.filter(({ channelId }) => now.has(channelId));
}
