/** Messages that cannot be, or that no database could hold as they stand. */
import { describe, expect, it } from 'vitest';
import { ANNA, BELA, CARL, exportText, person, reaction, type Json } from '../../support/exports.ts';
import { NOW_MS, verified } from '../../support/imports.ts';
import { IDS, MESSAGES, TEXT, withId, useOneExport } from '../../support/one-export.ts';
import { seededRandom } from '../../support/random.ts';
import { idAt } from '../../support/records.ts';

const { database, taken } = useOneExport();

describe('a message that cannot be is left out by itself, and named', () => {
  const future = idAt(NOW_MS + 3 * 86_400_000);
  const cases: [what: string, broken: string, kind: string][] = [
    ['an id as a number', IDS[1]!, 'rejected-numeric-id'],
    ['an id of 20 digits', '"12345678901234567890"', 'rejected-id'],
    ['an id above every other', '"9223372036854775808"', 'rejected-id'],
    ['a negative id', '"-15"', 'rejected-id'],
    ['the id 0', '"0"', 'rejected-id'],
    ['an id with letters', '"12e4"', 'rejected-id'],
    ['no id at all', 'null', 'rejected-id'],
    ['an id of next week', `"${future}"`, 'rejected-future-id'],
  ];
  it.for(cases)('%s', async ([, broken, kind]) => {
    const { card, ids } = await taken(withId(TEXT, IDS[1]!, broken));
    expect(ids).toEqual([IDS[0], IDS[2]]);
    expect(card).toMatchObject({ status: 'taken', messages: { inFile: 3, new: 2, rejected: 1 } });
    expect(card.oddities).toMatchObject([{ kind, count: 1, examples: ['number 2'] }]);
  });

  it.for<[string, unknown, string]>([
    ['an author whose id is a number', { ...BELA, id: 100000000000000004 }, 'rejected-numeric-id'],
    ['an author without an id', { name: 'bela' }, 'rejected-author'],
    ['no author', null, 'rejected-author'],
  ])('%s', async ([, author, kind]) => {
    const { card, ids } = await taken(
      exportText({ messages: MESSAGES.with(1, { ...MESSAGES[1]!, author }) }),
    );
    expect(ids).toEqual([IDS[0], IDS[2]]);
    expect(card.oddities).toMatchObject([{ kind, count: 1 }]);
  });

  it('the largest id that a database holds does not break it', async () => {
    const { card } = await taken(withId(TEXT, IDS[1]!, '"9223372036854775807"'));
    expect(card.oddities).toMatchObject([{ kind: 'rejected-future-id', count: 1 }]);
  });
});

describe('what no row of a database could hold stops nothing', () => {
  const emoji = '😀'.repeat(100);
  const random = seededRandom(1);
  // Nothing in it that a database could shorten.
  const han = () => String.fromCodePoint(0x4e00 + Math.floor(random() * 9000));
  const long = Array.from({ length: 9000 }, han).join('');
  const cases: [what: string, change: Json][] = [
    ['a name of thousands of characters', { author: person('71', long) }],
    ['an emoji of thousands of characters', { reactions: [reaction(long, [BELA])] }],
    ['a count of reactions beyond four bytes', { reactions: [reaction('👍', [BELA], 2 ** 40)] }],
    ['a negative count', { reactions: [reaction('👍', [BELA], -1)] }],
    [
      'a file of more bytes than any disk',
      { attachments: [{ id: '41', fileName: 'a.png', fileSizeBytes: 2 ** 60 }] },
    ],
    [
      'a role at a place beyond four bytes',
      { author: { ...ANNA, roles: [{ id: '31', name: 'a', color: null, position: 2 ** 40 }] } },
    ],
    ['a timestamp that is cut within a character', { timestamp: `x${emoji}` }],
    ['a number that is none', { more: { deep: [1e308 * 10, -1e308] } }],
    ['a person twice among mentions', { mentions: [BELA, BELA, { ...BELA, nickname: 'other' }] }],
    ['an emoji twice among reactions', { reactions: [reaction('👍', [BELA]), reaction('👍', [BELA, CARL])] }],
    ['a file twice', { attachments: [1, 2].map(() => ({ id: '41', fileName: 'a.png', fileSizeBytes: 7 })) }],
    ['a type beyond two bytes', { type: '99999' }],
    ['an edit in the year 9999', { timestampEdited: '9999-12-31T23:59:59.9999999+00:00' }],
    ['keys of the language itself', JSON.parse('{"__proto__": {"a": 1}, "constructor": 2, "toString": 3}')],
  ];
  it.for(cases)('%s', async ([, change]) => {
    const { card, ids } = await taken(
      exportText({ messages: MESSAGES.with(1, { ...MESSAGES[1]!, ...change }) }),
    );
    expect(card).toMatchObject({ status: 'taken', messages: { new: 3, rejected: 0 } });
    expect(ids).toEqual(IDS);
    expect(await verified(database, [card.file])).toMatchObject({ unexplained: 0 });
  });

  it('one id in two spellings', async () => {
    const { card } = await taken(withId(withId(TEXT, IDS[0]!, '"100"'), IDS[1]!, '"0100"'));
    expect(card.messages).toMatchObject({ new: 2, rejected: 1 });
    expect(card.oddities.map(({ kind }) => kind).toSorted()).toEqual(['rejected-id', 'timestamp-not-id']);
  });

  it('a message twice in a file', async () => {
    const { card, ids } = await taken(
      exportText({ messages: [...MESSAGES, { ...MESSAGES[1]!, content: 'another second' }] }),
    );
    expect(ids).toEqual(IDS);
    expect(card.messages).toMatchObject({ inFile: 4, new: 3, rejected: 0 });
    expect(await verified(database, [card.file])).toMatchObject({ unexplained: 0 });
  });
});
