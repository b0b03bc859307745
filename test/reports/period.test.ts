import { describe, expect, it } from 'vitest';
import { type AskedPeriod, type PeriodBasis, periodOf } from '../../reports/period.ts';

/** A Saturday in week 47, at 22:05 in Vienna. */
const basis: PeriodBasis = {
  timeZone: 'Europe/Vienna',
  nowMs: Date.UTC(2026, 10, 21, 21, 5, 12),
  firstMs: Date.UTC(2020, 1, 1),
};
const local = (ms: number, timeZone = basis.timeZone) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timeZone).toPlainDateTime().toString({
    smallestUnit: 'minute',
  });
const spanOf = (period: AskedPeriod) =>
  [period.window, period.before!].map(({ fromMs, toMs }) => `${local(fromMs)} ${local(toMs)}`);
const labelOf = (words: string, of = basis) => periodOf(words, of)?.label;

describe('a word for a piece of the calendar', () => {
  it.for([
    ['day', '2026-11-20'],
    ['week', '2026-W46'],
    ['month', '2026-10'],
    ['quarter', '2026-Q3'],
    ['year', '2025'],
    ['yesterday', '2026-11-20'],
    ['last week', '2026-W46'],
    ['last-month', '2026-10'],
    ['Previous quarter', '2026-Q3'],
    ['the past year', '2025'],
    ['Tag', '2026-11-20'],
    ['gestern', '2026-11-20'],
    ['Woche', '2026-W46'],
    ['letzte Woche', '2026-W46'],
    ['im letzten Monat', '2026-10'],
    ['voriges Quartal', '2026-Q3'],
    ['vergangenes Jahr', '2025'],
  ])('%s is the last one that is over', ([words, label]) => {
    const period = periodOf(words!, basis)!;
    expect(period).toMatchObject({ label, isOpen: false });
    expect(period.window.toMs).toBeLessThanOrEqual(basis.nowMs);
  });

  it.for([
    ['today', '2026-11-21'],
    ['this week', '2026-W47'],
    ['this-month', '2026-11'],
    ['this_quarter', '2026-Q4'],
    ['CURRENT YEAR', '2026'],
    ['heute', '2026-11-21'],
    ['diese Woche', '2026-W47'],
    ['in diesem Monat', '2026-11'],
    ['laufendes Quartal', '2026-Q4'],
    ['dieses Jahr', '2026'],
  ])('%s is the one that runs', ([words, label]) => {
    expect(periodOf(words!, basis)).toMatchObject({ label, isOpen: true });
  });

  it.for(['all', 'All time', 'everything', 'alles', 'insgesamt'])('%s is all that is recorded', (words) => {
    const { nowMs, firstMs, timeZone } = basis;
    expect(periodOf(words, basis)).toEqual({
      unit: 'all',
      label: 'all',
      isOpen: false,
      window: { fromMs: firstMs, toMs: Date.UTC(2026, 10, 21, 21, 6), timeZone },
    });
    expect(periodOf(words, { ...basis, firstMs: nowMs })!.window.fromMs).toBeLessThanOrEqual(nowMs);
  });

  it.for([
    ['last 7 days', '2026-11-14..2026-11-20'],
    ['letzte 30 Tage', '2026-10-22..2026-11-20'],
    ['30d', '2026-10-22..2026-11-20'],
    ['4 weeks', '2026-10-19..2026-11-15'],
    ['die letzten 3 Monate', '2026-08-01..2026-10-31'],
    ['2 years', '2024-01-01..2025-12-31'],
    ['1 days', '2026-11-20'],
  ])('%s are those that are over', ([words, label]) => expect(labelOf(words!)).toBe(label));
});

