import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readRun } from '../../../db/runs.ts';
import type { Calls } from '../../../ingest/discord/fetch-calls.ts';
import { recordLive, talked, town, type Live } from './acts.ts';
import { differences, recordOf, type Scene, truthOf, useScenes } from './scene.ts';

const open = useScenes();

/** Two channels in which every third message has a reaction, one of them recorded live from now on. */
async function begin({ lateMs = 100 } = {}) {
  const scene = await open();
  const here = town(scene);
  const like = (n: number) =>
    n % 3 === 0 ? { reactions: [{ emoji: '👍', users: [here.people[0]!, here.people[1]!] }] } : {};
  const channels = [
    talked(scene, here, 320, { more: like, end: Date.now() - 60_000 }),
    talked(scene, here, 120, { more: like, end: Date.now() - 60_000 }),
  ];
  const live = await recordLive(scene, here, { lateMs });
  return { scene, here, channels, live, ids: [...channels[0]!.messages.keys()] };
}

/** Something happens just before, and just after, a page of a channel is answered. */
function around(
  { rest }: Scene,
  { id }: { id: string },
  before: (page: number) => void,
  after: (page: number) => void,
): Calls {
  let pages = 0;
  return {
    async get(route, query, signal) {
      if (route !== `/channels/${id}/messages`) return rest.calls.get(route, query, signal);
      const page = ++pages;
      before(page);
      const answer = await rest.calls.get<never>(route, query, signal);
      after(page);
      return answer;
    },
  };
}

async function isTrue(
  scene: Scene,
  here: { guild: Parameters<typeof truthOf>[1] },
  live: Live,
): Promise<void> {
  await live.close();
  expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
}

describe('while a guild is recorded live', () => {
  it('reactions that come and go while their page is read are counted once', async () => {
    const { scene, here, channels, live, ids } = await begin();
    const [a, b, c] = here.people as [string, string, string];
    const key = (n: number) => ({ channelId: channels[0]!.id, id: ids[n]! });
    const calls = around(
      scene,
      channels[0]!,
      (page) => {
        if (page > 3) return;
        // In the answer, and told of by the gateway a moment later.
        for (const n of [300, 201, 99])
          scene.world[page % 2 ? 'react' : 'unreact'](key(n), page % 2 ? c : a, '👍');
        scene.world.react(key(310 - page), b, '🎉');
      },
      (page) => {
        // Not in the answer.
        if (page === 1) for (const n of [303, 204]) scene.world.unreact(key(n), b, '👍');
        if (page === 2) scene.world.clearReactions(key(306));
        if (page === 2) scene.world.clearEmoji(key(207), '👍');
      },
    );
    const end = await scene.run(await scene.order(here.guild), { calls });
    expect(end).toMatchObject({ state: 'done', card: { notRecovered: [] } });
    await isTrue(scene, here, live);
  }, 30_000);

  it('counts that were not sure when it was stopped are asked for when it goes on', async () => {
    const { scene, here, channels, live, ids } = await begin({ lateMs: 300 });
    const stop = new AbortController();
    const calls = around(
      scene,
      channels[0]!,
      (page) => {
        if (page === 1)
          scene.world.react({ channelId: channels[0]!.id, id: ids[300]! }, here.people[2]!, '👍');
      },
      () => stop.abort(),
    );
    const run = await scene.order(here.guild);
    const end = await scene.run(run, { calls, signal: stop.signal, requestsAtOnce: () => 1 });
    expect(end.state).toBe('stopped');
    await sleep(400);
    expect((await scene.run((await readRun(scene.database.pool, run))!)).state).toBe('done');
    await isTrue(scene, here, live);
  }, 30_000);

  it('edits and deletions meanwhile win, in whichever order they come', async () => {
    const { scene, here, channels, live, ids } = await begin();
    const key = (n: number) => ({ channelId: channels[0]!.id, id: ids[n]! });
    const calls = around(
      scene,
      channels[0]!,
      (page) => {
        if (page === 1) scene.world.edit(key(315), 'edited before its page');
        if (page === 1) scene.world.deleteMessage(key(314));
        if (page === 2) scene.world.deleteMessage(key(5));
      },
      (page) => {
        if (page === 1) scene.world.edit(key(313), 'edited after its page');
        if (page === 1) scene.world.deleteMessage(key(312));
        if (page === 1) scene.world.send(channels[0]!.id, { author: here.people[0]!, content: 'meanwhile' });
      },
    );
    const end = await scene.run(await scene.order(here.guild), { calls });
    expect(end.state).toBe('done');
    await isTrue(scene, here, live);
  }, 30_000);

  it('lists of who reacted count nobody twice', async () => {
    const { scene, here, channels, live, ids } = await begin();
    const key = { channelId: channels[0]!.id, id: ids[300]! };
    let isDone = false;
    let isFirst = true;
    const calls: Calls = {
      async get(route, query, signal) {
        // Long enough for the counts of pages to be sure.
        if (isFirst && route === `/channels/${channels[1]!.id}/messages` && !(isFirst = false))
          await sleep(5_000);
        // In the list, and told of by the gateway a moment later.
        if (!isDone && route.includes(`${key.id}/reactions/`)) {
          isDone = true;
          scene.world.react(key, here.people[2]!, '👍');
        }
        return scene.rest.calls.get(route, query, signal);
      },
    };
    const end = await scene.run(await scene.order(here.guild, { withReactors: true }), { calls });
    expect(isDone).toBe(true);
    expect(end.state).toBe('done');
    await isTrue(scene, here, live);
  }, 30_000);

  it('nobody waits for a recorder that is not there', async () => {
    const { scene, here, live } = await begin();
    await live.close();
    await scene.rows('update shards set holder = null');
    const begun = Date.now();
    expect((await scene.run(await scene.order(here.guild))).state).toBe('done');
    expect(Date.now() - begun).toBeLessThan(20_000);
  });
});
