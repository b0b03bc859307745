/**
 * Counts of reactions that live recording may have counted, too: a page's count and an event that was under way while the
 * page was asked for. Looked for when the events have been written, and asked for again.
 */
import { countedWhileReacted, heardUntil, reactedSince } from '../../db/recorded.ts';
import type { Snowflake } from '../../db/records.ts';
import { noteLost } from '../history/card.ts';
import type { Reading } from '../history/reading.ts';

/** Messages whose counts were read. */
export interface Counted {
  channelId: Snowflake;
  messageIds: Snowflake[];
  sentAtMs: number;
  /** When the answer had come. */
  untilMs: number;
}

/** An event just before a request may or may not be in its answer, and one just after may come late. */
const AROUND_MS = { before: 1_000, after: 500 };
const ASK_AGAIN_MAX = 3;
const RECALLED_MAX = 5_000;
const LOOK_EVERY_MS = 3_000;
/** Longer than this nobody waits for a recorder that does not come along. */
const LATE_MS = 60_000;

export class CountChecks {
  readonly #reading: Pick<Reading, 'pool' | 'guildId' | 'now' | 'card'>;
  /** Asks for messages again, writes them, and tells when that was. */
  readonly #askAgain: (channelId: Snowflake, ids: Snowflake[]) => Promise<Counted>;
  #open: (Counted & { attempt: number })[] = [];
  #lookAtMs = 0;
  isLooking = false;

  constructor(
    reading: Pick<Reading, 'pool' | 'guildId' | 'now' | 'card'>,
    askAgain: (channelId: Snowflake, ids: Snowflake[]) => Promise<Counted>,
  ) {
    this.#reading = reading;
    this.#askAgain = askAgain;
  }

  /** Notes what has been written. */
  add(counted: Counted): void {
    if (counted.messageIds.length > 0) this.#open.push({ ...counted, attempt: 0 });
  }

  /** Notes what was read since a time by a run that was broken off before it was sure. */
  async recall(sinceMs: number): Promise<void> {
    const { pool, guildId, now } = this.#reading;
    const heardMs = await heardUntil(pool, guildId);
    if (heardMs === undefined) return;
    const unsure = await countedWhileReacted(pool, guildId, { sinceMs, heardMs }, RECALLED_MAX);
    for (const [channelId, messageIds] of unsure)
      this.add({ channelId, messageIds, sentAtMs: sinceMs, untilMs: now() });
  }

  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  get isDue(): boolean {
    return this.isOpen && this.#reading.now() >= this.#lookAtMs;
  }

  /** Looks at what live recording has come past. */
  async look(): Promise<void> {
    this.isLooking = true;
    try {
      await this.#look();
    } finally {
      this.isLooking = false;
      this.#lookAtMs = this.#reading.now() + LOOK_EVERY_MS;
    }
  }

  async #look(): Promise<void> {
    const { pool, guildId, now } = this.#reading;
    const heardMs = await heardUntil(pool, guildId);
    // Nobody records live: there is nothing to be counted twice.
    if (heardMs === undefined) this.#open = [];
    const isRipe = ({ untilMs }: Counted) =>
      heardMs! >= untilMs + AROUND_MS.after || now() > untilMs + LATE_MS;
    const ripe = this.#open.filter(isRipe);
    this.#open = this.#open.filter((one) => !isRipe(one));
    if (ripe.length === 0) return;
    const asked = ripe.flatMap(({ messageIds, sentAtMs }) =>
      messageIds.map((id): [Snowflake, number] => [id, sentAtMs - AROUND_MS.before]),
    );
    const reacted = await reactedSince(pool, guildId, asked);
    for (const { channelId, messageIds, attempt } of ripe) {
      const unsure = messageIds.filter((id) => reacted.has(id));
      if (unsure.length === 0) continue;
      if (attempt >= ASK_AGAIN_MAX) noteLost(this.#reading.card, 'unsure-counts');
      else this.#open.push({ ...(await this.#askAgain(channelId, unsure)), attempt: attempt + 1 });
    }
  }
}
