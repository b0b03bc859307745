import { expect, it } from 'vitest';
import { makeFaults } from './faults.ts';

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
