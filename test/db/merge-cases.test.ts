/** Cases that break a simpler merge rule, each under the sentence that it teaches. */
import { describe, expect, it } from 'vitest';
import type { RecordBatch } from '../../db/records.ts';
import { openWriter } from '../../db/write-batch.ts';
import { useEveryOrder } from '../support/every-order.ts';
import { at, AUTHOR, batchOf, CHANNEL, dce, GUILD, idAt, reacted, rest, told } from '../support/records.ts';

const ID = idAt(at(0));
const THUMB = '👍';
const PERSON = '200000000000000001';
const OTHER = '200000000000000002';

const merging = useEveryOrder();
const { database, write, inEveryOrder } = merging;

async function message(columns: string, id = ID) {
  const { rows } = await database.pool.query(`select ${columns} from messages where message_id = $1`, [id]);
  return rows[0];
}

async function total(key = THUMB, id = ID): Promise<number> {
  const { rows } = await database.pool.query(
    'select total from reactions where message_id = $1 and emoji_key = $2',
    [id, key],
  );
  return rows[0]?.total ?? 0;
}

const page = (
  seconds: number,
  listed: RecordBatch['messages'],
  fromId = ID,
  toId = idAt(at(5)),
): RecordBatch =>
  batchOf({
    messages: listed,
    coverage: [
      {
        guildId: GUILD,
        channelId: CHANNEL,
        fromId,
        toId,
        source: 'rest',
        grade: 'verified',
        at: at(seconds),
      },
    ],
  });
const counted = (seconds: number, count: number) => ({
  reactions: { at: at(seconds), counts: [{ key: THUMB, count }] },
});

describe('what a row keeps', () => {
  it('the newest row must not win whole: a REMOVE_ALL and a page of the same moment are both kept', async () => {
    await inEveryOrder([
      batchOf({ messages: [rest(10, ID, { body: { content: 'text', fidelity: 3 } })] }),
      batchOf({ messages: [told(10, ID, { reactionsClearedAt: at(10) })] }),
    ]);
    expect(await message('content, reactions_cleared_at')).toEqual({
      content: 'text',
      reactions_cleared_at: new Date(at(10)),
    });
  });

  it('two texts at one version give one text in both orders', async () => {
    const text = (content: string) =>
      batchOf({ messages: [dce(10, ID, { body: { content, fidelity: 1 } })] });
    await inEveryOrder([text('one'), text('two'), text('three')]);
    expect(await message('content')).toEqual({ content: 'two' });
  });

  it('two records of one message in a batch each know something', async () => {
    await write([
      batchOf({
        messages: [
          told(20, ID, { authorId: AUTHOR, editedAt: at(15) }),
          rest(10, ID, { pinned: true, ...counted(10, 2) }),
        ],
      }),
    ]);
    expect(await message('content, pinned, edited_at')).toEqual({
      content: 'hello',
      pinned: true,
      edited_at: new Date(at(15)),
    });
    expect(await total()).toBe(2);
  });

  it('microseconds and milliseconds are one version', async () => {
    const { parseTime } = await import('../../ingest/time.ts');
    expect(parseTime('2026-01-01T00:00:05.123456+00:00')).toBe(parseTime('2026-01-01T00:00:05.123+00:00'));
    expect(parseTime('2026-01-01T02:00:05.1239999+02:00')).toBe(parseTime('2026-01-01T00:00:05.123+00:00'));
  });

  it('a markdown export never replaces raw text', async () => {
    await inEveryOrder([
      batchOf({ messages: [dce(90, ID, { body: { content: 'hi @Somebody', fidelity: 1 } })] }),
      batchOf({ messages: [dce(10, ID, { body: { content: 'hi <@2>', fidelity: 2 } })] }),
    ]);
    expect(await message('content')).toEqual({ content: 'hi <@2>' });
  });

  it('an edit seen without content leaves the text and says it is old', async () => {
    await inEveryOrder([
      batchOf({ messages: [rest(10, ID)] }),
      batchOf({ messages: [told(20, ID, { authorId: AUTHOR, editedAt: at(19) })] }),
    ]);
    const { content, edited_at, body_key } = await message('content, edited_at, body_key');
    expect(content).toBe('hello');
    expect(edited_at.getTime()).toBeGreaterThan(Number(body_key) / 4);
  });

  it('emoji and U+FF5E tie alike in JavaScript and SQL', async () => {
    const text = (content: string) =>
      batchOf({ messages: [dce(10, ID, { body: { content, fidelity: 1 } })] });
    await inEveryOrder([text('～'), text('🎈')]);
    // By bytes the emoji is larger; by UTF-16 units, as JavaScript compares, it is smaller.
    expect(await message('content')).toEqual({ content: '🎈' });
  });

  it('an earlier text is kept beside the current one, whichever came first', async () => {
    const edited = { editedAt: at(9), body: { content: 'after', fidelity: 3 as const } };
    await inEveryOrder([batchOf({ messages: [rest(5, ID)] }), batchOf({ messages: [rest(10, ID, edited)] })]);
    const { rows } = await database.pool.query('select content from edits');
    expect(rows).toEqual([{ content: 'hello' }]);
  });

  it('a pruned attachment leaves no fact behind for the next version', async () => {
    const file = (size: number) => ({
      attachments: [{ attachmentId: '77', fileName: 'a.png', sizeBytes: size }],
    });
    await inEveryOrder([
      batchOf({ messages: [rest(10, ID, file(900))] }),
      batchOf({ messages: [rest(20, ID, { editedAt: at(12), attachments: [] })] }),
      batchOf({ messages: [rest(30, ID, { editedAt: at(25), ...file(3) })] }),
    ]);
    const { rows } = await database.pool.query('select size_bytes from attachments');
    expect(rows).toEqual([{ size_bytes: '3' }]);
  });

  it('a later unfurl wins, and an earlier empty list of embeds never erases it', async () => {
    const unfurled = { embeds: { fidelity: 3, count: 1, list: [{ title: 'page' }] } };
    await inEveryOrder([
      batchOf({ messages: [rest(10, ID, { embeds: { fidelity: 3, count: 0, list: [] } })] }),
      batchOf({ messages: [rest(11, ID, unfurled)] }),
    ]);
    const { rows } = await database.pool.query('select embed_count from embeds');
    expect(rows).toEqual([{ embed_count: 1 }]);
  });
});

