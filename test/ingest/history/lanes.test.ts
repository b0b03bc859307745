import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inLanes } from '../../../ingest/history/lanes.ts';

describe('a list worked through in lanes', () => {
  it('is worked through once, so many at a time', async () => {
    let [now, most] = [0, 0];
    const done: number[] = [];
    await inLanes(3, [1, 2, 3, 4, 5, 6, 7], async (n) => {
      most = Math.max(most, ++now);
      await sleep(n % 2 ? 5 : 1);
      now--;
      done.push(n);
    });
    expect(done.toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(most).toBe(3);
  });

  it('fails with the first failure, when what was begun has settled, and begins nothing more', async () => {
    const begun: number[] = [];
    const settled: number[] = [];
    const work = inLanes(2, [1, 2, 3, 4, 5], async (n) => {
      begun.push(n);
      await sleep(n * 5);
      if (n === 1) throw new Error('the first');
      settled.push(n);
    });
    await expect(work).rejects.toThrow('the first');
    expect(begun).toEqual([1, 2]);
    expect(settled).toEqual([2]);
  });
});
