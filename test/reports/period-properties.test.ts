/** Periods at random moments in strange zones, against the calendar on the wall as Intl shows it. */
import { describe, expect, it } from 'vitest';
import { periodOf } from '../../reports/period.ts';
import { localDate, pieceStart } from '../support/naive.ts';
import { seededRandom } from '../support/random.ts';

const ZONES = [
  'UTC',
  'Europe/Vienna',
  'America/Havana',
  'Asia/Tehran',
  'Africa/Cairo',
  'Pacific/Chatham',
  'Asia/Kathmandu',
  'America/St_Johns',
  'Pacific/Apia',
];
const UNITS = ['day', 'week', 'month', 'quarter', 'year'] as const;

/** The label of the piece that an instant is in, by Intl and the rule of Thursdays. */
function labelByIntl(ms: number, timeZone: string, unit: (typeof UNITS)[number]): string {
  const date = localDate(ms, timeZone);
  if (unit === 'day') return date;
  if (unit === 'month') return date.slice(0, 7);
  if (unit === 'year') return date.slice(0, 4);
  if (unit === 'quarter') return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
  const thursday = new Date(Date.parse(pieceStart(ms, timeZone, 'week')) + 3 * 86_400_000);
  const year = thursday.getUTCFullYear();
  const week = Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * 86_400_000)) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
}

describe.for(ZONES)('in %s, at any moment', (timeZone) => {
  const random = seededRandom(ZONES.indexOf(timeZone) + 1);
  const moments = Array.from({ length: 60 }, (_, i) => {
    // Half of them around turns of years and of clocks, which are in spring and autumn.
    const anywhere = Date.UTC(2012, 0, 1) + random() * 20 * 365 * 86_400_000;
    const turn = Date.UTC(
      2012 + Math.floor(random() * 20),
      [0, 2, 3, 8, 9, 10][i % 6]!,
      1 + Math.floor(random() * 30),
    );
    return Math.floor(i % 2 === 0 ? anywhere : turn + random() * 86_400_000);
  });

  it('a period holds what lies in it by the calendar on the wall, and nothing else', () => {
    for (const ms of moments) {
      for (const unit of UNITS) {
        const label = labelByIntl(ms, timeZone, unit);
        const { window, before, earlier } = periodOf(label, { timeZone, nowMs: Date.UTC(2040), firstMs: 0 })!;
        expect([window.fromMs <= ms, ms < window.toMs], label).toEqual([true, true]);
        for (const [at, isIn] of [
          [window.fromMs, true],
          [window.toMs - 1, true],
          [window.fromMs - 1, false],
          [window.toMs, false],
        ] as const)
          expect(labelByIntl(at, timeZone, unit) === label, `${label} ${at}`).toBe(isIn);
        expect(before!.toMs).toBe(window.fromMs);
        expect(labelByIntl(before!.fromMs, timeZone, unit)).toBe(earlier);
      }
    }
  });

  it('one that runs holds now, and is compared with a part of the one before that ends as early', () => {
    for (const nowMs of moments) {
      for (const unit of UNITS) {
        const basisNow = { timeZone, nowMs, firstMs: 0 };
        const { window, before, earlier, label } = periodOf(
          unit === 'day' ? 'today' : `this ${unit}`,
          basisNow,
        )!;
        expect(label).toBe(labelByIntl(nowMs, timeZone, unit));
        expect(window.toMs - nowMs).toBeGreaterThan(0);
        expect(window.toMs - nowMs).toBeLessThanOrEqual(60_000);
        expect(periodOf(unit, basisNow)!.label).toBe(earlier);
        expect(labelByIntl(before!.toMs - 1, timeZone, unit)).toBe(earlier);
        expect(before!.toMs).toBeLessThanOrEqual(window.fromMs);
        // As long, but for a turn of the clock, and for months and years of different lengths.
        const [length, was] = [window.toMs - window.fromMs, before!.toMs - before!.fromMs];
        const slack = { day: 25, week: 25, month: 4 * 24, quarter: 4 * 24, year: 3 * 24 }[unit];
        expect(Math.abs(length - was), `${label} ${nowMs}`).toBeLessThanOrEqual(slack * 3_600_000);
      }
    }
  });

  it('the periods beside each other neither overlap nor leave a gap, and come back to themselves', () => {
    for (const ms of moments.slice(0, 20)) {
      for (const unit of UNITS) {
        const basisNow = { timeZone, nowMs: Date.UTC(2040), firstMs: 0 };
        const period = periodOf(labelByIntl(ms, timeZone, unit), basisNow)!;
        const later = periodOf(period.later!, basisNow)!;
        expect(later.window.fromMs).toBe(period.window.toMs);
        expect(later.earlier).toBe(period.label);
      }
    }
  });
});
