import { describe, expect, it } from 'vitest';
import { type Lane, nextLane, openLane } from '../../../ingest/backfill/lane.ts';

const GUILD = '1';
const day = (n: number): bigint => BigInt(n * 86_400_000) << 22n;

/** A channel made on a day, whose newest message is of another; read back to a third by so many pages. */
function lane(born: number, newest: number, readTo = newest, pages = 0, told?: number): Lane {
  const id = String(day(born) + BigInt(newest));
  const toId = String(day(readTo));
  const shown = { id, type: 0, last_message_id: String(day(newest)), total_message_sent: told };
  const made = openLane(GUILD, shown as never, [{ fromId: '0', toId }], false, undefined);
  return Object.assign(made, { pages, messages: pages * 100, newestId: pages > 0 ? day(newest) : undefined });
}

describe('whose turn it is', () => {
  it('a channel of which nothing is known, the newest of them first', () => {
    const lanes = [lane(1, 900, 890, 3), lane(1, 300), lane(1, 500), lane(1, 950, 950, 0, 40)];
    expect(nextLane(lanes, 0, 'newest')).toBe(lanes[2]);
    expect(nextLane(lanes, 0, 'longest')).toBe(lanes[2]);
  });

  it('then the one whose next message is the newest, or the one that has most left, by what was read of it', () => {
    const newest = lane(800, 950, 950, 0, 40);
    // 100 messages in 10 days, and 99 times as long to go; the other 100 in 100 days, for as long.
    const longest = lane(0, 600, 590, 1);
    const sparse = lane(0, 700, 600, 1);
    const lanes = [sparse, newest, longest];
    expect(nextLane(lanes, 0, 'newest')).toBe(newest);
    expect(nextLane(lanes, 0, 'longest')).toBe(longest);
    // A thread tells how many there are before it is begun.
    const thread = lane(400, 500, 500, 0, 1_000_000);
    expect(nextLane([...lanes, thread], 0, 'longest')).toBe(thread);
    expect(nextLane([newest], 0, 'longest')).toBe(newest);
  });

  it('none that is asked, rests, or has as much unwritten as a kill may lose', () => {
    const one = lane(0, 10);
    expect(nextLane([{ ...one, isAsking: true }], 0, 'newest')).toBe(undefined);
    expect(nextLane([{ ...one, restUntilMs: 5 }], 4, 'newest')).toBe(undefined);
    expect(nextLane([{ ...one, unwritten: 2 }], 0, 'newest')).toBe(undefined);
    expect(nextLane([one], 0, 'newest')).toBe(one);
  });
});
