/** Exports that say what is odd, and those of direct messages. */
import { describe, expect, it } from 'vitest';
import { guilds } from '../../../db/queries/guilds.ts';
import { ANNA, exportText, iso, said } from '../../support/exports.ts';
import { imported, NOW_MS } from '../../support/imports.ts';
import { IDS, MESSAGES, TEXT, WHOLE, useOneExport } from '../../support/one-export.ts';
import { at, GUILD, idAt } from '../../support/records.ts';

const { database, folder, taken } = useOneExport();

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
