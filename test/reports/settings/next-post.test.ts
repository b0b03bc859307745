import { describe, expect, it } from 'vitest';
import { lateUntilMs, nextFreePostMs, nextPostMs, periodAt } from '../../../reports/settings/next-post.ts';

const next = (now: string, weeklyDay: number, weeklyHour: number, timeZone = 'UTC') =>
  new Date(nextPostMs({ weeklyDay, weeklyHour, timeZone }, Date.parse(now))).toISOString().slice(0, 16);

describe('the next weekly report', () => {
  it.for([
    ['later today', '2026-11-16T08:59Z', '2026-11-16T09:00'],
    ['in a week, when it is just due', '2026-11-16T09:00Z', '2026-11-23T09:00'],
    ['in some days', '2026-11-21T12:00Z', '2026-11-23T09:00'],
    ['tomorrow, over the end of a year', '2028-12-31T23:59Z', '2029-01-01T09:00'],
  ])('is %s', ([, now, due]) => {
    expect(next(now!, 1, 9)).toBe(due);
  });

  it('is on the day of the zone, not of UTC', () => {
    // It is Monday in Tokyo already.
    expect(next('2026-11-15T23:30Z', 1, 9, 'Asia/Tokyo')).toBe('2026-11-16T00:00');
    expect(next('2026-11-15T23:30Z', 7, 20, 'America/New_York')).toBe('2026-11-16T01:00');
  });

  it('keeps its hour of the clock over the turn of summer time, and comes in one that is left out or struck twice', () => {
    expect(next('2026-10-20T12:00Z', 1, 9, 'Europe/Vienna')).toBe('2026-10-26T08:00');
    expect(next('2026-03-24T12:00Z', 7, 2, 'Europe/Vienna')).toBe('2026-03-29T01:00');
    expect(next('2026-10-24T12:00Z', 7, 2, 'Europe/Vienna')).toBe('2026-10-25T00:00');
    expect(next('2026-10-25T00:30Z', 7, 2, 'Europe/Vienna')).toBe('2026-11-01T01:00');
  });

  it('is within seven days and an hour, on the day and hour that were asked for, whatever these are', () => {
    for (let now = Date.UTC(2026, 2, 20, 7, 13); now < Date.UTC(2026, 3, 4); now += 7_919_000)
      for (const [day, hour] of [
        [1, 0],
        [7, 23],
        [3, 12],
      ] as const) {
        const ms = nextPostMs({ weeklyDay: day, weeklyHour: hour, timeZone: 'Europe/Vienna' }, now);
        const at = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('Europe/Vienna');
        expect([at.dayOfWeek, at.hour, at.minute]).toEqual([day, hour, 0]);
        expect(ms).toBeGreaterThan(now);
        expect(ms - now).toBeLessThanOrEqual((7 * 24 + 1) * 3_600_000);
      }
  });
});

describe('a weekly report that is posted', () => {
  it('is about the last week that is over, whatever the day', () => {
    const period = (now: string, timeZone = 'UTC') => periodAt(Date.parse(now), timeZone);
    expect(period('2026-11-16T09:00Z')).toBe('2026-W46');
    expect(period('2026-11-22T23:59Z')).toBe('2026-W46');
    expect(period('2026-11-23T00:00Z')).toBe('2026-W47');
    // It is Monday in Tokyo already.
    expect(period('2026-11-22T15:00Z', 'Asia/Tokyo')).toBe('2026-W47');
    expect(period('2027-01-04T09:00Z')).toBe('2026-W53');
  });

  it('comes next for the first week behind the newest that is claimed', () => {
    const friday = { weeklyDay: 5, weeklyHour: 9, timeZone: 'UTC' };
    const nextBehind = (claimed?: string) =>
      new Date(nextFreePostMs(friday, Date.parse('2026-11-17T12:00Z'), claimed)).toISOString().slice(0, 10);
    expect([nextBehind(), nextBehind('2026-W45'), nextBehind('2026-W46')]).toEqual([
      '2026-11-20',
      '2026-11-20',
      '2026-11-27',
    ]);
  });

  it('may be late by whole days, and by an hour always', () => {
    expect(lateUntilMs(Date.UTC(2026, 10, 16, 9), 3)).toBe(Date.UTC(2026, 10, 19, 9));
    expect(lateUntilMs(Date.UTC(2026, 10, 16, 9), 0)).toBe(Date.UTC(2026, 10, 16, 10));
  });
});
