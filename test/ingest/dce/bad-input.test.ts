/** Files that are no exports, or broken ones, and exports that say what cannot be. */
import { symlink } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { guilds } from '../../../db/queries/guilds.ts';
import type { FileCard } from '../../../ingest/dce/card.ts';
import { useDatabase } from '../../support/database.ts';
import {
  ANNA,
  BELA,
  CARL,
  type ExportParts,
  exportText,
  iso,
  type Json,
  person,
  reaction,
  said,
} from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { imported, NOW_MS, verified } from '../../support/imports.ts';
import { seededRandom } from '../../support/random.ts';
import { at, GUILD, idAt } from '../../support/records.ts';

const database = useDatabase();
const folder = useFolder();
beforeEach(() => database.clear());

const MESSAGES = [
  said(1, 'first', { mentions: [BELA], reactions: [reaction('👍', [BELA, CARL])] }),
  said(2, 'second {"id": "1"} \\ "[', {
    author: BELA,
    attachments: [{ id: '41', fileName: 'a.png', fileSizeBytes: 7 }],
  }),
  said(3, 'third https://example.org/a 🎈', {
    reactions: [reaction('🎉', [BELA]), reaction('gull:51', [CARL])],
  }),
];
const IDS = MESSAGES.map(({ id }) => id as string);
const WHOLE: ExportParts = { messages: MESSAGES };
const TEXT = exportText(WHOLE);

/** Imports one file; tells its card, and the ids that are stored afterwards. */
async function taken(content: string | Buffer, options = {}): Promise<{ card: FileCard; ids: string[] }> {
  const path = await folder.file('one.json', content);
  const { files } = await imported(database, [path], options);
  return { card: files[0]!, ids: await storedIds() };
}

async function storedIds(): Promise<string[]> {
  const { rows } = await database.pool.query<{ id: string }>(
    'select message_id::text as id from messages order by message_id',
  );
  return rows.map(({ id }) => id);
}

/** Replaces the nth of a text's ids by what stands for it in a broken file. */
const withId = (text: string, id: string, broken: string) => text.replace(`"id": "${id}"`, `"id": ${broken}`);
const CHANNEL_LINE = /("channel": \{\s+"id": )"\d+"/;

describe('a file that is no export is rejected in words that say what it is and what to do', () => {
  const cases: [what: string, content: string | Buffer, reason: RegExp][] = [
    ['HTML named .json', '<!DOCTYPE html>\n<html lang="en"><head></head></html>', /HTML.*--format Json/],
    ['CSV named .json', 'AuthorID,Author,Date,Content\r\n"1","anna","x","y"\r\n', /CSV.*--format Json/],
    [
      'a list without its header',
      JSON.stringify(MESSAGES, null, 2),
      /list of messages without the header.*guild.*channel/,
    ],
    ['an object that is none', '{"dependencies": {}}', /no export.*`guild`.*`messages`/],
    ['zero bytes', '', /empty \(0 bytes\).*Export again/],
    ['white space', ' \n\n', /nothing but white space/],
    ['NUL bytes only', Buffer.alloc(9000), /NUL bytes.*power failure/],
    ['UTF-16', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), /UTF-16/],
    ['a guild id as a number', withId(TEXT, GUILD, GUILD), /numbers.*rounded.*guild\.id/],
    [
      'a channel id as a number',
      TEXT.replace(CHANNEL_LINE, '$1100000000000000002'),
      /numbers.*rounded.*channel\.id/,
    ],
    [
      'a guild id of 20 digits',
      withId(TEXT, GUILD, '"10000000000000000000"'),
      /no string of digits.*guild\.id/,
    ],
    [
      'a guild id above every other',
      withId(TEXT, GUILD, '"9223372036854775808"'),
      /no string of digits.*guild\.id/,
    ],
    ['a negative channel id', TEXT.replace(CHANNEL_LINE, '$1"-2"'), /no string of digits.*channel\.id/],
    [
      'a text cut in its header',
      TEXT.slice(0, TEXT.indexOf('"channel"') + 20),
      /ends inside the header.*cut short/,
    ],
    [
      'messages that are no list',
      TEXT.replace(/"messages": \[[^]*\]/, '"messages": {}'),
      /`messages` is no list/,
    ],
  ];

  it.for(cases)('%s', async ([, content, reason]) => {
    const { card, ids } = await taken(content);
    expect(card).toMatchObject({ status: 'rejected', messages: { inFile: 0, new: 0 } });
    expect(card.reason).toMatch(reason);
    expect(ids).toEqual([]);
    expect(await guilds(database.db)).toEqual([]);
  });
});

