/** What the bot may read, and since when, as it is noted while it records. */
import { type ApplicationFlags, ChannelType } from 'discord-api-types/v10';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openDoor } from '../support/database-door.ts';
import { eventually, type Scene, useScenes } from './recording-bot.ts';

const open = useScenes();
const NO_INTENTS = { world: { application: { flags: 0 as ApplicationFlags } } };

/** What was noted of a channel, in order. */
const accessOf = async ({ rows, channel }: Scene, channelId = channel.id) =>
  (
    await rows<{ access: string }>(
      'select access from channel_access where guild_id = $1 and channel_id = $2 order by at',
      channelId,
    )
  ).map(({ access }) => access);
const all = ({ rows }: Scene) =>
  rows('select channel_id::text, at, access from channel_access order by channel_id, at');

/** A scene that records, without any privileged intent. */
async function record(): Promise<Scene> {
  const scene = await open(NO_INTENTS);
  await scene.start();
  await scene.written();
  return scene;
}

describe('what the bot may read', () => {
  it('is noted of every channel when it first hears of the guild, and of no category or public thread', async () => {
    const scene = await open(NO_INTENTS);
    const { world, guild, channel, ada } = scene;
    const voice = world.addChannel(guild.id, ChannelType.GuildVoice);
    const forum = world.addChannel(guild.id, ChannelType.GuildForum);
    const closed = world.addChannel(guild.id);
    const listened = world.addChannel(guild.id);
    world.addChannel(guild.id, ChannelType.GuildCategory);
    world.startThread(channel.id, { ownerId: ada });
    const thread = world.startThread(channel.id, { ownerId: ada, isPrivate: true });
    world.forbid(voice.id, 'Connect');
    world.hideChannel(closed.id);
    world.forbid(listened.id, 'ReadMessageHistory');
    await scene.start();
    await scene.written();
    const noted = await scene.rows<{ id: string; access: string }>(
      'select channel_id::text as id, access from channel_access where guild_id = $1',
    );
    expect(Object.fromEntries(noted.map(({ id, access }) => [id, access]))).toEqual({
      [channel.id]: 'readable',
      [voice.id]: 'no connect',
      [forum.id]: 'readable',
      [closed.id]: 'hidden',
      [listened.id]: 'no history',
      [thread.id]: 'readable',
    });
    const [moment] = await scene.rows<{ at: Date }>(
      `select at from guild_moments where guild_id = $1 and kind = 'available'`,
    );
    const times = await scene.rows<{ at: Date }>(
      'select distinct at from channel_access where guild_id = $1',
    );
    expect(times).toEqual([moment]);
  });

  it('is not noted again by a restart, nor where nothing has changed', async () => {
    const scene = await open(NO_INTENTS);
    const { world, gateway, guild } = scene;
    const first = await scene.start();
    await scene.written();
    const before = await all(scene);
    expect(before).toHaveLength(1);
    world.updateChannel(scene.channel.id, { name: 'another', topic: 'or other' });
    world.addRole(guild.id, { name: 'new' });
    await scene.written();
    await first.close();
    gateway.forgetSessions();
    const second = await scene.start();
    await scene.written();
    await second.close();
    await scene.start();
    scene.say('hello');
    await scene.written();
    expect(await all(scene)).toEqual(before);
  });

  it('changes by an overwrite of a channel', async () => {
    const scene = await record();
    const { world, channel, written } = scene;
    world.forbid(channel.id, 'ReadMessageHistory');
    await written();
    world.permit(channel.id, 'ReadMessageHistory');
    await written();
    world.hideChannel(channel.id);
    await written();
    world.showChannel(channel.id);
    await written();
    world.deleteChannel(channel.id);
    await written();
    const expected = ['readable', 'no history', 'readable', 'hidden', 'readable', 'gone'];
    expect(await accessOf(scene)).toEqual(expected);
  });

  it('changes by what a role may do', async () => {
    const scene = await record();
    const { world, guild, written } = scene;
    const voice = world.addChannel(guild.id, ChannelType.GuildVoice);
    await written();
    world.forbidEverywhere(guild.id, 'Connect');
    await written();
    expect(await accessOf(scene, voice.id)).toEqual(['readable', 'no connect']);
    expect(await accessOf(scene)).toEqual(['readable']);
    world.forbidEverywhere(guild.id, 'ReadMessageHistory');
    await written();
    expect(await accessOf(scene)).toEqual(['readable', 'no history']);
    world.permitEverywhere(guild.id, 'Connect', 'ReadMessageHistory');
    await written();
    expect(await accessOf(scene)).toEqual(['readable', 'no history', 'readable']);
    expect((await accessOf(scene, voice.id)).at(-1)).toBe('readable');
    world.forbidEverywhere(guild.id, 'ViewChannel');
    await written();
    expect((await accessOf(scene)).at(-1)).toMatch(/^(hidden|no view)$/);
  });

  it('changes by a role that the bot is given, and one that is taken, without the intent for members', async () => {
    const scene = await record();
    const { world, guild, written } = scene;
    const bot = world.truth.bot.id;
    const role = world.addRole(guild.id, { permissions: 0n });
    world.overwrite(scene.channel.id, role.id, { deny: 1n << 16n });
    await written();
    expect(await accessOf(scene)).toEqual(['readable']);
    world.giveRole(guild.id, bot, role.id);
    await written();
    expect(await accessOf(scene)).toEqual(['readable', 'no history']);
    world.takeRole(guild.id, bot, role.id);
    await written();
    expect(await accessOf(scene)).toEqual(['readable', 'no history', 'readable']);
    world.giveRole(guild.id, bot, role.id);
    world.deleteRole(guild.id, role.id);
    await written();
    expect((await accessOf(scene)).at(-1)).toBe('readable');
  });

  it('begins for a channel when it is created, and for a guild when the bot comes into it', async () => {
    const scene = await record();
    const { world, guild, database } = scene;
    const channel = world.addChannel(guild.id);
    const other = world.addGuild({ name: 'Other', hasBot: false });
    const there = world.addChannel(other.id);
    await scene.written();
    expect(await accessOf(scene, channel.id)).toEqual(['readable']);
    world.inviteBot(other.id);
    await scene.written();
    const { rows } = await database.pool.query('select access from channel_access where channel_id = $1', [
      there.id,
    ]);
    expect(rows).toEqual([{ access: 'readable' }]);
  });

  it('is as its parent for a private thread that the gateway tells of, and nothing is said of another', async () => {
    const scene = await open(NO_INTENTS);
    const { world, guild, channel, ada, rows } = scene;
    world.forbidEverywhere(guild.id, 'ManageThreads');
    const ours = world.startThread(channel.id, { ownerId: ada, isPrivate: true });
    world.addToThread(ours.id, world.truth.bot.id);
    const theirs = world.startThread(channel.id, { ownerId: ada, isPrivate: true });
    await scene.start();
    await scene.written();
    // As an export tells it.
    await scene.database.pool.query(
      'insert into channels (guild_id, channel_id, type, parent_id, parent_at) values ($1, $2, 12, $3, now())',
      [guild.id, theirs.id, channel.id],
    );
    world.forbid(channel.id, 'ReadMessageHistory');
    await scene.written();
    expect(await accessOf(scene, ours.id)).toEqual(['readable', 'no history']);
    world.permit(channel.id, 'ReadMessageHistory');
    await scene.written();
    expect(await accessOf(scene, ours.id)).toEqual(['readable', 'no history', 'readable']);
    world.hideChannel(channel.id);
    await scene.written();
    expect((await accessOf(scene, ours.id)).at(-1)).toBe('hidden');
    world.showChannel(channel.id);
    await scene.written();
    expect((await accessOf(scene, ours.id)).at(-1)).toBe('readable');
    expect(
      await rows('select from channel_access where channel_id = $2 and guild_id = $1', theirs.id),
    ).toEqual([]);
    world.permitEverywhere(guild.id, 'ManageThreads');
    await scene.written();
    expect(await accessOf(scene, theirs.id)).toEqual(['readable']);
  });

  it('is known since each change, also of what was written long after', async () => {
    const scene = await open(NO_INTENTS);
    const { world, channel } = scene;
    const door = await openDoor(scene.database.url);
    await scene.start({ DATABASE_URL: door.url });
    await scene.written();
    door.set('shut');
    scene.say('one');
    await eventually(() => expect(scene.log.join('')).toContain('events go to the spool'));
    world.forbid(channel.id, 'ReadMessageHistory');
    await sleep(1_200);
    world.permit(channel.id, 'ReadMessageHistory');
    scene.say('two');
    door.set('open');
    await scene.written();
    expect(await accessOf(scene)).toEqual(['readable', 'no history', 'readable']);
    const [, lost, back] = await scene.rows<{ at: Date }>(
      'select at from channel_access where guild_id = $1 order by at',
    );
    expect(back!.at.getTime() - lost!.at.getTime()).toBeGreaterThanOrEqual(1_200);
    await door.close();
  });
});

