import { describe, expect, it } from 'vitest';
import { type CoverageRecord, emptyBatch, type RecordBatch } from '../../../db/records.ts';
import { ChannelReading, type Hole, type Turn } from '../../../ingest/backfill/channel.ts';
import type { Page } from '../../../ingest/history/page.ts';
import { type Span, touching } from '../../support/naive-spans.ts';
import { idAt } from '../../support/records.ts';

const NOW = Date.UTC(2026, 0, 10);
const [GUILD, CHANNEL] = ['1', '2'];
/** The nth message, a minute apart. */
const id = (n: number): string => idAt(Date.UTC(2026, 0, 1) + n * 60_000);
const ids = (count: number, from = 0): string[] => Array.from({ length: count }, (_, n) => id(from + n));
const TOP = idAt(NOW - 60_000);
const ALL: Hole = { fromId: '0', toId: TOP };

interface Fake {
  /** What is there, oldest first. */
  there: string[];
  /** How many messages the nth page of those with any holds; absent: all it can. */
  short?: Record<number, number>;
  /** Ids of which no record can be made. */
  poison?: string[];
  /** Whether the past may be read, by the number of requests before. */
  isOpen?: (asked: number) => boolean;
  lastMessageId?: string | null;
  holes?: Hole[];
}

/** Reads a channel to its end as a run does, each doubt followed by a survey that finds nothing wrong. */
function read({ there, short = {}, poison = [], isOpen = () => true, lastMessageId, holes = [ALL] }: Fake) {
  const last = lastMessageId === undefined ? there.at(-1) : lastMessageId;
  const reading = new ChannelReading({ guildId: GUILD, channelId: CHANNEL }, holes, last);
  const asked: string[] = [];
  const spans: CoverageRecord[] = [];
  const seen: string[] = [];
  let pages = 0;
  let end = 'read';
  while (!reading.isRead && asked.length < 60) {
    const ask = reading.next();
    const isAllowed = isOpen(asked.length);
    asked.push(`${ask.what} ${ask.what === 'page' ? ask.before : ask.what === 'first' ? ask.after : ask.id}`);
    let turn: Turn;
    if (ask.what === 'message') {
      const isThere = isAllowed && there.includes(ask.id);
      turn = isThere
        ? { is: 'doubt' }
        : reading.refuse({ is: 'missing', code: isAllowed ? 10_008 : 50_001, sentAtMs: NOW, restMs: 0 }, ask);
    } else {
      let found =
        ask.what === 'page'
          ? there.filter((one) => BigInt(one) < BigInt(ask.before)).slice(-100)
          : there.filter((one) => BigInt(one) > BigInt(ask.after)).slice(0, 1);
      if (!isAllowed) found = [];
      if (ask.what === 'page' && found.length > 0) found = found.slice(-(short[pages++] ?? 100));
      const { page, batch } = pageOf(found, poison);
      if (ask.what === 'page') seen.push(...found);
      turn = reading.take(ask, page, batch);
    }
    if (turn.is === 'read') spans.push(...turn.spans);
    else if (turn.is === 'doubt') {
      const verdict = reading.doubtOf();
      if (verdict === 'empty') spans.push(...reading.believeEmpty(NOW));
      else if (verdict !== 'ask message' && !reading.retry()) {
        end = 'refused';
        break;
      } else if (verdict === 'ask message' && ask.what === 'message' && !reading.retry()) {
        end = 'refused';
        break;
      }
    } else {
      end = turn.is;
      break;
    }
  }
  return { asked, spans, seen, end, reading };
}

function pageOf(found: string[], poison: string[] = []): { page: Page; batch: RecordBatch } {
  const batch = emptyBatch();
  for (const messageId of found)
    if (!poison.includes(messageId))
      batch.messages.push({
        source: 'rest',
        observedAt: NOW,
        guildId: GUILD,
        channelId: CHANNEL,
        messageId,
        pinned: false,
      });
  return {
    page: { payloads: found.map((one) => ({ id: one })), ids: found, sentAtMs: NOW, restMs: 0 },
    batch,
  };
}

/** As spans of ids, those that touch as one. */
function covered(spans: CoverageRecord[], grades = ['verified', 'read']): Span[] {
  return touching(
    spans
      .filter(({ grade }) => grades.includes(grade))
      .map(({ fromId, toId }) => ({ from: BigInt(fromId), to: BigInt(toId) + 1n })),
  );
}
const whole = (from = 0n, to = BigInt(TOP)): Span[] => [{ from, to: to + 1n }];
const proven = (spans: CoverageRecord[], one: string): boolean =>
  covered(spans, ['verified']).some(({ from, to }) => from <= BigInt(one) && BigInt(one) < to);

