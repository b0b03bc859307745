/** Whatever the order, number and overlap of exports: one database. */
import { beforeEach, describe, expect, it } from 'vitest';
import { dump, useDatabase } from '../../support/database.ts';
import {
  ANNA,
  BELA,
  CARL,
  type ExportParts,
  exportText,
  iso,
  mapFile,
  reaction,
  said,
} from '../../support/exports.ts';
import { useFolder } from '../../support/folder.ts';
import { emptyLedger, hashOf, imported, verified } from '../../support/imports.ts';
import { at } from '../../support/records.ts';

const database = useDatabase();
const folder = useFolder();
beforeEach(() => database.clear());

const DAY = 86_400;
const [FIRST, NEXT, LAST] = [iso(at(DAY)), iso(at(2 * DAY)), iso(at(3 * DAY))] as const;
const ANNA_LATER = {
  ...ANNA,
  nickname: 'Anna of the north',
  roles: [{ id: '31', name: 'Keeper', color: '#112233', position: 2 }],
};

const first: ExportParts = {
  exportedAt: FIRST,
  messages: [
    said(1, 'hello @bela', { mentions: [BELA] }),
    said(2, 'a typo hre', { author: BELA, reactions: [reaction('👍', [ANNA, CARL])] }),
    said(3, 'soon gone', { author: CARL, attachments: [mapFile('41')] }),
    said(4, 'pinned later', { reactions: [reaction('👍', [BELA]), reaction('gull:51', [CARL])] }),
    said(5, 'see https://example.org/a :gull:', { inlineEmojis: [{ id: '51', name: 'gull', code: 'gull' }] }),
  ],
};
/** The same channel two days on: renamed, with an edit, another nickname, other reactions; one message deleted. */
const last: ExportParts = {
  exportedAt: LAST,
  guild: { name: 'Lighthouse and Harbour' },
  channel: { name: 'lounge', topic: 'all else' },
  messages: [
    said(1, 'hello @Bela B.', { author: ANNA_LATER, mentions: [{ ...BELA, nickname: 'Bela B.' }] }),
    said(2, 'a typo here', {
      author: { ...BELA, nickname: 'Bela B.' },
      timestampEdited: iso(at(DAY + 50)),
      reactions: [reaction('👍', [ANNA]), reaction('🎉', [CARL])],
    }),
    said(4, 'pinned later', { author: ANNA_LATER, isPinned: true }),
    said(5, 'see https://example.org/a :gull:', {
      author: ANNA_LATER,
      inlineEmojis: [{ id: '51', name: 'gull' }],
    }),
    said(2 * DAY, 'much later', {
      author: CARL,
      type: 'Reply',
      reference: { messageId: '1', channelId: '2', guildId: null },
    }),
  ],
};
/** `(after ...)`, by a version that did not yet say when. */
const after: ExportParts = {
  exportedAt: null,
  messages: last.messages!.slice(2).map((m) => ({ ...m, author: CARL })),
};
/** The first once more, with `--markdown false`. */
const raw: ExportParts = {
  exportedAt: NEXT,
  messages: first.messages!.map((message, i) =>
    i === 0
      ? { ...message, content: 'hello <@100000000000000004>' }
      : i === 4
        ? { ...message, content: 'see https://example.org/a <:gull:51>' }
        : message,
  ),
};

async function written(exports: Record<string, ExportParts>): Promise<string[]> {
  return Promise.all(
    Object.entries(exports).map(([name, parts]) => folder.file(`${name}.json`, exportText(parts))),
  );
}

/** Imports one after the other, whatever their names. */
async function importInOrder(paths: string[]): Promise<string> {
  for (const path of paths) await imported(database, [path]);
  return hashOf(database);
}

function permutations<T>(list: T[]): T[][] {
  if (list.length < 2) return [list];
  return list.flatMap((one, i) => permutations(list.toSpliced(i, 1)).map((others) => [one, ...others]));
}