describe('deletions', () => {
  it("a page read before an old export still proves the export's message deleted", async () => {
    await inEveryOrder([page(50, []), batchOf({ messages: [dce(20, ID)] })]);
    expect(await message('absent_at')).toEqual({ absent_at: new Date(at(50)) });
  });

  it('a fetch that was under way does not raise a deleted message', async () => {
    await inEveryOrder([
      batchOf({ messages: [told(20, ID, { goneAt: at(20) })] }),
      batchOf({ messages: [rest(25, ID, counted(25, 2))] }),
    ]);
    expect(await message('gone_at, content, author_id')).toEqual({
      gone_at: new Date(at(20)),
      content: null,
      author_id: AUTHOR,
    });
    expect(await total()).toBe(0);
  });

  it('a deletion told before its message empties it all the same', async () => {
    const full = {
      attachments: [{ attachmentId: '77', fileName: 'a.png' }],
      body: { content: 'https://example.org/x', fidelity: 3 as const },
    };
    await inEveryOrder([
      batchOf({ messages: [told(5, ID, { goneAt: at(5) })] }),
      batchOf({ messages: [rest(6, ID, full)] }),
    ]);
    const { rows } = await database.pool.query(
      'select (select count(*) from links)::int as links, (select count(*) from attachments)::int as files',
    );
    expect(rows).toEqual([{ links: 0, files: 0 }]);
  });

  it('only the API lifts an inferred deletion', async () => {
    await inEveryOrder([page(50, []), batchOf({ messages: [dce(90, ID)] })]);
    expect((await message('absent_at')).absent_at).not.toBeNull();
    await inEveryOrder([page(50, []), batchOf({ messages: [rest(60, ID)] })]);
    expect(await message('absent_at')).toEqual({ absent_at: null });
  });

  it('a file with a fast clock raises nobody', async () => {
    await inEveryOrder([
      batchOf({ messages: [rest(10, ID, { pinned: true })] }),
      page(50, []),
      batchOf({ messages: [dce(99_999_999, ID)] }),
    ]);
    expect(await message('absent_at, pinned')).toEqual({ absent_at: new Date(at(50)), pinned: true });
  });
});

