import { describe, expect, it } from 'vitest';
import { markdownTable, markdownText, plainText } from '../../reports/markdown.ts';
import { NAMES } from './names.ts';

/** The text without what is escaped: nothing special may be left. */
const bare = (text: string) => text.replaceAll(/\\[!-/:-@[-`{-~]/g, '');

describe.for(Object.entries(NAMES))('a name with %s', ([, name]) => {
  const made = markdownText(name);

  it('formats nothing, links nothing, pings nobody', () => {
    expect(bare(made)).not.toMatch(/[\\`*_[\]<>#|~$]/);
    expect(bare(made)).not.toMatch(/@[^\u2060]|:\/\/|www\./);
  });

  it('stays on its line and does not turn it', () => {
    expect(made).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066\u2067\u200e\u200f\u200b\ufeff]/u);
    const isolates = [...made].filter((c) => c === '\u2068').length;
    expect(isolates).toBeLessThanOrEqual(1);
    expect([...made].filter((c) => c === '\u2069').length).toBe(isolates);
  });

  it('is no longer than a line, and no heap', () => {
    const characters = [...new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(plainText(name))];
    expect(characters.length).toBeLessThanOrEqual(80);
    expect(plainText(name)).not.toMatch(/\p{M}{5}/u);
  });

  it('keeps its cell of a table', () => {
    const [, , row] = markdownTable(['name', 'n'], [[made, '1']]).split('\n');
    expect(row!.replaceAll('\\|', '').split('|')).toHaveLength(4);
  });
});

describe('names', () => {
  it('that are plain stay as they are', () => {
    for (const name of ['Anna', "D'Arcy-O'Neil (away)", 'Łukasz 🎈', '日本語', 'a.b, c: d! 50%']) {
      expect(markdownText(name)).toBe(name);
    }
  });

  it('keep emoji that are made of several, and letters with their marks', () => {
    expect(markdownText(NAMES.emoji)).toBe(NAMES.emoji);
    expect(markdownText('नमस्ते')).toBe('नमस्ते');
  });

  it('that are too long end in an ellipsis', () => {
    expect(plainText(NAMES.long)).toBe(`${'x'.repeat(79)}…`);
    expect(plainText('x'.repeat(80))).toBe('x'.repeat(80));
  });

  it('from right to left are set apart', () => {
    expect(markdownText('שלום')).toBe('\u2068שלום\u2069');
  });

  it('with nothing visible are empty, so that whoever shows them can say something else', () => {
    expect(markdownText('\u200b \u2060\ufeff')).toBe('');
  });
});

describe('a table', () => {
  it('has its first column to the left and the others to the right', () => {
    expect(markdownTable(['a', 'b'], [['x', '1']])).toBe('| a | b |\n| --- | ---: |\n| x | 1 |');
  });
});
