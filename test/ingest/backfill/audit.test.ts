import { describe, expect, it } from 'vitest';
import { snowflakeAt, snowflakeMs } from '../../../db/snowflake.ts';
import { audited, dayOf, forget, pages, readGuild, searches } from './auditing.ts';
import { past } from './past.ts';
import { asked } from './planning.ts';
import { bigGuild, differences, recordOf, truthOf, useScenes } from './scene.ts';

const open = useScenes();

describe('an audit', () => {
  it('asks once for each channel and thread where nothing differs, and reads nothing', async () => {
    const scene = await open();
    const big = bigGuild(scene);
    await scene.run(await scene.order(big.guild));
    scene.discord.requests.length = 0;
    const report = (await audited(scene, big.guild))!;
    const { channels } = report;
    expect(new Set(channels.map(({ state }) => state))).toEqual(new Set(['same']));
    expect(channels.map(({ channelId }) => channelId).toSorted()).toEqual(
      [...big.readable.keys()].toSorted(),
    );
    for (const { channelId, ours, discord, hasUnread } of channels)
      expect([ours, discord, hasUnread]).toEqual([big.readable.get(channelId), ours, false]);
    const empty = channels.filter(({ requests }) => requests === 0);
    // Where nothing was ever sent there is nothing to ask.
    expect(empty.length).toBeGreaterThan(0);
    expect(empty.every(({ ours }) => ours === 0)).toBe(true);
    const probes = channels.filter(({ requests }) => requests > 1);
    // Once it is looked whether Discord counts threads with their channels.
    expect(probes.length).toBeLessThanOrEqual(1);
    expect(pages(scene)).toEqual([]);
    expect(report.notReadable.length).toBeGreaterThan(0);
  });

  it('finds a hole to the day, and fills it', async () => {
    const { scene, guild, channel, said } = await readGuild(await open());
    const lost = said.slice(1_000, 1_010);
    for (const message of lost) await forget(scene, message);
    const report = (await audited(scene, guild))!;
    const [found] = report.channels;
    expect(found).toMatchObject({
      channelId: channel.id,
      state: 'repaired',
      ours: 2_990,
      discord: 3_000,
      messagesFound: 10,
      deletionsFound: 0,
    });
    const days = [...new Set(lost.map(dayOf))];
    expect(found!.months.flatMap((month) => month.days).map(({ start }) => start)).toEqual(days);
    expect(found!.months.map(({ start }) => start.slice(0, 7))).toEqual([
      ...new Set(days.map((day) => day.slice(0, 7))),
    ]);
    for (const day of found!.months.flatMap((month) => month.days))
      expect(day).toMatchObject({ oursNow: day.discord, isRepaired: true });
    expect(differences(truthOf(scene, guild), await recordOf(scene, guild))).toEqual([]);
    // Of 5 months and 31 days: by halves, not one by one.
    expect(searches(scene).length).toBeLessThanOrEqual(1 + 6 + 2 * 6);
    expect(pages(scene).length).toBeLessThanOrEqual(2);
    expect((await audited(scene, guild))!.channels[0]).toMatchObject({ state: 'same', requests: 1 });
  });

  it('finds a message deleted that nobody told of', async () => {
    for (const at of [1_500, 0, 2_999]) {
      const { scene, guild, channel, said } = await readGuild(await open());
      const message = said[at]!;
      scene.world.deleteMessage({ id: message.id, channelId: channel.id });
      const [found] = (await audited(scene, guild))!.channels;
      expect(found).toMatchObject({ state: 'repaired', ours: 3_000, discord: 2_999, deletionsFound: 1 });
      // A full page proves it, or the first message behind what is read.
      expect(asked(scene, /\/messages\/\d+$/)).toBe(0);
      expect(found!.months.flatMap(({ days }) => days)).toMatchObject([{ start: dayOf(message) }]);
      expect(differences(truthOf(scene, guild), await recordOf(scene, guild))).toEqual([]);
      await scene.database.clear();
    }
  });

  it('finds a whole channel emptied', async () => {
    const { scene, guild, channel, said } = await readGuild(await open(), 30);
    for (const { id } of said) scene.world.deleteMessage({ id, channelId: channel.id });
    const [found] = (await audited(scene, guild))!.channels;
    expect(found).toMatchObject({ state: 'repaired', ours: 30, discord: 0, deletionsFound: 30 });
    expect(await recordOf(scene, guild)).toEqual(new Map());
  });

  it('repairs nothing where it is only to look', async () => {
    const { scene, guild, said } = await readGuild(await open(), 300);
    await forget(scene, said[100]!);
    const [found] = (await audited(scene, guild, { isRepairing: false }))!.channels;
    expect(found).toMatchObject({ state: 'differs', ours: 299, discord: 300, messagesFound: 0 });
    expect(found!.months.flatMap(({ days }) => days)).toMatchObject([
      { start: dayOf(said[100]!), oursNow: null, isRepaired: false },
    ]);
    expect(pages(scene)).toEqual([]);
  });

  it('tells what differs still when it was read again', async () => {
    const { scene, guild, said } = await readGuild(await open(), 300);
    await scene.rows(`update messages set gone_at = now() where message_id = $1`, said[100]!.id);
    const [found] = (await audited(scene, guild))!.channels;
    expect(found).toMatchObject({ state: 'differs', ours: 299, discord: 300, messagesFound: 0 });
    const [day] = found!.months.flatMap(({ days }) => days);
    expect(day!.oursNow).toBe(day!.discord - 1);
  });

  it('looks at the named channels and at what is younger than a date alone', async () => {
    const { scene, guild, said, channel } = await readGuild(await open(), 300);
    await forget(scene, said[10]!);
    const sinceId = snowflakeAt(snowflakeMs(said[20]!.id));
    expect((await audited(scene, guild, { sinceId }))!.channels).toMatchObject([
      { state: 'same', ours: 280, discord: 280 },
    ]);
    expect((await audited(scene, guild, { channelIds: ['5'] }))!.channels).toEqual([]);
    const named = (await audited(scene, guild, { channelIds: [channel.id] }))!;
    expect(named.channels).toMatchObject([{ state: 'repaired', messagesFound: 1 }]);
  });

  it('leaves out what was said in the last minutes', async () => {
    const { scene, guild, channel } = await readGuild(await open(), 30);
    const author = scene.world.addUser('ben', { guildId: guild.id }).id;
    const span = `insert into coverage values ($1, $2, 0, $3, 'rest', 'read', now())`;
    await scene.rows(span, guild.id, channel.id, snowflakeAt(Date.now() + 60_000));
    scene.world.send(channel.id, { author, content: 'just now' });
    expect((await audited(scene, guild))!.channels).toMatchObject([{ state: 'same', ours: 30 }]);
  });
});

