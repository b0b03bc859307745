/** Events in memory: what is dropped when it is full, and what is told of that. */
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../../ingest/live/queue.ts';
import { live, lives } from '../../support/live-events.ts';
import { at, GUILD } from '../../support/records.ts';

const fill = (events: number, bytes = 1e9) => {
  const queue = new EventQueue(0, { events, bytes });
  for (const event of lives(1, events)) queue.push(event);
  return queue;
};
const all = (queue: EventQueue) => queue.peek(1e9, 1e9);
const other = '100000000000000009';

describe('a queue that is full', () => {
  it('drops what comes until it is half empty; the next event tells since when, and of which guilds', () => {
    const queue = fill(10);
    queue.push(live(11));
    queue.push(live(12, { guildId: other }));
    queue.push(live(13, { guildId: '0' }));
    queue.dropUntil(4);
    queue.push(live(14));
    queue.dropUntil(5);
    queue.push(live(15));
    queue.push(live(16));
    expect(all(queue).map(({ sequence }) => sequence)).toEqual([6, 7, 8, 9, 10, 15, 16]);
    expect(all(queue).map(({ gap }) => gap)).toEqual([
      ...Array.from({ length: 5 }, () => undefined),
      { reason: 'overflow', fromMs: at(11), guildIds: [GUILD, other] },
      undefined,
    ]);
    expect(queue.dropped).toBe(4);
  });

  it('keeps the gap of an event that it drops: a new session’s begins before it', () => {
    const queue = fill(10);
    queue.push(live(11));
    queue.push(live(1, { guildId: '0', gap: { reason: 'new session', guildIds: [other] } }));
    queue.dropUntil(10);
    queue.push(live(12));
    expect(all(queue)[0]!.gap).toEqual({ reason: 'new session', guildIds: [GUILD, other] });
  });

  it('joins what it dropped to the gap that the next event tells itself', () => {
    const queue = fill(10);
    queue.push(live(11));
    queue.dropUntil(10);
    queue.push(live(12, { gap: { reason: 'overflow', fromMs: at(5), guildIds: [other] } }));
    expect(all(queue)[0]!.gap).toEqual({ reason: 'overflow', fromMs: at(5), guildIds: [GUILD, other] });
  });

  it('is bounded by what its events weigh, too; one that is too heavy for it goes in alone', () => {
    const queue = fill(3, 5000);
    const { messages } = live(4).batch;
    const heavy = {
      ...live(4).batch,
      messages: [{ ...messages[0]!, body: { content: 'x'.repeat(5000), fidelity: 3 as const } }],
    };
    queue.push(live(4, { batch: heavy }));
    expect(queue.dropped).toBe(1);
    queue.dropUntil(3);
    expect(queue.bytes).toBe(0);
    queue.push(live(5, { batch: heavy }));
    expect(queue.size).toBe(1);
    expect(queue.peek(10, 1)).toHaveLength(1);
  });
});
