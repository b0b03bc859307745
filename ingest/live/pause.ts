import { setTimeout as sleep } from 'node:timers/promises';

/** Settles after a while, or when the signal ends it. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => {});
