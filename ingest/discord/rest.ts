import { REST } from '@discordjs/rest';
import { type DiscordClock, makeDiscordClock } from './clock.ts';
import { type Calls, makeCalls, REST_RETRIES } from './fetch-calls.ts';
import { makePace, type Pace, PER_SECOND } from './pace.ts';
import { makeTally, type Tally } from './watch-requests.ts';

/** The one way to Discord's REST API of a process, and Discord's time as its answers show it. */
export interface DiscordRest {
  rest: REST;
  calls: Calls;
  clock: DiscordClock;
  /** That of all its requests. */
  pace: Pace;
  /** What it was answered so far. */
  tally: Readonly<Tally>;
}

export interface RestOptions {
  /** Absent: Discord will refuse what is asked. */
  token?: string;
  /** Another address of Discord's API, for tests, without the version. */
  apiUrl?: string;
  /** Ms since 1970, by a clock that never jumps. */
  now(): number;
  /** Waits so many ms, or rejects when the signal is aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 to 1. */
  random(): number;
}

const REQUEST_TIMEOUT_MS = 15_000;

/** Opens it; nothing is asked yet. Once a token. */
export function openRest({ token = '', apiUrl, now, wait, random }: RestOptions): DiscordRest {
  const rest = new REST({
    version: '10',
    timeout: REQUEST_TIMEOUT_MS,
    retries: REST_RETRIES,
    ...(apiUrl && { api: apiUrl }),
  }).setToken(token);
  const clock = makeDiscordClock(now);
  const pace = makePace({ perSecond: PER_SECOND, now, wait });
  const tally = makeTally();
  return { rest, clock, pace, tally, calls: makeCalls(rest, { clock, now, wait, random, pace, tally }) };
}
