import { describe, expect, test } from 'vitest';

import { readHeader } from '../../../ingest/dce/read.ts';
import { fileOf, HEADER, readExport, useHandMade } from './hand-made.ts';

useHandMade();

describe('characters that Postgres cannot store', () => {
  test.each([
    ['an escaped NUL', Buffer.from('a\\u0000b'), 'a\ufffdb', { nul: 1 }],
    ['a raw NUL', Buffer.from('a\0b'), 'a\ufffdb', { nul: 1 }],
    ['half a pair, the first', Buffer.from('\\ud83d \\uD83Dx'), '\ufffd \ufffdx', { loneSurrogates: 2 }],
    ['half a pair, the second', Buffer.from('\\ude00\\ud83d'), '\ufffd\ufffd', { loneSurrogates: 2 }],
    [
      'half a pair behind a backslash',
      Buffer.from('\\\\ud83d\\ude00'),
      '\\ud83d\ufffd',
      { loneSurrogates: 1 },
    ],
    [
      'bytes that are no UTF-8',
      Buffer.from([0x61, 0xff, 0xc3, 0x28, 0xef, 0xbf, 0xbd]),
      'a\ufffd\ufffd(\ufffd',
      { invalidUtf8: 2 },
    ],
    [
      'none: a pair, a backslash, U+FFFD',
      Buffer.from('\\ud83d\\uDE00 \\\\u0000 \\\\\\\\ud83d \ufffd'),
      '😀 \\u0000 \\\\ud83d \ufffd',
      {},
    ],
  ])('are replaced in values and keys, deep down, and counted: %s', async (_, written, read, counts) => {
    const around = Buffer.from('{"a": [{"b": "|"}], "|": 1}').toString('latin1');
    const element = Buffer.from(around.replaceAll('|', written.toString('latin1')), 'latin1');
    const result = await readExport(Buffer.concat([Buffer.from(HEADER), element, Buffer.from(']}')]));
    expect(result.payloads).toEqual([{ a: [{ b: read }], [read]: 1 }]);
    const twice = Object.fromEntries(Object.entries(counts).map(([kind, count]) => [kind, 2 * count]));
    expect(result.replaced).toEqual({ nul: 0, loneSurrogates: 0, invalidUtf8: 0, ...twice });
    expect(result.damage).toEqual([]);
  });

  test('are replaced in the header too', async () => {
    const text = HEADER.replace('"G"', '"a\\u0000\\ud83d"');
    expect((await readHeader(await fileOf(text))).guild.name).toBe('a\ufffd\ufffd');
  });
});
