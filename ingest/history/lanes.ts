/** Works through a list, so many at a time. The first failure ends it, when what was begun has settled. */
export async function inLanes<T>(
  lanes: number,
  list: readonly T[],
  work: (one: T) => Promise<void>,
): Promise<void> {
  const queue = list.values();
  let hasFailed = false;
  const lane = async () => {
    for (const one of queue) {
      if (hasFailed) return;
      try {
        await work(one);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const settled = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const { status, reason } of settled as PromiseRejectedResult[])
    if (status === 'rejected') throw reason;
}
