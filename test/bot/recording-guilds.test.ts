/** The guilds themselves: come into one while it runs, removed from one, an outage of Discord's. */
import { describe, expect, it } from 'vitest';
import { eventually, useScenes } from './recording-bot.ts';

const open = useScenes();

const MOMENTS = 'select kind from guild_moments where guild_id = $1 order by at, kind';
const kinds = (rows: { kind: string }[]) => rows.map(({ kind }) => kind);

describe('a guild', () => {
  it('that the bot is invited to while it runs is recorded from then on', async () => {
    const scene = await open();
    const { world, database } = scene;
    await scene.start();
    const other = world.addGuild({ name: 'Other', hasBot: false });
    const channel = world.addChannel(other.id);
    const dora = world.addUser('dora', { guildId: other.id });
    world.send(channel.id, { author: dora.id, content: 'before' });
    world.inviteBot(other.id);
    world.send(channel.id, { author: dora.id, content: 'after' });
    await scene.written();
    const { rows } = await database.pool.query(
      `select g.name, m.content, (select count(*)::int from gaps) as gaps
       from guilds g join messages m using (guild_id) where guild_id = $1`,
      [other.id],
    );
    expect(rows).toEqual([{ name: 'Other', content: 'after', gaps: 0 }]);
    const moments = await database.pool.query(MOMENTS, [other.id]);
    // The first two are of one moment, by clocks of which either may be a millisecond ahead.
    expect(kinds(moments.rows).toSorted()).toEqual(['available', 'joined', 'voice_listed']);
  });

  it('that the bot was removed from keeps what it had; back again, what was missed is read', async () => {
    const scene = await open();
    const { world, guild, channel, ada, rows } = scene;
    await scene.start();
    scene.say('before');
    await scene.written();
    world.kickBot(guild.id);
    world.send(channel.id, { author: ada, content: 'meanwhile' });
    await scene.written();
    expect(kinds(await rows(MOMENTS)).at(-1)).toBe('left');
    world.inviteBot(guild.id);
    world.send(channel.id, { author: ada, content: 'after' });
    await scene.written();
    await scene.repaired();
    const texts = `select content, gone_at, absent_at from messages where guild_id = $1 order by message_id`;
    const there = { gone_at: null, absent_at: null };
    expect(await rows(texts)).toEqual(
      ['before', 'meanwhile', 'after'].map((content) => ({ content, ...there })),
    );
    expect(await rows('select reason, state from gaps where guild_id = $1')).toEqual([
      { reason: 'outage', state: 'repaired' },
    ]);
  });

  it('that it was removed from while it did not run was left when it last heard of it', async () => {
    const scene = await open();
    const { world, gateway, guild, channel, ada, rows } = scene;
    const first = await scene.start();
    scene.say('before');
    await scene.written();
    const [heard] = await rows('select last_event_at as at from shards');
    await first.close();
    world.kickBot(guild.id);
    world.send(channel.id, { author: ada, content: 'meanwhile' });
    gateway.forgetSessions();
    const second = await scene.start();
    const left = `select at from guild_moments where guild_id = $1 and kind = 'left'`;
    expect(await rows(left)).toEqual([heard]);
    await second.close();
    world.inviteBot(guild.id);
    await scene.start();
    await scene.written();
    await scene.repaired();
    expect(await rows(left)).toEqual([heard]);
    const texts = 'select content from messages where guild_id = $1 order by message_id';
    expect(await rows(texts)).toEqual([{ content: 'before' }, { content: 'meanwhile' }]);
  });

  it('with an outage has a gap from its beginning to its end, and that is repaired', async () => {
    const scene = await open();
    const { world, guild, channel, ada, rows } = scene;
    await scene.start();
    const [kept, deleted, edited] = ['kept', 'deleted', 'edited'].map((text) => scene.say(text));
    await scene.written();
    const begun = Date.now();
    world.setUnavailable(guild.id);
    const missed = world.send(channel.id, { author: ada, content: 'missed' });
    world.deleteMessage(deleted!);
    world.edit(edited!, 'edited!');
    world.react(kept!, ada, '👍');
    await scene.written();
    expect(kinds(await rows(MOMENTS)).at(-1)).toBe('unavailable');
    expect(await rows('select reason from gaps where guild_id = $1')).toEqual([]);
    world.setAvailable(guild.id);
    await eventually(async () =>
      expect(await rows('select reason from gaps where guild_id = $1')).toHaveLength(1),
    );
    await scene.repaired();
    const messages = `select m.message_id as id, m.content, m.gone_at is not null as told, m.absent_at is not null as inferred,
        coalesce((select sum(total)::int from reactions r where r.guild_id = m.guild_id and r.message_id = m.message_id), 0) as reactions
      from messages m where guild_id = $1 order by message_id`;
    const there = { told: false, inferred: false, reactions: 0 };
    expect(await rows(messages)).toEqual([
      { id: kept!.id, content: 'kept', ...there, reactions: 1 },
      { id: deleted!.id, content: 'deleted', ...there, inferred: true },
      { id: edited!.id, content: 'edited!', ...there },
      { id: missed.id, content: 'missed', ...there },
    ]);
    const gaps = await rows<{ from: Date; to: Date }>(
      'select from_at as from, to_at as to, reason, state from gaps where guild_id = $1',
    );
    expect(gaps).toMatchObject([{ reason: 'outage', state: 'repaired' }]);
    expect(gaps[0]!.from.getTime()).toBeGreaterThanOrEqual(begun);
    expect(gaps[0]!.to > gaps[0]!.from).toBe(true);
  });

  it('that is in an outage when a new session begins is missed until it is back', async () => {
    const scene = await open();
    const { world, gateway, guild, rows } = scene;
    const first = await scene.start();
    await scene.written();
    await first.close();
    gateway.forgetSessions();
    world.setUnavailable(guild.id);
    await scene.start();
    await scene.written();
    const back = Date.now();
    world.setAvailable(guild.id);
    await scene.written();
    const gaps = await rows<{ to: Date }>('select to_at as to, reason from gaps where guild_id = $1');
    expect(gaps).toMatchObject([{ reason: 'new session' }]);
    expect(gaps[0]!.to.getTime()).toBeGreaterThanOrEqual(back);
  });
});
