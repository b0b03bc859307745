/** What the loopback Discord does wrong next, told by a test. */

/**
 * One misbehaviour. `hang`: no answer, ever. `cut`: the connection is cut `before` anything was done, after half of the
 * answer's `body`, or `after` it was done but before it was answered. `delayMs`: the right answer, late.
 */
export type Fault =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | { hang: true }
  | { cut: 'before' | 'body' | 'after' }
  | { delayMs: number };

/** Which requests a fault is for; all, where nothing is said. */
export interface Match {
  method?: string;
  /** A text is the whole path, without `/api/v10` and without the query; a pattern may match any part of it. */
  path?: string | RegExp;
  /** How many requests it spoils. Absent: one. */
  times?: number;
}

export interface Faults {
  /** Spoils the next request that matches. */
  next(fault: Fault, match?: Match): void;
  /** The fault for this request, which is then used up once; undefined: answer it properly. */
  take(method: string, path: string): Fault | undefined;
  /** Forgets all that are left. */
  clear(): void;
  /** How many requests are still to be spoilt. */
  readonly pending: number;
}

/** An empty list of faults. */
export function makeFaults(): Faults {
  const waiting: { fault: Fault; match: Match; left: number }[] = [];
  return {
    next(fault, match = {}) {
      const { times = 1 } = match;
      if (times > 0) waiting.push({ fault, match, left: times });
    },
    take(method, path) {
      const found = waiting.find((one) => matches(one.match, method, path));
      if (!found) return undefined;
      found.left -= 1;
      if (found.left === 0) waiting.splice(waiting.indexOf(found), 1);
      return found.fault;
    },
    clear() {
      waiting.length = 0;
    },
    get pending() {
      return waiting.reduce((sum, { left }) => sum + left, 0);
    },
  };
}

function matches(match: Match, method: string, path: string): boolean {
  if (match.method !== undefined && match.method !== method) return false;
  if (match.path === undefined) return true;
  return typeof match.path === 'string' ? match.path === path : path.search(match.path) >= 0;
}
