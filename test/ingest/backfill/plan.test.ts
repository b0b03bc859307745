import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { saveSettings } from '../../../db/settings.ts';
import { snowflakeAt } from '../../../db/snowflake.ts';
import { past } from './past.ts';
import { asked, messagesOf, plan, planAt } from './planning.ts';
import { bigGuild, type Scene, useScenes } from './scene.ts';

const open = useScenes();
const DAY = 86_400_000;

/** What lies in the tables, by how many rows. */
const rowsIn = async ({ rows }: Scene) => {
  const tables = ['messages', 'channels', 'coverage', 'backfill_runs', 'backfill_channels', 'channel_access'];
  return rows(`select ${tables.map((name) => `(select count(*)::int from ${name}) as ${name}`).join(', ')}`);
};

describe('a plan', () => {
  it('names what will be read with its messages, writes nothing, and is what then happens', async () => {
    const scene = await open();
    const big = bigGuild(scene);
    const before = await rowsIn(scene);
    const planned = (await plan(scene, big.guild))!;
    expect(await rowsIn(scene)).toEqual(before);
    expect(messagesOf(planned)).toEqual(big.readable);
    expect(planned.messages).toBe(big.readableMessages);
    expect(planned.unknown).toBe(0);
    const run = await scene.order(big.guild);
    const { card } = await scene.run(run);
    expect(planned.listingRequests + planned.memberRequests!).toBe(card.listingRequests);
    const happened = card.requests - card.listingRequests;
    expect(Math.abs(planned.pageRequests - happened)).toBeLessThanOrEqual(happened / 50);
    const done = { channels: [], covered: big.readable.size, pageRequests: 0, memberRequests: 0 };
    expect(await planAt(run.askedAtMs, scene, big.guild)).toMatchObject(done);
  });

  it('says why a channel is not read', async () => {
    const scene = await open();
    const { world, database } = scene;
    const guild = world.addGuild();
    const of = (type = ChannelType.GuildText) => past(scene, guild, 3, type).channel.id;
    const [seen, noHistory, voice, excluded, hidden] = [of(), of(), of(ChannelType.GuildVoice), of(), of()];
    const forum = world.addChannel(guild.id, ChannelType.GuildForum).id;
    for (const id of [noHistory, forum]) world.forbid(id, 'ReadMessageHistory');
    world.forbid(voice, 'Connect');
    await saveSettings(database.db, guild.id, { excludedChannels: [excluded] }, new Date());
    const run = await scene.run(await scene.order(guild, { channelIds: [hidden] }));
    expect(run.state).toBe('done');
    world.hideChannel(hidden);
    const planned = (await plan(scene, guild))!;
    expect(planned.channels.map(({ channelId }) => channelId)).toEqual([seen]);
    const reasons = Object.fromEntries(planned.notReadable.map((one) => [one.channelId, one.reason]));
    expect(reasons).toEqual({
      [noHistory]: 'no history',
      [forum]: 'no history',
      [voice]: 'no connect',
      [excluded]: 'excluded',
      [hidden]: 'hidden',
    });
    // Its name is known from before.
    expect(planned.notReadable.every(({ name }) => name?.startsWith('channel-'))).toBe(true);
  });

  it('does not ask again for what was refused within a day', async () => {
    const scene = await open();
    const guild = scene.world.addGuild();
    const { channel } = past(scene, guild, 3);
    const refuse = (at: string) =>
      scene.rows(
        `insert into backfill_channels values ($1, ${at}, $2, 'closed', 'refused', false, null, null, 0, 0, ${at})`,
        guild.id,
        channel.id,
      );
    await refuse(`now() - interval '25 hours'`);
    expect((await plan(scene, guild))!.channels).toHaveLength(1);
    await refuse('now()');
    const planned = (await plan(scene, guild))!;
    expect(planned.channels).toEqual([]);
    expect(planned.notReadable).toMatchObject([{ channelId: channel.id, reason: 'refused' }]);
    await scene.rows(
      `insert into channel_access values ($1, $2, now() + interval '1 s', 'readable')`,
      guild.id,
      channel.id,
    );
    expect((await plan(scene, guild))!.channels).toHaveLength(1);
  });

  it('is of the named channels, a channel with its threads, a category or forum with all below it', async () => {
    const scene = await open();
    const { world } = scene;
    const guild = world.addGuild();
    const category = world.addChannel(guild.id, ChannelType.GuildCategory).id;
    const one = past(scene, guild, 3);
    const two = past(scene, guild, 3);
    world.updateChannel(one.channel.id, { parentId: category });
    const archivedAt = Date.now() - DAY;
    const thread = world.seedThread(one.channel.id, {
      at: archivedAt - DAY,
      ownerId: one.author,
      archivedAt,
    });
    world.seed(thread.id, [{ at: archivedAt - 5, author: one.author, content: 'in it' }]);
    const named = async (...channelIds: string[]) =>
      (await plan(scene, guild, { channelIds }))!.channels.map(({ channelId }) => channelId).toSorted();
    expect(await named(category)).toEqual([one.channel.id, thread.id].toSorted());
    expect(await named(one.channel.id)).toEqual([one.channel.id, thread.id].toSorted());
    expect(await named(thread.id)).toEqual([thread.id]);
    expect(await named(thread.id, two.channel.id)).toEqual([two.channel.id, thread.id].toSorted());
  });

  it('is of what is younger than a date, and lists no threads that are over before', async () => {
    const scene = await open();
    const { world } = scene;
    const guild = world.addGuild();
    const { channel, author } = past(scene, guild, 250);
    for (let i = 0; i < 350; i++) {
      const archivedAt = Date.now() - (i + 1) * 3_600_000;
      const thread = world.seedThread(channel.id, { at: archivedAt - 60_000, ownerId: author, archivedAt });
      world.seed(thread.id, [{ at: archivedAt - 1_000, author, content: 'in it' }]);
    }
    const since = Date.now() - 3 * DAY;
    const planned = (await plan(scene, guild, { sinceId: snowflakeAt(since) }))!;
    const [first] = planned.channels;
    // Hours 25 to 72.
    expect(first).toMatchObject({ channelId: channel.id, requests: 1 });
    expect(first!.fromMs).toBe(Math.ceil(since));
    expect([47, 48]).toContain(first!.messages);
    expect(planned.channels).toHaveLength(1 + 71);
    // Of private ones there is one list, too.
    expect(asked(scene, /threads\/archived/)).toBe(2);
  });
});