describe('reading a channel', () => {
  it.each([1, 99, 100, 101, 199, 200, 250, 300])(
    'of %i messages takes one request a hundred, one that finds nothing more, and one more where the last page was full',
    (count) => {
      const { asked, spans, seen, end } = read({ there: ids(count) });
      expect(end).toBe('read');
      expect(asked).toHaveLength(Math.ceil(count / 100) + 1 + Number(count % 100 === 0));
      expect(new Set(asked).size).toBe(asked.length);
      expect(seen.toSorted()).toEqual(ids(count).toSorted());
      expect(covered(spans)).toEqual(whole());
      for (const one of [...ids(count), '1']) expect(proven(spans, one)).toBe(true);
      // Only a full page says what is above its newest message.
      expect(proven(spans, TOP)).toBe(count >= 100);
    },
  );

  it('a channel in which nothing was ever said is believed to be empty', () => {
    const { asked, spans } = read({ there: [], lastMessageId: null });
    expect(asked).toHaveLength(1);
    expect(covered(spans)).toEqual(whole());
    expect(covered(spans, ['verified'])).toEqual([]);
  });

  it('one whose last message is deleted is believed to be empty when Discord says so', () => {
    const { asked, spans, end } = read({ there: [], lastMessageId: id(7) });
    expect(asked).toEqual([`page ${BigInt(TOP) + 1n}`, `message ${id(7)}`]);
    expect(end).toBe('read');
    expect(covered(spans)).toEqual(whole());
  });

  it('one whose last message may not be asked for is not', () => {
    const { spans, end } = read({ there: ids(7), isOpen: () => false });
    expect(end).toBe('closed');
    expect(spans).toEqual([]);
  });

  it('a page that is short in the middle of a channel ends nothing', () => {
    const { spans, seen, asked, end } = read({ there: ids(250), short: { 0: 30, 1: 1 } });
    expect(end).toBe('read');
    expect(seen.toSorted()).toEqual(ids(250).toSorted());
    expect(covered(spans)).toEqual(whole());
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('a page that is not before its cursor is a page that repeats', () => {
    const there = ids(200);
    const reading = new ChannelReading({ guildId: GUILD, channelId: CHANNEL }, [ALL], there.at(-1));
    const first = pageOf(there.slice(-100));
    expect(reading.take(reading.next(), first.page, first.batch).is).toBe('read');
    expect(reading.take(reading.next(), first.page, first.batch).is).toBe('repeated');
    expect(reading.cursor).toBe(BigInt(there[100]!));
  });

  it.each([0, 50, 99, 100, 149, 199])(
    'a message that cannot be recorded (the %ith) is covered, and not proven deleted',
    (n) => {
      const there = ids(200);
      const { spans, end } = read({ there, poison: [there[n]!] });
      expect(end).toBe('read');
      expect(covered(spans)).toEqual(whole());
      for (const one of there) expect(proven(spans, one)).toBe(one !== there[n]);
    },
  );

  it('the first message of all may be one that cannot be recorded, and found by the closing request', () => {
    const there = ids(50);
    const { spans, end } = read({ there, poison: [there[0]!], short: { 0: 20, 1: 20, 2: 9 } });
    expect(end).toBe('read');
    expect(covered(spans)).toEqual(whole());
    expect(proven(spans, there[0]!)).toBe(false);
  });

  it('reads the holes and nothing else of what is known already', () => {
    const there = ids(1000);
    const holes = [
      { fromId: id(900), toId: TOP },
      { fromId: id(400), toId: id(520) },
    ];
    const { spans, end, asked } = read({ there, holes });
    expect(end).toBe('read');
    // A page beyond the beginning of a hole proves what it shows, too.
    for (const { fromId, toId } of holes)
      expect(covered(spans).some(({ from, to }) => from <= BigInt(fromId) && BigInt(toId) < to)).toBe(true);
    expect(asked).toHaveLength(3);
  });

  it('reads no further than it should', () => {
    const sinceId = id(150);
    const { spans, end, asked } = read({ there: ids(400), holes: [{ fromId: sinceId, toId: TOP }] });
    expect(end).toBe('read');
    expect(asked).toHaveLength(3);
    expect(covered(spans)[0]!.from <= BigInt(sinceId)).toBe(true);
  });

  it('a hole below all that was ever said is closed by what is above it', () => {
    const there = ids(30, 500);
    const { spans, end, asked } = read({
      there,
      holes: [{ fromId: '0', toId: String(BigInt(id(500)) - 1n) }],
    });
    expect(end).toBe('read');
    expect(asked).toEqual([`page ${id(500)}`, 'first 0']);
    expect(covered(spans, ['verified'])).toEqual(whole(0n, BigInt(id(500))));
  });

  it('a hole between messages in which there is nothing is closed', () => {
    const there = [...ids(30), ...ids(30, 500)];
    const { end, spans } = read({ there, holes: [{ fromId: id(100), toId: id(400) }] });
    expect(end).toBe('read');
    expect(covered(spans).some(({ from, to }) => from <= BigInt(id(100)) && BigInt(id(400)) < to)).toBe(true);
  });

  it('a lost permission is no end: what was read stays, and the rest is asked for when it is back', () => {
    const there = ids(350);
    const { spans, end, seen } = read({ there, isOpen: (asked) => asked < 2 || asked > 5 });
    expect(end).toBe('read');
    expect(seen.toSorted()).toEqual(there.toSorted());
    expect(covered(spans)).toEqual(whole());
  });

  it('answers that contradict each other end after five doubts, with nothing covered but what was shown', () => {
    const there = ids(350);
    const { spans, end } = read({ there, isOpen: (asked) => asked < 2 });
    expect(end).toBe('refused');
    expect(covered(spans)).toEqual(whole(BigInt(there[150]!)));
    const never = read({ there, isOpen: (asked) => asked % 2 === 1 });
    expect(never.end).toBe('refused');
    expect(never.spans).toEqual([]);
  });

  it('what is younger than ten seconds is not covered', () => {
    const there = [...ids(5), idAt(NOW - 5_000)];
    const toId = idAt(NOW);
    const { spans } = read({ there, holes: [{ fromId: '0', toId }] });
    expect(covered(spans)).toEqual(whole(0n, BigInt(idAt(NOW - 10_000)) - 1n));
  });
});
