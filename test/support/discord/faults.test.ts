import { describe, expect, it } from 'vitest';
import { seededRandom } from '../random.ts';
import { type Chance, type Fault, FAULT_KINDS, type FaultKind, makeFaults } from './faults.ts';

const PAGE = '/channels/1/messages';

it('a fault spoils the next request, and only that', () => {
  const faults = makeFaults();
  faults.next({ status: 502 });
  expect(faults.take('GET', PAGE)).toEqual({ status: 502 });
  expect(faults.take('GET', PAGE)).toBeUndefined();
});

it('a fault waits for a request of its method and path', () => {
  const faults = makeFaults();
  faults.next({ hang: true }, { method: 'POST', path: PAGE });
  expect(faults.take('GET', PAGE)).toBeUndefined();
  expect(faults.take('POST', '/channels/1')).toBeUndefined();
  expect(faults.pending).toBe(1);
  expect(faults.take('POST', PAGE)).toEqual({ hang: true });
  expect(faults.pending).toBe(0);
});

it('a pattern may match a part of a path, every time it is asked', () => {
  const faults = makeFaults();
  faults.next({ cut: 'body' }, { path: /messages$/g, times: 3 });
  const taken = [PAGE, PAGE, '/guilds/1', '/channels/2/messages', PAGE].map((path) =>
    faults.take('GET', path),
  );
  expect(taken.map((fault) => fault !== undefined)).toEqual([true, true, false, true, false]);
});

it('of several faults for a request the first told comes first', () => {
  const faults = makeFaults();
  faults.next({ delayMs: 5 }, { path: PAGE });
  faults.next({ cut: 'after' });
  expect(faults.take('GET', PAGE)).toEqual({ delayMs: 5 });
  expect(faults.take('GET', PAGE)).toEqual({ cut: 'after' });
});

it('cleared faults spoil nothing', () => {
  const faults = makeFaults();
  faults.next({ status: 500 }, { times: 5 });
  expect(faults.pending).toBe(5);
  faults.clear();
  expect(faults.pending).toBe(0);
  expect(faults.take('GET', PAGE)).toBeUndefined();
});

describe('chance', () => {
  const spoil = (chance: Partial<Chance>, requests = 2000) => {
    const faults = makeFaults();
    faults.randomly({ random: seededRandom(3), rate: 0.1, ...chance });
    return { faults, taken: Array.from({ length: requests }, () => faults.take('GET', PAGE)) };
  };

  it('spoils its share of requests, in every way but a hang', () => {
    const { faults, taken } = spoil({});
    const spoilt = taken.filter((fault) => fault !== undefined).length;
    expect(spoilt).toBeGreaterThan(150);
    expect(spoilt).toBeLessThan(250);
    expect(Object.keys(faults.spoilt).toSorted()).toEqual(
      FAULT_KINDS.filter((kind) => kind !== 'hang').toSorted(),
    );
    expect(Object.values(faults.spoilt).reduce((sum, count) => sum + count, 0)).toBe(spoilt);
  });

  it('is the same for the same seed', () => {
    expect(spoil({}).taken).toEqual(spoil({}).taken);
  });

  it.for<[FaultKind, unknown]>([
    ['hang', { hang: true }],
    ['cut body', { cut: 'body' }],
    ['502', { status: 502 }],
    ['delay', { delayMs: expect.any(Number) }],
    ['500 after', { status: 500, after: true }],
    ['502 after', { status: 502, after: true }],
    ['hang after', { hang: true, after: true }],
    ['late', { acceptAfterMs: expect.any(Number) }],
    ['429 shared', { status: 429, headers: { 'X-RateLimit-Scope': 'shared' }, body: { global: false } }],
    ['429 global', { status: 429, headers: { 'X-RateLimit-Global': 'true' }, body: { global: true } }],
  ])('%s is what it says', ([kind, fault]) => {
    expect(spoil({ kinds: [kind], rate: 1 }, 1).taken).toMatchObject([fault]);
  });

  it('keeps to requests that match, waits no longer than it may, and ends with all others', () => {
    const { faults, taken } = spoil(
      { rate: 1, kinds: ['429 user', 'delay'], waitMsMax: 5, path: /messages$/ },
      100,
    );
    const waits = taken.map((fault) => ('delayMs' in fault! ? fault.delayMs : retryMsOf(fault!)));
    expect(Math.max(...waits)).toBe(5);
    expect(Math.min(...waits)).toBe(1);
    expect(faults.take('GET', '/guilds/1')).toBeUndefined();
    faults.next({ status: 500 });
    expect(faults.take('GET', PAGE)).toEqual({ status: 500 });
    faults.clear();
    expect(faults.take('GET', PAGE)).toBeUndefined();
  });
});

const retryMsOf = (fault: Fault) => (fault as { body: { retry_after: number } }).body.retry_after * 1000;
