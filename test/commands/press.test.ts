import { describe, expect, it } from 'vitest';
import { type Press, PRESS_LENGTH_MAX, pressId, readPress } from '../../commands/press.ts';

describe('the id of a button', () => {
  const all: Press = {
    act: 'again',
    command: 'top-contributors',
    options: {
      period: '2026-11-01..2026-11-15',
      by: 'reactions received',
      channel: '9223372036854775807',
      server: '1411138348650592256',
      'include-bots': true,
    },
  };

  it('holds all that a command can be asked, ids beyond 2^53 too, and gives it back', () => {
    expect(readPress(pressId(all))).toEqual(all);
    expect(pressId(all).length).toBeLessThanOrEqual(PRESS_LENGTH_MAX);
  });

  it('holds a subcommand, and flags that are off', () => {
    const press: Press = {
      act: 'why',
      command: 'backfill',
      subcommand: 'start',
      options: { since: '2026-01-01', 'reaction-users': false, again: true },
    };
    expect(readPress(pressId(press))).toEqual(press);
  });

  it('holds texts with its own signs in them', () => {
    const press: Press = { act: 'again', command: 'stats', options: { period: 'a|b%7C' } };
    expect(readPress(pressId(press))).toEqual(press);
  });

  it.each([
    '',
    'x|stats|',
    'a',
    'a|STATS|',
    'a|stats||z1',
    'a|stats||c',
    'a|stats||c-1',
    'a|stats||czzzzzzzzzzzzzzzz',
    'a|stats||p%E0%A4%A',
    'weekly:2026-W46',
    '__proto__|stats|',
  ])('that none of ours is, %j, says nothing', (id) => {
    expect(readPress(id)).toBeUndefined();
  });

  it('is refused where it would be too long, or hold what no button can', () => {
    expect(() => pressId({ act: 'again', command: 'stats', options: { period: 'x'.repeat(100) } })).toThrow(
      /characters/,
    );
    expect(() => pressId({ act: 'again', command: 'stats', options: { topic: 'x' } })).toThrow(/topic/);
  });
});
