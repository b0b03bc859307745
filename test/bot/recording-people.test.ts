/** Who is there: members, bans, and who was in which voice channel from when to when. */
import { ChannelType } from 'discord-api-types/v10';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { voiceSessions } from '../../db/queries/voice-sessions.ts';
import { type Scene, useScenes } from './recording-bot.ts';

const open = useScenes();

async function record(): Promise<Scene> {
  const scene = await open();
  await scene.start();
  return scene;
}

/** Members as the record knows them now. */
const MEMBERS = `select user_id::text as id from members join guilds g using (guild_id)
  where guild_id = $1 and greatest(joined_at, present_at) > coalesce(left_at, '-infinity')
    and greatest(joined_at, present_at) >= coalesce(members_listed_at, '-infinity') order by 1`;
const MOMENTS = `select kind, source from member_moments where guild_id = $1 and user_id = $2 order by at, kind`;
const PERSON = `select name, display_name, nick, roles from members where guild_id = $1 and user_id = $2`;

describe('members', () => {
  it('are known from the start, all of them', async () => {
    const scene = await open();
    const { world, guild, gateway, rows } = scene;
    for (let i = 0; i < 120; i++) world.addUser(`member${i}`, { guildId: guild.id });
    await scene.start();
    await scene.written();
    expect(gateway.tally.identifies).toBe(1);
    expect(await rows(MEMBERS)).toEqual([...guild.members.keys()].toSorted().map((id) => ({ id })));
    expect(
      await rows('select members_listed_at is not null as listed from guilds where guild_id = $1'),
    ).toEqual([{ listed: true }]);
  });

  it('join, leave and join again', async () => {
    const { world, guild, written, rows } = await record();
    const { id } = world.addUser('dora', { guildId: guild.id });
    await written();
    expect(await rows(MOMENTS, id)).toEqual([{ kind: 'joined', source: 'gateway' }]);
    expect(await rows(MEMBERS)).toContainEqual({ id });
    world.leave(guild.id, id);
    await written();
    expect(await rows(MEMBERS)).not.toContainEqual({ id });
    world.join(guild.id, id);
    await written();
    expect(await rows(MEMBERS)).toContainEqual({ id });
    expect((await rows<{ kind: string }>(MOMENTS, id)).map(({ kind }) => kind)).toEqual([
      'joined',
      'left',
      'joined',
    ]);
  });

  it('are renamed: the account, the name for show, and the nickname here', async () => {
    const { world, guild, ada, written, rows } = await record();
    world.rename(ada, { username: 'ada_l' });
    await written();
    expect(await rows(PERSON, ada)).toMatchObject([{ name: 'ada_l', display_name: 'ada_l', nick: null }]);
    world.rename(ada, { global_name: 'Ada L.' });
    await written();
    expect(await rows(PERSON, ada)).toMatchObject([{ name: 'ada_l', display_name: 'Ada L.', nick: null }]);
    world.setNick(guild.id, ada, 'Countess');
    await written();
    expect(await rows(PERSON, ada)).toMatchObject([{ display_name: 'Countess', nick: 'Countess' }]);
    world.setNick(guild.id, ada, null);
    await written();
    expect(await rows(PERSON, ada)).toMatchObject([{ display_name: 'Ada L.', nick: null }]);
    const names = `select kind, name from member_names where guild_id = $1 and user_id = $2 order by kind, name`;
    expect(await rows(names, ada)).toEqual([
      { kind: 'account', name: 'ada' },
      { kind: 'account', name: 'ada_l' },
      { kind: 'display', name: 'Ada L.' },
      { kind: 'display', name: 'Countess' },
      { kind: 'display', name: 'ada' },
      { kind: 'display', name: 'ada_l' },
    ]);
  });

  it('are given roles, and lose them', async () => {
    const { world, guild, ada, written, rows } = await record();
    const [crew, captain] = ['crew', 'captain'].map((name) => world.addRole(guild.id, { name }).id);
    world.giveRole(guild.id, ada, crew!);
    world.giveRole(guild.id, ada, captain!);
    await written();
    expect(await rows(PERSON, ada)).toMatchObject([{ roles: [crew, captain] }]);
    world.takeRole(guild.id, ada, crew!);
    await written();
    expect(await rows(PERSON, ada)).toMatchObject([{ roles: [captain] }]);
  });

  it('are banned and unbanned', async () => {
    const { world, guild, ben, written, rows } = await record();
    world.ban(guild.id, ben);
    await sleep(2);
    world.unban(guild.id, ben);
    await written();
    expect((await rows<{ kind: string }>(MOMENTS, ben)).map(({ kind }) => kind)).toEqual([
      'banned',
      'left',
      'unbanned',
    ]);
    expect(await rows(MEMBERS)).not.toContainEqual({ id: ben });
  });

  it('who left while nobody listened are members no more', async () => {
    const scene = await open();
    const { world, guild, gateway, ben, rows } = scene;
    const first = await scene.start();
    await scene.written();
    await first.close();
    world.leave(guild.id, ben);
    const { id } = world.addUser('dora', { guildId: guild.id });
    gateway.forgetSessions();
    await scene.start();
    await scene.written();
    expect(await rows(MEMBERS)).toEqual([...guild.members.keys()].toSorted().map((one) => ({ id: one })));
    expect(guild.members.has(id)).toBe(true);
  });
});

