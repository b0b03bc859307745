/** Asking many questions, a few at a time. */

/** Runs what it is given when its turn comes. */
export type AtOnce = <T>(ask: () => Promise<T>) => Promise<T>;

/** Lets at most so many of the questions that it is given run at once. */
export function bounded(most: number): AtOnce {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (ask) => {
    if (running === most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await ask();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}

/** All of some answers, by their names. */
export async function together<T extends Record<string, unknown>>(
  answers: T,
): Promise<{ [Name in keyof T]: Awaited<T[Name]> }> {
  const found = await Promise.all(
    Object.entries(answers).map(async ([name, answer]) => [name, await answer]),
  );
  return Object.fromEntries(found);
}
