/** One shard's way from dispatches to Postgres: never blocks the gateway, never forgets. */
import type { ClientBase, Pool } from 'pg';
import { type ContentChoice, keepContent } from '../../db/keep.ts';
import type { Progress } from '../../db/shards.ts';
import { Durable } from './durable.ts';
import { reasonOf, withoutRecords } from './faults.ts';
import type { LiveEvent } from './live-event.ts';
import { pause } from './pause.ts';
import { EventQueue } from './queue.ts';
import { RecentReactions } from './reacted.ts';
import { Spool } from './spool.ts';
import { Spooling } from './spooling.ts';
import { Writing } from './writing.ts';
import { LIMITS, type RecorderLimits, type RecorderLog } from './limits.ts';

export type { RecorderLimits, RecorderLog } from './limits.ts';

export interface RecorderOptions {
  pool: Pool;
  content: ContentChoice;
  /** Of this shard's spool alone. */
  folder: string;
  spoolBytesMax: number;
  /** Discord's time, ms. */
  now(): number;
  log: RecorderLog;
  /** Writes session, sequence and gaps of a batch's events, in its transaction. Again for the same events, and older ones, does no harm. */
  saveProgress(client: ClientBase, events: LiveEvent[]): Promise<void>;
  /** An event of which `saveProgress` notes when it was: two that are apart are never told in one call. */
  isMilestone?: (event: LiveEvent) => boolean;
  /** Told of the last event that is durable whenever that moves. */
  onDurable?(event: LiveEvent): void;
  limits?: Partial<RecorderLimits>;
}

export interface RecorderState {
  /** In memory. */
  queued: number;
  queuedBytes: number;
  /** On disk and not yet in Postgres. */
  spooledEvents: number;
  spooledBytes: number;
  /** Since the recorder was opened. */
  written: number;
  setAside: number;
  dropped: number;
  /** Age of the oldest event that is not yet in Postgres. */
  lagMs: number;
  isSpooling: boolean;
}

export interface ShardRecorder {
  /** Takes an event, at once and whatever the state of disk and database. */
  take(event: LiveEvent): void;
  /** The last event that is durable, in Postgres or in the spool; undefined until there is one. After opening: the last of an earlier run's spool. */
  progress(): Progress | undefined;
  state(): RecorderState;
  /** Settles when all that was taken so far is durable: in Postgres, or in the spool where Postgres is away. */
  flushed(): Promise<void>;
  /** Takes no more, flushes to Postgres if it answers, else to the spool; settles in time. */
  close(options: { deadlineMs: number }): Promise<void>;
  /** Messages of a channel whose reactions changed by events received since; remembered for two minutes. */
  reactedSince(channelId: string, sinceMs: number): Set<string>;
}

/** Opens it. What an earlier run left in the folder is written first. */
export async function openShardRecorder(options: RecorderOptions): Promise<ShardRecorder> {
  const limits = { ...LIMITS, ...options.limits };
  const spool = new Spool(options.folder, options.spoolBytesMax, (err) =>
    options.log.error({ err }, 'A file of the spool could not be read or removed'),
  );
  await spool.find();
  return new Recorder(options, limits, spool);
}

class Recorder implements ShardRecorder {
  readonly #options: RecorderOptions;
  readonly #queue: EventQueue;
  readonly #spool: Spool;
  readonly #durable: Durable;
  readonly #spooling: Spooling;
  readonly #writing: Writing;
  readonly #reacted = new RecentReactions();
  readonly #stop = new AbortController();
  readonly #writes: Promise<void>;
  #closed: Promise<void> | undefined;

  constructor(options: RecorderOptions, limits: RecorderLimits, spool: Spool) {
    const { signal } = this.#stop;
    this.#options = options;
    this.#spool = spool;
    this.#queue = new EventQueue(spool.end, { events: limits.queueEvents, bytes: limits.queueBytes });
    this.#durable = new Durable(spool.end, spool.last, options.onDurable);
    const shared = { ...options, limits, signal, queue: this.#queue, spool, durable: this.#durable };
    this.#spooling = new Spooling(shared);
    this.#writing = new Writing(shared, this.#spooling);
    this.#writes = this.#writing.run();
  }

  take(event: LiveEvent): void {
    if (this.#closed) return;
    this.#reacted.note(event);
    const wasFull = this.#queue.isFull;
    this.#queue.push(this.#kept(event));
    const { isFull, dropped } = this.#queue;
    if (isFull && !wasFull)
      this.#options.log.error(this.state(), 'Events are missed: memory and spool are full');
    if (wasFull && !isFull) this.#options.log.warn({ dropped }, 'There is room again; a gap was noted');
    if (!this.#queue.isHalfFull || this.#spooling.isOn) return;
    this.#options.log.warn(this.state(), 'Postgres is slow: events go to the spool');
    this.#spooling.start();
  }

  progress(): Progress | undefined {
    const { event } = this.#durable;
    return event && { session: event.session, sequence: event.sequence, at: event.at };
  }

  state(): RecorderState {
    const { size: queued, bytes: queuedBytes, dropped, first } = this.#queue;
    const { size: spooledEvents, bytes: spooledBytes, firstAt } = this.#spool;
    const { written, setAside, last } = this.#writing;
    const oldestAt = spooledEvents > 0 ? Math.max(firstAt ?? 0, last?.at ?? 0) : first?.at;
    const lagMs = oldestAt ? Math.max(0, this.#options.now() - oldestAt) : 0;
    const isSpooling = this.#spooling.isOn || spooledEvents > 0;
    return {
      queued,
      queuedBytes,
      spooledEvents,
      spooledBytes,
      written,
      setAside,
      dropped,
      lagMs,
      isSpooling,
    };
  }

  flushed(): Promise<void> {
    return this.#durable.reached(this.#queue.end);
  }

  close({ deadlineMs }: { deadlineMs: number }): Promise<void> {
    return (this.#closed ??= this.#close(deadlineMs));
  }

  reactedSince(channelId: string, sinceMs: number): Set<string> {
    return this.#reacted.since(channelId, sinceMs);
  }

  /** What may be kept of it, before it touches a disk. */
  #kept(event: LiveEvent): LiveEvent {
    // Where all is kept, the writer alone derives what is derived.
    if (this.#options.content === 'full') return event;
    try {
      return { ...event, batch: keepContent(event.batch, this.#options.content) };
    } catch (error) {
      return withoutRecords(event, reasonOf(error, 'its text could not be left out'));
    }
  }

  async #close(deadlineMs: number): Promise<void> {
    const isDone = new AbortController();
    const within = (work: Promise<unknown>, share: number) =>
      Promise.race([work, pause(deadlineMs * share, isDone.signal)]);
    if (!this.#spooling.isOn) await within(this.flushed(), 0.5);
    this.#spooling.finish();
    await within(this.flushed(), 0.4);
    this.#stop.abort();
    await within(
      Promise.all([this.#writes, this.#spooling.settled()]).then(() => this.#spool.close()),
      0.1,
    );
    isDone.abort();
    const { queued, spooledEvents } = this.state();
    if (queued > 0) this.#options.log.warn({ queued }, 'Events were left to the next start of the session');
    if (spooledEvents > 0) this.#options.log.info({ spooledEvents }, 'The spool was left to the next start');
  }
}
