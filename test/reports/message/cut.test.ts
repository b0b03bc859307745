import { describe, expect, it } from 'vitest';
import { markdown } from '../../../reports/markdown.ts';
import { cutMarkdown, cutPlain, fairShare, fits } from '../../../reports/message/cut.ts';
import { pick, seededRandom } from '../../support/random.ts';
import { NAMES } from '../names.ts';

const units = (n: number) => ({ units: n, bytes: Infinity });

describe('a text that is too long', () => {
  it('stays as it is where it fits', () => {
    expect(cutMarkdown('**ab**', units(6))).toBe('**ab**');
    expect(cutPlain('ab', units(2))).toBe('ab');
  });

  it('ends with a line', () => {
    expect(cutMarkdown('one two\nthree four\nfive', units(20))).toBe('one two\nthree four\n…');
  });

  it('ends with a word where its line is most of it', () => {
    expect(cutMarkdown(`# One\n${'word '.repeat(20)}`, units(30))).toBe('# One\nword word word word …');
  });

  it('ends with a character where there is no word', () => {
    expect(cutMarkdown('x'.repeat(20), units(10))).toBe('xxxxxxxx …');
    expect(cutPlain('👩🏽‍🚀👩🏽‍🚀👩🏽‍🚀', units(16))).toBe('👩🏽‍🚀👩🏽‍🚀…');
    expect(cutPlain(`a${'\u0336'.repeat(99)}`, units(50))).toBe('…');
  });

  it('is only an ellipsis where all of it is one piece', () => {
    expect(cutMarkdown(`**${'x'.repeat(99)}**`, units(50))).toBe('…');
    expect(cutMarkdown(`https://example.com/${'x'.repeat(99)}`, units(50))).toBe('…');
  });

  it('fits by its bytes, too', () => {
    expect(cutPlain('日本語日本語', { units: 99, bytes: 13 })).toBe('日本語…');
    expect(cutMarkdown('日本語日本語', { units: 99, bytes: 13 })).toBe('日本語 …');
  });

  it('keeps only whole pieces', () => {
    const random = seededRandom(6);
    const pieces = [
      ...'\\* \\\\ <@123> <#123> <t:1700000000:R> <a:smile:123> https://a.example/b_c 👨‍👩‍👧‍👦 Z\u0335\u0321 🇦🇹 ab'.split(
        ' ',
      ),
      ...'`a b`,``a ` b``,[a \\] b](https://a.example/b),**a \\* b**,__a b__,~~a b~~,||a b||,_a b_,*a b*'.split(
        ',',
      ),
      '```\na\n\nb\n```',
      '\u2068שלום\u2069',
      ...Object.values(NAMES).map((name) => `**${markdown.text(name, 12)}**`),
    ];
    for (let run = 0; run < 3000; run++) {
      const said: string[] = [];
      for (let i = 0; i < 12; i++) said.push(pick(pieces, random), pick([' ', '\n', '\n\n', ', '], random));
      const text = said.join('');
      const room = { units: 20 + Math.floor(random() * 80), bytes: 40 + Math.floor(random() * 160) };
      const cut = cutMarkdown(text, room);
      expect(fits(cut, room)).toBe(true);
      if (cut === text) continue;
      const kept = cut.replace(/\s*…$/, '');
      const ends = said.map((_, i) => said.slice(0, i).join(''));
      const whole = ends.flatMap((end) => [end, end.trim(), `${end}a`]);
      expect({ text, kept, isWhole: whole.includes(kept) }).toMatchObject({ isWhole: true });
    }
  });

  it('is cut at once, whatever it is made of', () => {
    for (const hostile of ['*', '`', '[', '\\', '<', '_*', '\u2068', '``` ', '[a](', '**\\*', 'https://']) {
      for (const open of ['', '**', '`', '[', 'a || b']) {
        const long = `${open}${hostile.repeat(200_000)}x`;
        expect(fits(cutMarkdown(long, units(4000)), units(4000))).toBe(true);
      }
    }
  });
});

it('of several texts the short stay whole, and the long share what is left', () => {
  expect(fairShare([10, 20, 30], 60)).toBe(Infinity);
  expect(fairShare([10, 5000, 90, 5000], 4000)).toBe(1950);
  expect(fairShare([], 10)).toBe(Infinity);
});
