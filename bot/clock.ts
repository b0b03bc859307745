/** Time, as what waits and tries again is given it. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Clock {
  /** Ms that never jump, from any start. */
  now(): number;
  /** Rejects where the signal is aborted before the time has passed. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * Ms since 1970 by a clock that never jumps: where this machine's is set right while we run, what came first must still be
 * first. How wrong it was from the start, Discord's answers tell.
 */
export const steadyNow = (): number => Math.round(performance.timeOrigin + performance.now());

/** The clock of this machine. */
export const machineClock: Clock = {
  now: () => performance.now(),
  wait: (ms, signal) => sleep(ms, undefined, { signal }),
};

/** What the way to REST goes by. */
export const restClock = {
  now: steadyNow,
  wait: (ms: number, signal?: AbortSignal): Promise<void> => sleep(ms, undefined, signal && { signal }),
  random: Math.random,
};
