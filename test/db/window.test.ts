import { describe, expect, it } from 'vitest';
import { snowflakeAt, snowflakeMs } from '../../db/snowflake.ts';
import {
  dateIn,
  idRange,
  isoWeek,
  isoWeekLabel,
  isTimeZone,
  lastCompleteWeek,
  type Window,
  windowBefore,
} from '../../db/window.ts';

const HOUR_MS = 3_600_000;
const iso = (ms: number) => new Date(ms).toISOString();
const span = ({ fromMs, toMs }: Window) => [iso(fromMs), iso(toMs)];
const hours = ({ fromMs, toMs }: Window) => (toMs - fromMs) / HOUR_MS;

describe('an ISO week', () => {
  it('begins on Monday and belongs to the year of its Thursday', () => {
    expect(span(isoWeek('2026-W46', 'UTC')!)).toEqual([
      '2026-11-09T00:00:00.000Z',
      '2026-11-16T00:00:00.000Z',
    ]);
    expect(span(isoWeek('2026-W01', 'UTC')!)).toEqual([
      '2025-12-29T00:00:00.000Z',
      '2026-01-05T00:00:00.000Z',
    ]);
    expect(span(isoWeek('2021-W01', 'UTC')!)).toEqual([
      '2021-01-04T00:00:00.000Z',
      '2021-01-11T00:00:00.000Z',
    ]);
    expect(isoWeekLabel(Date.UTC(2027, 0, 3), 'UTC')).toBe('2026-W53');
    expect(isoWeekLabel(Date.UTC(2027, 0, 4), 'UTC')).toBe('2027-W01');
  });

  it('has 53 only in long years', () => {
    expect(isoWeek('2026-W53', 'UTC')).toBeDefined();
    expect(isoWeek('2020-W53', 'UTC')).toBeDefined();
    expect(isoWeek('2025-W53', 'UTC')).toBeUndefined();
  });

  it.for(['2026-W00', '2026-W54', '2026-W99', '2026-46', '2026-W4', '26-W46', ' 2026-W46', '2026-W46x', ''])(
    '%j is none',
    (label) => expect(isoWeek(label, 'UTC')).toBeUndefined(),
  );

  it('has 167 hours where summer time begins and 169 where it ends', () => {
    expect(hours(isoWeek('2026-W12', 'Europe/Vienna')!)).toBe(168);
    expect(hours(isoWeek('2026-W13', 'Europe/Vienna')!)).toBe(167);
    expect(hours(isoWeek('2026-W43', 'Europe/Vienna')!)).toBe(169);
    expect(hours(isoWeek('2026-W43', 'UTC')!)).toBe(168);
    expect(hours(isoWeek('2026-W40', 'Australia/Lord_Howe')!)).toBe(167.5);
  });

  it('begins with the first moment of Monday where its midnight is skipped, and once where it comes twice', () => {
    // Iran's clocks went from 0:00 to 1:00 on Monday 2021-03-22, and from 24:00 to 23:00 before Monday 2020-09-21.
    expect(span(isoWeek('2021-W12', 'Asia/Tehran')!)[0]).toBe('2021-03-21T20:30:00.000Z');
    expect(isoWeekLabel(Date.parse('2021-03-21T20:29:59.999Z'), 'Asia/Tehran')).toBe('2021-W11');
    expect(hours(isoWeek('2021-W11', 'Asia/Tehran')!)).toBe(168);
    expect(hours(isoWeek('2021-W12', 'Asia/Tehran')!)).toBe(167);
    expect(span(isoWeek('2020-W39', 'Asia/Tehran')!)[0]).toBe('2020-09-20T20:30:00.000Z');
    expect(hours(isoWeek('2020-W38', 'Asia/Tehran')!)).toBe(169);
    // Within a week: Cuba's Sunday, Egypt's Friday.
    expect(hours(isoWeek('2026-W10', 'America/Havana')!)).toBe(167);
    expect(hours(isoWeek('2026-W17', 'Africa/Cairo')!)).toBe(167);
  });

  it.for([
    'UTC',
    'Europe/Vienna',
    'America/Havana',
    'Asia/Tehran',
    'Africa/Cairo',
    'Pacific/Chatham',
    'Asia/Kathmandu',
    'America/St_Johns',
  ])('in %s weeks follow each other without gap or overlap, and know their own labels', (zone) => {
    let expected = isoWeek('2017-W01', zone)!.fromMs;
    for (let year = 2017; year < 2028; year++) {
      for (let week = 1; week <= 53; week++) {
        const name = `${year}-W${String(week).padStart(2, '0')}`;
        const window = isoWeek(name, zone);
        if (!window) continue;
        expect(window.fromMs).toBe(expected);
        expect(isoWeekLabel(window.fromMs, zone)).toBe(name);
        expect(isoWeekLabel(window.toMs - 1, zone)).toBe(name);
        expect(dateIn(window.fromMs, zone).dayOfWeek).toBe(1);
        expected = window.toMs;
      }
    }
  });
});

