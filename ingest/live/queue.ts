import type { GapNoticed } from '../../db/gaps.ts';
import type { RecordBatch } from '../../db/records.ts';
import type { LiveEvent } from './live-event.ts';
import { behindGap, joinedGaps } from './missed.ts';

export interface QueueLimits {
  events: number;
  bytes: number;
}

interface Waiting {
  event: LiveEvent;
  bytes: number;
}

/**
 * Events in memory in the order they came. Each has a position, counted on from `start`, so that whoever writes them
 * and whoever moves them to the disk need not wait for each other.
 *
 * Full, it drops what comes until it is half empty again; the next event then says what was missed.
 */
export class EventQueue {
  start: number;
  bytes = 0;
  dropped = 0;
  isFull = false;
  /** All guilds that an event came from. */
  readonly guildIds = new Set<string>();
  readonly #limits: QueueLimits;
  #waiting: Waiting[] = [];
  #missed: GapNoticed | undefined;
  #awaited: { count: number; reached: PromiseWithResolvers<void> } | undefined;

  constructor(start: number, limits: QueueLimits) {
    this.start = start;
    this.#limits = limits;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** The position of the next event that is taken. */
  get end(): number {
    return this.start + this.size;
  }

  get isHalfFull(): boolean {
    return this.size * 2 > this.#limits.events || this.bytes * 2 > this.#limits.bytes;
  }

  get first(): LiveEvent | undefined {
    return this.#waiting[0]?.event;
  }

  /** Adds an event, or drops it. */
  push(event: LiveEvent): void {
    const bytes = roughBytes(event.batch);
    if (event.guildId !== '0') this.guildIds.add(event.guildId);
    if (this.isFull) this.isFull = this.isHalfFull;
    else this.isFull = !this.#hasRoom(bytes);
    if (this.isFull) {
      this.dropped++;
      const { guildId, at } = event;
      this.#miss({ reason: 'overflow', fromMs: at, guildIds: guildId === '0' ? [] : [guildId] });
      if (event.gap) this.#miss(event.gap);
      return;
    }
    this.#waiting.push({ event: behindGap(this.#missed, event), bytes });
    this.#missed = undefined;
    this.bytes += bytes;
    if (this.#awaited && this.size >= this.#awaited.count) this.#awaited.reached.resolve();
  }

  /** The first ones, without taking them: at least one, where there is one. */
  peek(eventsMax: number, bytesMax: number): LiveEvent[] {
    const events: LiveEvent[] = [];
    let room = bytesMax;
    for (const { event, bytes } of this.#waiting) {
      room -= bytes;
      if (events.length === eventsMax || (room < 0 && events.length > 0)) break;
      events.push(event);
    }
    return events;
  }

  /** Forgets those before a position: they are kept elsewhere. */
  dropUntil(position: number): void {
    const gone = this.#waiting.splice(0, Math.max(0, position - this.start));
    this.start += gone.length;
    for (const { bytes } of gone) this.bytes -= bytes;
  }

  /** Settles when as many wait. One caller at a time: the one before waits for ever. */
  async atLeast(count: number): Promise<void> {
    if (this.size >= count) return;
    this.#awaited = { count, reached: Promise.withResolvers() };
    await this.#awaited.reached.promise;
  }

  /** Lets go of who waits. */
  wake(): void {
    this.#awaited?.reached.resolve();
  }

  /** The next event that is taken will say so. */
  #miss(gap: GapNoticed): void {
    this.#missed = joinedGaps(this.#missed, gap);
  }

  #hasRoom(bytes: number): boolean {
    return this.size === 0 || (this.size < this.#limits.events && this.bytes + bytes <= this.#limits.bytes);
  }
}

/** About what a record takes in memory, beside its text. */
const RECORD_BYTES = 600;

function roughBytes(batch: RecordBatch): number {
  let bytes = RECORD_BYTES;
  for (const list of Object.values(batch)) bytes += list.length * RECORD_BYTES;
  for (const { body, embeds } of batch.messages)
    bytes += (body?.content.length ?? 0) * 2 + (embeds?.count ?? 0) * 2 * RECORD_BYTES;
  return bytes;
}
