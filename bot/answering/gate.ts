/** Lets so many through at once, in their order; who would have to wait behind too many is told so. */

/** Too many wait. */
export class CrowdedError extends Error {
  override name = 'CrowdedError';
}

export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

/** Errors: CrowdedError, at once. */
export function makeGate({ atOnceMax, waitingMax }: { atOnceMax: number; waitingMax: number }): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running < atOnceMax) running++;
    else {
      if (waiting.length >= waitingMax) throw new CrowdedError('Too many wait.');
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