describe('a date', () => {
  it.for([
    ['2026-W46', '2026-W46'],
    ['2026w46', '2026-W46'],
    ['KW 46', '2026-W46'],
    ['KW46/2026', '2026-W46'],
    ['46. KW 2026', '2026-W46'],
    ['Week 46 of 2026', '2026-W46'],
    ['KW 50', '2025-W50'],
    ['2020-W53', '2020-W53'],
    ['week 53', '2020-W53'],
    ['2026-11', '2026-11'],
    ['2026/11', '2026-11'],
    ['11/2026', '2026-11'],
    ['11.2026', '2026-11'],
    ['Nov 2026', '2026-11'],
    ['November', '2026-11'],
    ['Dezember', '2025-12'],
    ['Jänner 2026', '2026-01'],
    ['März 26', '2026-03-26'],
    ['2026-Q4', '2026-Q4'],
    ['Q3', '2026-Q3'],
    ['q4/2025', '2025-Q4'],
    ['4. Quartal 2025', '2025-Q4'],
    ['2026', '2026'],
    ['2026-11-16', '2026-11-16'],
    ['2026/11/15', '2026-11-15'],
    ['15.11.2026', '2026-11-15'],
    ['5.1.26', '2026-01-05'],
    ['15.11.', '2026-11-15'],
    ['24.12.', '2025-12-24'],
    ['29.2.', '2024-02-29'],
    ['15 Nov 2026', '2026-11-15'],
    ['15. November 2026', '2026-11-15'],
    ['Nov 15, 2026', '2026-11-15'],
    ['November 3rd', '2026-11-03'],
    ['the 15th of November 2026', '2026-11-15'],
    ['25/12/2025', '2025-12-25'],
    ['12/25/2025', '2025-12-25'],
    ['11/11/2025', '2025-11-11'],
  ])('%s is read as people write it', ([words, label]) => expect(labelOf(words!)).toBe(label));

  it.for([
    ['2026-11-01..2026-11-15', '2026-11-01..2026-11-15'],
    ['2026-11-01 - 2026-11-15', '2026-11-01..2026-11-15'],
    ['2026-11-01-2026-11-15', '2026-11-01..2026-11-15'],
    ['1.11.-15.11.2026', '2026-11-01..2026-11-15'],
    ['1.–15.11.2026', '2026-11-01..2026-11-15'],
    ['vom 1.11. bis zum 15.11.2026', '2026-11-01..2026-11-15'],
    ['from 1 Nov 2026 to 15 Nov 2026', '2026-11-01..2026-11-15'],
    ['9–15 November 2026', '2026-11-09..2026-11-15'],
    ['9-15 nov', '2026-11-09..2026-11-15'],
    ['9 – 15 November 2026', '2026-11-09..2026-11-15'],
    ['28.12.–3.1.2026', '2025-12-28..2026-01-03'],
    ['1.12.-5.12.', '2025-12-01..2025-12-05'],
    ['Oct to Nov 2026', '2026-10-01..2026-11-30'],
    ['2026-W40..2026-W42', '2026-09-28..2026-10-18'],
    ['15.11.2026..15.11.2026', '2026-11-15'],
  ])('%s is some days in a row', ([words, label]) => expect(labelOf(words!)).toBe(label));

  it.for([
    '11/12/2026',
    '1-2-2026',
    '',
    '  ',
    'soon',
    'next week',
    'last',
    'week month',
    '31.2.2026',
    '2025-W53',
    '2026-W00',
    '2026-13',
    '2026-Q5',
    '0 days',
    '9999 days',
    '9999 years',
    '1999',
    '2100',
    '15.11.2026-1.11.2026',
    '2026-11-16T10:00',
    '1'.repeat(101),
    '*'.repeat(100),
    '..',
    '1..2',
    '２０２６x',
  ])('%j means none, or more than one', (words) => expect(labelOf(words)).toBeUndefined());

  it('is read in figures of every width', () => expect(labelOf('２０２６-１１')).toBe('2026-11'));
});

describe('what a period is compared with', () => {
  it('is as many days before; of a month, a quarter and a year the one before', () => {
    expect(spanOf(periodOf('2026-11-16', basis)!)[1]).toBe('2026-11-15T00:00 2026-11-16T00:00');
    expect(spanOf(periodOf('2026-W01', basis)!)).toEqual([
      '2025-12-29T00:00 2026-01-05T00:00',
      '2025-12-22T00:00 2025-12-29T00:00',
    ]);
    expect(spanOf(periodOf('2026-03', basis)!)[1]).toBe('2026-02-01T00:00 2026-03-01T00:00');
    expect(spanOf(periodOf('2026-Q1', basis)!)[1]).toBe('2025-10-01T00:00 2026-01-01T00:00');
    expect(spanOf(periodOf('2025', basis)!)[1]).toBe('2024-01-01T00:00 2025-01-01T00:00');
    expect(spanOf(periodOf('2026-11-01..2026-11-15', basis)!)[1]).toBe('2026-10-17T00:00 2026-11-01T00:00');
  });

  it('where it is not over is the one before up to the same date and clock', () => {
    expect(spanOf(periodOf('today', basis)!)).toEqual([
      '2026-11-21T00:00 2026-11-21T22:06',
      '2026-11-20T00:00 2026-11-20T22:06',
    ]);
    expect(spanOf(periodOf('this-week', basis)!)[1]).toBe('2026-11-09T00:00 2026-11-14T22:06');
    expect(spanOf(periodOf('2026-11', basis)!)[1]).toBe('2026-10-01T00:00 2026-10-21T22:06');
    expect(spanOf(periodOf('2026-Q4', basis)!)[1]).toBe('2026-07-01T00:00 2026-08-21T22:06');
    expect(spanOf(periodOf('2026', basis)!)[1]).toBe('2025-01-01T00:00 2025-11-21T22:06');
    expect(spanOf(periodOf('20.11.2026 - 30.11.2026', basis)!)).toEqual([
      '2026-11-20T00:00 2026-11-21T22:06',
      '2026-11-09T00:00 2026-11-10T22:06',
    ]);
  });

  it('and ends with its month, where that has no such date', () => {
    const before = (words: string, now: string) => {
      const nowMs = Temporal.PlainDateTime.from(now).toZonedDateTime(basis.timeZone).epochMilliseconds;
      return spanOf(periodOf(words, { ...basis, nowMs })!)[1];
    };
    expect(before('this-month', '2026-03-30T12:00')).toBe('2026-02-01T00:00 2026-03-01T00:00');
    expect(before('this-month', '2026-03-28T12:00')).toBe('2026-02-01T00:00 2026-02-28T12:01');
    expect(before('this-year', '2024-02-29T12:00')).toBe('2023-01-01T00:00 2023-03-01T00:00');
    expect(before('this-quarter', '2026-05-31T12:00')).toBe('2026-01-01T00:00 2026-03-01T00:00');
    // The clock shows 2:30 on no Sunday on which summer time begins, and twice where it ends.
    expect(before('today', '2026-03-30T02:30')).toBe('2026-03-29T00:00 2026-03-29T03:31');
    expect(before('today', '2026-10-26T02:30')).toBe('2026-10-25T00:00 2026-10-25T02:31');
  });

  it('is nothing of all', () => expect(periodOf('all', basis)).not.toHaveProperty('before'));
});