describe('reactions', () => {
  it('an empty later count empties every emoji of the message', async () => {
    await inEveryOrder([
      batchOf({ messages: [rest(10, ID, counted(10, 3))] }),
      batchOf({ messages: [rest(20, ID, { reactions: { at: at(20), counts: [] } })] }),
    ]);
    expect(await total()).toBe(0);
  });

  it('a reaction-clearing or a sighting is kept although edited_at did not change', async () => {
    await inEveryOrder([
      batchOf({ messages: [rest(30, ID, { editedAt: at(4), ...counted(8, 3) })] }),
      batchOf({ messages: [rest(40, ID, { editedAt: at(4), pinned: true, reactions: undefined })] }),
      batchOf({ messages: [told(20, ID, { reactionsClearedAt: at(20) })] }),
    ]);
    expect(await message('pinned')).toEqual({ pinned: true });
    expect(await total()).toBe(0);
  });

  it('reading the list of reactors adds nothing to the count', async () => {
    await inEveryOrder([
      batchOf({ messages: [rest(10, ID, counted(10, 2))] }),
      batchOf({
        reactionUsers: [
          reacted(ID, PERSON, THUMB, { seenAt: at(20) }),
          reacted(ID, OTHER, THUMB, { seenAt: at(20) }),
        ],
      }),
    ]);
    expect(await total()).toBe(2);
  });

  it('add, remove, add on a live message counts 1', async () => {
    const created = batchOf({
      messages: [told(0, ID, { authorId: AUTHOR, type: 0, reactions: { at: at(0), counts: [] } })],
    });
    await inEveryOrder([
      created,
      batchOf({ reactionUsers: [reacted(ID, PERSON, THUMB, { addedAt: at(1) })] }),
      batchOf({ reactionUsers: [reacted(ID, PERSON, THUMB, { removedAt: at(2) })] }),
      batchOf({ reactionUsers: [reacted(ID, PERSON, THUMB, { addedAt: at(3) })] }),
    ]);
    expect(await total()).toBe(1);
  });

  it('REMOVE_ALL before its message', async () => {
    await inEveryOrder([
      batchOf({ messages: [told(20, ID, { reactionsClearedAt: at(20) })] }),
      batchOf({ messages: [rest(10, ID, counted(10, 5))] }),
    ]);
    expect(await total()).toBe(0);
  });

  it('two writers of one emoji lose no count', async () => {
    const second = await openWriter(database.pool, { content: 'full' });
    try {
      for (let round = 0; round < 10; round++) {
        await write([batchOf({ messages: [rest(0, ID)] })]);
        await Promise.all([
          merging.writer.write(batchOf({ reactionUsers: [reacted(ID, PERSON, THUMB, { addedAt: at(5) })] })),
          second.write(batchOf({ reactionUsers: [reacted(ID, OTHER, THUMB, { addedAt: at(6) })] })),
        ]);
        expect(await total()).toBe(2);
      }
    } finally {
      await second.close();
    }
  });
});

describe('people and channels', () => {
  const channel = (seconds: number, name: string | undefined) =>
    batchOf({
      channels: [
        {
          source: 'rest',
          observedAt: at(seconds),
          guildId: GUILD,
          channelId: CHANNEL,
          type: 0,
          ...(name && { name }),
        },
      ],
    });

  it('hidden never renames', async () => {
    await inEveryOrder([channel(10, 'general'), channel(90, undefined)]);
    const { rows } = await database.pool.query('select name from channels');
    expect(rows).toEqual([{ name: 'general' }]);
  });

  it('rejoin after a late leave is a member', async () => {
    const member = (more: object) =>
      batchOf({
        members: [{ source: 'gateway', observedAt: at(9), guildId: GUILD, userId: PERSON, ...more }],
      });
    await inEveryOrder([
      member({ joinedAt: at(1) }),
      member({ leftAt: at(20) }),
      member({ joinedAt: at(30) }),
    ]);
    const { rows } = await database.pool.query('select joined_at > left_at as member from members');
    expect(rows).toEqual([{ member: true }]);
  });

  it("an export's list of roles gives way to Discord's, whenever it was made", async () => {
    const roles = (source: 'dce' | 'rest', seconds: number, list: string[]) =>
      batchOf({
        members: [{ source, observedAt: at(seconds), guildId: GUILD, userId: PERSON, roles: list }],
      });
    await inEveryOrder([roles('dce', 90, ['5']), roles('rest', 10, ['6', '7'])]);
    const { rows } = await database.pool.query('select roles from members');
    expect(rows).toEqual([{ roles: ['6', '7'] }]);
  });

  it('turning content on again lets an import fill it', async () => {
    await database.clear();
    const none = await openWriter(database.pool, { content: 'none' });
    await none.write(batchOf({ messages: [dce(10, ID, { body: { content: 'hello there', fidelity: 1 } })] }));
    await none.close();
    expect(await message('content, words')).toEqual({ content: '', words: 2 });
    await merging.writer.write(
      batchOf({ messages: [dce(10, ID, { body: { content: 'hello there', fidelity: 1 } })] }),
    );
    expect(await message('content, words')).toEqual({ content: 'hello there', words: 2 });
  });
});
