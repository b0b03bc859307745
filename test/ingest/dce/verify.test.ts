/** `verify` finds what the database has otherwise than its exports, however it came so. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { VerifyResult, Finding } from '../../../ingest/dce/verify.ts';
import { useDatabase } from '../../support/database.ts';
import { ANNA, BELA, CARL, exportText, iso, reaction, said } from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { emptyLedger, imported, verified } from '../../support/imports.ts';
import { almanac, almanacJson } from '../../support/program.ts';
import { at, idAt } from '../../support/records.ts';

const database = useDatabase();
const folder = useFolder();

const ID = idAt(at(1));
const FULL = said(1, 'a private word, see https://example.org/path for more', {
  type: 'Reply',
  timestampEdited: iso(at(60)),
  isPinned: true,
  reference: { type: 'Default', messageId: idAt(at(0)), channelId: '2', guildId: null },
  mentions: [BELA],
  attachments: [{ id: '41', url: 'https://cdn.discordapp.com/a', fileName: 'map.png', fileSizeBytes: 70 }],
  stickers: [{ id: '51', name: 'Wave', format: 'Png', sourceUrl: 'https://cdn.discordapp.com/s' }],
  embeds: [{ title: 'a private title', url: null, timestamp: null, description: '', fields: [] }],
  reactions: [reaction('👍', [BELA, CARL], 3), reaction('gull:61', [ANNA])],
  forwardedMessage: {
    timestamp: iso(at(-9)),
    timestampEdited: null,
    content: 'passed on',
    attachments: [],
    embeds: [],
    stickers: [],
  },
});

let path: string;
beforeAll(async () => {
  path = await folder.file('general.json', exportText({ messages: [FULL, said(2, 'plain')] }));
});
beforeEach(async () => {
  await database.clear();
  await imported(database, [path]);
});

describe('verify', () => {
  it('finds nothing where nothing was changed', async () => {
    expect(await verified(database, [path])).toMatchObject({
      messages: 2,
      unexplained: 0,
      explained: {},
      findings: [],
    });
  });

  const cases: [what: string, sql: string, fields: string[]][] = [
    ['a text', `update messages set content = 'a public word' where message_id = ${ID}`, ['text']],
    [
      'a text that was taken away',
      `update messages set content = null, body_key = null where message_id = ${ID}`,
      ['text'],
    ],
    ['an author', `update messages set author_id = 5 where message_id = ${ID}`, ['author']],
    ['a channel', `update messages set channel_id = 5 where message_id = ${ID}`, ['channel']],
    ['a type', `update messages set type = 0 where message_id = ${ID}`, ['type']],
    [
      'what it replies to',
      `update messages set reference_message_id = null where message_id = ${ID}`,
      ['reference'],
    ],
    ['a time of edit', `update messages set edited_at = null where message_id = ${ID}`, ['edited']],
    ['a pin', `update messages set pinned = false where message_id = ${ID}`, ['pinned']],
    ['a missing message', `delete from messages where message_id = ${ID}`, ['message']],
    [
      'a message emptied as if its author were forgotten',
      `update messages set author_id = null, erased = true where message_id = ${ID}`,
      ['message'],
    ],
    ['a missing attachment', 'delete from attachments', ['attachment']],
    [
      'an attachment too many',
      `insert into attachments select guild_id, message_id, 42, version from attachments`,
      ['attachment'],
    ],
    ['a file size', 'update attachments set size_bytes = 7', ['attachment size']],
    ['a file name', `update attachments set file_name = 'a.png'`, ['attachment name']],
    ['a missing sticker', 'delete from stickers', ['sticker']],
    ['a missing mention', 'delete from mentions', ['mention']],
    ['a mention of somebody else', 'update mentions set target_id = 77', ['mention', 'mention']],
    ['a missing link', 'delete from links', ['links']],
    ['the address of a link', `update links set address = 'https://example.org/other'`, ['links']],
    ['missing embeds', 'delete from embeds', ['embeds']],
    ['a missing forward', 'delete from forwards', ['forward']],
    [
      'a total of reactions',
      `update reactions set total = total + 1 where emoji_key = '👍'`,
      ['reaction 👍'],
    ],
    [
      'a count and total of reactions',
      `update reactions set count = 9, total = 9 where emoji_key = '61'`,
      ['reaction 61'],
    ],
    ['missing reactions', `delete from reactions where emoji_key = '61'`, ['reaction 61']],
    [
      'a reaction too many',
      `insert into reactions select guild_id, message_id, '🎉', null, null, counted_at, 1, null, 1 from reactions limit 1`,
      ['reaction 🎉'],
    ],
    [
      'somebody who reacted',
      `delete from reaction_users where user_id = ${CARL.id as string}`,
      ['who reacted 👍'],
    ],
  ];
  it.for(cases)('names %s', async ([, sql, fields]) => {
    await database.pool.query(sql);
    const { findings, unexplained } = await verified(database, [path]);
    expect(findings.map(({ field }) => field)).toEqual(fields);
    expect(
      findings.every(({ file, messageId, explanation }) => file === path && messageId === ID && !explanation),
    ).toBe(true);
    expect(unexplained).toBe(fields.length);
  });

  it('finds as much where another export of the channel was taken in, too', async () => {
    const other = await folder.file('other.json', exportText({ messages: [said(9, 'later')] }));
    await imported(database, [other]);
    for (const sql of [
      "update messages set content = 'b'",
      'update reactions set total = 9',
      'delete from attachments',
    ]) {
      await database.pool.query(sql);
    }
    const { findings } = await verified(database, [path, other]);
    expect(
      findings
        .filter(({ explanation }) => !explanation)
        .map(({ field }) => field)
        .toSorted(),
    ).toEqual(['attachment', 'reaction 61', 'reaction 👍', 'text', 'text', 'text']);
    await database.clear();
    for (const each of [path, other]) await imported(database, [each]);
    await emptyLedger(database);
    await database.pool.query(`update messages set content = 'z'`);
    expect(await verified(database, [path, other])).toMatchObject({ unexplained: 3, explained: {} });
  });

  it('ends with 1 and names the message, without its text; with 0 where all is well', async () => {
    const settings = { DATABASE_URL: database.url };
    expect(await almanac(['verify', path], settings)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('2 messages of 1 file: 0 differences that nothing explains'),
    });
    await database.pool.query(`update messages set content = 'a public word' where message_id = ${ID}`);
    const { code, stdout, stderr } = await almanac(['verify', path], settings);
    expect(code).toBe(1);
    expect(stdout).toMatch(new RegExp(`message ${ID}: text: .*\\(NOT EXPLAINED\\)`));
    expect(stdout + stderr).not.toMatch(/private|public/);
    const answer = await almanacJson<VerifyResult & { findings: Finding[] }>(['verify', path], settings, 1);
    expect(answer).toMatchObject({ unexplained: 1, findings: [{ field: 'text', messageId: ID }] });
  });

  it('ends with 2 where it is told nothing to look at', async () => {
    expect(await almanac(['verify'], { DATABASE_URL: database.url })).toMatchObject({ code: 2, stdout: '' });
  });
});
