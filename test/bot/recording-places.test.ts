/** Where things are said: channels, threads and forum posts; roles, emoji and stickers. */
import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { type Scene, useScenes } from './recording-bot.ts';

const open = useScenes();

async function record(): Promise<Scene> {
  const scene = await open();
  await scene.start();
  return scene;
}

const CHANNEL = `select name, type, parent_id, topic, archived, locked, deleted_at is not null as deleted
  from channels where guild_id = $1 and channel_id = $2`;

describe('a channel', () => {
  it('that was there before is known from the start', async () => {
    const scene = await open();
    const { world, guild, rows } = scene;
    const category = world.addChannel(guild.id, ChannelType.GuildCategory, { name: 'Talk' });
    const options = { name: 'general', parentId: category.id, topic: 'anything' };
    const channel = world.addChannel(guild.id, ChannelType.GuildText, options);
    await scene.start();
    await scene.written();
    expect(await rows(CHANNEL, channel.id)).toMatchObject([
      { name: 'general', type: 0, parent_id: category.id, topic: 'anything', deleted: false },
    ]);
    expect(await rows(CHANNEL, category.id)).toMatchObject([{ name: 'Talk', type: 4, parent_id: null }]);
  });

  it('is created, renamed, moved and deleted', async () => {
    const { world, guild, written, rows } = await record();
    const category = world.addChannel(guild.id, ChannelType.GuildCategory, { name: 'Talk' });
    const { id } = world.addChannel(guild.id, ChannelType.GuildText, { name: 'new' });
    await written();
    expect(await rows(CHANNEL, id)).toMatchObject([{ name: 'new', parent_id: null, deleted: false }]);
    world.updateChannel(id, { name: 'newer', topic: 'of this and that', parentId: category.id });
    await written();
    expect(await rows(CHANNEL, id)).toMatchObject([
      { name: 'newer', topic: 'of this and that', parent_id: category.id },
    ]);
    world.updateChannel(id, { topic: null, parentId: null });
    await written();
    expect(await rows(CHANNEL, id)).toMatchObject([{ name: 'newer', topic: null, parent_id: null }]);
    world.deleteChannel(id);
    await written();
    expect(await rows(CHANNEL, id)).toMatchObject([{ name: 'newer', deleted: true }]);
  });
});

describe('a thread', () => {
  it('is created, renamed, archived, locked, opened again and deleted', async () => {
    const { world, channel, ada, say, written, rows } = await record();
    const about = say('let us talk about this');
    const { id } = world.startThread(channel.id, { name: 'this', ownerId: ada, messageId: about.id });
    world.send(id, { author: ada, content: 'within' });
    await written();
    const begun = { name: 'this', type: 11, parent_id: channel.id, archived: false, locked: false };
    expect(id).toBe(about.id);
    expect(await rows(CHANNEL, id)).toMatchObject([{ ...begun, deleted: false }]);
    const within =
      'select type, content from messages where guild_id = $1 and channel_id = $2 order by message_id';
    expect(await rows(within, id)).toEqual([
      { type: 21, content: '' },
      { type: 0, content: 'within' },
    ]);
    world.renameThread(id, 'that');
    world.archiveThread(id, { locked: true });
    await written();
    expect(await rows(CHANNEL, id)).toMatchObject([{ name: 'that', archived: true, locked: true }]);
    world.unarchiveThread(id);
    await written();
    expect(await rows(CHANNEL, id)).toMatchObject([{ archived: false, locked: false, deleted: false }]);
    world.deleteThread(id);
    await written();
    expect(await rows(CHANNEL, id)).toMatchObject([{ name: 'that', parent_id: channel.id, deleted: true }]);
  });

  it('in a forum is a post, with what it says', async () => {
    const { world, guild, ben, written, rows } = await record();
    const forum = world.addChannel(guild.id, ChannelType.GuildForum, { name: 'help' });
    const { id } = world.startThread(forum.id, { name: 'It burns', ownerId: ben, content: 'What now?' });
    await written();
    expect(await rows(CHANNEL, id)).toMatchObject([{ name: 'It burns', type: 11, parent_id: forum.id }]);
    const query =
      'select channel_id, author_id, content from messages where guild_id = $1 and message_id = $2';
    expect(await rows(query, id)).toEqual([{ channel_id: id, author_id: ben, content: 'What now?' }]);
  });

  it('to which the bot is added is no new one', async () => {
    const scene = await open();
    const { world, channel, ada, rows } = scene;
    const { id } = world.startThread(channel.id, { name: 'old', ownerId: ada, isPrivate: true });
    await scene.start();
    world.addToThread(id, world.truth.bot.id);
    world.send(id, { author: ada, content: 'welcome' });
    await scene.written();
    expect(await rows(CHANNEL, id)).toMatchObject([{ name: 'old', type: 12, archived: false }]);
    expect(await rows('select content from messages where guild_id = $1')).toEqual([{ content: 'welcome' }]);
  });
});

