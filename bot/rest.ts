import { setTimeout as sleep } from 'node:timers/promises';
import { REST } from '@discordjs/rest';
import type { LiveConfig } from '../config.ts';
import { makeDiscordClock, type DiscordClock } from '../ingest/discord/clock.ts';
import { type Calls, makeCalls, REST_RETRIES } from '../ingest/discord/fetch-calls.ts';

/** The one way to Discord's REST API of a process, and Discord's time as its answers show it. */
export interface DiscordRest {
  rest: REST;
  calls: Calls;
  clock: DiscordClock;
}

const REQUEST_TIMEOUT_MS = 15_000;

/** Opens it; nothing is asked yet. */
export function openRest({ token = '', apiUrl }: LiveConfig, now: () => number): DiscordRest {
  const rest = new REST({
    version: '10',
    timeout: REQUEST_TIMEOUT_MS,
    retries: REST_RETRIES,
    ...(apiUrl && { api: apiUrl }),
  }).setToken(token);
  const clock = makeDiscordClock(now);
  const wait = (ms: number, signal?: AbortSignal) => sleep(ms, undefined, signal && { signal });
  return { rest, clock, calls: makeCalls(rest, { clock, now, wait, random: Math.random }) };
}
