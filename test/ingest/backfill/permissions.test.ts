import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { currentAccess } from '../../../db/access.ts';
import { type Run, readRun } from '../../../db/runs.ts';
import type { BackfillEnd } from '../../../ingest/backfill/backfill.ts';
import { type Calls } from '../../../ingest/discord/fetch-calls.ts';
import { eventually } from '../../bot/recording-bot.ts';
import { readableIn } from '../../support/discord/big-guild.ts';
import type { Permission } from '../../support/discord/world/permissions.ts';
import { asked, coveredOf, leftOf, statesOf, talked, threadTalked, town, watched } from './acts.ts';
import { bigGuild, differences, recordOf, type Scene, truthOf, useScenes } from './scene.ts';

const open = useScenes();

/** Something is done before the nth page is asked for. */
const atPage = (scene: Scene, acts: Record<number, () => void>): Calls => {
  let pages = 0;
  return watched(scene.rest.calls, (_, route) => {
    if (route.endsWith('/messages')) acts[++pages]?.();
  });
};

/** All that may be read now is recorded, and of what may not nothing is claimed that was not shown. */
async function isTrue(scene: Scene, guild: Parameters<typeof truthOf>[1]): Promise<void> {
  const truth = truthOf(scene, guild);
  const record = await recordOf(scene, guild);
  const missing = [...truth.keys()].filter((id) => record.get(id) !== truth.get(id));
  expect(missing.slice(0, 3)).toEqual([]);
  const { closed } = readableIn(scene.world, guild);
  for (const channelId of closed.keys()) {
    const covered = await coveredOf(scene, channelId);
    const unread = [...guild.channels.get(channelId)!.messages.keys()].filter((id) => !record.has(id));
    for (const id of unread)
      expect(covered.some(({ from, to }) => from <= BigInt(id) && BigInt(id) < to)).toBe(false);
  }
}

/** Works on a run until channels are closed; all others are read no further than to their second page before that. */
async function runUntil(scene: Scene, run: Run, channelIds: string[]): Promise<BackfillEnd> {
  const stop = new AbortController();
  const areClosed = async () =>
    (
      await scene.rows(
        `select from backfill_channels where state = 'closed' and channel_id = any($1::bigint[])`,
        channelIds,
      )
    ).length === channelIds.length;
  let pages = 0;
  const calls = watched(scene.rest.calls, async (_, route) => {
    const isOther = route.endsWith('/messages') && !channelIds.some((id) => route.includes(id));
    if (!isOther || ++pages < 2) return;
    await eventually(async () => expect(await areClosed()).toBe(true));
    stop.abort();
  });
  return scene.run(run, { calls, signal: stop.signal, requestsAtOnce: () => 3 });
}

const WAYS: [string, Permission, ChannelType][] = [
  ['the history', 'ReadMessageHistory', ChannelType.GuildText],
  ['the view', 'ViewChannel', ChannelType.GuildText],
  ['the way into a voice channel', 'Connect', ChannelType.GuildVoice],
];

