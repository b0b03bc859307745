/**
 * One channel or thread of a backfill: what to ask of it next, and what an answer means. Pure, but for its state.
 *
 * A hole is read backward, by pages before its cursor, down to its beginning. A short page proves nothing beyond its ids, nor
 * does an empty one: it may be a permission that is lost. So what ends a hole is a request for the first message
 * behind its beginning, of which the answer shows by itself that we may read, and that there is nothing before it.
 */
import type { CoverageRecord, RecordBatch, Snowflake } from '../../db/records.ts';
import { isFull, type Page, provenSpans, readSpan, type Refused } from '../history/page.ts';

/** Ids of both ends. */
export interface Hole {
  fromId: Snowflake;
  toId: Snowflake;
}

export type Ask =
  /** The newest messages before an id. */
  | { what: 'page'; before: Snowflake }
  /** The first message behind an id. */
  | { what: 'first'; after: Snowflake }
  /** One message, of which it only matters whether we may ask. */
  | { what: 'message'; id: Snowflake };

/** What an answer has made of the channel. */
export type Turn =
  /** Its records are in the batch, and these spans are covered. */
  | { is: 'read'; spans: CoverageRecord[] }
  /** There may be nothing, or we may not read: what we may do is to be surveyed before it is asked again. */
  | { is: 'doubt' }
  /** It is over; with 10003 it is no more. */
  | { is: 'closed'; code: number }
  /** The same again: going on would never end. */
  | { is: 'repeated' };

interface Place {
  guildId: Snowflake;
  channelId: Snowflake;
}

/** So often an empty answer and a survey may contradict each other. */
const DOUBTS_MAX = 5;

export class ChannelReading {
  readonly channelId: Snowflake;
  /** As Discord names it; null: it never had one; undefined: not known. It may be deleted. */
  lastMessageId: Snowflake | null | undefined;
  readonly #place: Place;
  readonly #aboveLast: bigint;
  /** Newest first; the one that is read is the first. */
  readonly #holes: { from: bigint; cursor: bigint }[];
  #expects: Ask['what'] = 'page';
  #hasShown = false;
  #wasEmpty = false;
  #doubts = 0;

  /** `shortAt`: an earlier page that was short began with this id, so that there is probably nothing before it. */
  constructor(
    place: Place,
    holes: Hole[],
    lastMessageId: Snowflake | null | undefined,
    shortAt?: Snowflake | null,
  ) {
    this.#place = place;
    this.channelId = place.channelId;
    this.lastMessageId = lastMessageId;
    const last = lastMessageId === undefined ? LAST_ID : (lastMessageId ?? '0');
    this.#aboveLast = BigInt(last) + 1n;
    this.#holes = holes.map(({ fromId, toId }) => ({ from: BigInt(fromId), cursor: BigInt(toId) + 1n }));
    if (shortAt && this.cursor === BigInt(shortAt)) this.#expects = 'first';
  }

  get isRead(): boolean {
    return this.#holes.length === 0;
  }

  /** Everything from here on is read; the newest hole's rest comes next. */
  get cursor(): bigint {
    return this.#holes[0]?.cursor ?? 0n;
  }

  /** The last answer was empty: nothing of it can be kept before that is explained. */
  get isUnexplained(): boolean {
    return !this.isRead && this.#wasEmpty && this.#expects !== 'page';
  }

  /** Below this is all that comes next: as the channel says, until something is shown. */
  get newest(): bigint {
    return this.#hasShown || this.#aboveLast > this.cursor ? this.cursor : this.#aboveLast;
  }

  /** Its holes as they are now, newest first. */
  holes(): { from: bigint; cursor: bigint }[] {
    return this.#holes;
  }

