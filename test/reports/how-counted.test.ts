/** What stands below an answer, and how it was counted. */
import { describe, expect, it } from 'vitest';
import { footingOf } from '../../reports/footing.ts';
import { renderHowCounted } from '../../reports/how-counted.ts';
import { de } from '../../reports/words/de.ts';
import { en } from '../../reports/words/en.ts';

const window = {
  fromMs: Date.UTC(2026, 10, 8, 23),
  toMs: Date.UTC(2026, 10, 15, 23),
  timeZone: 'Europe/Vienna',
};
const before = { ...window, fromMs: Date.UTC(2026, 10, 1, 23), toMs: window.fromMs };
const coverage = {
  verifiedShare: 1,
  claimedShare: 0,
  sinceMs: window.fromMs,
  pending: { channels: 0, threads: 0 },
  notReadable: { named: [{ id: '7', name: '@everyone' }], channels: 1, threads: 0 },
  backfill: null,
};
const rows = { rows: 7, deleted: 1, bare: 0, hidden: 0, system: 1, bots: 2, people: 3 };
const footing = { coverage, window, countedFor: 'everyone' as const, bots: false };
const textOf = (block: object) => (block as { text: string }).text;

describe('below an answer', () => {
  it('stands what it rests on, and whose eyes it is for, in small print', () => {
    const [first, second, ...more] = textOf(footingOf(footing, en)).split('\n');
    expect(first).toMatch(/^-# Recorded: .*#@\u2060everyone not readable/);
    expect(second).toBe(`-# ${en.answering.countedFor.everyone}`);
    expect(more).toEqual([]);
  });

  it('stands that bots count, and as of when, where that is to be said', () => {
    const asOfMs = Date.UTC(2025, 0, 20, 23, 30);
    for (const [words, date] of [
      [en, '21 January 2025'],
      [de, '21. Januar 2025'],
    ] as const) {
      const said = textOf(footingOf({ ...footing, countedFor: 'open', bots: true, asOfMs }, words));
      expect(said).toContain(words.answering.countedFor.open);
      expect(said).toContain(words.answering.withBots);
      expect(said.replaceAll('\u00a0', ' ')).toContain(date);
    }
  });
});

describe('how an answer was counted', () => {
  const told = (more = {}) => {
    const counted = { window, rows, coverage, bots: false, ...more };
    return renderHowCounted(counted, ['One definition.', 'Another.'], 'asker', en)
      .blocks.map(textOf)
      .join('\n');
  };

  it('is told by definitions, the window with its zone, the rows, and whether bots count', () => {
    const said = told();
    expect(said).toContain('- One definition.\n- Another.\n');
    expect(said).toMatch(/2026-11-09T00:00\+01:00 to 2026-11-16T00:00\+01:00, Europe\/Vienna, 168 h/);
    expect(said).toMatch(/3 of the 7 recorded/);
    expect(said).toContain(en.answering.botsDoNot);
    expect(said).toContain(en.answering.countedFor.asker);
    expect(told({ bots: true })).toContain(en.answering.botsCount);
  });

  it('tells the same of what it is compared with', () => {
    expect(told()).not.toMatch(/2026-11-02T00:00/);
    const said = told({ before, rowsBefore: { ...rows, rows: 40, people: 30 } });
    expect(said).toMatch(/2026-11-02T00:00\+01:00 to 2026-11-09T00:00\+01:00/);
    expect(said).toMatch(/30 of the 40 recorded/);
  });
});
