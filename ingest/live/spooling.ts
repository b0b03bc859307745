import type { Durable } from './durable.ts';
import type { RecorderLimits, RecorderLog } from './limits.ts';
import { pause } from './pause.ts';
import type { EventQueue } from './queue.ts';
import type { Spool } from './spool.ts';

const GROUP_EVENTS = 1000;
const GROUP_BYTES = 4 << 20;
/** Shares of the spool at which to be told; below the first by this much they are forgotten. */
const WARN_AT = [0.5, 0.8, 0.95];
const CALM_BELOW = 0.4;

interface SpoolingOptions {
  queue: EventQueue;
  spool: Spool;
  durable: Durable;
  spoolBytesMax: number;
  limits: RecorderLimits;
  log: RecorderLog;
  signal: AbortSignal;
}

/** The way from memory to the disk, as long as it is on: in groups, each with one fsync. */
export class Spooling {
  isOn = false;
  readonly #options: SpoolingOptions;
  #isFinishing = false;
  #running: Promise<void> = Promise.resolve();
  #warned = 0;
  #isFull = false;
  #isFailing = false;

  constructor(options: SpoolingOptions) {
    this.#options = options;
  }

  start(): void {
    if (this.isOn) return;
    this.isOn = true;
    this.#running = this.#running.then(() => this.#run());
  }

  stop(): void {
    this.isOn = this.#isFinishing;
  }

  /** On for good, until the signal. */
  finish(): void {
    this.start();
    this.#isFinishing = true;
  }

  settled(): Promise<void> {
    return this.#running;
  }

  async #run(): Promise<void> {
    const { limits, log, signal } = this.#options;
    while (this.isOn && !signal.aborted) {
      try {
        await this.#move();
        this.#isFailing = false;
      } catch (err) {
        if (!this.#isFailing) log.error({ err }, 'The spool could not be written: events stay in memory');
        this.#isFailing = true;
      }
      await pause(limits.spoolMs, signal);
    }
  }

  /** Moves all that waits, as far as there is room. */
  async #move(): Promise<void> {
    const { queue, spool, durable, signal } = this.#options;
    while (this.isOn && !signal.aborted && queue.size > 0) {
      const first = queue.start;
      const events = queue.peek(GROUP_EVENTS, GROUP_BYTES);
      const count = await spool.append(events, first);
      if (count > 0) {
        queue.dropUntil(first + count);
        durable.advance(first + count, events[count - 1]!);
        // It may have been written to Postgres meanwhile.
        spool.release(0);
      }
      this.#warn(count < events.length);
      if (count < events.length) return;
    }
  }

  #warn(isFull: boolean): void {
    const { spool, spoolBytesMax, log } = this.#options;
    const { bytes: spooledBytes, size: spooledEvents } = spool;
    const share = spooledBytes / spoolBytesMax;
    const facts = { spooledEvents, spooledBytes, spoolBytesMax };
    if (share < CALM_BELOW) this.#warned = 0;
    if (share >= (WARN_AT[this.#warned] ?? Infinity)) {
      while (share >= (WARN_AT[this.#warned] ?? Infinity)) this.#warned++;
      const tell = this.#warned === 1 ? log.warn : log.error;
      tell.call(log, { ...facts, percent: Math.floor(share * 100) }, 'The spool is filling up');
    }
    if (isFull && !this.#isFull) log.error(facts, 'The spool is full: events stay in memory');
    this.#isFull = isFull;
  }
}
