/** Which runs are worked on now: one a guild, so many side by side, and in turns where there are more. */
import type { Run, RunKey } from '../db/runs.ts';
import type { BackfillCard, BackfillEnd } from '../ingest/backfill/backfill.ts';

/** What a run is worked on with. */
export interface Work {
  run: Run;
  /** Asked before each request: what Discord allows is shared evenly. */
  requestsAtOnce(): number;
  /** Aborted where the turn is over: what was asked for is still written. */
  signal: AbortSignal;
}

export type Worker = (work: Work) => AsyncGenerator<BackfillCard, BackfillEnd>;

export interface TurnsOptions {
  work: Worker;
  /** It goes on: told about once a second. */
  onStep(run: Run): void;
  /** A turn has ended. The signal is the turn's. */
  onEnd(run: Run, end: BackfillEnd, signal: AbortSignal): Promise<void>;
  /** A turn was broken off by an error, the nth time in a row; tells how long the guild is left alone, ms. Never throws. */
  onError(run: Run, error: unknown, attempt: number): Promise<number>;
  /** There is room for another. */
  onRoom(): void;
  /** A clock that never jumps, ms. */
  now(): number;
}

interface Turn {
  run: Run;
  sinceMs: number;
  stop: AbortController;
  over: Promise<void>;
}

/** Guilds side by side: each has a connection to the database. */
export const GUILDS_MAX = 8;
/** After so long a run lets another have its turn, if one waits. */
export const TURN_MS = 600_000;
/** Of all guilds together; more would only wait for each other. */
export const REQUESTS_MAX = 32;
/** Who was worked on for so long is not in trouble all the time. */
const TROUBLE_MS = 60_000;

export class Turns {
  readonly #options: TurnsOptions;
  /** By guild. */
  readonly #turns = new Map<string, Turn>();
  /** Guilds, who waited longest first. */
  readonly #waiting = new Set<string>();
  /** Guilds that may have no turn now. */
  readonly #held = new Set<string>();
  /** Guilds of which the last turn failed. */
  readonly #troubles = new Map<string, { attempts: number; againAtMs: number }>();

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Takes up what is to be done: at most one run a guild, the first to be begun first. */
  offer(todo: Run[]): void {
    const runs = new Map(todo.map((run) => [run.guildId, run]));
    for (const guildId of this.#waiting) if (!runs.has(guildId)) this.#waiting.delete(guildId);
    for (const guildId of runs.keys()) if (this.#isFree(guildId)) this.#waiting.add(guildId);
    for (const guildId of this.#waiting) {
      if (this.#turns.size >= GUILDS_MAX) break;
      this.#waiting.delete(guildId);
      this.#begin(runs.get(guildId)!);
    }
    // A turn that was told to end is room that comes.
    const turns = [...this.#turns.values()];
    const ending = turns.filter(({ stop }) => stop.signal.aborted).length;
    const long = turns.filter(
      ({ stop, sinceMs }) => !stop.signal.aborted && this.#options.now() - sinceMs >= TURN_MS,
    );
    for (const { stop } of long.slice(0, Math.max(0, this.#waiting.size - ending))) stop.abort();
  }

  works({ guildId, askedAtMs }: RunKey): boolean {
    return this.#turns.get(guildId)?.run.askedAtMs === askedAtMs;
  }

  /** Ends the turn of a run, if it has one, and notes something before its guild may have another. */
  async end({ guildId, ...key }: RunKey, note: () => Promise<void>): Promise<void> {
    this.#held.add(guildId);
    this.#waiting.delete(guildId);
    try {
      if (this.works({ guildId, ...key })) {
        const turn = this.#turns.get(guildId)!;
        turn.stop.abort();
        await turn.over;
      }
      await note();
    } finally {
      this.#held.delete(guildId);
    }
  }

  /** Ends all turns, and resolves when what they asked for is written. */
  async close(): Promise<void> {
    this.#waiting.clear();
    const turns = [...this.#turns.values()];
    for (const { stop } of turns) stop.abort();
    await Promise.all(turns.map(({ over }) => over));
  }

  #isFree(guildId: string): boolean {
    const { againAtMs = -Infinity } = this.#troubles.get(guildId) ?? {};
    return !this.#turns.has(guildId) && !this.#held.has(guildId) && againAtMs <= this.#options.now();
  }

  #begin(run: Run): void {
    const turn: Turn = {
      run,
      sinceMs: this.#options.now(),
      stop: new AbortController(),
      over: Promise.resolve(),
    };
    this.#turns.set(run.guildId, turn);
    turn.over = this.#work(turn).finally(() => {
      this.#turns.delete(run.guildId);
      this.#options.onRoom();
    });
  }

  async #work({ run, sinceMs, stop }: Turn): Promise<void> {
    const { work, onStep, onEnd, onError, now } = this.#options;
    const requestsAtOnce = () => Math.max(1, Math.floor(REQUESTS_MAX / this.#turns.size));
    const working = work({ run, requestsAtOnce, signal: stop.signal });
    try {
      let step = await working.next();
      while (!step.done) {
        onStep(run);
        step = await working.next();
      }
      this.#troubles.delete(run.guildId);
      await onEnd(run, step.value, stop.signal);
    } catch (error) {
      const { attempts } = this.#troubles.get(run.guildId) ?? { attempts: 0 };
      const attempt = now() - sinceMs >= TROUBLE_MS ? 1 : attempts + 1;
      const againInMs = await onError(run, error, attempt);
      this.#troubles.set(run.guildId, { attempts: attempt, againAtMs: now() + againInMs });
    }
  }
}