describe('overlapping exports of different dates', () => {
  it('give one database in all orders, and what the latest and richest of them say', async () => {
    const paths = await written({ first, last, after, raw });
    const orders = permutations(paths);
    const hashes = new Set<string>();
    for (const order of orders) {
      await database.clear();
      hashes.add(await importInOrder(order));
    }
    expect([orders.length, hashes.size]).toEqual([24, 1]);

    const { rows } = await database.pool.query(
      `select content, pinned, (select jsonb_object_agg(emoji_key, total) from reactions r
         where r.message_id = m.message_id and total > 0) as totals,
         (select array_agg(content) from edits e where e.message_id = m.message_id) as before
       from messages m order by message_id`,
    );
    expect(rows).toEqual([
      { content: 'hello <@100000000000000004>', pinned: false, totals: null, before: null },
      { content: 'a typo here', pinned: false, totals: { '👍': 1, '🎉': 1 }, before: ['a typo hre'] },
      { content: 'soon gone', pinned: false, totals: null, before: null },
      { content: 'pinned later', pinned: true, totals: null, before: null },
      { content: 'see https://example.org/a <:gull:51>', pinned: false, totals: null, before: null },
      { content: 'much later', pinned: false, totals: null, before: null },
    ]);
    const { rows: named } = await database.pool.query(
      'select c.name, c.topic, g.name as guild from channels c join guilds g using (guild_id)',
    );
    expect(named).toEqual([{ name: 'lounge', topic: 'all else', guild: 'Lighthouse and Harbour' }]);
  });

  it('give the same again when they come a second time, read or skipped', async () => {
    const paths = await written({ first, last, after, raw });
    const once = await importInOrder(paths);
    const rows = await dump(database);
    expect(await importInOrder(paths.toReversed())).toBe(once);
    await emptyLedger(database);
    expect(await importInOrder(paths.toReversed())).toBe(once);
    const again = await imported(database, paths, { isAgain: true });
    expect(again.messages).toMatchObject({ inFile: 18, new: 0, changed: 0, unchanged: 18 });
    expect(await dump(database)).toEqual(rows);
    expect(await verified(database, paths)).toMatchObject({ unexplained: 0, messages: 18 });
  });

  it('tell how many known messages a later one lacks, and they stay', async () => {
    const paths = await written({ first, last });
    const cards = [];
    for (const path of paths) cards.push(...(await imported(database, [path])).files);
    expect(cards).toMatchObject([
      { lacks: 0, messages: { new: 5, changed: 0, unchanged: 0 } },
      { lacks: 1, messages: { new: 1, changed: 2, unchanged: 2 } },
    ]);
    const { rows } = await database.pool.query(
      `select gone_at, absent_at from messages where content = 'soon gone'`,
    );
    expect(rows).toEqual([{ gone_at: null, absent_at: null }]);
  });

  it('read side by side in two lanes give what one lane gives', async () => {
    const paths = await written({ first, last, after, raw });
    await imported(database, paths, { lanes: 1 });
    const one = await hashOf(database);
    await database.clear();
    await imported(database, paths, { lanes: 2 });
    expect(await hashOf(database)).toBe(one);
  });
});

describe('a partitioned export', () => {
  it('equals the whole one, in any order of its parts', async () => {
    const [whole] = await written({ whole: last });
    const parts = await written({
      parted: { ...last, messages: last.messages!.slice(0, 2) },
      'parted [part 2]': { ...last, exportedAt: iso(at(3 * DAY + 9)), messages: last.messages!.slice(2) },
    });
    const expected = await importInOrder([whole!]);
    for (const order of permutations(parts)) {
      await database.clear();
      expect(await importInOrder(order)).toBe(expected);
    }
    expect(await importInOrder([whole!])).toBe(expected);
  });

  it('written newest first equals the one written oldest first', async () => {
    const paths = await written({ last, reversed: { ...last, messages: last.messages!.toReversed() } });
    const hashes = [];
    for (const path of paths) {
      await database.clear();
      hashes.push(await importInOrder([path]));
    }
    expect(hashes[1]).toBe(hashes[0]);
  });
});
