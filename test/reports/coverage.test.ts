/** The line of coverage in words: it never says more than is so. */
import { describe, expect, it } from 'vitest';
import type { CoverageLine } from '../../db/queries/coverage-line.ts';
import { coverageText } from '../../reports/coverage.ts';
import { markdown } from '../../reports/markdown.ts';
import { en } from '../../reports/words/en.ts';

const window = { fromMs: 0, toMs: Date.UTC(2026, 10, 21), timeZone: 'UTC' };
const told = (verifiedShare: number | null, claimedShare: number | null, more: Partial<CoverageLine> = {}) =>
  coverageText(
    {
      verifiedShare,
      claimedShare,
      sinceMs: Date.UTC(2021, 2, 14),
      pending: { channels: 0, threads: 0 },
      notReadable: { named: [], channels: 0, threads: 0 },
      backfill: null,
      ...more,
    },
    window,
    en,
    ({ id, name }) => (name === null ? `channel ${id}` : `#${markdown.text(name)}`),
  );

describe('shares', () => {
  it.for([
    [0.71, 0.22, '71 % verified, 22 % imported, since 2021-03'],
    [0.29, 0.57, '29 % verified, 57 % imported, since 2021-03'],
    [0.706, 0.286, '70 % verified, 28 % imported, since 2021-03'],
    [0.706, 1 - 0.706, '70 % verified, 30 % imported, since 2021-03'],
    [0.996, 0, 'over 99 % verified, since 2021-03'],
    [0.9999, 1 - 0.9999, 'over 99 % verified, under 1 % imported, since 2021-03'],
    [0.0001, 1 - 0.0001, 'under 1 % verified, over 99 % imported, since 2021-03'],
    [0, 0.0001, 'under 1 % imported, since 2021-03'],
    [0, 0.999_999, 'over 99 % imported, since 2021-03'],
    [0.99, 0.01, '99 % verified, 1 % imported, since 2021-03'],
    [1, 0, 'verified in full since 2021-03'],
    [0, 1, 'imported in full since 2021-03'],
  ] as const)('of %d and %d are said as they are', ([verified, claimed, text]) => {
    expect(told(verified, claimed)).toBe(text);
  });

  it('of nothing say so', () => {
    expect(told(0, 0, { sinceMs: null })).toBe('nothing is covered');
    expect(told(null, null, { sinceMs: null })).toBe('nothing is covered');
  });
});

it('since when is told to the day where that is not long ago, and not where the window begins', () => {
  expect(told(0.5, 0, { sinceMs: Date.UTC(2026, 10, 3) })).toBe('50 % verified, since 2026-11-03');
  expect(told(1, 0, { sinceMs: 0 })).toBe('verified in full');
});

it('what is pending, under way and not readable comes behind it', () => {
  expect(
    told(0.71, 0.22, {
      pending: { channels: 0, threads: 2 },
      notReadable: { named: [{ id: '5', name: 'mods' }], channels: 1, threads: 0 },
    }),
  ).toBe('71 % verified, 22 % imported, since 2021-03; 2 threads pending; #mods not readable');
  expect(
    told(0.5, 0, {
      pending: { channels: 1, threads: 1200 },
      backfill: { state: 'running', share: 0.999 },
      notReadable: {
        named: [
          { id: '5', name: 'mo_ds' },
          { id: '6', name: null },
          { id: '7', name: 'c' },
        ],
        channels: 7,
        threads: 1,
      },
    }),
  ).toBe(
    '50 % verified, since 2021-03; 1 channel and 1,200 threads pending; backfill running, over 99 % done; #mo\\_ds, channel 6, #c, 4 more and 1 thread not readable',
  );
  expect(told(0, 0, { sinceMs: null, backfill: { state: 'queued', share: null } })).toBe(
    'nothing is covered; backfill queued',
  );
});