describe('a hidden channel', () => {
  it('keeps its name and its messages, and is recorded again once it is shown', async () => {
    const { world, channel, say, written, rows } = await record();
    world.updateChannel(channel.id, { name: 'secrets', topic: 'do not tell' });
    const before = say('before');
    await written();
    world.hideChannel(channel.id);
    say('meanwhile');
    await written();
    const kept = { name: 'secrets', topic: 'do not tell', deleted: false };
    expect(await rows(CHANNEL, channel.id)).toMatchObject([kept]);
    world.showChannel(channel.id);
    const after = say('after');
    await written();
    expect(await rows(CHANNEL, channel.id)).toMatchObject([kept]);
    const query = `select message_id as id from messages
      where guild_id = $1 and gone_at is null and absent_at is null order by message_id`;
    expect(await rows(query)).toEqual([{ id: before.id }, { id: after.id }]);
  });

  it('is no gap’s business: repair neither deletes it nor what is in it', async () => {
    const scene = await open();
    const { world, gateway, channel, say, repaired, rows } = scene;
    const first = await scene.start();
    world.updateChannel(channel.id, { name: 'secrets' });
    const { id } = say('before');
    await scene.written();
    world.hideChannel(channel.id);
    await first.close();
    gateway.forgetSessions();
    await scene.start();
    await scene.written();
    await repaired();
    expect(await rows(CHANNEL, channel.id)).toMatchObject([{ name: 'secrets', deleted: false }]);
    const query = 'select message_id as id, gone_at, absent_at from messages where guild_id = $1';
    expect(await rows(query)).toEqual([{ id, gone_at: null, absent_at: null }]);
    expect(
      await rows(`select reason, card->'channelsDeleted' as deleted from gaps where guild_id = $1`),
    ).toEqual([{ reason: 'new session', deleted: 0 }]);
  });
});

describe('what belongs to the guild', () => {
  it('a role is created, changed and deleted', async () => {
    const { world, guild, written, rows } = await record();
    const query = `select name, color, position, permissions, deleted_at is not null as deleted
      from roles where guild_id = $1 and role_id = $2`;
    const { id } = world.addRole(guild.id, { name: 'crew', color: 255, position: 2, permissions: 8n });
    await written();
    expect(await rows(query, id)).toEqual([
      { name: 'crew', color: 255, position: 2, permissions: '8', deleted: false },
    ]);
    world.updateRole(guild.id, id, { name: 'old crew', permissions: 0n });
    await written();
    expect(await rows(query, id)).toMatchObject([{ name: 'old crew', color: 255, permissions: '0' }]);
    world.deleteRole(guild.id, id);
    await written();
    expect(await rows(query, id)).toMatchObject([{ name: 'old crew', deleted: true }]);
  });

  it('emoji and stickers are those of the last list', async () => {
    const { world, guild, written, rows } = await record();
    const query = `select e.kind, e.name from expressions e join guilds g using (guild_id)
      where guild_id = $1 and listed_at >= case e.kind when 'emoji' then emoji_listed_at else stickers_listed_at end
      order by e.kind, e.name`;
    world.setEmoji(guild.id, [{ name: 'blob' }, { name: 'party', animated: true }]);
    world.setStickers(guild.id, [{ name: 'wave' }, { name: 'nod' }]);
    await written();
    expect(await rows(query)).toEqual([
      { kind: 'emoji', name: 'blob' },
      { kind: 'emoji', name: 'party' },
      { kind: 'sticker', name: 'nod' },
      { kind: 'sticker', name: 'wave' },
    ]);
    const [blob] = guild.emoji.values();
    world.setEmoji(guild.id, [{ ...blob!, name: 'blobby' }]);
    world.setStickers(guild.id, []);
    await written();
    expect(await rows(query)).toEqual([{ kind: 'emoji', name: 'blobby' }]);
    expect(await rows('select name from expressions where guild_id = $1 order by name')).toHaveLength(4);
  });

  it('it is called as it was called last', async () => {
    const { world, guild, written, rows } = await record();
    world.renameGuild(guild.id, 'Another name');
    await written();
    expect(await rows('select name, owner_id from guilds where guild_id = $1')).toEqual([
      { name: 'Another name', owner_id: guild.ownerId },
    ]);
  });
});