describe('a period that is not over', () => {
  it('ends with the minute, so that what was just written counts, and equal questions are equal', () => {
    const at = (ms: number) => periodOf('today', { ...basis, nowMs: ms });
    const minute = Date.UTC(2026, 10, 21, 21, 5);
    expect(at(minute)).toEqual(at(minute + 59_999));
    expect(at(minute)!.window.toMs).toBe(minute + 60_000);
    expect(at(minute + 60_000)!.window.toMs).toBe(minute + 120_000);
    const last = Date.UTC(2026, 10, 21, 22, 59, 59, 999);
    expect(at(last)).toMatchObject({ isOpen: true, label: '2026-11-21', window: { toMs: last + 1 } });
    expect(at(last + 1)).toMatchObject({ isOpen: true, label: '2026-11-22' });
  });

  it('is a label whose last day is still to come; one that is still to come as a whole is whole', () => {
    expect(periodOf('2026-W47', basis)).toMatchObject({ isOpen: true });
    expect(periodOf('2026-W46', basis)).toMatchObject({ isOpen: false });
    const coming = periodOf('2026-12', basis)!;
    expect(coming).toMatchObject({ isOpen: false, label: '2026-12', earlier: '2026-11' });
    expect(spanOf(coming)[0]).toBe('2026-12-01T00:00 2027-01-01T00:00');
    expect(coming).not.toHaveProperty('later');
  });
});

describe('the periods beside it', () => {
  const beside = (words: string, of = basis) => {
    const { earlier, later } = periodOf(words, of)!;
    return [earlier, later];
  };

  it('are those before and after it', () => {
    expect(beside('2026-W01')).toEqual(['2025-W52', '2026-W02']);
    expect(beside('2026-W53', { ...basis, nowMs: Date.UTC(2027, 5) })).toEqual(['2026-W52', '2027-W01']);
    expect(beside('2026-Q1')).toEqual(['2025-Q4', '2026-Q2']);
    expect(beside('2026-03-01')).toEqual(['2026-02-28', '2026-03-02']);
    expect(beside('2026-11-01..2026-11-15')).toEqual(['2026-10-17..2026-10-31', '2026-11-16..2026-11-30']);
    expect(beside('all')).toEqual([undefined, undefined]);
  });

  it('are none that is still to come, and one that runs', () => {
    expect(beside('week')).toEqual(['2026-W45', '2026-W47']);
    expect(beside('this-week')).toEqual(['2026-W46', undefined]);
    expect(beside('2026-12-24')).toEqual([undefined, undefined]);
  });

  it('are none of which nothing is recorded', () => {
    const firstMs = Date.UTC(2026, 10, 9, 12);
    expect(beside('2026-W46', { ...basis, firstMs })).toEqual([undefined, '2026-W47']);
    expect(beside('2026-W47', { ...basis, firstMs })).toEqual(['2026-W46', undefined]);
    expect(beside('2026-W44', { ...basis, firstMs })).toEqual([undefined, undefined]);
    expect(beside('2026-W45', { ...basis, firstMs })).toEqual([undefined, '2026-W46']);
  });
});
