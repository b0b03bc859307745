import { describe, expect, test } from 'vitest';

import { exportOf, HEADER, ids, kinds, message, readExport, useHandMade } from './hand-made.ts';

useHandMade();

describe('a damaged export keeps its complete messages and tells what happened', () => {
  const long = 'x'.repeat(100);
  const cases: [
    name: string,
    text: string | Buffer,
    kept: number[],
    damage: [string, number][],
    words: RegExp,
  ][] = [
    ['cut right behind the list begins', HEADER, [], [['cut', 0]], /before the first message/],
    [
      'cut in a message',
      `${HEADER}${message(1)}, ${message(2).slice(0, 60)}`,
      [1],
      [['cut', 1]],
      /inside message 2/,
    ],
    [
      'cut in a character',
      Buffer.from(`${HEADER}${message(1)}, {"a": "é`).subarray(0, -1),
      [1],
      [['cut', 1]],
      /inside message 2/,
    ],
    ['cut behind a message', `${HEADER}${message(1)}`, [1], [['cut', 1]], /behind message 1/],
    ['cut behind a comma', `${HEADER}${message(1)},\n`, [1], [['cut', 1]], /behind message 1/],
    ['without its end', `${HEADER}${message(1)}]`, [1], [['cut', 1]], /list of messages, which is whole/],
    [
      'cut in what follows',
      `${HEADER}${message(1)}], "messageCo`,
      [1],
      [['cut', 1]],
      /list of messages, which is whole/,
    ],
    [
      'cut before its messages',
      '{"guild": {"id": "1"}, "channel": {"id": "2"}, "dateRange": {"aft',
      [],
      [['cut', 0]],
      /before the first/,
    ],
    [
      'NUL from amid a message',
      `${HEADER}${message(1)}, {"id": "2${'\0'.repeat(5000)}`,
      [1],
      [['nul-tail', 1]],
      /NUL.*power/,
    ],
    [
      'NUL before its messages',
      `{"guild": {"id": "1"}, "channel": {"id": "2"},${'\0'.repeat(600)}`,
      [],
      [['nul-tail', 0]],
      /NUL/,
    ],
    ['NUL behind its end', `${exportOf(message(1))}${'\0'.repeat(600)}`, [1], [['nul-tail', 1]], /NUL/],
    [
      'a hole of NUL',
      exportOf(message(1), message(2).replace('Hi', '\0'.repeat(4096)), message(3)),
      [1, 3],
      [['not-json', 1]],
      /message 2/,
    ],
    [
      'failed inside a reaction, brackets not fitting',
      `${HEADER}${message(1)}, ${message(2).slice(0, -1)}, "reactions": [{"emoji": {"id": ""}, "count": 1 ], "messageCount": 2 }`,
      [1],
      [['mis-nested', 1]],
      /message 2 has no end.*failed/,
    ],
    [
      'failed inside the users of a reaction',
      `${HEADER}${message(1)}, ${message(2).slice(0, -1)}, "reactions": [{"count": 1, "users": [{"id": "5"} ], "messageCount": 2 }`,
      [1],
      [['mis-nested', 1]],
      /message 2 has no end.*failed/,
    ],
    [
      'failed between two reactions, the message closed but not complete',
      `${HEADER}${message(1)}, ${message(2).slice(0, -1)}, "reactions": [{"count": 1} ], "messageCount": 2 }`,
      [1],
      [['mis-nested', 1]],
      /message 2 has no end.*failed/,
    ],
    [
      'a message that is no JSON',
      exportOf(message(1), '{"id": oops}', message(3)),
      [1, 3],
      [['not-json', 1]],
      /message 2 .*left out/,
    ],
    [
      'a wrong escape',
      exportOf(message(1), '{"id": "\\x"}', message(3)),
      [1, 3],
      [['not-json', 1]],
      /message 2 is no valid JSON/,
    ],
    [
      'a line break in a string',
      exportOf(message(1), '{"id": "\n"}', message(3)),
      [1, 3],
      [['not-json', 1]],
      /message 2/,
    ],
    [
      'elements that are no objects',
      exportOf('null', message(1), '"x"', '4', '[]'),
      [1],
      [
        ['not-object', 0],
        ['not-object', 2],
        ['not-object', 3],
        ['not-object', 4],
      ],
      /no object/,
    ],
    ['a missing comma', `${HEADER}${message(1)}${message(2)}]}`, [1, 2], [['comma', 1]], /comma is missing/],
    ['a doubled comma', `${HEADER}${message(1)},,${message(2)}]}`, [1, 2], [['comma', 1]], /comma too many/],
    ['a colon for a comma', `${HEADER}${message(1)}: ${message(2)}]}`, [1, 2], [['comma', 1]], /colon/],
    ['a trailing comma', `${HEADER}${message(1)},]}`, [1], [['comma', 1]], /comma behind/],
    [
      'cut behind what only resembles a message',
      `${HEADER}${message(1)}, {"id": "2", "a": ${message(3)}, "b": [{"id": "4", "c": [${message(5)}]}], "d`,
      [1],
      [['cut', 1]],
      /inside message 2/,
    ],
    [
      'a message without its brace',
      exportOf(message(1), message(2).slice(0, -1), message(3)),
      [1, 3],
      [['mis-nested', 1]],
      /message 2 has no end/,
    ],
    [
      'a brace too many',
      exportOf(message(1), `${message(2)}}`, message(3)),
      [1, 2, 3],
      [['mis-nested', 2]],
      /behind message 2.*went on/,
    ],
    [
      'a bracket too many',
      exportOf(message(1), `${message(2)}]`, message(3)),
      [1, 2, 3],
      [['mis-nested', 2]],
      /behind message 2.*went on/,
    ],
    [
      'a lost quote',
      exportOf(message(1), message(2).replace('Hi"', 'Hi'), message(3)),
      [1, 3],
      [['mis-nested', 1]],
      /message 2/,
    ],
    [
      'garbage between messages',
      `${HEADER}${message(1)}, @@@ ", ${message(2)}]}`,
      [1, 2],
      [['not-json', 1]],
      /no valid JSON/,
    ],
    [
      'a list that is not closed',
      `${HEADER}${message(1)}, "messageCount": 1}`,
      [1],
      [['mis-nested', 1]],
      /not closed/,
    ],
    ['braces where nothing follows', `${HEADER}${message(1)}}}}`, [1], [['mis-nested', 1]], /doesn't fit/],
    [
      'garbage behind the list',
      `${HEADER}${message(1)}] oops }`,
      [1],
      [['mis-nested', 1]],
      /behind message 1/,
    ],
    ['text behind its end', `${exportOf(message(1))} and more`, [1], [['after-end', 1]], /follows the end/],
    [
      'another export behind it',
      `${exportOf(message(1))}\n${exportOf(message(2))}`,
      [1],
      [['second-export', 1]],
      /file of its own/,
    ],
    [
      'another export behind it where it is cut',
      `${HEADER}${message(1)}, {"id": "9", ${exportOf(message(2))}`,
      [1],
      [['mis-nested', 1]],
      /message 2 has no end/,
    ],
    [
      'another export among its messages',
      exportOf(message(1), exportOf(message(2)), message(3)),
      [1, 3],
      [['second-export', 1]],
      /message 2 is an export/,
    ],
    [
      'two lists of messages',
      `${HEADER}${message(1)}], "messages": [${message(2)}]}`,
      [1, 2],
      [['second-list', 1]],
      /second list/,
    ],
    [
      'nesting without end',
      exportOf(message(1), `{"id": ${'['.repeat(600)}${long}${']'.repeat(600)}}`, message(3)),
      [1, 3],
      [['too-deep', 1]],
      /too deep/,
    ],
  ];

  test.each(cases)('%s', async (_, text, kept, damage, words) => {
    const result = await readExport(text);
    expect(ids(result)).toEqual(kept);
    expect(kinds(result)).toEqual(damage);
    expect(result.damage[0]!.reason).toMatch(words);
  });

  test('the byte of each damage is told', async () => {
    const text = exportOf(message(1), '{"é": oops}', message(2));
    const { damage } = await readExport(text);
    expect(damage[0]!.offset).toBe(text.indexOf('{"é"'));
    const cut = Buffer.from(text).subarray(0, 300);
    expect((await readExport(cut)).damage.at(-1)!.offset).toBe(300);
  });
});