describe('relative windows', () => {
  it('the last complete week is over: on Monday at midnight it is the one that just ended', () => {
    const monday = Date.UTC(2026, 10, 16);
    expect(span(lastCompleteWeek(monday, 'UTC'))).toEqual([
      '2026-11-09T00:00:00.000Z',
      '2026-11-16T00:00:00.000Z',
    ]);
    expect(span(lastCompleteWeek(monday - 1, 'UTC'))).toEqual([
      '2026-11-02T00:00:00.000Z',
      '2026-11-09T00:00:00.000Z',
    ]);
  });

  it("is the zone's week: Monday in Auckland is Sunday in Honolulu", () => {
    const now = Date.parse('2026-11-15T12:00:00Z');
    expect(isoWeekLabel(lastCompleteWeek(now, 'Pacific/Auckland').fromMs, 'Pacific/Auckland')).toBe(
      '2026-W46',
    );
    expect(isoWeekLabel(lastCompleteWeek(now, 'Pacific/Honolulu').fromMs, 'Pacific/Honolulu')).toBe(
      '2026-W45',
    );
  });

  it('the window before has as many calendar days; its hours may differ', () => {
    const summer = isoWeek('2026-W14', 'Europe/Vienna')!;
    expect(windowBefore(summer)).toEqual(isoWeek('2026-W13', 'Europe/Vienna'));
    expect([hours(summer), hours(windowBefore(summer))]).toEqual([168, 167]);
    const first = isoWeek('2026-W01', 'America/Havana')!;
    expect(windowBefore(first)).toEqual(isoWeek('2025-W52', 'America/Havana'));
  });
});

describe('windows as ids', () => {
  it('hold every id of their milliseconds and no other', () => {
    const window = isoWeek('2026-W46', 'Europe/Vienna')!;
    const { fromId, toId } = idRange(window);
    expect(snowflakeMs(fromId)).toBe(window.fromMs);
    expect(snowflakeMs(String(BigInt(fromId) - 1n))).toBe(window.fromMs - 1);
    expect(snowflakeMs(String(BigInt(toId) - 1n))).toBe(window.toMs - 1);
    expect(snowflakeMs(toId)).toBe(window.toMs);
  });

  it('before Discord begins at the smallest id', () => {
    expect(snowflakeAt(0)).toBe('0');
    expect(snowflakeAt(1_420_070_400_000)).toBe('0');
    expect(snowflakeAt(1_420_070_400_001)).toBe('4194304');
  });
});

describe('time zones', () => {
  it.for(['UTC', 'Europe/Vienna', 'Asia/Kathmandu', 'America/Argentina/Buenos_Aires'])('%s is one', (zone) =>
    expect(isTimeZone(zone)).toBe(true),
  );
  it.for(['', 'Mars', 'Vienna', 'Europe', "UTC'; --", 'Europe/Vienna '])('%j is none', (zone) =>
    expect(isTimeZone(zone)).toBe(false),
  );
});
