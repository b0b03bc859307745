import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { makeIdentifyBudget } from '../../bot/identify-budget.ts';

const limit = { total: 1000, remaining: 1000, reset_after: 86_400_000, max_concurrency: 1 };
const signal = new AbortController().signal;

/** A clock that jumps to whatever is waited for. */
function makeClock() {
  const clock = { ms: 0, now: () => clock.ms, wait: async (ms: number) => void (clock.ms += ms) };
  return clock;
}

/** When a shard that identifies again and again is let, in seconds. */
async function timesOf(count: number, of: Partial<typeof limit> = {}): Promise<number[]> {
  const clock = makeClock();
  const budget = makeIdentifyBudget(clock, async () => ({ ...limit, ...of }));
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    await budget.waitForIdentify(0, signal);
    times.push(Math.floor(clock.ms / 1000));
  }
  return times;
}

describe('identifying', () => {
  it('again and again: twenty times without more than the 5 s between, then slower', async () => {
    const times = await timesOf(24);
    expect(times.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, i) => Math.floor(i * 5.25)));
    expect(times.slice(20).map((at, i) => at - times[19 + i]!)).toEqual([60, 120, 240, 300]);
  });

  it('without end stays far below what a day allows', async () => {
    const times = await timesOf(600);
    expect(times.filter((second) => second < 86_400).length).toBeLessThan(600);
  });

  it('is spread over the day where little of it is left', async () => {
    expect(await timesOf(3, { remaining: 24 })).toEqual([0, 3_600, 7_200]);
  });

  it('waits for the next day where nothing is left', async () => {
    expect(await timesOf(1, { remaining: 0 })).toEqual([86_400]);
  });

  it('is paced also where Discord does not say what is left', async () => {
    const clock = makeClock();
    const budget = makeIdentifyBudget(clock, () => Promise.reject(new Error('no answer')));
    for (let i = 0; i < 21; i++) await budget.waitForIdentify(0, signal);
    expect(clock.ms).toBeGreaterThan(60_000);
  });

  it('shards of one bucket go one after the other, those of others side by side', async () => {
    const asleep: (() => void)[] = [];
    const clock = { now: () => 0, wait: () => new Promise<void>((resolve) => asleep.push(resolve)) };
    const budget = makeIdentifyBudget(clock, async () => ({ ...limit, max_concurrency: 2 }));
    const passed: number[] = [];
    const all = [0, 1, 2, 4].map((id) => budget.waitForIdentify(id, signal).then(() => passed.push(id)));
    await turn();
    expect([passed, asleep.length]).toEqual([[0, 1], 1]);
    asleep.shift()!();
    await turn();
    expect([passed, asleep.length]).toEqual([[0, 1, 2], 1]);
    asleep.shift()!();
    await Promise.all(all);
  });

  it('an aborted turn uses nothing up', async () => {
    const clock = makeClock();
    const budget = makeIdentifyBudget(clock, async () => limit);
    await expect(budget.waitForIdentify(0, AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    await budget.waitForIdentify(0, signal);
    expect(clock.ms).toBe(0);
  });
});
