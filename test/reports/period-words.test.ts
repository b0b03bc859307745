/** What periods are called, and what is suggested while one is typed. */
import { describe, expect, it } from 'vitest';
import {
  beforeTitle,
  type PeriodBasis,
  periodOf,
  periodTitle,
  suggestPeriods,
} from '../../reports/period.ts';
import { LANGUAGES, wordsIn } from '../../reports/words.ts';

/** A Saturday in week 47. */
const basis: PeriodBasis = {
  timeZone: 'Europe/Vienna',
  nowMs: Date.UTC(2026, 10, 21, 21, 5, 12),
  firstMs: Date.UTC(2020, 1, 1),
};
const title = (words: string, language: 'en' | 'de' = 'en') =>
  periodTitle(periodOf(words, basis)!, wordsIn(language));

describe('a title', () => {
  it.for([
    ['2026-11-15', 'Sunday 15 November 2026', 'Sonntag, 15. November 2026'],
    ['2026-W46', 'Week 46 of 2026 (9 – 15 November)', 'Kalenderwoche 46/2026 (9.–15. November)'],
    [
      '2026-W01',
      'Week 1 of 2026 (29 December 2025 – 4 January 2026)',
      'Kalenderwoche 1/2026 (29. Dezember 2025 – 4. Januar 2026)',
    ],
    ['2026-10', 'October 2026', 'Oktober 2026'],
    ['2026-Q3', 'Q3 2026 (July – September)', '3. Quartal 2026 (Juli – September)'],
    ['2025', '2025', '2025'],
    ['1.11.-15.11.2026', '1 – 15 November 2026', '1.–15. November 2026'],
    ['all', 'All that is recorded', 'Alles, was aufgezeichnet ist'],
    [
      'this-week',
      'Week 47 of 2026 (16 – 22 November), so far',
      'Kalenderwoche 47/2026 (16.–22. November), bis jetzt',
    ],
    ['2026-11-20..2026-11-30', '20 – 30 November 2026, so far', '20.–30. November 2026, bis jetzt'],
    ['2026-12', 'December 2026', 'Dezember 2026'],
  ])('of %s says which days it is', ([words, en, de]) => {
    expect([title(words!), title(words!, 'de')]).toEqual([en, de]);
  });

  it('of what it is compared with stands behind "than"', () => {
    const before = (words: string, language: 'en' | 'de' = 'en') =>
      beforeTitle(periodOf(words, basis)!, wordsIn(language));
    expect(before('week')).toBe('the week before');
    expect(before('this-month')).toBe('the month before by the same time');
    expect(before('2026-11-01..2026-11-15')).toBe('the 15 days before');
    expect(before('1.11.-15.11.2026', 'de')).toBe('in den 15 Tagen davor');
    expect(before('heute', 'de')).toBe('am Tag davor bis zur selben Uhrzeit');
    expect(before('all')).toBe('');
  });
});

describe('suggestions', () => {
  const suggested = (typed: string, language: 'en' | 'de' = 'en', of = basis) =>
    suggestPeriods(typed, of, language);
  const values = (typed: string, language?: 'en' | 'de') =>
    suggested(typed, language).map(({ value }) => value);

  it('begin with the words, and say which days each comes to', () => {
    expect(suggested('').map(({ name }) => name)).toEqual([
      'Yesterday: Friday 20 November 2026',
      'Last week: Week 46 of 2026 (9 – 15 November)',
      'Last month: October 2026',
      'Last quarter: Q3 2026 (July – September)',
      'Last year: 2025',
      'Today: Saturday 21 November 2026',
      'This week so far: Week 47 of 2026 (16 – 22 November)',
      'This month so far: November 2026',
      'This quarter so far: Q4 2026 (October – December)',
      'This year so far: 2026',
      'All that is recorded',
    ]);
  });

  it('are what was typed, spelled out, where it means a period', () => {
    expect(suggested('15.11.2026')).toEqual([{ name: 'Sunday 15 November 2026', value: '2026-11-15' }]);
    expect(suggested('letzte 7 Tage', 'de')).toEqual([
      { name: '14.–20. November 2026', value: '2026-11-14..2026-11-20' },
    ]);
    expect(values('11/12/2026')).toEqual([]);
    expect(values('nonsense')).toEqual([]);
  });

  it('are weeks and months by what their names begin with, in any language', () => {
    expect(values('2026-W4').slice(0, 4)).toEqual(['2026-W04', '2026-W47', '2026-W46', '2026-W45']);
    expect(values('KW 4')).toEqual(values('week 4'));
    expect(values('week 4', 'de')).toEqual(values('week 4'));
    expect(values('Okt')).toContain('2025-10');
    expect(suggested('Okt', 'de').at(-1)!.name).toBe('Oktober 2025');
    expect(values('kw')[0]).toBe('week');
  });

  it('reach back no further than the record', () => {
    const young = { ...basis, firstMs: Date.UTC(2026, 10, 10) };
    expect(suggested('2026-W', 'en', young).map(({ value }) => value)).toEqual(['2026-W47', '2026-W46']);
  });

  it('are at most 25 for anything typed, each other than the others, of 100 characters at most, and mean what they say', () => {
    for (const language of LANGUAGES) {
      for (const typed of [
        '',
        ' ',
        'w',
        'e',
        '2',
        '-',
        'last',
        'nov',
        '.',
        '[',
        '\\',
        '2026',
        'mon',
        '15',
        '🎈',
        'a'.repeat(100),
      ]) {
        const list = suggested(typed, language);
        expect(list.length).toBeLessThanOrEqual(25);
        expect(new Set(list.map(({ value }) => value)).size).toBe(list.length);
        for (const { name, value } of list) {
          expect(
            [name.length, value.length].every((n) => n >= 1 && n <= 100),
            name,
          ).toBe(true);
          const period = periodOf(value, basis)!;
          expect(name).toContain(periodTitle({ ...period, isOpen: false }, wordsIn(language)));
        }
      }
    }
  });
});
