import type { ClientBase, Pool } from 'pg';
import type { GapNoticed } from '../../db/gaps.ts';
import type { ContentChoice } from '../../db/keep.ts';
import { PostgresAwayError, PostgresSlowError } from '../../db/write-live.ts';
import type { Durable } from './durable.ts';
import type { RecorderLimits, RecorderLog } from './limits.ts';
import type { LiveEvent } from './live-event.ts';
import { behindGap, joinedGaps, mended } from './missed.ts';
import { pause } from './pause.ts';
import type { EventQueue } from './queue.ts';
import type { Spool } from './spool.ts';
import type { Spooling } from './spooling.ts';
import { writeEvents } from './write-events.ts';

const BATCH_BYTES = 8 << 20;
const RETRY_MS_MIN = 250;
const RETRY_MS_MAX = 5000;

const AWAY = 'Postgres is away: events go to the spool';
const FAILED = 'Events could not be written: they go to the spool';

interface WritingOptions {
  pool: Pool;
  content: ContentChoice;
  queue: EventQueue;
  spool: Spool;
  durable: Durable;
  limits: RecorderLimits;
  log: RecorderLog;
  signal: AbortSignal;
  isMilestone?: (event: LiveEvent) => boolean;
  saveProgress(client: ClientBase, events: LiveEvent[]): Promise<void>;
}

/**
 * The way to Postgres. The next event in order is on the disk as long as anything is there, else in memory. Whoever
 * moves events from one to the other meanwhile doesn't matter: a position says what is through.
 */
export class Writing {
  written = 0;
  setAside = 0;
  /** The last event that is in Postgres. */
  last: LiveEvent | undefined;
  readonly #options: WritingOptions;
  readonly #spooling: Spooling;
  #through = 0;
  #batchEvents: number;
  #isAway = false;
  /** With damaged lines behind the last event; the next one tells. */
  #missed: GapNoticed | undefined;

  constructor(options: WritingOptions, spooling: Spooling) {
    this.#options = options;
    this.#spooling = spooling;
    this.#batchEvents = options.limits.batchEvents;
    options.signal.addEventListener('abort', () => options.queue.wake(), { once: true });
  }

  /** Goes on until the signal. */
  async run(): Promise<void> {
    const { spool, limits, log, signal } = this.#options;
    let retryMs = 0;
    while (!signal.aborted) {
      try {
        if (spool.size > 0) await this.#fromDisk();
        else await this.#fromMemory();
        retryMs = 0;
        this.#batchEvents = Math.min(limits.batchEvents, Math.ceil(this.#batchEvents * 1.25));
      } catch (err) {
        if (signal.aborted) return;
        if (!this.#isAway) log.warn({ err }, err instanceof PostgresAwayError ? AWAY : FAILED);
        this.#isAway = true;
        this.#spooling.start();
        if (err instanceof PostgresSlowError) this.#batchEvents = Math.ceil(this.#batchEvents / 2);
        retryMs = Math.min(RETRY_MS_MAX, Math.max(RETRY_MS_MIN, retryMs * 2));
        await pause(retryMs, signal);
      }
    }
  }

  async #fromMemory(): Promise<void> {
    const { queue, spool, limits, signal } = this.#options;
    if (!this.#isAway && !queue.isHalfFull) this.#spooling.stop();
    await queue.atLeast(1);
    await Promise.race([queue.atLeast(this.#batchEvents), pause(limits.batchMs, signal)]);
    if (spool.size > 0 || signal.aborted) return;
    await this.#write(queue.peek(this.#batchEvents, BATCH_BYTES));
  }

  async #fromDisk(): Promise<void> {
    const { queue, spool, log } = this.#options;
    const { events: lines, end } = await spool.read(this.#batchEvents);
    const whole = lines.filter((event) => event !== undefined);
    const damaged = lines.length - whole.length;
    if (damaged > 0) log.error({ lines: damaged }, 'Lines of the spool were damaged');
    const guildIds = new Set(queue.guildIds);
    if (damaged > 0) for (const { guildId } of whole) guildIds.add(guildId);
    const { events, missed } = mended(lines, this.last, [...guildIds]);
    await this.#write(events);
    this.#missed = joinedGaps(this.#missed, missed);
    this.#release(end);
  }

  async #write(events: LiveEvent[]): Promise<void> {
    const [first, ...others] = events;
    if (!first) return;
    const { limits } = this.#options;
    const onWritten = (written: LiveEvent[]) => this.#onWritten(written);
    await writeEvents({ ...this.#options, limitMs: limits.writeMs, onWritten }, [
      behindGap(this.#missed, first),
      ...others,
    ]);
  }

  #onWritten(events: LiveEvent[]): void {
    const { spool, durable, log } = this.#options;
    const refused = events.filter((event) => event.refused !== undefined);
    for (const { dispatch, guildId, at, refused: reason } of refused)
      log.warn({ dispatch, guildId, at, reason }, 'An event was set aside');
    this.setAside += refused.length;
    this.written += events.length - refused.length;
    this.last = events.at(-1)!;
    this.#missed = undefined;
    this.#release(this.#through + events.length);
    durable.advance(this.#through, this.last);
    if (this.#isAway) log.info({ spooledEvents: spool.size }, 'Events are written again');
    this.#isAway = false;
  }

  #release(position: number): void {
    this.#through = position;
    this.#options.queue.dropUntil(position);
    this.#options.spool.release(position);
  }
}