describe('until when all is kept', () => {
  const alive = async ({ rows }: Scene) =>
    (
      await rows<{ alive: Date; last: Date }>('select alive_at as alive, last_event_at as last from shards')
    ).map((row) => ({ alive: row.alive.getTime(), last: row.last.getTime() }))[0]!;

  it('goes on where nothing happens, and is told a last time by an orderly end', async () => {
    const scene = await open(NO_INTENTS);
    const run = await scene.start();
    await scene.written();
    const before = Date.now();
    // Two beats at most.
    await eventually(async () => expect((await alive(scene)).alive).toBeGreaterThan(before));
    const { last } = await alive(scene);
    expect(last).toBeLessThan(before);
    const closedAt = Date.now();
    await run.close();
    const closed = await alive(scene);
    expect(closed.last).toBe(last);
    expect(closed.alive).toBeGreaterThanOrEqual(closedAt);
    expect(closed.alive).toBeLessThanOrEqual(Date.now());
  });

  it('stands still while the connection is down', async () => {
    const scene = await open(NO_INTENTS);
    const { gateway } = scene;
    await scene.start();
    await scene.written();
    gateway.refuseUpgrades(1000);
    gateway.cut();
    await eventually(() => expect(scene.log.join('')).toContain('"state":"dropped"'));
    const { alive: before } = await alive(scene);
    // Longer than beats are apart.
    await sleep(4_000);
    expect((await alive(scene)).alive).toBe(before);
    gateway.behave();
    await eventually(async () => expect((await alive(scene)).alive).toBeGreaterThan(before));
  });
});