describe.each(WAYS)('%s, taken while it is read', (_what, permission, type) => {
  it.each(['a channel', 'everywhere'])('of %s: closes it, and claims nothing', async (where) => {
    const scene = await open();
    const here = town(scene);
    const { world } = scene;
    const [channel, other] = [talked(scene, here, 420, { type }), talked(scene, here, 420, { type })];
    const take = () => {
      if (where === 'everywhere') world.forbidEverywhere(here.guild.id, permission);
      else world.forbid(channel.id, permission);
    };
    const run = await scene.order(here.guild);
    const end = await scene.run(run, { calls: atPage(scene, { 5: take }), requestsAtOnce: () => 2 });
    expect(end).toMatchObject({ state: 'partly', card: { notRecovered: ['broken-off-channels'] } });
    await isTrue(scene, here.guild);
    expect((await leftOf(scene, here.guild, [channel.id, other.id])).length).toBeGreaterThan(0);
    expect(asked(scene, /./, 403)).toBeLessThan(8);
    // Given back, the same run again reads the rest.
    if (where === 'everywhere') world.permitEverywhere(here.guild.id, permission);
    else world.permit(channel.id, permission);
    expect((await scene.run(await scene.order(here.guild))).state).toBe('done');
    await isTrue(scene, here.guild);
    expect(truthOf(scene, here.guild).size).toBe(840);
    expect(await leftOf(scene, here.guild, [channel.id, other.id])).toEqual([]);
  });

  it('and given back at once is as if nothing had been', async () => {
    const scene = await open();
    const here = town(scene);
    const { world } = scene;
    const channel = talked(scene, here, 420, { type });
    let pages = 0;
    const calls: Calls = {
      async get(route, query, signal) {
        const n = route.endsWith('/messages') ? ++pages : 0;
        if (n === 3) world.forbid(channel.id, permission);
        const answer = await scene.rest.calls.get<never>(route, query, signal);
        if (n === 3) world.permit(channel.id, permission);
        return answer;
      },
    };
    const end = await scene.run(await scene.order(here.guild), { calls });
    expect(end).toMatchObject({
      state: 'done',
      card: { notRecovered: [], channelsClosed: 0, channelsRead: 1 },
    });
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
  });

  it('and given back before the end is read after all', async () => {
    const scene = await open();
    const here = town(scene);
    const { world } = scene;
    const channel = talked(scene, here, 420, { type });
    talked(scene, here, 6_000);
    let isGiven = false;
    let pages = 0;
    const calls = watched(scene.rest.calls, async (_, route) => {
      if (!route.endsWith('/messages')) return;
      await sleep(20);
      if (++pages === 4) world.forbid(channel.id, permission);
      // A long while after the survey that closes it.
      if (!isGiven && (await statesOf(scene, here.guild))[channel.id]?.startsWith('closed')) {
        isGiven = true;
        world.permit(channel.id, permission);
      }
    });
    const end = await scene.run(await scene.order(here.guild), { calls, requestsAtOnce: () => 2 });
    expect(isGiven).toBe(true);
    expect(end).toMatchObject({ state: 'done', card: { notRecovered: [] } });
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
    expect(await statesOf(scene, here.guild)).toMatchObject({ [channel.id]: 'read' });
  });
});

