/** How fast a backfill is, how much is left, and how long that takes. */
import { snowflakeMs } from '../../db/snowflake.ts';
import { PER_SECOND } from '../discord/pace.ts';
import type { BackfillCard } from './card.ts';

/** A channel as far as it says how much is left. */
export interface Stretch {
  channelId: string;
  name: string | null;
  /** Of the ids still to be read, newest first. */
  holes: { from: bigint; cursor: bigint }[];
  /** The newest message that was read of it. */
  newestId?: bigint | undefined;
  pages: number;
  messages: number;
  /** Messages that Discord says a thread has. */
  toldMessages?: number | undefined;
  isReading: boolean;
}

/** Longer than what a channel's limit lasts: that gives five pages at once, and then none for five seconds. */
const WINDOW_MS = 20_000;
const READING_SHOWN = 5;
const PAGE = 100;
/** What a channel allows, as it is observed: five pages in five seconds. */
const CHANNEL_PAGE_MS = 1_000;
/** Estimates are rough: early enough that a channel twice as long as was thought is not late. */
const LATE_SHARE = 0.5;
/** Of a channel that nobody knows anything of. */
const PAGES_GUESSED = 3;

/** The time that holes take up of a channel's life, ms: nothing was said before it was made. */
export function lengthOf({ channelId, holes }: Pick<Stretch, 'channelId' | 'holes'>): number {
  const born = BigInt(channelId);
  return holes.reduce((sum, { from, cursor }) => {
    const length = Number((cursor - (from > born ? from : born)) >> 22n);
    return sum + Math.max(0, length);
  }, 0);
}

/** Keeps what was counted in the last seconds. */
export class Speed {
  readonly #marks: { at: number; messages: number; requests: number }[] = [];

  mark(at: number, { messagesSeen: messages, requests }: BackfillCard): void {
    this.#marks.push({ at, messages, requests });
    while (this.#marks.length > 2 && this.#marks[0]!.at < at - WINDOW_MS) this.#marks.shift();
  }

  /** A second. */
  now(): { messages: number; requests: number } {
    const [first, last] = [this.#marks[0], this.#marks.at(-1)];
    if (!first || !last || last.at <= first.at) return { messages: 0, requests: 0 };
    const seconds = (last.at - first.at) / 1_000;
    return {
      messages: Math.round((last.messages - first.messages) / seconds),
      requests: Math.round(((last.requests - first.requests) / seconds) * 10) / 10,
    };
  }
}

/** Pages that are left of a channel: as dense as what was read of it, as long as what was not. */
export function pagesLeft(stretch: Stretch): number {
  const { holes, newestId, pages, messages, toldMessages } = stretch;
  if (holes.length === 0) return 0;
  const leftMs = lengthOf(stretch);
  // From the newest message on: that nothing was said since says nothing of before.
  const readMs = newestId === undefined ? 0 : Number((newestId - holes[0]!.cursor) >> 22n);
  if (pages > 0 && readMs > 0) {
    const dense = ((messages / readMs) * leftMs) / PAGE + 1;
    const told = toldMessages === undefined ? Infinity : Math.max(0, toldMessages - messages) / PAGE + 1;
    return Math.min(dense, told);
  }
  return toldMessages === undefined ? PAGES_GUESSED : toldMessages / PAGE + 1;
}

/**
 * Puts the figures of this moment into a card. Tells whether one channel, by its own limit, may end after all others: then those
 * with most left go first.
 */
export function figure(card: BackfillCard, stretches: Iterable<Stretch>, speed: Speed): boolean {
  let [left, longest] = [0, 0];
  let isKnown = false;
  const reading: Stretch[] = [];
  for (const stretch of stretches) {
    isKnown = true;
    const pages = pagesLeft(stretch);
    left += pages;
    longest = Math.max(longest, pages);
    if (stretch.isReading && stretch.holes.length > 0) reading.push(stretch);
  }
  const { messages, requests } = speed.now();
  card.messagesPerSecond = messages;
  card.requestsPerSecond = requests;
  // Before there are any, the share is as an earlier part of the run left it.
  if (isKnown) card.share = left + card.pages === 0 ? 0 : card.pages / (left + card.pages);
  card.leftMs =
    isKnown && left === 0
      ? 0
      : isKnown && requests > 0
        ? Math.round(Math.max((left / requests) * 1_000, longest * CHANNEL_PAGE_MS))
        : null;
  card.reading = reading
    .toSorted((a, b) => (a.holes[0]!.cursor > b.holes[0]!.cursor ? -1 : 1))
    .slice(0, READING_SHOWN)
    .map(({ channelId, name, holes }) => ({
      channelId,
      name,
      untilMs: snowflakeMs(String(holes[0]!.cursor)),
    }));
  return longest * CHANNEL_PAGE_MS > LATE_SHARE * ((left * 1_000) / PER_SECOND);
}
