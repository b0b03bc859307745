import { describe, expect, it } from 'vitest';
import { leftOf, pagesNeeded, repeated, statesOf, talked, town } from './acts.ts';
import { bigGuild, differences, recordOf, truthOf, useScenes } from './scene.ts';

const open = useScenes();
const DAY = 86_400_000;

describe('the pages of a backfill', () => {
  it('are those that every kind of channel needs, each asked for once', async () => {
    const scene = await open();
    const { guild, readable } = bigGuild(scene);
    const end = await scene.run(await scene.order(guild));
    expect(end).toMatchObject({ state: 'done', card: { share: 1, leftMs: 0, channelsFailed: 0 } });
    expect(differences(truthOf(scene, guild), await recordOf(scene, guild))).toEqual([]);
    expect(repeated(scene)).toEqual([]);
    expect(scene.pages().size).toBeLessThanOrEqual(pagesNeeded(readable.values()));
    expect(end.card.channels).toBe(readable.size);
    expect(end.card.channelsRead).toBe(readable.size);
    expect(await leftOf(scene, guild, [...readable.keys()])).toEqual([]);
  });

  it('are none where all is covered already', async () => {
    const scene = await open();
    const { guild, readable } = bigGuild(scene, { messages: 1_000, channels: 22, threads: 20 });
    await scene.run(await scene.order(guild));
    const before = scene.pages().size;
    // What has come since is asked for: one page a channel, and what closes it.
    await scene.run(await scene.order(guild));
    expect(scene.pages().size - before).toBeLessThanOrEqual(2 * readable.size);
    expect(differences(truthOf(scene, guild), await recordOf(scene, guild))).toEqual([]);
  });

  it('of a channel without end keep no other channel waiting', async () => {
    const scene = await open({ limits: { isOn: true, routes: { [PAGES]: { requests: 5, perMs: 500 } } } });
    const here = town(scene);
    const endless = talked(scene, here, 6_000, { end: Date.now() - 60_000 });
    const small = Array.from({ length: 12 }, () => talked(scene, here, 40, { end: Date.now() - 300 * DAY }));
    const stop = new AbortController();
    const run = await scene.order(here.guild);
    const end = await scene.run(run, { signal: stop.signal }, async () => {
      const states = await statesOf(scene, here.guild);
      if (small.every(({ id }) => states[id] === 'read')) stop.abort();
    });
    expect(end.state).toBe('stopped');
    expect((await statesOf(scene, here.guild))[endless.id]).toBe('waiting');
    expect(end.card.messagesSeen).toBeLessThan(6_000);
  });

  it('begin with the newest', async () => {
    const scene = await open();
    const here = town(scene);
    const old = talked(scene, here, 150, { end: Date.now() - 900 * DAY });
    talked(scene, here, 150, { end: Date.now() - DAY });
    for (let n = 0; n < 5; n++) talked(scene, here, 20, { end: Date.now() - (10 + n) * DAY });
    await scene.run(await scene.order(here.guild), { requestsAtOnce: () => 1 });
    const begun = [...new Set([...scene.pages().keys()].map((page) => page.split('/')[2]!))];
    const newest = (id: string) => Number(here.guild.channels.get(id)!.lastMessageId ?? 0);
    // Empty ones have nothing that is new.
    const filled = begun.filter((id) => newest(id) > 0);
    expect(filled).toEqual(filled.toSorted((a, b) => newest(b) - newest(a)));
    expect(filled.at(-1)).toBe(old.id);
  });
});

const PAGES = 'GET /channels/{channel_id}/messages';

describe('what is served', () => {
  it('two guilds at once are read side by side', async () => {
    const scene = await open();
    const towns = [town(scene), town(scene)];
    for (const here of towns) for (let n = 0; n < 5; n++) talked(scene, here, 120 + n);
    const runs = await Promise.all(towns.map(({ guild }) => scene.order(guild)));
    const ends = await Promise.all(runs.map((run) => scene.run(run)));
    expect(ends.map(({ state }) => state)).toEqual(['done', 'done']);
    for (const { guild } of towns)
      expect(differences(truthOf(scene, guild), await recordOf(scene, guild))).toEqual([]);
    expect(repeated(scene)).toEqual([]);
  });

  it('a guild that the bot is not in fails, and says so', async () => {
    const scene = await open();
    const here = town(scene);
    talked(scene, here, 10);
    scene.world.kickBot(here.guild.id);
    const end = await scene.run(await scene.order(here.guild));
    expect(end).toMatchObject({ state: 'failed', reason: expect.stringContaining('closed') });
    expect(scene.pages().size).toBe(0);
  });

  it('a guild that the bot is removed from meanwhile fails, and keeps what was read', async () => {
    const scene = await open();
    const here = town(scene);
    for (let n = 0; n < 5; n++) talked(scene, here, 500);
    let n = 0;
    const end = await scene.run(await scene.order(here.guild), {
      requestsAtOnce: () => 2,
      calls: {
        get(route, query, signal) {
          if (route.endsWith('/messages') && ++n === 8) scene.world.kickBot(here.guild.id);
          return scene.rest.calls.get(route, query, signal);
        },
      },
    });
    expect(end.state).toBe('failed');
    expect((await recordOf(scene, here.guild)).size).toBe(700);
    expect(scene.discord.requests.filter(({ status }) => status === 403).length).toBeLessThan(10);
  });

  it('a payload that cannot be recorded is noted, and its id is covered all the same', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 230);
    const ids = [...channel.messages.keys()];
    const poison = new Set([0, 30, 130, 229].map((n) => ids[n]!));
    const end = await scene.run(await scene.order(here.guild), {
      calls: {
        async get<T>(...given: Parameters<typeof scene.rest.calls.get>) {
          const answer = await scene.rest.calls.get<T>(...given);
          if (answer.is !== 'found' || !given[0].endsWith('/messages')) return answer;
          const payload = (answer.payload as { id: string }[]).map((one) =>
            poison.has(one.id) ? { id: one.id, channel_id: channel.id, author: 'nobody' } : one,
          );
          return { ...answer, payload: payload as T };
        },
      },
    });
    expect(end.state).toBe('done');
    expect(end.card).toMatchObject({ notRecovered: ['refused-payloads'] });
    expect(await leftOf(scene, here.guild, [channel.id])).toEqual([]);
    expect([...(await recordOf(scene, here.guild)).keys()].toSorted()).toEqual(
      ids.filter((id) => !poison.has(id)).toSorted(),
    );
  });
});
