/** Cases of what the gateway alone tells: of messages that nobody has seen, votes, voice. */
import { describe, expect, it } from 'vitest';
import { forgetPerson } from '../../db/choices.ts';
import type { GuildRecord } from '../../db/records.ts';
import { saveSettings } from '../../db/settings.ts';
import { useEveryOrder } from '../support/every-order.ts';
import {
  at,
  AUTHOR,
  batchOf,
  CHANNEL,
  GUILD,
  idAt,
  reacted,
  rest,
  spoke,
  told,
  voiceList,
  voted,
} from '../support/records.ts';

const ID = idAt(at(0));
const PERSON = '200000000000000001';
const OTHER = '200000000000000002';
const STAGE = '400000000000000001';
const LOUNGE = '400000000000000002';

const merging = useEveryOrder();
const { database, write, inEveryOrder } = merging;

async function rows(query: string): Promise<Record<string, unknown>[]> {
  return (await database.pool.query(query)).rows;
}

const full = rest(30, ID, {
  body: { content: 'is it https://example.org ?', fidelity: 3 },
  reactions: { at: at(0), counts: [] },
});

describe('what is told of a message that nobody has seen', () => {
  it('its deletion is a tombstone: what comes of it later stays empty', async () => {
    await write([batchOf({ messages: [told(20, ID, { goneAt: at(20) })] })]);
    expect(await rows('select channel_id, author_id, content, gone_at from messages')).toEqual([
      { channel_id: CHANNEL, author_id: null, content: null, gone_at: new Date(at(20)) },
    ]);
    await inEveryOrder([
      batchOf({ messages: [told(20, ID, { goneAt: at(20) })] }),
      batchOf({ messages: [full] }),
      batchOf({ reactionUsers: [reacted(ID, PERSON, '👍', { addedAt: at(5) })] }),
      batchOf({ pollVotes: [voted(ID, PERSON, 1, { addedAt: at(6) })] }),
    ]);
    expect(
      await rows(`select content, (select count(*) from links)::int as links,
        (select count(*) from reaction_users)::int as reactions, (select count(*) from poll_votes)::int as votes
        from messages`),
    ).toEqual([{ content: null, links: 0, reactions: 0, votes: 0 }]);
  });

  it('its deletion and it itself in one batch are a tombstone, too', async () => {
    await write([batchOf({ messages: [full, told(31, ID, { goneAt: at(31) })] })]);
    expect(await rows('select author_id, content, gone_at from messages')).toEqual([
      { author_id: AUTHOR, content: null, gone_at: new Date(at(31)) },
    ]);
    expect(await rows('select from links')).toEqual([]);
  });

  it('that all its reactions were cleared is kept until it comes', async () => {
    const cleared = batchOf({ messages: [told(20, ID, { reactionsClearedAt: at(20) })] });
    await inEveryOrder([
      cleared,
      batchOf({ messages: [full] }),
      batchOf({ reactionUsers: [reacted(ID, PERSON, '👍', { addedAt: at(5) })] }),
      batchOf({ reactionUsers: [reacted(ID, OTHER, '👍', { addedAt: at(25) })] }),
    ]);
    expect(await rows('select total from reactions')).toEqual([{ total: 1 }]);
  });

  it('so is that one of its emoji was cleared', async () => {
    const cleared = told(20, ID, {});
    await inEveryOrder([
      batchOf({
        reactions: [
          { ...cleared, emoji: { key: '👍' }, counted: { at: at(20), count: 0 }, clearedAt: at(20) },
        ],
      }),
      batchOf({ messages: [full] }),
      batchOf({ reactionUsers: [reacted(ID, PERSON, '👍', { addedAt: at(5) })] }),
      batchOf({ reactionUsers: [reacted(ID, PERSON, '🎈', { addedAt: at(6) })] }),
    ]);
    expect(await rows('select emoji_key, total from reactions order by emoji_key')).toEqual([
      { emoji_key: '🎈', total: 1 },
      { emoji_key: '👍', total: 0 },
    ]);
  });

  it('a partial update keeps when, and not what: without an author it could be of a forgotten person', async () => {
    const partial = told(40, ID, {
      editedAt: at(35),
      flags: 4,
      body: { content: 'is it?', fidelity: 3 },
      attachments: [{ attachmentId: '77', fileName: 'a.png' }],
    });
    await write([batchOf({ messages: [structuredClone(partial)] })]);
    expect(await rows('select content, flags, edited_at from messages')).toEqual([
      { content: null, flags: '4', edited_at: new Date(at(35)) },
    ]);
    expect(await rows('select from attachments')).toEqual([]);
    await inEveryOrder([batchOf({ messages: [partial] }), batchOf({ messages: [full] })]);
    expect(await rows('select content, flags, edited_at from messages')).toEqual([
      { content: full.body!.content, flags: '4', edited_at: new Date(at(35)) },
    ]);
  });

  it("a forgotten person's deleted message stays a bare id", async () => {
    await write([batchOf({ messages: [full] })]);
    await forgetPerson(database.pool, GUILD, AUTHOR, new Date(0));
    await merging.writer.write(
      batchOf({
        messages: [
          told(40, ID, { goneAt: at(40) }),
          told(41, idAt(at(1)), { authorId: AUTHOR, goneAt: at(41) }),
        ],
        pollVotes: [voted(ID, OTHER, 1, { addedAt: at(42) })],
      }),
    );
    expect(await rows('select distinct erased, gone_at, channel_id from messages')).toEqual([
      { erased: true, gone_at: null, channel_id: null },
    ]);
    expect(await rows('select from poll_votes')).toEqual([]);
  });
});