describe('who reacted', () => {
  it('is a request an emoji, of what is recorded and by its share of what is not', async () => {
    const scene = await open();
    const { world } = scene;
    const guild = world.addGuild();
    const { channel, said, author } = past(scene, guild, 100);
    for (const message of said.filter((_, i) => i % 10 === 0))
      world.react({ id: message.id, channelId: channel.id }, author, '👍');
    const first = (await plan(scene, guild, { withReactors: true }))!;
    expect(first).toMatchObject({ reactorRequests: 0, hasUnknownReactors: true });
    expect((await plan(scene, guild))!).toMatchObject({ reactorRequests: null, hasUnknownReactors: false });
    await scene.run(await scene.order(guild));
    const other = past(scene, guild, 50);
    const second = (await plan(scene, guild, { withReactors: true }))!;
    expect(messagesOf(second)).toEqual(
      new Map([
        [other.channel.id, 50],
        [channel.id, 0],
      ]),
    );
    // Ten that are known of, and a tenth of fifty.
    expect(second).toMatchObject({ reactorRequests: 15, hasUnknownReactors: false });
    const { card } = await scene.run(await scene.order(guild, { withReactors: true }));
    expect(card.reactorRequests).toBe(10);
    expect(await plan(scene, guild, { withReactors: true })).toMatchObject({ reactorRequests: 0 });
  });
});

it('a plan is made anew of what was read, where all is to be read again', async () => {
  const scene = await open();
  const guild = scene.world.addGuild();
  const { channel } = past(scene, guild, 10);
  const run = await scene.order(guild);
  await scene.run(run);
  expect((await planAt(run.askedAtMs, scene, guild))!.channels).toEqual([]);
  const again = (await plan(scene, guild, { isAgain: true }))!;
  expect(again.channels).toMatchObject([{ channelId: channel.id, messages: 10 }]);
});

it('a guild that is closed to the bot has no plan', async () => {
  const scene = await open();
  const guild = scene.world.addGuild();
  scene.world.kickBot(guild.id);
  expect(await plan(scene, guild)).toBeUndefined();
});
