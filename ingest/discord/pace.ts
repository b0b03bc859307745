/** How fast requests may leave: evenly, so that no second has more of them than Discord allows a bot. */

/**
 * Discord allows a bot 50 requests in each second of its own. Ours are not its seconds, and what leaves evenly may
 * arrive in a bunch: two are left for that.
 *
 * Source  https://discord.com/developers/docs/topics/rate-limits#global-rate-limit
 */
export const PER_SECOND = 48;

export interface Pace {
  readonly perSecond: number;
  /** Settles when a request may leave, first come first served; it has then left. Rejects: the signal's reason. */
  turn(signal?: AbortSignal | null): Promise<void>;
  /** From now on turns are waited for: the server has limits. */
  begin(): void;
  /** Nobody's turn comes for so long. */
  pause(ms: number): void;
  /** How many requests have left within the last second. */
  used(): number;
}

export interface PaceOptions {
  perSecond: number;
  /** A clock that never jumps, ms. */
  now(): number;
  wait(ms: number): Promise<void>;
}

const SECOND_MS = 1000;
/** A timer that was late by no more is made up for; after a longer standstill nothing hurries. */
const LATE_MAX_MS = 100;

/** A pace that nothing has to wait for yet. */
export function makePace({ perSecond, now, wait }: PaceOptions): Pace {
  const apartMs = SECOND_MS / perSecond;
  const waiting = new Set<PromiseWithResolvers<void>>();
  const started = makeStarts();
  let hasBegun = false;
  let isRunning = false;
  let nextMs = -Infinity;
  let pausedUntilMs = -Infinity;

  /** When the next may leave. */
  const dueMs = (): number => Math.max(nextMs, pausedUntilMs, started.nthLast(perSecond) + SECOND_MS);

  function start(): void {
    const nowMs = now();
    started.add(nowMs);
    nextMs = Math.max(nextMs, nowMs - LATE_MAX_MS) + apartMs;
  }

  async function letGo(): Promise<void> {
    isRunning = true;
    // Whoever comes meanwhile is in the list as well, and whoever gave up no more.
    for (const turn of waiting) {
      for (let ms = dueMs() - now(); ms > 0 && waiting.has(turn); ms = dueMs() - now())
        await wait(Math.ceil(ms));
      if (!waiting.delete(turn)) continue;
      start();
      turn.resolve();
    }
    isRunning = false;
  }

  return {
    perSecond,
    async turn(signal) {
      signal?.throwIfAborted();
      if (!hasBegun) return started.add(now());
      if (waiting.size === 0 && dueMs() <= now()) {
        // Nothing is made up for that nobody waited for.
        nextMs = Math.max(nextMs, now());
        return start();
      }
      const turn = Promise.withResolvers<void>();
      const giveUp = () => waiting.delete(turn) && turn.reject(signal!.reason);
      signal?.addEventListener('abort', giveUp, { once: true });
      waiting.add(turn);
      if (!isRunning) void letGo();
      try {
        await turn.promise;
      } finally {
        signal?.removeEventListener('abort', giveUp);
      }
    },
    begin: () => void (hasBegun = true),
    pause: (ms) => void (pausedUntilMs = Math.max(pausedUntilMs, now() + ms)),
    used: () => started.since(now() - SECOND_MS),
  };
}

/** When requests left, as long as it matters. */
function makeStarts() {
  let list: number[] = [];
  let first = 0;
  const forget = (untilMs: number) => {
    while (first < list.length && list[first]! <= untilMs) first++;
    if (first <= list.length / 2) return;
    list = list.slice(first);
    first = 0;
  };
  return {
    add(ms: number): void {
      forget(ms - SECOND_MS);
      list.push(ms);
    },
    /** Before all times where there were fewer within the last second. */
    nthLast: (n: number): number => (list.length - first >= n ? list[list.length - n]! : -Infinity),
    since(ms: number): number {
      forget(ms);
      return list.length - first;
    },
  };
}
