import { describe, expect, it } from 'vitest';
import {
  markOf,
  type Press,
  PRESS_LENGTH_MAX,
  pressId,
  readPress,
  roomyPressId,
} from '../../commands/press.ts';
import { postButtons } from '../../reports/weekly/mark.ts';
import { wordsIn } from '../../reports/words.ts';

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
    'weekly:2026-46',
    'weekly:2026-W46:',
    'weekly:2026-W46:yours',
    ' weekly:2026-W46',
    '__proto__|stats|',
    'w|guide||k<script>',
    'w|guide||t%',
    'u|guide||n a',
  ])('that none of ours is, %j, says nothing', (id) => {
    expect(readPress(id)).toBeUndefined();
  });

  it('of a weekly report that was posted by itself asks how it was counted, or for the own report of that week', () => {
    const about = { command: 'weekly', options: { week: '2026-W46' } };
    const [why, mine] = postButtons('2026-W46', wordsIn('en'))[0]!;
    expect(why).toEqual({ label: 'How was this counted?', id: 'weekly:2026-W46' });
    expect(readPress('weekly:2026-W46')).toEqual({ act: 'why', ...about });
    expect(mine).toEqual({ label: 'What I can read', id: 'weekly:2026-W46:mine' });
    expect(readPress('weekly:2026-W46:mine')).toEqual({ act: 'again', ...about });
  });

  it('is refused where it would be too long, or hold what no button can', () => {
    expect(() => pressId({ act: 'again', command: 'stats', options: { period: 'x'.repeat(100) } })).toThrow(
      /characters/,
    );
    expect(() => pressId({ act: 'again', command: 'stats', options: { subject: 'x' } })).toThrow(/subject/);
  });

  it('names everybody by a mark, in the language of its message', () => {
    const people = ['1411138348650592256', '1411138348650592257', '2'];
    const press: Press = {
      act: 'unname',
      command: 'guide',
      options: { topic: 'kilns', server: '1411138348650592256' },
      named: people.map(markOf),
      language: 'de',
    };
    expect(readPress(pressId(press))).toEqual(press);
    expect(new Set(press.named).size).toBe(3);
    expect(readPress(pressId({ ...press, named: [] }))).toEqual({ ...press, named: [] });
  });
});

describe('the id of a button that may be asked anything', () => {
  const kept: unknown[] = [];
  const keep = async (texts: unknown) => `${'k'.repeat(21)}${kept.push(texts)}`;
  const most: Press = {
    act: 'unname',
    command: 'guide',
    options: { topic: 'x'.repeat(1000), server: '9223372036854775807' },
    named: Array.from({ length: 9 }, (_, i) => markOf(String(i))),
    language: 'de',
  };

  it('holds it by the letter as long as there is room', async () => {
    const press: Press = { act: 'why', command: 'guide', options: { topic: 'y'.repeat(100 - 10) } };
    const id = await roomyPressId(press, keep);
    expect([id.length, readPress(id), kept]).toEqual([100, press, []]);
  });

  it('else holds a key of its texts, and all the rest', async () => {
    const id = await roomyPressId(most, keep);
    expect(id.length).toBeLessThanOrEqual(PRESS_LENGTH_MAX);
    const { topic, ...options } = most.options;
    expect(readPress(id)).toEqual({ ...most, options, key: `${'k'.repeat(21)}1` });
    expect(kept).toEqual([{ topic }]);
  });
});