describe('of a damaged file every complete message is kept, and nothing of the others', () => {
  /** Byte offsets just behind each message. */
  const bytes = Buffer.from(TEXT);
  const ends = MESSAGES.map((message) => {
    const last = Buffer.from(JSON.stringify(message, null, 2).split('\n').at(-2)!);
    const from = bytes.indexOf(`"id": "${message.id as string}"`);
    return bytes.indexOf('\n    }', bytes.indexOf(last, from)) + '\n    }'.length;
  });
  const listBegins = bytes.indexOf('"messages": [') + '"messages": ['.length;
  const step = Math.max(1, Math.floor((bytes.length - listBegins) / 36));
  const cuts = [...new Set([...ends, ...ends.map((end) => end - 1), bytes.length - 1])];
  for (let cut = listBegins; cut < bytes.length; cut += step) cuts.push(cut);

  it(`cut at ${cuts.length} places`, async () => {
    for (const cut of cuts) {
      await database.clear();
      const { card, ids } = await taken(bytes.subarray(0, cut));
      const whole = IDS.filter((_, i) => ends[i]! <= cut);
      expect({ cut, ids }).toEqual({ cut, ids: whole });
      expect(card).toMatchObject({
        status: 'damaged',
        messages: { inFile: whole.length, new: whole.length },
      });
      expect(card.damage).toMatchObject([{ kind: 'cut', afterMessage: whole.length }]);
      await nothingHangsLoose();
    }
  });

  const FIRST_IN_REACTION = JSON.stringify(MESSAGES[2], null, 2).indexOf('"count": 1') + '"count": 1'.length;
  const head = TEXT.slice(0, listBegins);
  const two = MESSAGES.slice(0, 2)
    .map((message) => JSON.stringify(message, null, 2))
    .join(',');
  const third = JSON.stringify(MESSAGES[2], null, 2).slice(0, FIRST_IN_REACTION);
  const cases: [what: string, content: string | Buffer, kept: number, damage: RegExp][] = [
    [
      'an end written inside a reaction, as DCE does when it fails there',
      `${head}${two},${third}\n  ],\n  "messageCount": 3\n}`,
      2,
      /failed inside it/,
    ],
    [
      'an end that closes too little',
      `${head}${two},${third} } ],\n  "messageCount": 3\n}`,
      2,
      /failed inside it/,
    ],
    [
      'NUL bytes from amid a message on',
      Buffer.concat([bytes.subarray(0, ends[1]! + 40), Buffer.alloc(5000)]),
      2,
      /NUL bytes.*power failure/,
    ],
    ['a list without its end', `${head}${two}`, 2, /text ends behind message 2/],
    ['another export behind its end', `${TEXT}\n${TEXT}`, 3, /another export/],
    [
      'a message that is no JSON',
      TEXT.replace('"content": "first"', '"content": first'),
      2,
      /message 1 .*left out/,
    ],
  ];
  it.for(cases)('%s', async ([, content, kept, damage]) => {
    const { card, ids } = await taken(content);
    expect(card).toMatchObject({ status: 'damaged', messages: { new: kept } });
    expect(ids).toHaveLength(kept);
    expect(card.damage[0]!.reason).toMatch(damage);
    await nothingHangsLoose();
    expect(await verified(database, [card.file])).toMatchObject({ messages: kept, unexplained: 0 });
  });

  it('and a whole file of the same adds the rest', async () => {
    await taken(bytes.subarray(0, ends[0]! + 30));
    const { card, ids } = await taken(TEXT);
    expect(ids).toEqual(IDS);
    expect(card.messages).toMatchObject({ new: 2, unchanged: 1 });
  });

  async function nothingHangsLoose() {
    for (const table of ['attachments', 'mentions', 'links', 'emoji_uses', 'reactions', 'reaction_users']) {
      const { rows } = await database.pool.query(
        `select count(*)::int as n from ${table} c left join messages m using (guild_id, message_id) where m.author_id is null`,
      );
      expect([table, rows[0].n]).toEqual([table, 0]);
    }
  }
});

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

