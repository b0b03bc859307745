/** A channel or thread on its way through a run. */
import type { Snowflake } from '../../db/records.ts';
import type { RunChannel } from '../../db/run-channels.ts';
import { PAGE_MAX } from '../discord/fetch.ts';
import type { Shown } from '../history/survey.ts';
import { ChannelReading, type Hole } from './channel.ts';
import { pagesLeft, type Stretch } from './figures.ts';

export interface Lane extends Stretch {
  channelId: Snowflake;
  reading: ChannelReading;
  /** A request of it is under way. */
  isAsking: boolean;
  /** Portions that are not committed yet. */
  unwritten: number;
  /** Discord's bucket is empty until then, ms. */
  restUntilMs: number;
  /** `read`: all pages are here; `over`: nothing is left to be done. */
  state: 'open' | 'doubt' | 'read' | 'over';
  /** How often it was refused though we may read it, and how often it was opened again. */
  refusals: number;
  reopened: number;
  /** Messages are stored here of which Discord may know nothing: of an export, or from before it is read again. */
  hasUnproven: boolean;
}

/** What is asked for while so many portions wait to be written would be asked for again after a kill. */
const UNWRITTEN_MAX = 2;

/** `earlier`: as an earlier part of the run left it. */
export function openLane(
  guildId: Snowflake,
  shown: Shown,
  holes: Hole[],
  hasUnproven: boolean,
  earlier: RunChannel | undefined,
): Lane {
  const { id: channelId, name = null, last_message_id: lastMessageId } = shown;
  const shortAt = earlier && earlier.messages < earlier.pages * PAGE_MAX ? earlier.oldestId : null;
  const reading = new ChannelReading({ guildId, channelId }, holes, lastMessageId, shortAt);
  return {
    channelId,
    name,
    reading,
    get holes() {
      return reading.holes();
    },
    newestId: undefined,
    pages: 0,
    messages: 0,
    toldMessages: shown.total_message_sent,
    get isReading() {
      return this.isAsking || this.unwritten > 0;
    },
    isAsking: false,
    unwritten: 0,
    restUntilMs: 0,
    state: holes.length > 0 ? 'open' : hasUnproven ? 'read' : 'over',
    refusals: 0,
    reopened: 0,
    hasUnproven,
  };
}

export const isReady = (lane: Lane, nowMs: number): boolean =>
  lane.state === 'open' && !lane.isAsking && lane.unwritten < UNWRITTEN_MAX && lane.restUntilMs <= nowMs;

/**
 * Whose turn it is, of all that may be asked: the one whose next message is the newest, so that what is new is known first; and
 * every other time (every time, where one may be late) the one that has most left, since a channel's own limit would else let
 * it end long after all others. So every channel of which nobody can say how long it is is begun before all else. One
 * without end takes half of the turns, or what its limit allows, and no more.
 */
export function nextLane(lanes: Iterable<Lane>, nowMs: number, by: 'newest' | 'longest'): Lane | undefined {
  let [unknown, newest, longest]: (Lane | undefined)[] = [];
  let most = 0;
  for (const lane of lanes) {
    if (!isReady(lane, nowMs)) continue;
    if (isNewer(lane, newest)) newest = lane;
    if (lane.pages === 0 && lane.toldMessages === undefined) {
      if (isNewer(lane, unknown)) unknown = lane;
    } else if (by === 'longest') {
      const left = pagesLeft(lane);
      if (left > most) [longest, most] = [lane, left];
    }
  }
  return unknown ?? longest ?? newest;
}

const isNewer = (lane: Lane, than: Lane | undefined): boolean =>
  than === undefined || lane.reading.newest > than.reading.newest;

/** When the first of those that rest may be asked again; undefined: none rests. */
export function restsUntil(lanes: Iterable<Lane>, nowMs: number): number | undefined {
  let first: number | undefined;
  for (const { state, isAsking, restUntilMs } of lanes)
    if (state === 'open' && !isAsking && restUntilMs > nowMs && (first === undefined || restUntilMs < first))
      first = restUntilMs;
  return first;
}
