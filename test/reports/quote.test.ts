import { describe, expect, it } from 'vitest';
import { readable } from '../../reports/quote.ts';
import { en } from '../../reports/words/en.ts';

const CASES: [typed: string, shown: string][] = [
  ['hi <@123> and <@!123>', 'hi @member and @member'],
  ['<@&5>, look at <#7>', '@role, look at #channel'],
  ['nice <:gull:51> <a:wave:52>', 'nice :gull: :wave:'],
  ['he is ||the killer|| of ||her', 'he is [spoiler] of [spoiler]'],
  ['at <t:1700000000:R>', 'at [time]'],
  ['```ts\nlet a\n```', ' let a\n '],
  ['1 < 2 > 0 <b> <@x>', '1 < 2 > 0 <b> <@x>'],
];

describe('a quotation', () => {
  it.for(CASES)('%j reads %j', ([typed, shown]) => {
    expect(readable(typed, en.weekly.quote)).toBe(shown);
  });
});
