import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { past } from './past.ts';
import { asked, messagesOf, plan, planAt } from './planning.ts';
import { useScenes } from './scene.ts';

const open = useScenes();
const DAY = 86_400_000;

describe('the messages of a channel', () => {
  it('are counted only in what is not covered', async () => {
    const scene = await open();
    const guild = scene.world.addGuild();
    const { channel, said } = past(scene, guild, 230);
    const span = (from: number, to: number) =>
      scene.rows(
        `insert into coverage values ($1, $2, $3, $4, 'rest', 'verified', now())`,
        guild.id,
        channel.id,
        said[from]!.id,
        said[to]!.id,
      );
    await span(10, 99);
    await span(150, 229);
    const [planned] = (await plan(scene, guild))!.channels;
    // A page for what is above all messages, one for 50, and one for 10 with one more to see their beginning.
    expect(planned).toMatchObject({ messages: 60, requests: 4, fromMs: null });
  });

  it('are told of threads by themselves, without a search', async () => {
    const scene = await open();
    const { world } = scene;
    const guild = world.addGuild();
    const forum = world.addChannel(guild.id, ChannelType.GuildForum).id;
    const author = world.addUser('ada', { guildId: guild.id }).id;
    const post = world.startThread(forum, { ownerId: author, content: 'first', name: 'post' });
    world.send(post.id, { author, content: 'second' });
    // What was just said is not history yet.
    expect((await plan(scene, guild))!.channels).toEqual([]);
    const planned = (await planAt(Date.now() + 11_000, scene, guild))!;
    expect(planned.channels).toMatchObject([{ channelId: post.id, messages: 2, requests: 2 }]);
    expect(asked(scene, /search/)).toBe(0);
  });

  it('are without those of its threads, whether or not a search counts them among its own', async () => {
    for (const withThreads of [false, true]) {
      const scene = await open();
      const { world, discord } = scene;
      discord.search.withThreads = withThreads;
      const guild = world.addGuild();
      const { channel, author } = past(scene, guild, 120);
      const thread = world.seedThread(channel.id, { at: Date.now() - DAY, ownerId: author });
      world.seed(
        thread.id,
        Array.from({ length: 130 }, (_, i) => ({
          at: Date.now() - DAY + 1_000 * (i + 1),
          author,
          content: `in it ${i}`,
        })),
      );
      const planned = (await plan(scene, guild))!;
      expect(messagesOf(planned)).toEqual(
        new Map([
          [channel.id, 120],
          [thread.id, 130],
        ]),
      );
      await scene.rows('delete from backfill_runs');
    }
  });

  it('are guessed by the newest page where nothing can be searched, or is not indexed', async () => {
    const scene = await open();
    const { world, discord } = scene;
    const guild = world.addGuild();
    const { channel } = past(scene, guild, 1_000);
    const small = past(scene, guild, 30);
    discord.search.notIndexed(Infinity, { retryAfterS: 1 });
    const planned = (await plan(scene, guild))!;
    const messages = messagesOf(planned);
    expect(messages.get(small.channel.id)).toBe(30);
    expect(messages.get(channel.id)).toBeGreaterThan(950);
    expect(messages.get(channel.id)).toBeLessThan(1_050);
    discord.search.notIndexed(1);
    expect(messagesOf((await plan(scene, guild))!).get(channel.id)).toBe(1_000);
    discord.search.clear();
    discord.faults.next({ status: 403 }, { path: /search/ });
    expect(messagesOf((await plan(scene, guild))!).get(channel.id)).toBeGreaterThan(950);
  });

  it('are none where none was ever sent, or the last is deleted', async () => {
    const scene = await open();
    const { world } = scene;
    const guild = world.addGuild();
    const never = past(scene, guild, 0).channel;
    const deleted = past(scene, guild, 1);
    world.deleteMessage({ id: deleted.said[0]!.id, channelId: deleted.channel.id });
    const planned = (await plan(scene, guild))!;
    const requests = Object.fromEntries(planned.channels.map((one) => [one.channelId, one.requests]));
    expect(requests).toEqual({ [never.id]: 1, [deleted.channel.id]: 2 });
    expect(planned.messages).toBe(0);
    const { card } = await scene.run(await scene.order(guild));
    expect(card.requests - card.listingRequests).toBe(3);
  });
});
