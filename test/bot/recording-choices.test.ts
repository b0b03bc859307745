/** What is not to be recorded: excluded channels, texts, forgotten people. */
import { ChannelType, EmbedType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { forgetPerson } from '../../db/choices.ts';
import { saveSettings } from '../../db/settings.ts';
import { openDoor } from '../support/database-door.ts';
import { contentOf, eventually, placesOf, type Scene, useScenes } from './recording-bot.ts';

const open = useScenes();

const TEXTS = 'select channel_id as channel, content from messages where guild_id = $1 order by message_id';

describe('an excluded channel', () => {
  /** A channel, and one within a category, with a thread and a voice channel; all of them are excluded. */
  async function exclude({ world, guild, ada, database }: Scene) {
    const category = world.addChannel(guild.id, ChannelType.GuildCategory, { name: 'Private' });
    const within = world.addChannel(guild.id, ChannelType.GuildText, { parentId: category.id });
    const voice = world.addChannel(guild.id, ChannelType.GuildVoice, { parentId: category.id });
    const alone = world.addChannel(guild.id, ChannelType.GuildText, { name: 'alone' });
    const thread = world.startThread(alone.id, { ownerId: ada, isPrivate: false, name: 'thread' });
    const excludedChannels = [category.id, alone.id];
    await saveSettings(database.db, guild.id, { excludedChannels }, new Date(0));
    return { voice: voice.id, quiet: [within.id, alone.id, thread.id] };
  }

  /** Something happens in each. */
  function happen({ world, guild, channel, ada, ben }: Scene, quiet: string[], voice: string): void {
    for (const id of [...quiet, voice]) {
      const message = world.send(id, { author: ada, content: 'not for you', attachments: ['secret.png'] });
      world.react(message, ben, '👍');
      world.edit(message, 'still not for you');
      const poll = world.send(id, { author: ada, poll: { question: 'secret?', answers: ['yes', 'no'] } });
      world.vote(poll, ben, 1);
      world.deleteMessage(world.send(id, { author: ben, content: 'not for you' }));
    }
    world.voiceJoin(voice, ben);
    world.voiceLeave(guild.id, ben);
    const late = world.startThread(quiet[0]!, { ownerId: ada, name: 'another' });
    world.send(late.id, { author: ada, content: 'not for you' });
    world.send(channel.id, { author: ada, content: 'for you' });
  }

  const ROWS = `select (select count(*)::int from messages) as messages, (select count(*)::int from reactions) as reactions,
    (select count(*)::int from poll_votes) as votes, (select count(*)::int from attachments) as files,
    (select count(*)::int from voice_states where channel_id <> 0) as voice`;
  const NOTHING = { reactions: 0, votes: 0, files: 0, voice: 0 };

  it('is not recorded live, nor is what is within an excluded category', async () => {
    const scene = await open();
    const { voice, quiet } = await exclude(scene);
    await scene.start();
    happen(scene, quiet, voice);
    await scene.written();
    expect(await scene.rows(ROWS)).toEqual([{ messages: 1, ...NOTHING }]);
    expect(await placesOf(scene.database, 'not for you')).toEqual([]);
    expect(await placesOf(scene.database, 'secret')).toEqual([]);
  });

  it('is not read when a gap is repaired', async () => {
    const scene = await open();
    const { voice, quiet } = await exclude(scene);
    const first = await scene.start();
    await scene.written();
    await first.close();
    scene.gateway.forgetSessions();
    happen(scene, quiet, voice);
    await scene.start();
    await scene.written();
    await scene.repaired();
    expect(await scene.rows(ROWS)).toEqual([{ messages: 1, ...NOTHING }]);
    expect(await placesOf(scene.database, 'not for you')).toEqual([]);
    const asked = scene.discord.requests.map(({ path }) => path).filter((path) => path.endsWith('/messages'));
    expect(asked.filter((path) => [...quiet, voice].some((id) => path.includes(id)))).toEqual([]);
  });

  it('is recorded from when it no longer is', async () => {
    const scene = await open();
    const { database, guild, channel, rows } = scene;
    await saveSettings(database.db, guild.id, { excludedChannels: [channel.id] }, new Date());
    await scene.start();
    scene.say('not for you');
    await scene.written();
    await saveSettings(database.db, guild.id, { excludedChannels: [] }, new Date());
    scene.say('for you');
    await scene.written();
    expect(await rows(TEXTS)).toEqual([{ channel: channel.id, content: 'for you' }]);
  });
});

describe('where texts are not kept', () => {
  const CANARY = 'quetzal';

  /** All that people type, in every kind of event. */
  function type({ world, guild, channel, ada, ben }: Scene): void {
    world.setStickers(guild.id, [{ name: `${CANARY}1` }]);
    world.setEmoji(guild.id, [{ name: `${CANARY}2` }]);
    const role = world.addRole(guild.id, { name: `${CANARY}3` });
    world.giveRole(guild.id, ada, role.id);
    const [emoji] = guild.emoji.keys();
    const message = world.send(channel.id, {
      author: ada,
      content: `${CANARY}4 is it? https://example.org/${CANARY}5 <@${ben}>`,
      attachments: [`${CANARY}6.png`],
      embeds: [
        {
          title: `${CANARY}7`,
          type: EmbedType.Rich,
          fields: [{ name: `${CANARY}8`, value: `${CANARY}9`, inline: false }],
        },
      ],
      components: [
        {
          type: 1,
          id: 1,
          components: [{ type: 2, id: 2, style: 1, custom_id: `${CANARY}10`, label: `${CANARY}11` }],
        },
      ],
      stickers: [...guild.stickers.keys()],
    });
    world.edit(message, `${CANARY}12`);
    world.edit(message, `${CANARY}13`);
    world.unfurl(message, { title: `${CANARY}14`, type: EmbedType.Rich });
    world.send(channel.id, { author: ben, content: `${CANARY}15`, replyTo: message.id });
    world.send(channel.id, { author: ben, forward: message });
    world.send(channel.id, {
      author: ben,
      poll: { question: `${CANARY}16`, answers: [`${CANARY}17`, 'no'] },
    });
    world.react(message, ben, { id: emoji!, name: `${CANARY}18` });
    world.updateChannel(channel.id, { topic: `${CANARY}19` });
    const thread = world.startThread(channel.id, { name: `${CANARY}20`, ownerId: ada });
    world.send(thread.id, { author: ada, content: `${CANARY}21` });
    world.renameThread(thread.id, `${CANARY}22`);
  }

  const COUNTS = `select count(*)::int as messages, count(edited_at)::int as edited, sum(content_length)::int as length,
    (select sum(total)::int from reactions) as reactions, (select count(*)::int from attachments) as files
    from messages where guild_id = $1`;

  it('none is anywhere in the database, in the log or on the disk, and the counts are right', async () => {
    const scene = await open();
    const { database, rows } = scene;
    const door = await openDoor(database.url);
    await scene.start({ STORE_CONTENT: 'none', DATABASE_URL: door.url });
    type(scene);
    await scene.written();
    // What happens while Postgres is away goes over the disk.
    door.set('shut');
    type(scene);
    await eventually(async () => expect(await contentOf(scene.folder)).toContain('MESSAGE_UPDATE'));
    expect(await contentOf(scene.folder)).not.toContain(CANARY);
    door.set('open');
    await scene.written();
    expect(await placesOf(database, CANARY)).toEqual([]);
    expect(scene.log.join('')).not.toContain(CANARY);
    const [counts] = await rows(COUNTS);
    expect(counts).toMatchObject({ messages: 12, edited: 2, reactions: 2, files: 2 });
    await door.close();
  });

  it('nor does the repair of a gap bring any', async () => {
    const scene = await open();
    const env = { STORE_CONTENT: 'none' };
    const first = await scene.start(env);
    await scene.written();
    await first.close();
    scene.gateway.forgetSessions();
    type(scene);
    await scene.start(env);
    await scene.written();
    await scene.repaired();
    expect(await placesOf(scene.database, CANARY)).toEqual([]);
    expect(await scene.rows(COUNTS)).toMatchObject([{ messages: 6, edited: 1, reactions: 1, files: 1 }]);
  });
});

describe('a forgotten person', () => {
  it('is not recorded: what they do leaves bare ids, and others stay', async () => {
    const scene = await open();
    const { world, guild, channel, database, ada, ben, cleo, rows } = scene;
    await scene.start();
    const before = scene.say('before', ben);
    const other = scene.say('hello Ben');
    world.react(other, ben, '👍');
    await scene.written();
    await forgetPerson(database.pool, guild.id, ben, new Date());
    const after = scene.say('after', ben);
    world.edit(before, 'before!');
    world.react(other, ben, '🎈');
    world.react(other, cleo, '🎈');
    world.setNick(guild.id, ben, 'Benjamin');
    const voice = world.addChannel(guild.id, ChannelType.GuildVoice);
    world.voiceJoin(voice.id, ben);
    world.leave(guild.id, ben);
    world.send(channel.id, { author: ada, content: `where is <@${ben}>?` });
    await scene.written();
    for (const word of [ben, 'Benjamin', 'before', 'after'])
      expect(await placesOf(database, word)).toEqual(word === ben ? ['choices.user_id'] : []);
    const erased = 'select message_id as id from messages where guild_id = $1 and erased order by message_id';
    expect(await rows(erased)).toEqual([{ id: before.id }, { id: after.id }]);
    expect(
      await rows(`select emoji_key as emoji, total from reactions where guild_id = $1 and total > 0`),
    ).toEqual([{ emoji: '🎈', total: 1 }]);
  });
});
