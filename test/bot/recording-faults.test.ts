/** What goes wrong within: events that cannot be recorded, and a database that is away. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openDoor } from '../support/database-door.ts';
import { eventually, type Scene, useScenes } from './recording-bot.ts';

const open = useScenes();

const ids = async ({ rows }: Scene) =>
  (
    await rows<{ id: string }>(
      'select message_id as id from messages where guild_id = $1 and author_id is not null order by message_id',
    )
  ).map(({ id }) => id);

describe('an event that cannot be recorded', () => {
  const CANARY = 'quetzal';
  /** An id of the year 2084. */
  const FUTURE = '9223372036854775000';

  /** Dispatches that tell nothing that could be stored, and why. */
  const poison = ({ guild, channel, ada }: Scene): [t: string, d: unknown, reason: string][] => {
    const place = { guild_id: guild.id, channel_id: channel.id };
    const id = String(BigInt(channel.id) + 1n);
    const author = { id: ada, username: CANARY };
    const message = { ...place, id, author, content: CANARY };
    return [
      ['MESSAGE_CREATE', null, 'payload is no object'],
      ['MESSAGE_CREATE', [CANARY], 'payload is no object'],
      ['MESSAGE_CREATE', { ...message, author: { username: CANARY } }, 'user.id is no id'],
      ['MESSAGE_CREATE', { ...message, author: CANARY }, 'user is no object'],
      ['MESSAGE_CREATE', { ...message, id: FUTURE }, 'id is an id of the future'],
      ['MESSAGE_CREATE', { ...message, id: 17 }, 'id is no id'],
      ['MESSAGE_CREATE', { ...message, guild_id: CANARY }, 'guild_id is no id'],
      ['MESSAGE_UPDATE', { ...message, channel_id: { [CANARY]: 1 } }, 'channel_id is no id'],
      ['MESSAGE_DELETE', { ...place, id: '' }, 'id is no id'],
      ['MESSAGE_DELETE_BULK', { ...place, ids: CANARY }, 'ids is no list'],
      ['MESSAGE_REACTION_ADD', { ...place, message_id: id, user_id: ada, emoji: 5 }, 'emoji is none'],
      [
        'MESSAGE_POLL_VOTE_ADD',
        { ...place, message_id: id, user_id: ada, answer_id: CANARY },
        'answer_id is no number',
      ],
      ['GUILD_MEMBER_ADD', { guild_id: guild.id, user: CANARY }, 'user is no object'],
      ['CHANNEL_UPDATE', { guild_id: guild.id, id: null, name: CANARY }, 'id is no id'],
      ['VOICE_STATE_UPDATE', { guild_id: guild.id, user_id: ada, channel_id: CANARY }, 'channel_id is no id'],
      ['GUILD_CREATE', { id: CANARY, name: CANARY }, 'id is no id'],
    ];
  };

  it('is set aside with its reason and without its text, and the others are all there', async () => {
    const scene = await open();
    const { world, guild, database } = scene;
    await scene.start();
    await scene.written();
    const good: string[] = [];
    const kinds = poison(scene);
    for (const [t, d] of kinds) {
      good.push(scene.say('before it').id);
      world.emitRaw({ guildId: guild.id, intents: 0, dispatch: { t, d } });
      good.push(scene.say('behind it').id);
    }
    await scene.written();
    expect(await ids(scene)).toEqual(good);
    const { rows } = await database.pool.query<object>(
      'select dispatch, reason from set_aside order by dispatch, reason',
    );
    const expected = kinds.map(([dispatch, , reason]) => ({ dispatch, reason }));
    const byName = (a: { dispatch: string; reason: string }, b: { dispatch: string; reason: string }) =>
      `${a.dispatch} ${a.reason}` < `${b.dispatch} ${b.reason}` ? -1 : 1;
    expect(rows).toEqual(expected.toSorted(byName));
    const { rows: kept } = await database.pool.query<{ text: string }>(
      'select (select json_agg(s)::text from set_aside s) || (select json_agg(m)::text from messages m) as text',
    );
    expect(kept[0]!.text).not.toContain(CANARY);
    expect(scene.log.join('')).not.toContain(CANARY);
  });

  it('of unknown kind or strange depth hurts nobody', async () => {
    const scene = await open();
    const { world, guild, channel, ada } = scene;
    await scene.start();
    let deep: unknown = CANARY;
    for (let depth = 0; depth < 3_000; depth++) deep = [deep];
    const raw = (t: string, d: unknown) =>
      world.emitRaw({ guildId: guild.id, intents: 0, dispatch: { t, d } });
    const author = { id: ada, username: 'ada' };
    const place = { guild_id: guild.id, channel_id: channel.id };
    const good = [scene.say('one').id];
    raw('NEVER_HEARD_OF', { guild_id: guild.id, text: CANARY });
    raw('MESSAGE_CREATE', { ...place, id: world.nextId(), author, content: '', embeds: [{ title: deep }] });
    raw('RESUMED', null);
    raw('GUILD_MEMBERS_CHUNK', { guild_id: guild.id, members: [null, { user: {} }], chunk_index: -1 });
    raw('THREAD_LIST_SYNC', { guild_id: guild.id, threads: { [CANARY]: 1 } });
    good.push(scene.say('two').id);
    await scene.written();
    expect(await ids(scene)).toEqual(expect.arrayContaining(good));
  });
});

describe('while Postgres is away', () => {
  it('all is kept on disk, and written in order when it is back', async () => {
    const scene = await open();
    const { world, rows, gateway } = scene;
    const door = await openDoor(scene.database.url);
    await scene.start({ DATABASE_URL: door.url });
    const message = scene.say('before');
    await scene.written();
    door.set('shut');
    const sent = Array.from({ length: 200 }, (_, i) => scene.say(`message ${i}`));
    world.edit(message, 'meanwhile');
    world.deleteMessage(sent[0]!);
    await eventually(() => expect(scene.log.join('')).toContain('events go to the spool'));
    door.set('open');
    scene.say('after');
    await scene.written();
    const standing = `select content from messages where guild_id = $1 and gone_at is null order by message_id`;
    expect(await rows(standing)).toEqual(
      ['meanwhile', ...sent.slice(1).map(({ content }) => content), 'after'].map((content) => ({ content })),
    );
    expect(gateway.tally).toMatchObject({ identifies: 1, resumes: 0, closes: [] });
    expect(await rows('select reason from gaps where guild_id = $1')).toEqual([]);
    await door.close();
  });

  it('one that hangs is left waiting, too', async () => {
    const scene = await open();
    const door = await openDoor(scene.database.url);
    await scene.start({ DATABASE_URL: door.url });
    await scene.written();
    door.set('held');
    const good = Array.from({ length: 20 }, (_, i) => scene.say(`message ${i}`).id);
    await sleep(500);
    door.set('open');
    await scene.written();
    expect(await ids(scene)).toEqual(good);
    await door.close();
  });
});
