/** Stands between a REST client and the network: when each request leaves, and what its answer says of limits. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { REST, ResponseLike } from '@discordjs/rest';
import type { DiscordClock } from './clock.ts';
import type { Pace } from './pace.ts';

/** What is known of a call's last request. */
export interface Leaving {
  /** When it left, in Discord's time: a call may wait long for its turn before. */
  sentAtMs: number;
  /** How long its bucket must rest before it is asked again. */
  restMs: number;
}

/** Requests so far, by what became of them. Discord bans the address that gets 10,000 invalid answers in ten minutes. */
export interface Tally {
  answers: number;
  /** Of the answers 401, 403, and 429 where it is our fault. */
  invalid: number;
  /** Of the answers 429 of any kind: to be asked again later. */
  limited: number;
  /** Of the answers 4xx but 429. */
  refused: number;
  /** Of the answers 5xx. */
  broken: number;
  /** Requests without any answer: cut off, or not in time. */
  unanswered: number;
}

/** A tally of nothing yet. */
export const makeTally = (): Tally => ({
  answers: 0,
  invalid: 0,
  limited: 0,
  refused: 0,
  broken: 0,
  unanswered: 0,
});

export interface WatchOptions {
  clock: DiscordClock;
  now(): number;
  /** Absent: nothing waits. */
  pace?: Pace;
  tally?: Tally;
}

/** Where a 429 doesn't say: asked again at once, it only does harm. */
const RETRY_AFTER_S = '1';
/** The most that a timer takes: in effect never. */
const NEVER_MS = 2 ** 31 - 1;

/** Watches a client's requests; tells what becomes of those within `work`. Once a client. */
export function watchRequests(
  rest: REST,
  { clock, now, pace, tally }: WatchOptions,
): <T>(leaving: Leaving, work: () => Promise<T>) => Promise<T> {
  const asking = new AsyncLocalStorage<Leaving>();
  const { makeRequest, timeout: timeoutMs } = rest.options;
  // The library's would run while a turn is waited for.
  rest.options.timeout = NEVER_MS;
  // It counts by seconds of its own, lets a bunch go at each one's beginning, and stops all for the rest of it.
  if (pace) {
    rest.options.globalRequestsPerSecond = Infinity;
    rest.globalRemaining = Infinity;
  }
  rest.options.makeRequest = async (url, init) => {
    const leaving = asking.getStore();
    if (!isOfInteraction(url)) await pace?.turn(init.signal as AbortSignal | undefined);
    const sentMs = now();
    if (leaving) leaving.sentAtMs = clock.discordNow();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), timeoutMs);
    const signals = [late.signal, ...(init.signal ? [init.signal as AbortSignal] : [])];
    const response = await makeRequest(url, { ...init, signal: AbortSignal.any(signals) })
      .catch((error: unknown) => {
        if (tally) tally.unanswered++;
        throw error;
      })
      .finally(() => clearTimeout(timer));
    // The library leaves bodies of refusals unread; one that is cut then would be an error that nobody hears, and end us.
    (response.body as { on?(event: 'error', listener: () => void): void } | null)?.on?.('error', () => {});
    const { status, headers } = response;
    clock.learn(headers.get('date'), sentMs, now());
    if (status === 429 && !headers.has('retry-after')) headers.set('retry-after', RETRY_AFTER_S);
    if (leaving) leaving.restMs = restOf(response);
    if (pace) keepPace(pace, response);
    if (tally) count(tally, response);
    return response;
  };
  return (leaving, work) => asking.run(leaving, work);
}

/** Discord's limit for all of a bot's requests does not count these. */
const isOfInteraction = (url: string): boolean =>
  /\/v\d+\/(interactions|webhooks)\/\d+\/[^/]/.test(new URL(url).pathname);

function restOf({ headers }: ResponseLike): number {
  if (headers.get('x-ratelimit-remaining') !== '0') return 0;
  const restMs = Math.ceil(Number(headers.get('x-ratelimit-reset-after')) * 1000);
  return restMs > 0 ? restMs : 0;
}

function keepPace(pace: Pace, { status, headers }: ResponseLike): void {
  const isGlobal = status === 429 && headers.has('x-ratelimit-global');
  if (isGlobal) pace.pause(Number(headers.get('retry-after')) * 1000);
  if (isGlobal || headers.has('x-ratelimit-limit')) pace.begin();
}

function count(tally: Tally, { status, headers }: ResponseLike): void {
  tally.answers++;
  if (status === 429) tally.limited++;
  else if (status >= 500) tally.broken++;
  else if (status >= 400) tally.refused++;
  const isOurs = status === 429 && headers.get('x-ratelimit-scope') !== 'shared';
  if (isOurs || status === 401 || status === 403) tally.invalid++;
}
