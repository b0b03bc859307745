import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { readableIn } from '../../support/discord/big-guild.ts';
import { asked, repeated, statesOf, talked, threadTalked, town } from './acts.ts';
import { differences, recordOf, truthOf, useScenes } from './scene.ts';

const open = useScenes();
const DAY = 86_400_000;

describe('what is asked for', () => {
  it('a channel is read with its threads, a category or a forum with all below it, and nothing else', async () => {
    const scene = await open();
    const here = town(scene);
    const { world } = scene;
    const category = world.addChannel(here.guild.id, ChannelType.GuildCategory);
    const within = talked(scene, here, 20, { parentId: category.id });
    const [alone, other] = [talked(scene, here, 20), talked(scene, here, 20)];
    const threads = [
      threadTalked(scene, here, within, 5),
      threadTalked(scene, here, alone, 5),
      threadTalked(scene, here, alone, 5, { archivedAt: Date.now() - DAY }),
      threadTalked(scene, here, other, 5, { archivedAt: Date.now() - DAY }),
    ];
    const forum = world.addChannel(here.guild.id, ChannelType.GuildForum);
    const post = threadTalked(scene, here, forum, 5);
    const read = async (...channelIds: string[]) => {
      await scene.run(await scene.order(here.guild, { channelIds }));
      return new Set([...scene.pages().keys()].map((page) => page.split('/')[2]!));
    };
    expect(await read(category.id)).toEqual(new Set([within.id, threads[0]!.id]));
    expect(await read(alone.id)).toEqual(
      new Set([within.id, threads[0]!.id, alone.id, threads[1]!.id, threads[2]!.id]),
    );
    expect((await read(forum.id)).has(post.id)).toBe(true);
    const all = await read(threads[3]!.id);
    expect(all.has(threads[3]!.id)).toBe(true);
    expect(all.has(other.id)).toBe(false);
  });

  it('nothing is read from before a date but the page that reaches it', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 450);
    const old = threadTalked(scene, here, channel, 10, {
      end: Date.now() - 30 * DAY,
      archivedAt: Date.now() - 20 * DAY,
    });
    const recent = threadTalked(scene, here, channel, 10, { archivedAt: Date.now() - DAY / 2 });
    const sinceId = [...channel.messages.keys()][300]!;
    await scene.run(await scene.order(here.guild, { sinceId }));
    const pages = [...scene.pages().keys()];
    expect(pages.filter((page) => page.includes(channel.id))).toHaveLength(2);
    expect(pages.some((page) => page.includes(old.id))).toBe(false);
    expect(pages.some((page) => page.includes(recent.id))).toBe(true);
    // All of it later: what is read is not read again.
    await scene.run(await scene.order(here.guild));
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
    expect(repeated(scene)).toEqual([]);
  });

  it('again: edits and reactions since, and what was deleted since, wherever it was', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 250, {
      more: (n) => (n % 10 === 0 ? { reactions: [{ emoji: '👍', users: [here.people[0]!] }] } : {}),
    });
    await scene.run(await scene.order(here.guild));
    const ids = [...channel.messages.keys()];
    scene.world.edit({ channelId: channel.id, id: ids[5]! }, 'another word');
    scene.world.react({ channelId: channel.id, id: ids[6]! }, here.people[1]!, '👍');
    scene.world.unreact({ channelId: channel.id, id: ids[10]! }, here.people[0]!, '👍');
    // At the top, in the middle, at the bottom.
    for (const n of [248, 249, 140, 0, 1]) channel.messages.delete(ids[n]!);
    await scene.run(await scene.order(here.guild, { isAgain: true }));
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
    // By their pages, not one by one.
    expect(asked(scene, /\/messages\/\d+$/)).toBe(0);
  });

  it('again, of a channel that has been emptied since', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 30);
    await scene.run(await scene.order(here.guild));
    channel.messages.clear();
    await scene.run(await scene.order(here.guild, { isAgain: true }));
    expect(await recordOf(scene, here.guild)).toEqual(new Map());
  });

  it('excluded channels are not asked for', async () => {
    const scene = await open();
    const here = town(scene);
    const [kept, left] = [talked(scene, here, 10), talked(scene, here, 10)];
    const thread = threadTalked(scene, here, left, 10);
    await scene.rows(
      'insert into excluded_channels (guild_id, channel_id, since) values ($1, $2, now())',
      here.guild.id,
      left.id,
    );
    const end = await scene.run(await scene.order(here.guild));
    expect(end.state).toBe('done');
    expect([...scene.pages().keys()].every((page) => page.includes(kept.id))).toBe(true);
    expect(await statesOf(scene, here.guild)).toMatchObject({
      [left.id]: 'closed: excluded',
      [thread.id]: 'closed: excluded',
    });
  });

  it('a thread and a channel that are deleted while they are read are deleted, and nothing fails', async () => {
    const scene = await open();
    const here = town(scene);
    const [channel, other] = [talked(scene, here, 500), talked(scene, here, 500)];
    const thread = threadTalked(scene, here, channel, 450);
    const inside = threadTalked(scene, here, other, 50);
    let n = 0;
    const end = await scene.run(await scene.order(here.guild), {
      requestsAtOnce: () => 3,
      calls: {
        get(route, query, signal) {
          if (route.endsWith('/messages') && ++n === 4) {
            scene.world.deleteThread(thread.id);
            scene.world.deleteChannel(other.id);
          }
          return scene.rest.calls.get(route, query, signal);
        },
      },
    });
    expect(end.state).toBe('done');
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
    const gone = await scene.rows<{ id: string }>(
      'select channel_id::text as id from channels where deleted_at is not null',
    );
    expect(gone.map(({ id }) => id).toSorted()).toEqual([thread.id, other.id, inside.id].toSorted());
  });

  it('what begins after the start is left to live recording, or to the next run', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 250);
    let late: string | undefined;
    const end = await scene.run(await scene.order(here.guild), {
      calls: {
        get(route, query, signal) {
          if (route.endsWith('/messages') && !late) {
            const made = scene.world.addChannel(here.guild.id);
            late = made.id;
            scene.world.send(made.id, { author: here.people[0]!, content: 'a moment ago' });
            scene.world.send(channel.id, { author: here.people[0]!, content: 'a moment ago' });
          }
          return scene.rest.calls.get(route, query, signal);
        },
      },
    });
    expect(end.state).toBe('done');
    expect([...scene.pages().keys()].some((page) => page.includes(late!))).toBe(false);
    expect((await recordOf(scene, here.guild)).size).toBe(250);
    expect(readableIn(scene.world, here.guild).readableMessages).toBe(252);
  });

  it('a thread that is opened again while the archived ones are listed is read, too', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 20);
    const thread = threadTalked(scene, here, channel, 30, { archivedAt: Date.now() - DAY });
    const end = await scene.run(await scene.order(here.guild), {
      calls: {
        get(route, query, signal) {
          if (route.endsWith('/archived/public') && thread.thread!.archived)
            scene.world.unarchiveThread(thread.id);
          return scene.rest.calls.get(route, query, signal);
        },
      },
    });
    expect(end.state).toBe('done');
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
  });
});
