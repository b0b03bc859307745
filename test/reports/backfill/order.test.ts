import { describe, expect, it } from 'vitest';
import { dateMeant, orderOf } from '../../../reports/backfill/order.ts';
import { en } from '../../../reports/words/en.ts';
import { saveSettings } from '../../../db/settings.ts';
import { useDatabase } from '../../support/database.ts';
import { GUILD, idAt } from '../../support/records.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

describe('a date', () => {
  it.each([
    ['2026-11-16', '2026-11-16'],
    [' 2026-1-5 ', '2026-01-05'],
    ['16.11.2026', '2026-11-16'],
    ['1. 2. 2026', '2026-02-01'],
    ['2026-11', '2026-11-01'],
    ['2026', '2026-01-01'],
  ])('is taken as people write it: %s', (typed, date) => {
    expect(String(dateMeant(typed))).toBe(date);
  });

  it.each(['', 'yesterday', '2026-13-01', '31.6.2026', '1999', '2026-11-16T10:00', '20261116', '16/11/2026'])(
    'is none: %s',
    (typed) => {
      expect(dateMeant(typed)).toBeUndefined();
    },
  );
});

describe('what a backfill is asked for', () => {
  const database = useDatabase();
  it('begins with the day of the zone of the server', async () => {
    await saveSettings(database.db, GUILD, { timeZone: 'Asia/Tokyo' }, new Date(NOW));
    const asked = { guildId: GUILD, asker: { id: '2', roles: [] } };
    const options = { since: '2026-11-01', withReactors: false, isAgain: false };
    const { order, since } = await orderOf({ ...database, botId: '1', nowMs: NOW }, asked, options, en);
    expect(order.sinceId).toBe(idAt(Date.UTC(2026, 9, 31, 15)));
    expect(since).toBe('2026-11-01');
  });
});