describe('what is closed', () => {
  it('from the start is not asked for, and not covered', async () => {
    const scene = await open();
    const { guild, closed } = bigGuild(scene, { messages: 1_200, channels: 22, threads: 30 });
    const end = await scene.run(await scene.order(guild));
    expect(end.state).toBe('done');
    const places = new Set([...scene.pages().keys()].map((page) => page.split('/')[2]!));
    for (const id of closed.keys()) expect(places.has(id)).toBe(false);
    for (const id of closed.keys()) expect(await coveredOf(scene, id)).toEqual([]);
    expect(asked(scene, /./, 403)).toBe(0);
  });

  it('a channel that is empty because its past is not for us is not taken for an empty one', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 50);
    const calls = atPage(scene, { 1: () => scene.world.forbid(channel.id, 'ReadMessageHistory') });
    const end = await scene.run(await scene.order(here.guild), { calls });
    expect(end.state).toBe('partly');
    expect(await coveredOf(scene, channel.id)).toEqual([]);
    expect(await statesOf(scene, here.guild)).toMatchObject({ [channel.id]: 'closed: no history' });
  });

  it('what Discord refuses, though it may be read, is not asked for again within a day', async () => {
    const scene = await open();
    const here = town(scene);
    const [channel, other] = [talked(scene, here, 50), talked(scene, here, 500)];
    const thread = threadTalked(scene, here, channel, 50);
    const refuse = () => {
      for (const { id } of [channel, thread])
        scene.discord.faults.next(
          { status: 403, body: { message: 'Missing Access', code: 50_001 } },
          { path: `/channels/${id}/messages`, times: 50 },
        );
    };
    refuse();
    const run = await scene.order(here.guild);
    const end = await runUntil(scene, run, [channel.id, thread.id]);
    expect(end.state).toBe('stopped');
    expect(await statesOf(scene, here.guild)).toMatchObject({
      [channel.id]: 'closed: refused',
      [thread.id]: 'closed: refused',
      [other.id]: 'waiting',
    });
    const before = asked(scene, /./, 403);
    expect(before).toBeLessThanOrEqual(6);
    const next = await scene.run((await readRun(scene.database.pool, run))!);
    expect(next).toMatchObject({
      state: 'partly',
      card: { channels: 3, channelsRead: 1, channelsClosed: 2 },
    });
    expect(asked(scene, /./, 403)).toBe(before);
  });

  it('but is, where what we may do there has changed since', async () => {
    const scene = await open();
    const here = town(scene);
    const [channel] = [talked(scene, here, 50), talked(scene, here, 500)];
    const thread = threadTalked(scene, here, channel, 50);
    scene.discord.faults.next(
      { status: 403, body: { message: 'Missing Access', code: 50_001 } },
      { path: `/channels/${thread.id}/messages`, times: 2 },
    );
    const run = await scene.order(here.guild);
    await runUntil(scene, run, [thread.id]);
    expect(await statesOf(scene, here.guild)).toMatchObject({ [thread.id]: 'closed: refused' });
    const { pool } = scene.database;
    const goOn = async () => scene.run((await readRun(pool, run))!, { signal: AbortSignal.abort() });
    scene.world.forbid(channel.id, 'ReadMessageHistory');
    await goOn();
    scene.world.permit(channel.id, 'ReadMessageHistory');
    await goOn();
    expect(await scene.run((await readRun(pool, run))!)).toMatchObject({ state: 'done' });
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
  });

  it('a channel that no list shows any more is hidden, asked for once, and read as soon as it is shown again', async () => {
    const scene = await open();
    const here = town(scene);
    const [channel] = [talked(scene, here, 50), talked(scene, here, 50)];
    scene.world.forbid(channel.id, 'ReadMessageHistory');
    await scene.run(await scene.order(here.guild));
    scene.world.permit(channel.id, 'ReadMessageHistory');
    await scene.run(await scene.order(here.guild), { signal: AbortSignal.abort() });
    scene.world.forbid(channel.id, 'ViewChannel');
    await scene.run(await scene.order(here.guild));
    expect(await statesOf(scene, here.guild)).toMatchObject({ [channel.id]: 'closed: hidden' });
    expect((await currentAccess(scene.database.pool, here.guild.id)).get(channel.id)!.access).toBe('hidden');
    await scene.run(await scene.order(here.guild));
    expect(asked(scene, /./, 403)).toBe(1);
    scene.world.permit(channel.id, 'ViewChannel');
    await scene.run(await scene.order(here.guild));
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
    expect(truthOf(scene, here.guild).size).toBe(100);
  });

  it('a category has nothing to be read, and is not told of', async () => {
    const scene = await open();
    const here = town(scene);
    const { world } = scene;
    const past = { id: world.idAt(Date.now() - 86_400_000) };
    const category = world.addChannel(here.guild.id, ChannelType.GuildCategory, past);
    const channel = talked(scene, here, 5, { parentId: category.id });
    world.forbid(category.id, 'ViewChannel');
    expect((await scene.run(await scene.order(here.guild, { channelIds: [category.id] }))).state).toBe(
      'done',
    );
    expect(await statesOf(scene, here.guild)).toEqual({ [channel.id]: 'read' });
  });

  it('private threads are read where we are in them, though what we may do is looked at anew meanwhile', async () => {
    const scene = await open();
    const here = town(scene);
    const { world } = scene;
    const [channel, shaky] = [talked(scene, here, 20), talked(scene, here, 320)];
    world.forbid(channel.id, 'ManageThreads');
    const inside = threadTalked(scene, here, channel, 20, { isPrivate: true, archivedAt: Date.now() - 1000 });
    inside.thread!.members.add(world.truth.bot.id);
    const outside = threadTalked(scene, here, channel, 20, {
      isPrivate: true,
      archivedAt: Date.now() - 1000,
    });
    let isFirst = true;
    const end = await scene.run(await scene.order(here.guild), {
      calls: {
        async get(route, query, signal) {
          if (route.endsWith('/messages') && isFirst && !(isFirst = false))
            world.forbid(shaky.id, 'ReadMessageHistory');
          const answer = await scene.rest.calls.get<never>(route, query, signal);
          // Listed only when it has been surveyed again.
          if (/users\/@me/.test(route))
            for (let n = 0; n < 400 && asked(scene, /threads\/active$/, 200) < 2; n++)
              await new Promise((resolve) => setTimeout(resolve, 10));
          if (/users\/@me/.test(route)) await new Promise((resolve) => setTimeout(resolve, 100));
          return answer;
        },
      },
    });
    expect(end.state).toBe('partly');
    expect(await statesOf(scene, here.guild)).toMatchObject({ [inside.id]: 'read' });
    expect([...scene.pages().keys()].some((page) => page.includes(outside.id))).toBe(false);
    await isTrue(scene, here.guild);
  });
});
