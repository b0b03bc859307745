import { describe, expect, it } from 'vitest';
import { emptyBatch, type RecordBatch } from '../../../db/records.ts';
import { openWriter } from '../../../db/write-batch.ts';
import { addMessage } from '../../../ingest/discord/messages.ts';
import { PayloadError } from '../../../ingest/discord/payload-error.ts';
import { addReactors, toEmoji } from '../../../ingest/discord/reactions.ts';
import { useDatabase } from '../../support/database.ts';
import { at, AUTHOR, CHANNEL, GUILD } from '../../support/records.ts';
import {
  BOT,
  gatewayMessage,
  message,
  MESSAGE,
  PERSON,
  reactionAdd,
  restAt,
  told,
  user,
} from './payloads.ts';

const of = { guildId: GUILD, channelId: CHANNEL, messageId: MESSAGE };
const THUMB = { key: '👍' };

describe('a reaction', () => {
  it('is added and taken away at receipt, normal or burst', () => {
    const { batch, messageId, channelId } = told(9, 'MESSAGE_REACTION_ADD', reactionAdd());
    expect([messageId, channelId]).toEqual([MESSAGE, CHANNEL]);
    expect(batch.reactionUsers).toEqual([
      { ...of, emoji: THUMB, userId: PERSON, burst: false, addedAt: at(9) },
    ]);
    expect(batch.members[0]).toMatchObject({ userId: PERSON, presentAt: at(9) });
    const { member: _, ...removal } = reactionAdd();
    expect(told(9, 'MESSAGE_REACTION_REMOVE', removal).batch.reactionUsers).toEqual([
      { ...of, emoji: THUMB, userId: PERSON, burst: false, removedAt: at(9) },
    ]);
    for (const burst of [{ burst: true }, { type: 1 }]) {
      const { batch: loud } = told(9, 'MESSAGE_REACTION_REMOVE', { ...removal, ...burst });
      expect(loud.reactionUsers[0]!.burst).toBe(true);
    }
  });

  it('counts by a clock that is slow: it comes after its message', () => {
    const { batch } = told(-3, 'MESSAGE_REACTION_ADD', reactionAdd());
    expect(batch.reactionUsers[0]!.addedAt).toBe(at(0) + 1);
  });

  it('of nothing is refused, with all that names it', () => {
    const refused = () => told(9, 'MESSAGE_REACTION_ADD', { ...reactionAdd(), emoji: {} });
    expect(refused).toThrow(expect.objectContaining({ message: 'emoji is none', place: of }));
  });

  it('is cleared for one emoji, or for all', () => {
    const ids = { guild_id: GUILD, channel_id: CHANNEL, message_id: MESSAGE };
    const emoji = { id: '400000000000000001', name: null };
    expect(told(9, 'MESSAGE_REACTION_REMOVE_EMOJI', { ...ids, emoji }).batch.reactions).toEqual([
      {
        ...of,
        source: 'gateway',
        observedAt: at(9),
        emoji: { key: '400000000000000001' },
        counted: { at: at(9), count: 0 },
        clearedAt: at(9),
      },
    ]);
    expect(told(9, 'MESSAGE_REACTION_REMOVE_ALL', ids).batch.messages).toEqual([
      { ...of, source: 'gateway', observedAt: at(9), reactionsClearedAt: at(9) },
    ]);
  });

  it('is of an emoji: custom by id, else by itself', () => {
    expect(toEmoji({ id: '4', name: 'parrot', animated: true })).toEqual({
      key: '4',
      name: 'parrot',
      animated: true,
    });
    expect(toEmoji({ id: null, name: '👍' })).toEqual(THUMB);
    for (const none of [{ id: 4, name: 'x' }, { id: null, name: '' }, { name: 'x'.repeat(101) }, null, 'x'])
      expect(toEmoji(none)).toBeUndefined();
  });
});

describe('the whole list of who reacted', () => {
  const reactors = { channelId: CHANNEL, messageId: MESSAGE, emoji: THUMB, burst: [user(BOT)] };
  const listed = (normal: unknown[]): RecordBatch => {
    const batch = emptyBatch();
    addReactors(batch, restAt(60), { ...reactors, normal });
    return batch;
  };

  it('counts both types and says that all others are off; being listed is no change', () => {
    const batch = listed([user(PERSON)]);
    expect(batch.reactions).toEqual([
      {
        ...of,
        source: 'rest',
        observedAt: at(60),
        emoji: THUMB,
        counted: { at: at(60), count: 2 },
        clearedAt: at(60),
      },
    ]);
    expect(batch.reactionUsers).toEqual([
      { ...of, emoji: THUMB, userId: PERSON, burst: false, seenAt: at(60) },
      { ...of, emoji: THUMB, userId: BOT, burst: true, seenAt: at(60) },
    ]);
    expect(batch.members.map((m) => [m.userId, m.displayName])).toEqual([
      [PERSON, undefined],
      [BOT, undefined],
    ]);
  });

  it('with somebody unreadable in it counts nothing', () => {
    const batch = listed([user(PERSON), { username: 'x' }]);
    expect(batch.reactions).toEqual([]);
    expect(batch.reactionUsers).toHaveLength(2);
  });
});

describe('a vote in a poll', () => {
  it('is given and taken back', () => {
    const vote = { guild_id: GUILD, channel_id: CHANNEL, message_id: MESSAGE, user_id: PERSON, answer_id: 2 };
    const [added, removed] = ['MESSAGE_POLL_VOTE_ADD', 'MESSAGE_POLL_VOTE_REMOVE'].map(
      (t) => told(9, t, vote).batch.pollVotes[0],
    );
    expect(added).toEqual({ ...of, answerId: 2, userId: PERSON, addedAt: at(9) });
    expect(removed).toEqual({ ...of, answerId: 2, userId: PERSON, removedAt: at(9) });
    const odd = () => told(9, 'MESSAGE_POLL_VOTE_ADD', { ...vote, answer_id: 2 ** 31 });
    expect(odd).toThrow(PayloadError);
  });
});

describe('in the database', () => {
  const database = useDatabase();

  async function write(...batches: RecordBatch[]): Promise<void> {
    const writer = await openWriter(database.pool, { content: 'full' });
    for (const batch of batches) await writer.write(batch);
    await writer.close();
  }

  async function total(): Promise<number | undefined> {
    const { rows } = await database.pool.query('select total from reactions where emoji_key = $1', ['👍']);
    return rows[0]?.total;
  }

  it('live reactions count from none, and a page read later heals what was missed', async () => {
    const create = told(1, 'MESSAGE_CREATE', gatewayMessage()).batch;
    const added = [PERSON, AUTHOR].map(
      (id, i) => told(2 + i, 'MESSAGE_REACTION_ADD', reactionAdd({ user_id: id })).batch,
    );
    const { member: _, ...removal } = reactionAdd();
    const removed = told(5, 'MESSAGE_REACTION_REMOVE', removal).batch;
    await write(removed, ...added, create);
    expect(await total()).toBe(1);
    const page = emptyBatch();
    addMessage(
      page,
      restAt(60),
      message({ reactions: [{ emoji: { id: null, name: '👍' }, count: 7 }] as never }),
      {
        isWhole: true,
      },
    );
    await write(page, create);
    expect(await total()).toBe(7);
  });
});