describe('voice', () => {
  /** Who was where, the first first. */
  async function sessions({ database, guild }: Scene) {
    const guildId = guild.id;
    const window = { fromMs: 0, toMs: Date.now() + 1_000_000, timeZone: 'UTC' };
    const found = await voiceSessions(database.db, { guildId, window, limit: 100 });
    return found.toReversed();
  }

  function addVoice({ world, guild }: Scene) {
    return ['Lounge', 'Stage'].map(
      (name) => world.addChannel(guild.id, ChannelType.GuildVoice, { name }).id,
    ) as [string, string];
  }

  it('is told from when to when; to move ends one stay and begins another, to be mute does not', async () => {
    const scene = await record();
    const { world, guild, ada, written } = scene;
    const [lounge, stage] = addVoice(scene);
    world.voiceJoin(lounge, ada);
    world.voiceMute(guild.id, ada);
    await sleep(5);
    world.voiceMove(stage, ada);
    await sleep(5);
    await written();
    expect(await sessions(scene)).toMatchObject([
      { userId: ada, channel: 'Lounge', isFromExact: true, isToExact: true },
      { userId: ada, channel: 'Stage', to: null, isFromExact: true },
    ]);
    world.voiceLeave(guild.id, ada);
    await written();
    const [first, second, ...others] = await sessions(scene);
    expect(others).toEqual([]);
    expect(first!.to).toBe(second!.from);
    expect(second).toMatchObject({ channel: 'Stage', isToExact: true });
    expect(second!.to! > second!.from).toBe(true);
  });

  it('goes on over a restart that resumes', async () => {
    const scene = await open();
    const { world, guild, ada, written } = scene;
    const [lounge] = addVoice(scene);
    const first = await scene.start();
    world.voiceJoin(lounge, ada);
    await written();
    await first.close();
    world.voiceMute(guild.id, ada);
    await scene.start();
    world.voiceLeave(guild.id, ada);
    await written();
    expect(await sessions(scene)).toMatchObject([
      { userId: ada, channel: 'Lounge', isFromExact: true, isToExact: true },
    ]);
  });

  it('goes on over a new session where they are found in place, and ends where they are not', async () => {
    const scene = await open();
    const { world, guild, gateway, ada, ben, cleo, written } = scene;
    const [lounge, stage] = addVoice(scene);
    const first = await scene.start();
    for (const who of [ada, ben, cleo]) {
      world.voiceJoin(lounge, who);
      await sleep(2);
    }
    await written();
    await first.close();
    gateway.forgetSessions();
    world.voiceLeave(guild.id, ben);
    world.voiceMove(stage, cleo);
    await scene.start();
    await written();
    expect(await sessions(scene)).toMatchObject([
      { userId: ada, channel: 'Lounge', to: null, isFromExact: true },
      { userId: ben, channel: 'Lounge', isToExact: false },
      { userId: cleo, channel: 'Lounge', isToExact: false },
      { userId: cleo, channel: 'Stage', to: null, isFromExact: false },
    ]);
  });
});
