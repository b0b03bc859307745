import { describe, expect, it } from 'vitest';
import { saveSettings } from '../../../db/settings.ts';
import { audited, readGuild, searches } from './auditing.ts';
import { past } from './past.ts';
import { useScenes } from './scene.ts';

const open = useScenes();

describe('what is not compared', () => {
  it('is what was never read, which is told', async () => {
    const { scene, guild } = await readGuild(await open(), 30);
    const other = past(scene, guild, 40).channel;
    const { channels } = (await audited(scene, guild))!;
    const states = Object.fromEntries(channels.map((one) => [one.channelId, one.state]));
    expect(states[other.id]).toBe('not read');
    expect(Object.values(states).toSorted()).toEqual(['not read', 'same']);
    expect(searches(scene)).toHaveLength(1);
  });

  it('is the part of a channel that is not read yet', async () => {
    const scene = await open();
    const guild = scene.world.addGuild();
    const { said } = past(scene, guild, 400);
    await scene.run(await scene.order(guild, { sinceId: said[250]!.id }));
    // The last page shows more than was asked for.
    expect((await audited(scene, guild))!.channels).toMatchObject([
      { state: 'same', hasUnread: true, ours: 200, discord: 200 },
    ]);
  });

  it('is a channel that is excluded, or that the bot may not read', async () => {
    const { scene, guild, channel } = await readGuild(await open(), 30);
    const other = past(scene, guild, 30).channel;
    await saveSettings(scene.database.db, guild.id, { excludedChannels: [channel.id] }, new Date());
    scene.world.forbid(other.id, 'ReadMessageHistory');
    const report = (await audited(scene, guild))!;
    expect(report.channels).toEqual([]);
    expect(report.notReadable.map((one) => [one.channelId, one.reason])).toEqual([
      [channel.id, 'excluded'],
      [other.id, 'no history'],
    ]);
    expect(searches(scene)).toEqual([]);
  });

  it('is where Discord lets nobody search', async () => {
    const { scene, guild } = await readGuild(await open(), 30);
    for (let i = 0; i < 5; i++) {
      past(scene, guild, 5);
    }
    await scene.run(await scene.order(guild, { isAgain: true }));
    scene.discord.faults.next({ status: 403 }, { path: /search/, times: Infinity });
    const { channels } = (await audited(scene, guild))!;
    expect(channels.map(({ state, discord }) => [state, discord])).toEqual(
      channels.map(() => ['closed', null]),
    );
    // Refusals are held against the bot.
    expect(searches(scene)).toHaveLength(3);
  });

  it('is where Discord has no index, after a patience', async () => {
    const { scene, guild } = await readGuild(await open(), 30);
    scene.discord.search.notIndexed(2, { retryAfterS: 5 });
    expect((await audited(scene, guild))!.channels).toMatchObject([{ state: 'same', requests: 3 }]);
    scene.discord.search.notIndexed(Infinity, { retryAfterS: 5 });
    const [found] = (await audited(scene, guild))!.channels;
    expect(found).toMatchObject({ state: 'not indexed', discord: null, ours: 30, requests: 13 });
  });

  it('is a server that the bot is not in', async () => {
    const { scene, guild } = await readGuild(await open(), 3);
    scene.world.kickBot(guild.id);
    expect(await audited(scene, guild)).toBeUndefined();
  });
});
