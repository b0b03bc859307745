/** Files that are no exports, or broken ones. */
import { symlink } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { guilds } from '../../../db/queries/guilds.ts';
import { exportText, said } from '../../support/exports.ts';
import { imported, verified } from '../../support/imports.ts';
import { IDS, MESSAGES, TEXT, withId, useOneExport } from '../../support/one-export.ts';
import { at, GUILD, idAt } from '../../support/records.ts';

const { database, folder, storedIds, taken } = useOneExport();
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
    ['direct messages in disguise', withId(TEXT, GUILD, '"00"'), /no string of digits.*guild\.id/],
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
