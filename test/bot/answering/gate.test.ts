import { expect, it } from 'vitest';
import { CrowdedError, makeGate } from '../../../bot/answering/gate.ts';

/** A gate, and work that ends when the test says so. */
function scene(atOnceMax: number, waitingMax: number) {
  const gate = makeGate({ atOnceMax, waitingMax });
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const work = (i: number) =>
    gate(async () => {
      started.push(i);
      await new Promise<void>((resolve) => (ends[i] = resolve));
      return i;
    });
  return { gate, work, started, ends };
}

it('lets so many through at once, and the others in their order', async () => {
  const { work, started, ends } = scene(2, 10);
  const all = [0, 1, 2, 3].map(work);
  expect(started).toEqual([0, 1]);
  ends[1]!();
  await all[1];
  expect(started).toEqual([0, 1, 2]);
  ends[0]!();
  await all[0];
  expect(started).toEqual([0, 1, 2, 3]);
  ends[2]!();
  ends[3]!();
  expect(await Promise.all(all)).toEqual([0, 1, 2, 3]);
});

it('tells at once who would wait behind too many', async () => {
  const { work, ends } = scene(1, 1);
  const [first, second] = [work(0), work(1)];
  await expect(work(2)).rejects.toThrow(CrowdedError);
  ends[0]!();
  await first;
  ends[1]!();
  await second;
});

it('goes on behind work that failed', async () => {
  const { gate } = scene(1, 1);
  await expect(gate(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await gate(async () => 'well')).toBe('well');
});
