import { describe, expect, it } from 'vitest';
import { gapsToRepair } from '../../../../db/gaps.ts';
import { TokenError } from '../../../../ingest/discord/fetch-calls.ts';
import { makeActs, useScene } from './scene.ts';

const scene = useScene();
const { isSame, like, missing, remove, talk } = makeActs(scene);

describe('a repair that is disturbed', () => {
  it.each([1, 2, 4, 7])('and killed at wait %d goes on where it was', async (at) => {
    const other = scene.world.addChannel(scene.guild.id);
    await missing(() => {
      for (const { id } of [scene.channel, other]) like(talk(420, id).filter((_, i) => i % 50 === 0));
    });
    const kill = new AbortController();
    let settled = 0;
    scene.onSettle = () => {
      if (++settled === at) kill.abort(new Error('killed'));
    };
    expect(await scene.repair({ signal: kill.signal })).toBe(undefined);
    scene.onSettle = undefined;
    const card = await scene.repair();
    await isSame();
    expect(card).toMatchObject({ messages: 840, channelsRead: 2 });
    // The page that was to be written, and the next, which had been asked for.
    for (const { id } of [scene.channel, other]) {
      const again = [...scene.pages()].filter(([page, times]) => page.includes(id) && times > 1);
      expect(again.length).toBeLessThanOrEqual(2);
    }
  });

  it.each([
    ['502', { status: 502 }],
    ['a hang', { hang: true }],
    ['a cut body', { cut: 'body' }],
  ] as const)('by %s reads all the same', async (_, fault) => {
    await missing(() => talk(230), 5);
    if ('hang' in fault) scene.rest.options.timeout = 300;
    for (let i = 0; i < 3; i++) scene.discord.faults.next(fault, { path: /\/messages$/ });
    scene.discord.faults.next(fault, { path: `/guilds/${scene.guild.id}/channels` });
    const card = await scene.repair();
    await isSame();
    expect(card).toMatchObject({ messages: 230, deletions: 0 });
    expect(scene.discord.faults.pending).toBe(0);
  });

  it('by a token that is no longer valid ends with it, and stays open', async () => {
    await missing(() => talk(5));
    scene.world.truth.token = 'another';
    await expect(scene.repair()).rejects.toThrow(TokenError);
    expect(await gapsToRepair(scene.database.pool, [scene.guild.id])).toHaveLength(1);
  });

  it('by a request that Discord finds wrong reads the other channels', async () => {
    const other = scene.world.addChannel(scene.guild.id);
    await missing(() => talk(5, other.id));
    scene.discord.faults.next(
      { status: 400, body: { message: 'bad', code: 50_035 } },
      { path: `/channels/${scene.channel.id}/messages` },
    );
    const card = await scene.repair();
    await isSame();
    expect(card!.notReadable).toEqual([{ channelId: scene.channel.id, reason: 'failed' }]);
  });

  it('by a payload that cannot be recorded notes it, and takes the message not for deleted', async () => {
    const messages = talk(5);
    await missing(() => talk(1));
    const body = messages.toReversed().map(({ id, channelId }) => ({ id, channel_id: channelId, author: 7 }));
    scene.discord.faults.next({ status: 200, body }, { path: /\/messages$/ });
    const card = await scene.repair();
    await isSame();
    expect(card).toMatchObject({ refusedPayloads: 5, deletions: 0 });
    expect(card!.notRecovered).toContain('refused-payloads');
  });

  it('says what it left beyond its bounds', async () => {
    const messages = talk(20);
    const channels = Array.from({ length: 4 }, () => scene.world.addChannel(scene.guild.id));
    await missing(() => {
      messages.slice(10).forEach(remove);
      channels.forEach(({ id }) => scene.world.deleteChannel(id));
    });
    const card = await scene.repair({ settings: { messagesAskedMax: 4, channelsAskedMax: 3 } });
    expect(card).toMatchObject({ deletions: 4, channelsDeleted: 3 });
    expect(card!.notRecovered).toEqual(expect.arrayContaining(['unchecked-deletions', 'unchecked-channels']));
    const { rows } = await scene.database.pool.query('select state from gaps');
    expect(rows).toEqual([{ state: 'partly' }]);
  });

  it('stops where nobody asks on', async () => {
    const others = Array.from({ length: 3 }, () => scene.world.addChannel(scene.guild.id));
    await missing(() => others.forEach(({ id }) => talk(2, id)));
    const stop = new Error('enough');
    await expect(
      scene.repair({ settings: { channelsAtOnce: 1 } }, () => {
        throw stop;
      }),
    ).rejects.toThrow(stop);
    expect(await gapsToRepair(scene.database.pool, [scene.guild.id])).toHaveLength(1);
  });
});
