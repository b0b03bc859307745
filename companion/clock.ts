/** Time, as it is handed on. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Ms since 1970 by a clock that never jumps. */
export const steadyNow = (): number => Math.round(performance.timeOrigin + performance.now());

/** Rejects where the signal is aborted before the time has passed. */
export const wait = (ms: number, signal?: AbortSignal): Promise<void> =>
  sleep(ms, undefined, signal && { signal });