describe('what is odd is taken, and said', () => {
  it('a wrong messageCount', async () => {
    const { card } = await taken(exportText({ ...WHOLE, messageCount: 35 }));
    expect(card.status).toBe('taken');
    expect(card.warnings).toEqual([expect.stringMatching(/says that it has 35 messages and has 3/)]);
  });

  it('a missing partition', async () => {
    await folder.file('parts/p [part 2].json', exportText({ messages: [MESSAGES[0]!] }));
    await folder.file('parts/p [part 4].json', exportText({ messages: [MESSAGES[1]!] }));
    const { files } = await imported(database, [`${folder.path}/parts`]);
    expect(files.map(({ warnings }) => warnings)).toEqual([
      [],
      [expect.stringMatching(/part 4 of a partitioned export, of which part 1, 3 is missing/)],
    ]);
  });

  it('NUL and lone surrogates in texts and names: replaced and counted', async () => {
    const text = exportText({
      channel: { name: 'nul\u0000name', topic: 'half \ud83c' },
      messages: [
        said(1, 'a\u0000b \ud83d c \ude00', { author: { ...ANNA, nickname: 'x\u0000' } }),
        said(2, 'whole 😀 \\ud83d'),
      ],
    });
    const { card } = await taken(text);
    expect(card).toMatchObject({ status: 'taken', replaced: { nul: 2, loneSurrogates: 2, invalidUtf8: 0 } });
    const { rows } = await database.pool.query(
      'select content, content_length from messages order by message_id',
    );
    expect(rows).toEqual([
      { content: 'a\ufffdb \ufffd c \ufffd', content_length: 9 },
      { content: 'whole 😀 \\ud83d', content_length: 14 },
    ]);
  });

  it('bytes that are no UTF-8', async () => {
    const bytes = Buffer.from(exportText({ messages: [said(1, 'a#b')] }));
    bytes[bytes.indexOf('a#b') + 1] = 0xff;
    const { card } = await taken(bytes);
    expect(card.replaced).toEqual({ nul: 0, loneSurrogates: 0, invalidUtf8: 1 });
  });

  it('a byte order mark', async () => {
    const { card, ids } = await taken(`\ufeff${TEXT}`);
    expect(ids).toEqual(IDS);
    expect(card.warnings).toEqual([expect.stringMatching(/byte order mark/)]);
  });

  it('the year 0001, wherever it stands', async () => {
    const never = '0001-01-01T00:00:00+00:00';
    const forwardedMessage = {
      timestamp: never,
      timestampEdited: never,
      content: 'passed on',
      attachments: [],
      embeds: [],
      stickers: [],
    };
    const { card, ids } = await taken(
      exportText({
        messages: [
          said(1, 'one', { timestampEdited: never }),
          said(2, '', {
            forwardedMessage,
            reference: { type: 'Forward', messageId: '5', channelId: '6', guildId: null },
          }),
          said(3, 'three', { timestamp: never }),
          said(4, 'four', { callEndedTimestamp: never }),
        ],
      }),
    );
    expect(ids).toHaveLength(4);
    expect(card).toMatchObject({
      status: 'taken',
      from: new Date(at(1)).toISOString(),
      to: new Date(at(4)).toISOString(),
    });
    expect(card.oddities).toMatchObject([
      { kind: 'impossible-time', count: 2, examples: [idAt(at(1)), idAt(at(3))] },
    ]);
    const { rows } = await database.pool.query(
      `select count(edited_at)::int as edited, (select sent_at from forwards) as sent_at,
         (select extra->>'timestamp' from extras where id = ${idAt(at(3))}) as kept from messages`,
    );
    expect(rows).toEqual([{ edited: 0, sent_at: null, kept: never }]);
  });

  it("a timestamp that is not its id's: the id is believed, the timestamp kept beside", async () => {
    const told = iso(at(90_000));
    const { card } = await taken(
      exportText({
        messages: [said(1, 'one', { timestamp: told }), said(2, 'two', { timestamp: iso(at(3.9)) })],
      }),
    );
    expect(card).toMatchObject({
      from: new Date(at(1)).toISOString(),
      oddities: [{ kind: 'timestamp-not-id', count: 1 }],
    });
    const { rows } = await database.pool.query(`select id::text, extra from extras where kind = 'message'`);
    expect(rows).toEqual([{ id: idAt(at(1)), extra: { timestamp: told } }]);
  });

  it.for([
    ['an export made in the future', iso(NOW_MS + 60_000), /exported in the future/],
    ['an export made in the year 0001', '0001-01-01T00:00:00+00:00', /a time of its export that cannot be/],
  ] as const)('%s: its newest message tells when', async ([, exportedAt, words]) => {
    const { card } = await taken(exportText({ ...WHOLE, exportedAt }));
    expect(card.warnings).toEqual([expect.stringMatching(words)]);
    const { rows } = await database.pool.query('select distinct seen_at from messages order by 1');
    expect(rows.at(-1).seen_at).toEqual(new Date(at(3)));
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

describe('direct messages', () => {
  const DIRECT = exportText({
    guild: { id: '0', name: 'Direct Messages' },
    channel: { type: 'DirectTextChat', name: 'bela' },
    messages: MESSAGES,
  });

  it('are refused, and the card tells how they are taken', async () => {
    const { card, ids } = await taken(DIRECT);
    expect(card).toMatchObject({
      status: 'rejected',
      reason: expect.stringMatching(/direct messages.*--include-direct-messages/i),
    });
    expect(ids).toEqual([]);
  });

  it('are taken when asked for, and stay apart from every guild', async () => {
    const messages = [said(11, 'in the guild')];
    await imported(database, [await folder.file('guild.json', exportText({ messages }))]);
    const { card } = await taken(DIRECT, { includeDirectMessages: true });
    expect(card).toMatchObject({ status: 'taken', messages: { new: 3 } });
    const list = (await guilds(database.db)).map(({ id, name, messages: n }) => [id, name, n]);
    expect(list).toEqual([
      ['0', 'Direct Messages', 3],
      [GUILD, 'Lighthouse', 1],
    ]);
    const { rows } = await database.pool.query(
      'select guild_id::text as guild, count(*)::int as n from members group by 1 order by 1',
    );
    expect(rows).toEqual([
      { guild: '0', n: 3 },
      { guild: GUILD, n: 1 },
    ]);
  });
});

it('one bad file never stops the others, whatever their order', async () => {
  const files: Record<string, string | Buffer> = {
    '0 page.json': '<!DOCTYPE html><html></html>',
    '1 good.json': exportText({ messages: [MESSAGES[0]!] }),
    '2 empty.json': '',
    '3 cut.json': exportText({ messages: MESSAGES.slice(1) }).slice(0, -900),
    '4 numbers.json': withId(TEXT, GUILD, GUILD),
    'deep/below/5 good.json': exportText({ messages: [MESSAGES[2]!] }),
    'deep/6 good without its ending': exportText({ messages: [said(9, 'named otherwise')] }),
    'deep/notes.txt': 'not an export at all',
    'deep/other.cfg': '{"guild": {"id": "1", "name": "looks like one"}, "messages": 20000}',
  };
  for (const [name, content] of Object.entries(files)) await folder.file(`mixed/${name}`, content);
  const linked = await folder.file('elsewhere.json', exportText({ messages: [said(10, 'linked')] }));
  await symlink(linked, `${folder.path}/mixed/7 link.json`);
  await symlink(`${folder.path}/gone.json`, `${folder.path}/mixed/8 link to nothing.json`);
  const card = await imported(database, [`${folder.path}/mixed`, `${folder.path}/nowhere`], { lanes: 2 });
  const statuses = Object.fromEntries(card.files.map(({ file, status }) => [file.split('/').at(-1), status]));
  expect(statuses).toEqual({
    nowhere: 'rejected',
    '0 page.json': 'rejected',
    '1 good.json': 'taken',
    '2 empty.json': 'rejected',
    '3 cut.json': 'damaged',
    '4 numbers.json': 'rejected',
    '5 good.json': 'taken',
    '6 good without its ending': 'taken',
    '7 link.json': 'taken',
  });
  expect(card.passedOver).toBe(2);
  expect(await storedIds()).toEqual([...IDS, idAt(at(9)), idAt(at(10))].toSorted());
});
