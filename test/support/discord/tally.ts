/** How much was asked of the loopback Discord, counted as it is answered: for benches, where a log would grow too long. */

/** The figures of some time. */
export interface Figures {
  requests: number;
  /** By `METHOD template`, then by status; `none` is what got no answer. */
  byRoute: Record<string, Record<string, number>>;
  /** Answers 429. */
  refused: number;
  /** Requests for pages of messages. */
  pages: number;
  /** The most requests within any second. */
  perSecondMax: number;
}

export interface Tally {
  /** Counts a request that arrives. */
  arrived(nowMs: number): void;
  /** Counts an answer, or that there was none. */
  answered(route: string, status: number | undefined): void;
  readonly figures: Figures;
  /** Begins anew. */
  clear(): void;
}

const PAGES = 'GET /channels/{channel_id}/messages';
const SECOND_MS = 1000;

/** A tally of nothing yet. */
export function makeTally(): Tally {
  const byRoute = new Map<string, Map<string, number>>();
  /** When the requests of the last second arrived: those from `first` on. */
  let lately: number[] = [];
  let first = 0;
  let [requests, perSecondMax] = [0, 0];
  return {
    arrived(nowMs) {
      requests += 1;
      lately.push(nowMs);
      while (lately[first]! <= nowMs - SECOND_MS) first += 1;
      if (first > 10_000) [lately, first] = [lately.slice(first), 0];
      perSecondMax = Math.max(perSecondMax, lately.length - first);
    },
    answered(route, status) {
      const statuses = byRoute.get(route) ?? new Map<string, number>();
      byRoute.set(route, statuses);
      const key = String(status ?? 'none');
      statuses.set(key, (statuses.get(key) ?? 0) + 1);
    },
    get figures() {
      const sumOf = (statuses: Iterable<number>) => [...statuses].reduce((sum, count) => sum + count, 0);
      const of429 = [...byRoute.values()].map((statuses) => statuses.get('429') ?? 0);
      return {
        requests,
        byRoute: Object.fromEntries([...byRoute].map(([route, some]) => [route, Object.fromEntries(some)])),
        refused: sumOf(of429),
        pages: sumOf(byRoute.get(PAGES)?.values() ?? []),
        perSecondMax,
      };
    },
    clear() {
      byRoute.clear();
      [lately, first, requests, perSecondMax] = [[], 0, 0, 0];
    },
  };
}