  /** What to ask; not to be called when all is read. */
  next(): Ask {
    const { from, cursor } = this.#holes[0]!;
    if (this.#expects === 'first') return { what: 'first', after: String(from > 0n ? from - 1n : 0n) };
    if (this.#expects === 'message') return { what: 'message', id: this.lastMessageId! };
    return { what: 'page', before: String(cursor) };
  }

  /** Takes the answer to a page or to the first message; its payloads are in the batch as records. */
  take(ask: Ask, page: Page, batch: RecordBatch): Turn {
    this.#wasEmpty = page.ids.length === 0;
    if (!this.#wasEmpty) this.#hasShown = true;
    return ask.what === 'page' ? this.#takePage(page, batch) : this.#takeFirst(page, batch);
  }

  /** Nothing is there, or not for us. */
  refuse({ code, sentAtMs }: Refused, ask: Ask): Turn {
    // The message that the channel names last is deleted, and we may know it: the channel is empty indeed.
    if (ask.what === 'message' && code === UNKNOWN_MESSAGE)
      return { is: 'read', spans: this.believeEmpty(sentAtMs) };
    return { is: 'closed', code };
  }

  /** After a doubt, a survey has found that we may read. False: it was in doubt too often. */
  retry(): boolean {
    this.#expects = 'page';
    return ++this.#doubts <= DOUBTS_MAX;
  }

  /** Nothing was ever here: all holes are read. */
  believeEmpty(sentAtMs: number): CoverageRecord[] {
    const spans = this.#holes.flatMap(({ from, cursor }) =>
      readSpan(this.#place, { fromId: from, toId: cursor - 1n }, sentAtMs),
    );
    this.#holes.length = 0;
    return spans;
  }

  #takePage(page: Page, batch: RecordBatch): Turn {
    const hole = this.#holes[0]!;
    const [oldest, newest] = [page.ids[0], page.ids.at(-1)];
    if (oldest === undefined || newest === undefined) {
      // Where nothing was ever shown, nor is said to be above, the first message would be none, either.
      if (!this.#hasShown && !this.#isBelowLast(hole)) return { is: 'doubt' };
      this.#expects = 'first';
      return { is: 'read', spans: [] };
    }
    if (BigInt(newest) >= hole.cursor) return { is: 'repeated' };
    const [from, to, top] = [BigInt(oldest), BigInt(newest), hole.cursor - 1n];
    const proven = provenSpans(this.#place, page, { fromId: from, toId: isFull(page) ? top : to }, batch);
    hole.cursor = from;
    this.#expects = isFull(page) ? 'page' : 'first';
    if (from <= hole.from) this.#finishHole();
    return { is: 'read', spans: this.#withRest(proven, { fromId: from, toId: top }, page.sentAtMs) };
  }

  #takeFirst(page: Page, batch: RecordBatch): Turn {
    const hole = this.#holes[0]!;
    const first = page.ids[0];
    if (first === undefined) return { is: 'doubt' };
    const found = BigInt(first);
    const proven = provenSpans(this.#place, page, { fromId: hole.from, toId: found }, batch);
    const spans = this.#withRest(proven, { fromId: hole.from, toId: found }, page.sentAtMs);
    if (found >= hole.cursor) this.#finishHole();
    else {
      // What lies between is not read yet; below it there is nothing.
      hole.from = found + 1n;
      this.#expects = 'page';
      if (hole.from >= hole.cursor) this.#finishHole();
    }
    return { is: 'read', spans };
  }

  /** What is proven of a range, and that the rest of it was asked for. */
  #withRest(
    proven: CoverageRecord[],
    range: { fromId: bigint; toId: bigint },
    sentAtMs: number,
  ): CoverageRecord[] {
    const { fromId, toId } = proven[0] ?? {};
    const isWhole = proven.length === 1 && fromId === String(range.fromId) && toId === String(range.toId);
    return isWhole ? proven : [...proven, ...readSpan(this.#place, range, sentAtMs)];
  }

  /** An empty channel: what it names last decides whether that can be. */
  doubtOf(): 'empty' | 'ask message' | 'ask channel' | 'survey' {
    if (this.#hasShown) return 'survey';
    if (this.lastMessageId === null) return 'empty';
    if (this.lastMessageId === undefined) return 'ask channel';
    this.#expects = 'message';
    return 'ask message';
  }

  /** Whether there is, or was, a message above a hole, as the channel says; it may say nothing. */
  #isBelowLast({ cursor }: { cursor: bigint }): boolean {
    if (this.lastMessageId === null) return false;
    return this.lastMessageId === undefined || BigInt(this.lastMessageId) >= cursor;
  }

  #finishHole(): void {
    this.#holes.shift();
    this.#expects = 'page';
  }
}

const LAST_ID = '9223372036854775807';
/** Discord's code for a message that is no more, given to who may read. */
const UNKNOWN_MESSAGE = 10_008;
