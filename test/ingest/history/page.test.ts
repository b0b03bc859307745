import { describe, expect, it } from 'vitest';
import { emptyBatch, type RecordBatch } from '../../../db/records.ts';
import { fetchPage, isFull, type Page, provenSpans, readSpan } from '../../../ingest/history/page.ts';
import type { Calls } from '../../../ingest/discord/fetch-calls.ts';
import { idAt } from '../../support/records.ts';

const NOW = Date.UTC(2026, 0, 10);
const place = { guildId: '1', channelId: '2' };
const id = (seconds: number): string => idAt(NOW - 3_600_000 + seconds * 1_000);

const page = (...ids: string[]): Page => ({
  payloads: ids.map((one) => ({ id: one })),
  ids,
  sentAtMs: NOW,
  restMs: 0,
});

function told(ids: string[], more: object = { pinned: false }): RecordBatch {
  const batch = emptyBatch();
  for (const messageId of ids)
    batch.messages.push({ ...place, source: 'rest', observedAt: NOW, messageId, ...more });
  return batch;
}

const spansOf = (spans: { fromId: string; toId: string }[]) =>
  spans.map(({ fromId, toId }) => [fromId, toId]);
const range = (fromId: string, toId: string) => ({ fromId: BigInt(fromId), toId: BigInt(toId) });
const next = (one: string, by = 1n): string => String(BigInt(one) + by);

describe('a page', () => {
  it('has its ids in order, and those that are none left out', async () => {
    const payload = [{ id: id(3) }, { id: 'x' }, null, { id: id(1) }, {}, { id: id(2) }];
    const calls = {
      get: async () => ({ is: 'found', payload, sentAtMs: NOW, restMs: 5 }),
    } as unknown as Calls;
    const found = await fetchPage(calls, '2', {});
    expect(found).toMatchObject({ ids: [id(1), id(2), id(3)], sentAtMs: NOW, restMs: 5 });
    // Full or not it is by what it holds, not by what can be read of it.
    expect(isFull(found as Page, 6)).toBe(true);
  });

  it('proves all of a range in which everything was recorded', () => {
    const ids = [id(1), id(2), id(3)];
    const spans = provenSpans(place, page(...ids), range(id(0), id(9)), told(ids));
    expect(spans).toEqual([
      { ...place, fromId: id(0), toId: id(9), source: 'rest', grade: 'verified', at: NOW },
    ]);
  });

  it('proves nothing of what is in it and was not recorded, or only named beside another', () => {
    const ids = [id(1), id(2), id(3)];
    expect(spansOf(provenSpans(place, page(...ids), range(id(0), id(9)), told([id(1), id(3)])))).toEqual([
      [id(0), next(id(2), -1n)],
      [next(id(2)), id(9)],
    ]);
    const batch = told([id(1), id(3)]);
    batch.messages.push(...told([id(2)], {}).messages);
    expect(provenSpans(place, page(...ids), range(id(0), id(9)), batch)).toHaveLength(2);
    expect(provenSpans(place, page(id(1)), range(id(1), id(1)), emptyBatch())).toEqual([]);
  });

  it('proves, and covers, nothing younger than ten seconds', () => {
    const [old, young] = [idAt(NOW - 10_001), idAt(NOW - 9_000)];
    const until = next(idAt(NOW - 10_000), -1n);
    expect(spansOf(provenSpans(place, page(old, young), range(old, young), told([old, young])))).toEqual([
      [old, until],
    ]);
    expect(spansOf(readSpan(place, range(old, young), NOW))).toEqual([[old, until]]);
    expect(readSpan(place, range(young, young), NOW)).toEqual([]);
    expect(provenSpans(place, page(young), range(young, young), told([young]))).toEqual([]);
  });
});
