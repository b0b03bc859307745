/** Figures of a backfill as words. */
import { describe, expect, it } from 'vitest';
import { aboutWords, percent, tookWords } from '../../cli/backfill/words.ts';

describe('figures in words', () => {
  it.for([
    [0.999, '99 %'],
    [1, '100 %'],
    [0.004, '0 %'],
  ] as const)('a share of %d is %s: all only where it is all', ([share, words]) => {
    expect(percent(share)).toBe(words);
  });

  it.for([
    [20_000, 'under a minute'],
    [61_000, 'about 2 min'],
    [98 * 60_000, 'about 98 min'],
    [5 * 3_600_000, 'about 5 h'],
    [72 * 3_600_000, 'about 3 days'],
  ] as const)('%d ms left are %s', ([ms, words]) => {
    expect(aboutWords(ms)).toBe(words);
  });

  it.for([
    [400, '0 s'],
    [99_000, '99 s'],
    [150_000, '3 min'],
    [9_000_000, '2.5 h'],
  ] as const)('%d ms passed are %s', ([ms, words]) => {
    expect(tookWords(ms)).toBe(words);
  });
});
