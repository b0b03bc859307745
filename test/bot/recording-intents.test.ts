/** What is recorded where Discord does not tell all. */
import type { ApplicationFlags } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { placesOf, useScenes } from './recording-bot.ts';

const open = useScenes();

describe('without the privileged intents', () => {
  const flags = 0 as ApplicationFlags;

  it('messages are counted with their authors and reactions, and their texts are unknown', async () => {
    const scene = await open({ world: { application: { flags } } });
    const { world, gateway, channel, ada, ben, rows } = scene;
    await scene.start();
    const first = world.send(channel.id, { author: ada, content: 'not told', attachments: ['a.png'] });
    world.edit(first, 'nor this');
    world.react(first, ben, '👍');
    const called = world.send(channel.id, { author: ben, content: `<@${world.truth.bot.id}> hello` });
    const own = world.send(channel.id, { author: world.truth.bot.id, content: 'hello yourself' });
    await scene.written();
    expect(gateway.tally.closes).toEqual([]);
    const query = `select m.message_id as id, m.author_id as author, m.content, m.edited_at is not null as edited,
        (select total from reactions r where r.message_id = m.message_id) as reactions
      from messages m where guild_id = $1 order by message_id`;
    const plain = { edited: false, reactions: null };
    expect(await rows(query)).toEqual([
      { id: first.id, author: ada, content: null, edited: true, reactions: 1 },
      { id: called.id, author: ben, content: called.content, ...plain },
      { id: own.id, author: world.truth.bot.id, content: 'hello yourself', ...plain },
    ]);
    expect(await placesOf(scene.database, 'not told')).toEqual([]);
  });

  it('nobody is known to have joined or left, and who is a member is unknown', async () => {
    const scene = await open({ world: { application: { flags } } });
    const { world, guild, ada, rows } = scene;
    await scene.start();
    const { id } = world.addUser('dora', { guildId: guild.id });
    world.leave(guild.id, id);
    scene.say('hello');
    await scene.written();
    expect(await rows('select kind from member_moments where guild_id = $1')).toEqual([]);
    const people = 'select user_id as id from members where guild_id = $1 order by user_id';
    expect(await rows(people)).toEqual([world.truth.bot.id, ada].map((one) => ({ id: one })));
    expect(await rows('select members_listed_at from guilds where guild_id = $1')).toEqual([
      { members_listed_at: null },
    ]);
  });

  it('the repair of a gap counts as well', async () => {
    const scene = await open({ world: { application: { flags } } });
    const { gateway, rows } = scene;
    const first = await scene.start();
    const one = scene.say('one');
    await scene.written();
    await first.close();
    gateway.forgetSessions();
    scene.say('two');
    scene.world.deleteMessage(one);
    await scene.start();
    await scene.written();
    await scene.repaired();
    const query = `select content, absent_at is not null as inferred from messages where guild_id = $1 order by message_id`;
    expect(await rows(query)).toEqual([
      { content: null, inferred: true },
      { content: null, inferred: false },
    ]);
  });
});
