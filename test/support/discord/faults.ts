/** What the loopback Discord does wrong next, told by a test. */
import { pick } from '../random.ts';

/**
 * One misbehaviour. `hang`: no answer, ever. `cut`: the connection is cut `before` anything was done, after half of the
 * answer's `body`, or `after` it was done but before it was answered. `delayMs`: the right answer, late; nothing is done
 * for who gave up by then. `after`: what was asked is done, and only then comes that status, or nothing. `acceptAfterMs`,
 * `acceptWhen`: the request is held, and done then, though whoever asked may have given up.
 */
export type Fault =
  | { status: number; body?: unknown; headers?: Record<string, string>; after?: true }
  | { hang: true; after?: true }
  | { cut: 'before' | 'body' | 'after' }
  | { delayMs: number }
  | { acceptAfterMs: number }
  | { acceptWhen: Promise<unknown> };

/** Which requests a fault is for; all, where nothing is said. */
export interface Match {
  method?: string;
  /** A text is the whole path, without `/api/v10` and without the query; a pattern may match any part of it. */
  path?: string | RegExp;
  /** How many requests it spoils. Absent: one. */
  times?: number;
}

/** Ways to spoil a request by chance. A 429 is blamed on the bot's bucket, on a shared one, or on all of its requests. */
export const FAULT_KINDS = [
  '429 user',
  '429 shared',
  '429 global',
  '500',
  '502',
  '503',
  'cut before',
  'cut body',
  'cut after',
  'delay',
  'hang',
] as const;

/** Those behind which it was done, though the answer doesn't say so: drawn only where they are named. */
export const LATE_KINDS = ['500 after', '502 after', 'hang after', 'late'] as const;

export type FaultKind = (typeof FAULT_KINDS | typeof LATE_KINDS)[number];

/** A share of the requests goes wrong. */
export interface Chance extends Omit<Match, 'times'> {
  random: () => number;
  /** The share of requests, 0 to 1. */
  rate: number;
  /** Which of them, each as often. Absent: all of FAULT_KINDS but `hang`, which only a client with time limits survives. */
  kinds?: readonly FaultKind[];
  /** How long a 429 says to wait, and what comes late is delayed, at most; 50 if absent. */
  waitMsMax?: number;
}

export interface Faults {
  /** Spoils the next request that matches. */
  next(fault: Fault, match?: Match): void;
  /** Spoils a share of all requests that match, until `clear`; what `next` was told comes first. */
  randomly(chance: Chance): void;
  /** The fault for this request, which is then used up once; undefined: answer it properly. */
  take(method: string, path: string): Fault | undefined;
  /** Forgets all that are left, and leaves nothing to chance. */
  clear(): void;
  /** How many requests are still to be spoilt, by chance aside. */
  readonly pending: number;
  /** How many requests were spoilt by chance, by kind. */
  readonly spoilt: Readonly<Partial<Record<FaultKind, number>>>;
}

/** An empty list of faults. */
export function makeFaults(): Faults {
  const waiting: { fault: Fault; match: Match; left: number }[] = [];
  const spoilt: Partial<Record<FaultKind, number>> = {};
  let chance: Chance | undefined;

  function draw(method: string, path: string): Fault | undefined {
    if (!chance || !matches(chance, method, path) || chance.random() >= chance.rate) return undefined;
    const kind = pick(chance.kinds ?? FAULT_KINDS.filter((one) => one !== 'hang'), chance.random);
    spoilt[kind] = (spoilt[kind] ?? 0) + 1;
    return toFault(kind, Math.ceil(chance.random() * (chance.waitMsMax ?? 50)));
  }

  return {
    next(fault, match = {}) {
      const { times = 1 } = match;
      if (times > 0) waiting.push({ fault, match, left: times });
    },
    randomly(given) {
      chance = given;
    },
    take(method, path) {
      const found = waiting.find((one) => matches(one.match, method, path));
      if (!found) return draw(method, path);
      found.left -= 1;
      if (found.left === 0) waiting.splice(waiting.indexOf(found), 1);
      return found.fault;
    },
    clear() {
      waiting.length = 0;
      chance = undefined;
    },
    get pending() {
      return waiting.reduce((sum, { left }) => sum + left, 0);
    },
    spoilt,
  };
}

function toFault(kind: FaultKind, waitMs: number): Fault {
  const [first, second] = kind.split(' ');
  const after = second === 'after' && { after: true as const };
  if (first === 'hang') return { hang: true, ...after };
  if (first === 'late') return { acceptAfterMs: waitMs };
  if (first === 'delay') return { delayMs: waitMs };
  if (first === 'cut') return { cut: second as 'before' | 'body' | 'after' };
  if (first !== '429') return { status: Number(first), ...after };
  const isGlobal = second === 'global';
  const seconds = waitMs / 1000;
  return {
    status: 429,
    headers: {
      'Retry-After': seconds.toFixed(3),
      'X-RateLimit-Scope': second!,
      ...(isGlobal && { 'X-RateLimit-Global': 'true' }),
    },
    body: { message: 'You are being rate limited.', retry_after: seconds, global: isGlobal },
  };
}

function matches({ method: only, path: where }: Match, method: string, path: string): boolean {
  if (only !== undefined && only !== method) return false;
  if (where === undefined) return true;
  return typeof where === 'string' ? where === path : path.search(where) >= 0;
}
