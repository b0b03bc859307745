import { setImmediate as turnOfLoop } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { makePace } from '../../../ingest/discord/pace.ts';

/** A pace by a clock that moves when everybody waits; each timer is late by what is told. */
function makeScene({ perSecond = 48, lateMs = () => 0 }: { perSecond?: number; lateMs?: () => number } = {}) {
  const clock = { ms: 1_000_000 };
  const pace = makePace({
    perSecond,
    now: () => clock.ms,
    async wait(ms) {
      await turnOfLoop();
      clock.ms += ms + lateMs();
    },
  });
  const starts: number[] = [];
  const take = async (signal?: AbortSignal) => {
    await pace.turn(signal);
    starts.push(clock.ms);
  };
  /** The most within any second, both ends in. */
  const mostInASecond = () =>
    Math.max(...starts.map((from) => starts.filter((at) => at >= from && at < from + 1000).length));
  return { pace, clock, starts, take, mostInASecond };
}

describe('a pace', () => {
  it('lets everything go until it begins', async () => {
    const { pace, take, clock, starts } = makeScene();
    await Promise.all(Array.from({ length: 500 }, () => take()));
    expect(new Set(starts)).toEqual(new Set([clock.ms]));
    expect(pace.used()).toBe(500);
    clock.ms += 1000;
    expect(pace.used()).toBe(0);
  });

  it('spaces requests evenly, and makes up for timers that are late', async () => {
    const { pace, take, starts, mostInASecond } = makeScene({ lateMs: () => 3 });
    pace.begin();
    await Promise.all(Array.from({ length: 481 }, () => take()));
    const tookMs = starts.at(-1)! - starts[0]!;
    expect(tookMs).toBeGreaterThanOrEqual(10_000);
    expect(tookMs).toBeLessThan(10_200);
    expect(mostInASecond()).toBeLessThanOrEqual(48);
    const apart = starts.slice(1).map((at, i) => at - starts[i]!);
    expect(Math.max(...apart)).toBeLessThan(30);
  });

  it.each([
    ['now and then', [0, 0, 700, 0, 0, 0, 1500, 0, 90]],
    ['once', [...Array.from({ length: 60 }, () => 0), 95, ...Array.from({ length: 400 }, () => 0)]],
  ])('has no second with more than it may, where the process stood still %s', async (_, stalls) => {
    let timer = 0;
    const { pace, take, mostInASecond } = makeScene({ lateMs: () => stalls[timer++ % stalls.length]! });
    pace.begin();
    await Promise.all(Array.from({ length: 400 }, () => take()));
    expect(mostInASecond()).toBeLessThanOrEqual(48);
  });

  it('lets who comes after a quiet time go at once, and no bunch behind', async () => {
    const { pace, clock, take, starts } = makeScene();
    pace.begin();
    await take();
    const quietMs = (clock.ms += 5000);
    await Promise.all([take(), take(), take()]);
    expect(starts[1]).toBe(quietMs);
    expect(starts[2]! - starts[1]!).toBeGreaterThanOrEqual(20);
    expect(starts[3]! - starts[2]!).toBeGreaterThanOrEqual(20);
  });

  it('is first come first served, and who gives up takes no turn', async () => {
    const { pace, clock } = makeScene({ perSecond: 10 });
    pace.begin();
    const order: number[] = [];
    const stop = new AbortController();
    const turns = Array.from({ length: 30 }, (_, i) =>
      pace.turn(i % 3 === 1 ? stop.signal : undefined).then(() => order.push(i)),
    );
    stop.abort(new Error('enough'));
    const settled = await Promise.allSettled(turns);
    const refused = settled.flatMap((one, i) => (one.status === 'rejected' ? [i] : []));
    expect(refused).toEqual(Array.from({ length: 10 }, (_, i) => 3 * i + 1));
    expect(order).toEqual(Array.from({ length: 30 }, (_, i) => i).filter((i) => i % 3 !== 1));
    expect(clock.ms - 1_000_000).toBeLessThan(2_000);
    await expect(pace.turn(stop.signal)).rejects.toThrow('enough');
  });

  it('stands still for as long as it is told', async () => {
    const { pace, clock, take, starts } = makeScene();
    pace.begin();
    const taken = Promise.all(Array.from({ length: 10 }, () => take()));
    pace.pause(5_000);
    await taken;
    expect(starts[0]).toBe(1_000_000);
    expect(starts[1]).toBeGreaterThanOrEqual(1_005_000);
    expect(clock.ms).toBeLessThan(1_006_000);
  });

  it('is no slower for each of very many that wait', { timeout: 60_000 }, async () => {
    const { pace } = makeScene({ perSecond: 1_000_000 });
    pace.begin();
    const stop = new AbortController();
    const many = 200_000;
    let done = 0;
    const turns = Array.from({ length: many }, (_, i) =>
      pace.turn(i % 2 ? AbortSignal.any([stop.signal]) : undefined).then(
        () => done++,
        () => {},
      ),
    );
    stop.abort();
    await Promise.all(turns);
    expect(done).toBe(many / 2);
  });
});
