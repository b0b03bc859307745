import { describe, expect, it } from 'vitest';
import { isTimeZone } from '../../../db/window.ts';
import { CITIES } from '../../../reports/settings/cities.ts';
import { nearestZones, suggestZones, zoneMeant } from '../../../reports/settings/zones.ts';
import { NAMES } from '../names.ts';

const suggested = (typed: string) => suggestZones(typed, 'en', 'Asia/Tokyo', 25);

describe('a time zone that somebody types', () => {
  it.for([
    ['Europe/Vienna', 'Europe/Vienna'],
    [' europe/vienna ', 'Europe/Vienna'],
    ['vienna', 'Europe/Vienna'],
    ['Wien', 'Europe/Vienna'],
    ['Österreich', 'Europe/Vienna'],
    ['austria', 'Europe/Vienna'],
    ['ZÜRICH', 'Europe/Zurich'],
    ['new york', 'America/New_York'],
    ['New_York', 'America/New_York'],
    ['são paulo', 'America/Sao_Paulo'],
    ['Mumbai', 'Asia/Kolkata'],
    ['Indien', 'Asia/Kolkata'],
    ['Kiew', 'Europe/Kyiv'],
    ['Europe/Kyiv', 'Europe/Kyiv'],
    ['Europe/Kiev', 'Europe/Kiev'],
    ['utc', 'UTC'],
  ])('“%s” is %s', ([typed, zone]) => {
    expect(zoneMeant(typed!)).toBe(zone);
  });

  it.for(['', ' ', 'Mars', 'Vien', 'Brazil', 'Europe', ...Object.values(NAMES)])(
    '“%s” is none, or could be several',
    (typed) => {
      expect(zoneMeant(typed)).toBeUndefined();
    },
  );

  it('is suggested by a city or a country of either language, and likelier ones come first', () => {
    expect(suggested('wie')).toContain('Europe/Vienna');
    expect(suggested('vien')[0]).toBe('Europe/Vienna');
    expect(suggested('öster')).toEqual(['Europe/Vienna']);
    expect(suggested('germ')[0]).toBe('Europe/Berlin');
    expect(suggested('deutsch')[0]).toBe('Europe/Berlin');
    expect(suggested('lon')[0]).toBe('Europe/London');
    expect(suggested('brazil')[0]).toBe('America/Sao_Paulo');
    expect(suggested('bern')[0]).toBe('Europe/Zurich');
    expect(suggested('xyzzy')).toEqual([]);
  });

  it('is suggested before anything is typed: the one of now, UTC, and well-known ones of the own country', () => {
    expect(suggested('').slice(0, 4)).toEqual(['Asia/Tokyo', 'UTC', 'America/Chicago', 'America/Denver']);
    expect(suggestZones('', 'de', 'UTC', 3)).toEqual(['UTC', 'Europe/Berlin', 'Africa/Algiers']);
    expect(suggested('')).toHaveLength(25);
  });

  it.for([
    ['Viena', 'Europe/Vienna'],
    ['Berlni', 'Europe/Berlin'],
    ['Europe/Wien', 'Europe/Vienna'],
    ['germany!', 'Europe/Berlin'],
  ])('“%s” is nearest to %s', ([typed, zone]) => {
    expect(nearestZones(typed!, 'en', 3)).toContain(zone);
  });

  it('is nearest to something whatever it is, and however long', () => {
    for (const typed of [...Object.values(NAMES), 'x'.repeat(6_000)])
      expect(nearestZones(typed, 'en', 3)).toHaveLength(3);
  });

  it('is one that this program can reckon in, and one of those that a city leads to', () => {
    for (const zone of [...Object.keys(CITIES), ...suggested('')])
      expect([zone, isTimeZone(zone)]).toEqual([zone, true]);
    for (const [zone, cities] of Object.entries(CITIES))
      for (const city of cities) expect([city, zoneMeant(city)]).toEqual([city, zone]);
  });
});
