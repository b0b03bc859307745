import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { type Run, readRun } from '../../../db/runs.ts';
import { seededRandom } from '../../support/random.ts';
import {
  asked,
  coveredOf,
  leftOf,
  pagesNeeded,
  repeated,
  runAWhile,
  talked,
  threadTalked,
  town,
} from './acts.ts';
import { bigGuild, differences, recordOf, type Scene, truthOf, useScenes } from './scene.ts';

const open = useScenes();

const again = async ({ database }: Scene, run: Run): Promise<Run> => (await readRun(database.pool, run))!;

describe('a backfill that is stopped', () => {
  it('twenty times, at any moment, asks for no page twice and ends with all of it', async () => {
    const scene = await open();
    const { guild, readable } = bigGuild(scene, { messages: 4_000, channels: 26, threads: 40 });
    const random = seededRandom(5);
    let run = await scene.order(guild);
    let stops = 0;
    for (; stops < 20; stops++) {
      const end = await runAWhile(scene, run, 5 + Math.floor(random() * 5), {
        requestsAtOnce: () => 4,
      });
      run = await again(scene, run);
      if (end.state !== 'stopped') break;
      expect(run.state).toBe('running');
      expect(repeated(scene)).toEqual([]);
    }
    expect(stops).toBe(20);
    const end = await scene.run(run);
    expect(end.state).toBe('done');
    expect(end.card).toMatchObject({ channels: readable.size, channelsRead: readable.size });
    expect(differences(truthOf(scene, guild), await recordOf(scene, guild))).toEqual([]);
    expect(repeated(scene)).toEqual([]);
    expect(scene.pages().size).toBeLessThanOrEqual(pagesNeeded(readable.values()));
    expect(await leftOf(scene, guild, [...readable.keys()])).toEqual([]);
    expect(end.card.pages).toBe(
      [...readable.values()].reduce((sum, count) => sum + Math.ceil(count / 100), 0),
    );
    const [ledger] = await scene.rows<{ pages: number; messages: number }>(
      'select sum(pages)::int as pages, sum(messages)::int as messages from backfill_channels',
    );
    expect(ledger).toEqual({ pages: end.card.pages, messages: end.card.messagesSeen });
  }, 60_000);

  it('after each single request of a small guild', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 100);
    talked(scene, here, 30);
    talked(scene, here, 0);
    threadTalked(scene, here, channel, 200, { archivedAt: Date.now() - 1000 });
    let run = await scene.order(here.guild);
    let state: string | undefined;
    for (let n = 0; n < 30 && state !== 'done'; n++) {
      // The survey's requests, active threads once more, and one.
      ({ state } = await runAWhile(scene, run, 6, { requestsAtOnce: () => 1, hasMembersIntent: false }));
      run = await again(scene, run);
    }
    expect(state).toBe('done');
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
    expect(repeated(scene)).toEqual([]);
    expect(scene.pages().size).toBeLessThanOrEqual(pagesNeeded([100, 30, 0, 200]));
  }, 60_000);

  it('covers what was read, and nothing else', async () => {
    const scene = await open();
    const here = town(scene);
    const channel = talked(scene, here, 800);
    const run = await scene.order(here.guild);
    await runAWhile(scene, run, 11, { requestsAtOnce: () => 1 });
    const record = await recordOf(scene, here.guild);
    expect(record.size).toBeGreaterThan(100);
    expect(record.size).toBeLessThan(800);
    const covered = await coveredOf(scene, channel.id);
    expect(covered).toHaveLength(1);
    for (const id of channel.messages.keys())
      expect(covered.some(({ from, to }) => from <= BigInt(id) && BigInt(id) < to)).toBe(record.has(id));
  });

  it('while it waits for an answer that does not come is stopped all the same', async () => {
    const scene = await open();
    const here = town(scene);
    const [, hung] = [talked(scene, here, 200), talked(scene, here, 200)];
    scene.discord.faults.next({ hang: true }, { path: `/channels/${hung.id}/messages` });
    const stop = new AbortController();
    const run = await scene.order(here.guild);
    const wait = (ms: number, signal?: AbortSignal) =>
      sleep(Math.min(ms, 300), undefined, signal && { signal });
    const end = await scene.run(run, { signal: stop.signal, wait }, () => {
      if (scene.discord.faults.pending === 0) stop.abort();
    });
    expect(end.state).toBe('stopped');
    // It is given up, not asked once more.
    expect(asked(scene, new RegExp(`${hung.id}/messages$`))).toBe(1);
    const last = await scene.run(await again(scene, run));
    expect(last.state).toBe('done');
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
    expect(repeated(scene).every((page) => page.includes(hung.id))).toBe(true);
  });

  it('before it began asks nothing of any channel', async () => {
    const scene = await open();
    const here = town(scene);
    talked(scene, here, 200);
    const end = await scene.run(await scene.order(here.guild), { signal: AbortSignal.abort() });
    expect(end.state).toBe('stopped');
    expect(scene.pages().size).toBe(0);
  });

  it('that somebody pauses ends as paused, and goes on when it is queued again', async () => {
    const scene = await open();
    const { guild } = bigGuild(scene);
    const run = await scene.order(guild);
    let isPaused = false;
    const end = await scene.run(run, {
      requestsAtOnce: () => 2,
      calls: {
        async get(route, query, signal) {
          if (!isPaused && asked(scene, /\/messages$/) > 10) {
            isPaused = true;
            await scene.rows(`update backfill_runs set state = 'paused'`);
          }
          return scene.rest.calls.get(route, query, signal);
        },
      },
    });
    expect(end.state).toBe('paused');
    const next = await scene.order(guild);
    expect(next.askedAtMs).toBe(run.askedAtMs);
    expect((await scene.run(next)).state).toBe('done');
    expect(differences(truthOf(scene, guild), await recordOf(scene, guild))).toEqual([]);
    expect(repeated(scene)).toEqual([]);
  });

  it('does not list the archived threads of a channel again that are listed', async () => {
    const scene = await open();
    const here = town(scene);
    const channels = Array.from({ length: 4 }, () => talked(scene, here, 120));
    for (const channel of channels)
      threadTalked(scene, here, channel, 120, { archivedAt: Date.now() - 1000 });
    const run = await scene.order(here.guild);
    await runAWhile(scene, run, 16, { hasMembersIntent: false });
    await scene.run(await again(scene, run));
    expect(asked(scene, /archived\/public$/)).toBe(4);
    expect(differences(truthOf(scene, here.guild), await recordOf(scene, here.guild))).toEqual([]);
  });
});