it('messages of forgotten people are taken to be there', async () => {
  const { scene, guild, said } = await readGuild(await open(), 300);
  for (const { id } of said.slice(50, 55)) {
    await scene.rows(`delete from messages where message_id = $1`, id);
    await scene.rows(
      `insert into messages (guild_id, message_id, erased) values ($1, $2, true)`,
      guild.id,
      id,
    );
  }
  await scene.rows(`insert into choices values ($1, 5, 'forgotten', now())`, guild.id);
  expect(await audited(scene, guild)).toMatchObject({
    forgotten: 5,
    channels: [{ state: 'same', ours: 295, discord: 300, requests: 1 }],
  });
});

it("a channel's threads are counted by themselves, whether or not a search counts them among its own", async () => {
  const scene = await open();
  const guild = scene.world.addGuild();
  const { channel, said, author } = past(scene, guild, 60);
  const thread = scene.world.seedThread(channel.id, { at: snowflakeMs(said[5]!.id), ownerId: author });
  const inside = scene.world.seed(
    thread.id,
    said.slice(6, 46).map(({ id }) => ({ at: snowflakeMs(id) + 1, author, content: 'in it' })),
  );
  await scene.run(await scene.order(guild));
  for (const withThreads of [false, true]) {
    scene.discord.search.withThreads = withThreads;
    expect((await audited(scene, guild))!.channels).toMatchObject([
      { channelId: channel.id, state: 'same', ours: 60, discord: 60 },
      { channelId: thread.id, state: 'same', ours: 40, discord: 40 },
    ]);
    await forget(scene, inside[7]!);
    await forget(scene, said[9]!);
    expect((await audited(scene, guild))!.channels).toMatchObject([
      { state: 'repaired', messagesFound: 1 },
      { state: 'repaired', messagesFound: 1 },
    ]);
  }
});
