/** A request to Discord that is answered in the end: asked again where the network or Discord stumbled. */
import { DiscordAPIError, HTTPError, RequestMethod, type REST } from '@discordjs/rest';
import { type Leaving, watchRequests, type WatchOptions } from './watch-requests.ts';

/** What Discord answered, when it was asked (ms, Discord's time), and how long the route's bucket must rest now. */
export type Answer<T> =
  | ({ is: 'found'; payload: T } & Leaving)
  /** 404: it is no more (10003 channel, 10004 guild, 10008 message). */
  | ({ is: 'missing'; code: number } & Leaving)
  /** 403: it is not for us (50001). */
  | ({ is: 'closed'; code: number } & Leaving);

/** A list is given as one parameter an element. */
export type Query = Record<string, string | number | readonly string[] | undefined>;

export interface Calls {
  /** Errors: TokenError; UnansweredError when all tries are used up; DiscordAPIError for a request that is wrong; the signal's reason. */
  get<T>(route: `/${string}`, query?: Query, signal?: AbortSignal): Promise<Answer<T>>;
}

/** Discord refuses the token: nothing more can be asked with it. */
export class TokenError extends Error {
  override name = 'TokenError';
}

/** Discord could not be reached, or failed, for as long as was tried. */
export class UnansweredError extends Error {
  override name = 'UnansweredError';
}

export interface CallsOptions extends WatchOptions {
  /** Waits so many ms, or rejects when the signal is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 to 1. */
  random: () => number;
  /** Of an answer's body, once it has begun. Absent: as long as the library waits for its beginning. */
  bodyTimeoutMs?: number;
}

/** What the bot's REST is to be made with: it would ask four times within milliseconds, a POST too. */
export const REST_RETRIES = 0;

const TRIES_MAX = 8;
const WAIT_MS = 1000;
const WAIT_MAX_MS = 60_000;

/** Calls through the bot's one REST client, which keeps the rate limits; each answer teaches the clock. Once a client. */
export function makeCalls(rest: REST, options: CallsOptions): Calls {
  const { clock, wait, random, bodyTimeoutMs = rest.options.timeout } = options;
  const watched = watchRequests(rest, options);
  let refused: TokenError | undefined;
  return {
    async get<T>(route: `/${string}`, query: Query = {}, signal?: AbortSignal): Promise<Answer<T>> {
      for (let attempt = 1; ; attempt++) {
        signal?.throwIfAborted();
        if (refused) throw refused;
        const leaving: Leaving = { sentAtMs: clock.discordNow(), restMs: 0 };
        try {
          const payload = await watched(leaving, () => ask(rest, route, query, bodyTimeoutMs, signal));
          return { is: 'found', payload: payload as T, ...leaving };
        } catch (error) {
          signal?.throwIfAborted();
          const answer = refusal(error, leaving);
          if (answer instanceof TokenError) throw (refused = answer);
          if (answer) return answer;
          if (!isPassing(error)) throw error;
          if (attempt >= TRIES_MAX) throw new UnansweredError('Discord did not answer', { cause: error });
        }
        await wait(backoffMs(attempt, random), signal);
      }
    },
  };
}

/** Between half and all of a time that doubles. */
function backoffMs(attempt: number, random: () => number): number {
  return Math.min(WAIT_MAX_MS, WAIT_MS * 2 ** (attempt - 1)) * (0.5 + random() / 2);
}

async function ask(
  rest: REST,
  route: `/${string}`,
  query: Query,
  bodyTimeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<unknown> {
  const search = new URLSearchParams();
  for (const [name, value = []] of Object.entries(query))
    for (const one of Array.isArray(value) ? value : [value]) search.append(name, String(one));
  const late = new AbortController();
  const answered = rest.queueRequest({
    fullRoute: route,
    method: RequestMethod.Get,
    query: search,
    signal: signal ? AbortSignal.any([signal, late.signal]) : late.signal,
  });
  const response = await untilAborted(answered, signal);
  // The library's own time limit ends where the body begins.
  const timer = setTimeout(() => late.abort(), bodyTimeoutMs);
  try {
    return await response.json();
  } finally {
    clearTimeout(timer);
  }
}

/** The library sleeps through a limit whatever its signal says; whoever stops need not. */
async function untilAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** What an error says of the thing asked for; undefined where it says nothing of it. */
function refusal(error: unknown, leaving: Leaving): Answer<never> | TokenError | undefined {
  if (!(error instanceof DiscordAPIError)) return undefined;
  if (error.status === 401) return new TokenError('Discord refuses the token');
  // Without a code it was not the API that answered but something before it.
  if (typeof error.code !== 'number') return undefined;
  if (error.status === 403) return { is: 'closed', code: error.code, ...leaving };
  if (error.status === 404) return { is: 'missing', code: error.code, ...leaving };
  return undefined;
}

/** Whether asking again may help: failures of Discord's servers and of the network, answers cut or too late. */
function isPassing(error: unknown): boolean {
  if (error instanceof HTTPError || error instanceof SyntaxError) return true;
  if (error instanceof DiscordAPIError) return typeof error.code !== 'number' && error.status !== 400;
  const { name, code } = error as { name?: string; code?: unknown };
  return name === 'AbortError' || typeof code === 'string';
}
