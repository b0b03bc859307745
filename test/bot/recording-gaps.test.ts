/** Lost sessions: what is a gap, and what its repair finds. */
import { describe, expect, it } from 'vitest';
import { eventually, type Scene, useScenes } from './recording-bot.ts';

const open = useScenes();

const TEXTS = 'select message_id as id, content from messages where guild_id = $1 order by message_id';
const GAPS = 'select reason, state from gaps where guild_id = $1';
const texts = async ({ rows }: Scene) =>
  (await rows<{ content: string }>(TEXTS)).map(({ content }) => content);
const WHOLE = `select m.content, m.gone_at is not null as told, m.absent_at is not null as inferred,
    coalesce((select sum(total)::int from reactions r where r.guild_id = m.guild_id and r.message_id = m.message_id), 0) as reactions
  from messages m where guild_id = $1 order by message_id`;
const there = { told: false, inferred: false, reactions: 0 };

describe('a new session', () => {
  /** The bot ends, and its session with it; `meanwhile` happens before it is back. */
  async function missing(scene: Scene, meanwhile: () => void): Promise<void> {
    const first = await scene.start();
    await scene.written();
    await first.close();
    scene.gateway.forgetSessions();
    meanwhile();
    await scene.start();
  }

  it('is a gap, from the last event that was kept to its beginning', async () => {
    const scene = await open();
    const first = await scene.start();
    scene.say('one');
    await scene.written();
    const [{ last }] = (await scene.rows<{ last: Date }>('select last_event_at as last from shards')) as [
      { last: Date },
    ];
    await first.close();
    scene.gateway.forgetSessions();
    await scene.start();
    await scene.written();
    await scene.repaired();
    const query =
      'select from_at as from, to_at > from_at as "isSpan", reason, state from gaps where guild_id = $1';
    expect(await scene.rows(query)).toEqual([
      { from: last, isSpan: true, reason: 'new session', state: 'repaired' },
    ]);
  });

  it('on a connection that went on is a gap, too', async () => {
    const scene = await open();
    const first = await scene.start();
    scene.say('one');
    await scene.written();
    await first.close();
    // It has resumed, so that it need not wait until it may identify.
    await scene.start();
    await scene.written();
    scene.gateway.invalidateSessions();
    const missed = scene.say('missed');
    await eventually(() => expect(scene.gateway.tally.identifies).toBe(2));
    await scene.written();
    await scene.repaired();
    expect(await scene.rows(GAPS)).toEqual([{ reason: 'new session', state: 'repaired' }]);
    expect(await texts(scene)).toEqual(['one', missed.content]);
  });

  it('finds what was said, edited, deleted and reacted to in the gap', async () => {
    const scene = await open();
    const { world, ada, ben, cleo } = scene;
    const first = await scene.start();
    const [kept, edited, deleted, liked] = ['kept', 'edited', 'deleted', 'liked'].map((text) =>
      scene.say(text),
    );
    world.react(liked!, cleo, '🎈');
    await scene.written();
    await first.close();
    scene.gateway.forgetSessions();
    const missed = world.send(scene.channel.id, { author: ben, content: 'missed', replyTo: kept!.id });
    world.edit(edited!, 'edited!');
    world.deleteMessage(deleted!);
    for (const who of [ada, ben]) world.react(liked!, who, '👍');
    world.unreact(liked!, cleo, '🎈');
    world.react(missed, ada, '🎈', { burst: true });
    world.pin(kept!);
    await scene.start();
    await scene.written();
    await scene.repaired();
    expect(await scene.rows(WHOLE)).toEqual([
      { content: 'kept', ...there },
      { content: 'edited!', ...there },
      { content: 'deleted', ...there, inferred: true },
      { content: 'liked', ...there, reactions: 2 },
      { content: 'missed', ...there, reactions: 1 },
    ]);
    const who = `select u.user_id as who, u.emoji_key as emoji, u.burst from reaction_users u
      where guild_id = $1 and seen_at is not null order by user_id, emoji_key`;
    expect(await scene.rows(who)).toEqual([
      { who: ada, emoji: '🎈', burst: true },
      { who: ada, emoji: '👍', burst: false },
      { who: ben, emoji: '👍', burst: false },
    ]);
    expect(await scene.rows('select content from edits where guild_id = $1')).toEqual([
      { content: 'edited' },
    ]);
    expect(await scene.rows('select message_id as id from messages where guild_id = $1 and pinned')).toEqual([
      { id: kept!.id },
    ]);
  });

  it('finds channels and threads that came, went, and were renamed', async () => {
    const scene = await open();
    const { world, guild, channel, ada } = scene;
    const [renamed, deleted] = ['renamed', 'deleted'].map((name) => world.addChannel(guild.id, 0, { name }));
    let thread = '';
    let archived = '';
    await missing(scene, () => {
      thread = world.startThread(channel.id, { name: 'new thread', ownerId: ada }).id;
      world.send(thread, { author: ada, content: 'within' });
      archived = world.startThread(channel.id, { name: 'soon over', ownerId: ada }).id;
      world.send(archived, { author: ada, content: 'within, and over' });
      world.archiveThread(archived);
      world.updateChannel(renamed!.id, { name: 'renamed!' });
      world.deleteChannel(deleted!.id);
      world.addChannel(guild.id, 0, { name: 'new' });
    });
    await scene.written();
    await scene.repaired();
    const places = `select name, archived, deleted_at is not null as deleted from channels
      where guild_id = $1 and channel_id <> $2 order by channel_id`;
    expect(await scene.rows(places, channel.id)).toEqual([
      { name: 'renamed!', archived: null, deleted: false },
      { name: 'deleted', archived: null, deleted: true },
      { name: 'new thread', archived: false, deleted: false },
      { name: 'soon over', archived: true, deleted: false },
      { name: 'new', archived: null, deleted: false },
    ]);
    const within =
      'select content from messages where guild_id = $1 and channel_id = any($2) order by message_id';
    expect(await scene.rows(within, [thread, archived])).toEqual([
      { content: 'within' },
      { content: 'within, and over' },
    ]);
  });

  it('is repaired while recording goes on, and neither moves the other', async () => {
    const scene = await open();
    const { discord, gateway, world, ada } = scene;
    const old = Array.from({ length: 250 }, (_, i) => `old ${i}`);
    const first = await scene.start();
    for (const text of old) scene.say(text);
    await scene.written();
    await first.close();
    gateway.forgetSessions();
    scene.say('missed');
    // Slow enough that much happens meanwhile.
    discord.faults.next({ delayMs: 500 }, { path: /messages$/, times: 4 });
    await scene.start();
    const isOpen = async () => (await scene.rows(`select from gaps where state = 'open'`)).length > 0;
    await eventually(async () => expect(await isOpen()).toBe(true));
    const live: string[] = [];
    let roundsMeanwhile = 0;
    for (let round = 0; round < 6; round++) {
      for (let i = 0; i < 20; i++) live.push(scene.say(`live ${live.length}`).content);
      world.deleteMessage(world.send(scene.channel.id, { author: ada, content: 'gone at once' }));
      await scene.written();
      if (await isOpen()) roundsMeanwhile++;
    }
    expect(roundsMeanwhile).toBeGreaterThan(0);
    await scene.repaired();
    const standing = `select content from messages where guild_id = $1 and gone_at is null and absent_at is null order by message_id`;
    const found = (await scene.rows<{ content: string }>(standing)).map(({ content }) => content);
    expect(found).toEqual([...old, 'missed', ...live]);
    const [progress] = await scene.rows<{ id: string; sequence: number }>(
      'select session_id as id, sequence::int as sequence from shards',
    );
    const session = gateway.sessions.find(({ isConnected }) => isConnected)!;
    expect(progress).toEqual({ id: session.id, sequence: session.sequence });
  });

  it('of several guilds is repaired in each: one that cannot be repaired yet is tried again, and holds no other up', async () => {
    const scene = await open();
    const { discord, world, guild } = scene;
    const other = world.addGuild({ name: 'Other' });
    const channel = world.addChannel(other.id);
    // Of that one alone, and only while it repairs.
    const path = `/guilds/${guild.id}/threads/active`;
    discord.faults.next({ status: 400, body: { code: 0, message: '' } }, { path });
    await missing(scene, () => {
      scene.say('missed');
      world.send(channel.id, { author: other.ownerId, content: 'missed there' });
    });
    await eventually(async () => {
      const { rows } = await scene.database.pool.query('select content from messages order by message_id');
      expect(rows).toEqual([{ content: 'missed' }, { content: 'missed there' }]);
    });
    await scene.repaired();
    expect(discord.faults.pending).toBe(0);
    const inTurn = await scene.database.pool.query('select guild_id as id from gaps order by repaired_at');
    expect(inTurn.rows).toEqual([{ id: other.id }, { id: guild.id }]);
  });

  it('a repair that was broken off goes on at the next start', async () => {
    const scene = await open();
    const { discord, gateway, rows } = scene;
    const first = await scene.start();
    await scene.written();
    await first.close();
    gateway.forgetSessions();
    scene.say('missed');
    discord.faults.next({ hang: true }, { path: /messages$/ });
    const second = await scene.start();
    await eventually(() => expect(discord.faults.pending).toBe(0));
    await second.close();
    expect(await rows(GAPS)).toEqual([{ reason: 'new session', state: 'open' }]);
    await scene.start();
    await scene.repaired();
    expect(await texts(scene)).toEqual(['missed']);
    expect(gateway.tally).toMatchObject({ identifies: 2, resumes: 1, refusedResumes: 1 });
  });
});