describe('votes', () => {
  it('a vote given, taken back and given again stands', async () => {
    await inEveryOrder([
      batchOf({ pollVotes: [voted(ID, PERSON, 1, { addedAt: at(1) })] }),
      batchOf({ pollVotes: [voted(ID, PERSON, 1, { removedAt: at(2) })] }),
      batchOf({ pollVotes: [voted(ID, PERSON, 1, { addedAt: at(3) })] }),
      batchOf({ messages: [full] }),
    ]);
    expect(await rows('select added_at > removed_at as stands from poll_votes')).toEqual([{ stands: true }]);
  });

  it('in an excluded channel are not recorded', async () => {
    await database.clear();
    await saveSettings(database.db, GUILD, { excludedChannels: [CHANNEL] }, new Date(0));
    await merging.writer.write(batchOf({ pollVotes: [voted(ID, PERSON, 1, { addedAt: at(1) })] }));
    expect(await rows('select from messages union all select from poll_votes')).toEqual([]);
  });
});

describe('voice', () => {
  const states = () =>
    rows(`select user_id, extract(epoch from at - '2026-01-01Z')::int as s, channel_id, listed
      from voice_states order by at, user_id`);

  it('of an excluded channel only is kept that who went there left the one before', async () => {
    await database.clear();
    await saveSettings(database.db, GUILD, { excludedChannels: [STAGE] }, new Date(0));
    const list = voiceList(30, { [PERSON]: STAGE, [OTHER]: LOUNGE });
    await merging.writer.write(
      batchOf({
        guildMoments: list.guildMoments,
        voice: [spoke(10, PERSON, LOUNGE), spoke(20, PERSON, STAGE), ...list.voice],
      }),
    );
    expect(await states()).toEqual([
      { user_id: PERSON, s: 10, channel_id: LOUNGE, listed: false },
      { user_id: PERSON, s: 20, channel_id: '0', listed: false },
      { user_id: OTHER, s: 30, channel_id: LOUNGE, listed: true },
    ]);
  });

  it('a channel of an excluded category is excluded', async () => {
    await database.clear();
    await saveSettings(database.db, GUILD, { excludedChannels: ['7'] }, new Date(0));
    const channel = { ...told(1, ID, {}), channelId: STAGE, type: 2, parentId: '7' };
    await merging.writer.write(batchOf({ channels: [channel], voice: [spoke(10, PERSON, STAGE)] }));
    expect(await states()).toEqual([{ user_id: PERSON, s: 10, channel_id: '0', listed: false }]);
  });

  it('a person who is forgotten leaves no state, no vote, and no guild as its owner', async () => {
    const guild = (seconds: number, ownerId: string): GuildRecord => ({
      source: 'gateway',
      observedAt: at(seconds),
      guildId: GUILD,
      ownerId,
    });
    const all = batchOf({
      guilds: [guild(1, OTHER), guild(9, PERSON)],
      voice: [spoke(1, PERSON, STAGE), spoke(2, OTHER, STAGE)],
      pollVotes: [voted(ID, PERSON, 1, { addedAt: at(1) }), voted(ID, OTHER, 1, { addedAt: at(2) })],
    });
    await write([all]);
    const forget = () => forgetPerson(database.pool, GUILD, PERSON, new Date(0));
    expect(await forget()).toMatchObject({ voice: 1, votes: 1 });
    const left = {
      owner: await rows('select owner_id, owner_at from guilds'),
      voice: await states(),
      votes: await rows('select * from poll_votes'),
    };
    expect(left).toMatchObject({
      owner: [{ owner_id: '0' }],
      voice: [{ user_id: OTHER }],
      votes: [{ user_id: OTHER }],
    });
    await merging.writer.write(structuredClone(all));
    expect({
      owner: await rows('select owner_id, owner_at from guilds'),
      voice: await states(),
      votes: await rows('select * from poll_votes'),
    }).toEqual(left);
  });
});

describe('what hangs on a message whose row is lost', () => {
  it('is no reason to refuse the message when it is told again', async () => {
    const reacting = { ...full, reactions: { at: at(30), counts: [{ key: '\u{1F44D}', count: 2 }] } };
    await database.clear();
    await write([batchOf({ messages: [structuredClone(reacting)] })]);
    await database.pool.query('delete from messages');
    await write([batchOf({ messages: [structuredClone(reacting)] })]);
    expect(await rows('select content from messages')).toEqual([{ content: full.body!.content }]);
    expect(await rows('select total from reactions')).toEqual([{ total: 2 }]);
    expect(await rows('select domain from links')).toEqual([{ domain: 'example.org' }]);
  });
});
