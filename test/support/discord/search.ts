/** What the search of the loopback Discord is like, told by a test. */

export interface Search {
  /** The next searches, or all from now on, are answered that the guild isn't indexed yet. `retryAfterS` may be 0. */
  notIndexed(times?: number, options?: { retryAfterS?: number }): void;
  /** Whether a channel's results have those of its threads among them; false unless told: a thread answers to its own id. */
  withThreads: boolean;
  /** The seconds to wait for this search, which is then used up; undefined: answer it. */
  take(): number | undefined;
  /** Everything is indexed. */
  clear(): void;
}

/** A search that finds everything at once. */
export function makeSearch(): Search {
  let waiting = { left: 0, retryAfterS: 0 };
  return {
    withThreads: false,
    notIndexed(times = Infinity, { retryAfterS = 1 } = {}) {
      waiting = { left: times, retryAfterS };
    },
    take() {
      if (waiting.left <= 0) return undefined;
      waiting.left -= 1;
      return waiting.retryAfterS;
    },
    clear() {
      waiting.left = 0;
    },
  };
}
