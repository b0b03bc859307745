import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { makeActs, useScene } from './scene.ts';

const scene = useScene();
const { gone, isSame, like, missing, talk } = makeActs(scene);

describe('what is not for us', () => {
  it('a channel that is hidden now is not deleted, nor is anything in it, and it keeps its name', async () => {
    const other = scene.world.addChannel(scene.guild.id, ChannelType.GuildText, { name: 'secret plans' });
    talk(5, other.id);
    const thread = scene.world.startThread(other.id, { ownerId: scene.people[0]! });
    talk(5, thread.id);
    await missing(() => scene.world.hideChannel(other.id));
    const card = await scene.repair();
    await isSame();
    expect(card).toMatchObject({ channelsDeleted: 0, deletions: 0 });
    const ids = card!.notReadable.map(({ channelId }) => channelId);
    expect(ids).toContain(other.id);
    // For its thread nobody asks.
    expect(scene.discord.requests.filter(({ status }) => status === 403)).toHaveLength(1);
    const { rows } = await scene.database.pool.query('select name from channels where channel_id = $1', [
      other.id,
    ]);
    expect(rows).toEqual([{ name: 'secret plans' }]);
  });

  it('a channel is not deleted where it is not Discord that misses it', async () => {
    const other = scene.world.addChannel(scene.guild.id);
    await missing(() => scene.world.hideChannel(other.id), 1);
    scene.discord.faults.next(
      { status: 404, body: { message: '404: Not Found', code: 0 } },
      { path: `/channels/${other.id}` },
    );
    expect(await scene.repair()).toMatchObject({ channelsDeleted: 0 });
  });

  it('is not asked for again soon', async () => {
    const other = scene.world.addChannel(scene.guild.id);
    await missing(() => scene.world.hideChannel(other.id));
    await scene.repair();
    const refused = () => scene.discord.requests.filter(({ status }) => status === 403).length;
    expect(refused()).toBe(1);
    await missing(() => talk(1));
    await scene.repair();
    expect(refused()).toBe(1);
    scene.pass(7200);
    await missing(() => talk(1));
    await scene.repair();
    expect(refused()).toBe(2);
  });

  it('a channel whose past is not for us is not asked for: its empty list would prove nothing', async () => {
    const { world, channel } = scene;
    await missing(() => {
      world.overwrite(channel.id, world.truth.bot.id, { deny: PermissionFlagsBits.ReadMessageHistory });
    }, 5);
    const card = await scene.repair();
    await isSame();
    expect(scene.pages()).toEqual(new Map());
    expect(card!.notReadable).toEqual([{ channelId: channel.id, reason: 'permission' }]);
  });

  it.each([
    ['it is refused', { status: 403, body: { message: 'Missing Access', code: 50_001 } }],
    ['its past turns empty', undefined],
  ])('a channel that closes while it is read deletes nothing: %s', async (_, fault) => {
    const { world, channel, discord } = scene;
    like(talk(150).slice(0, 1));
    await missing(() => talk(30));
    let settled = 0;
    scene.onSettle = () => {
      if (++settled > 1) return;
      if (fault) discord.faults.next(fault, { path: `/channels/${channel.id}/messages` });
      else world.overwrite(channel.id, world.truth.bot.id, { deny: PermissionFlagsBits.ReadMessageHistory });
    };
    const card = await scene.repair();
    expect(await gone()).toEqual({ told: 0, inferred: 0 });
    expect(card!.notReadable).toEqual([{ channelId: channel.id, reason: 'closed' }]);
    expect(card!.notRecovered).toContain('broken-off-channels');
    const { rows } = await scene.database.pool.query('select state from gaps');
    expect(rows).toEqual([{ state: 'partly' }]);
  });

  it('a channel that is deleted while it is read is deleted', async () => {
    like(talk(150).slice(0, 1));
    await missing(() => talk(30));
    let settled = 0;
    scene.onSettle = () => {
      if (++settled === 1) scene.world.deleteChannel(scene.channel.id);
    };
    scene.lose();
    const card = await scene.repair();
    expect(card).toMatchObject({ channelsDeleted: 1, deletions: 0 });
    await isSame();
  });

  it('an excluded channel is not read', async () => {
    const thread = scene.world.startThread(scene.channel.id, { ownerId: scene.people[0]! });
    await scene.recorded();
    await scene.database.pool.query('insert into excluded_channels values ($1, $2, now())', [
      scene.guild.id,
      scene.channel.id,
    ]);
    await missing(() => talk(5, thread.id), 5);
    await scene.repair();
    expect(scene.pages()).toEqual(new Map());
  });

  it('a guild that is closed to us ends the repair', async () => {
    await missing(() => scene.world.kickBot(scene.guild.id), 5);
    const card = await scene.repair();
    expect(card!.notRecovered).toContain('guild');
  });
});
