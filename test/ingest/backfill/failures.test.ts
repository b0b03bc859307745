import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readRun } from '../../../db/runs.ts';
import { TokenError, UnansweredError } from '../../../ingest/discord/fetch-calls.ts';
import { FAULT_KINDS } from '../../support/discord/faults.ts';
import { seededRandom } from '../../support/random.ts';
import { leftOf, pagesNeeded, talked, town, watched } from './acts.ts';
import { bigGuild, differences, recordOf, truthOf, useScenes } from './scene.ts';

const open = useScenes();

const OTHERS_END = `select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

describe('a backfill to which Discord answers badly', () => {
  it.each(FAULT_KINDS.filter((kind) => kind !== 'hang'))(
    '(%s) ends with all of it',
    async (kind) => {
      const scene = await open();
      const { guild, readable } = bigGuild(scene, { messages: 1_500, channels: 22, threads: 20 });
      scene.discord.faults.randomly({ random: seededRandom(3), rate: 0.2, kinds: [kind], waitMsMax: 20 });
      const end = await scene.run(await scene.order(guild));
      expect(scene.discord.faults.spoilt[kind]).toBeGreaterThan(5);
      expect(end.state).toBe('done');
      expect(differences(truthOf(scene, guild), await recordOf(scene, guild))).toEqual([]);
      expect(await leftOf(scene, guild, [...readable.keys()])).toEqual([]);
      expect(scene.pages().size).toBeLessThanOrEqual(pagesNeeded(readable.values()));
    },
    30_000,
  );

  it('(no answer at all) asks again after its time limit', async () => {
    const scene = await open();
    const here = town(scene);
    scene.rest.rest.options.timeout = 300;
    const channel = talked(scene, here, 150);
    scene.discord.faults.next({ hang: true }, { path: `/channels/${channel.id}/messages`, times: 2 });
    const end = await scene.run(await scene.order(here.guild));
    expect(end.state).toBe('done');
    expect((await recordOf(scene, here.guild)).size).toBe(150);
  });

  it('(limits) is hardly ever refused', async () => {
    const limits = { isOn: true, routes: { [PAGES]: { requests: 5, perMs: 250 } } };
    const scene = await open({ limits });
    const { guild } = bigGuild(scene, { messages: 2_500, channels: 22, threads: 20 });
    const end = await scene.run(await scene.order(guild));
    expect(end.state).toBe('done');
    expect(differences(truthOf(scene, guild), await recordOf(scene, guild))).toEqual([]);
    const { requests } = scene.discord;
    const invalid = requests.filter(({ status }) => [401, 403, 429].includes(status!)).length;
    expect(invalid).toBeLessThanOrEqual(requests.length / 100);
  }, 30_000);

  it('(401) stops everything at once, and is to be gone on with', async () => {
    const scene = await open();
    const { guild } = bigGuild(scene);
    const run = await scene.order(guild);
    const { token } = scene.world.truth;
    let asked = 0;
    const calls = watched(scene.rest.calls, () => {
      if (++asked === 20) scene.world.truth.token = 'another';
    });
    await expect(scene.run(run, { calls, requestsAtOnce: () => 4 })).rejects.toThrow(TokenError);
    expect(scene.discord.requests.filter(({ status }) => status === 401).length).toBeLessThanOrEqual(5);
    const stopped = (await readRun(scene.database.pool, run))!;
    expect(stopped.state).toBe('running');
    // All that was answered before is kept.
    const kept = (await recordOf(scene, guild)).size;
    expect(kept).toBeGreaterThan(0);
    expect((stopped.card as { messagesSeen: number }).messagesSeen).toBe(kept);
    scene.world.truth.token = token;
  });

  it('(nothing, for as long as it is asked) fails, keeps what others have read, and is to be gone on with', async () => {
    const scene = await open();
    const { guild } = bigGuild(scene);
    const run = await scene.order(guild);
    let [asked, isDown] = [0, true];
    const calls = {
      get: async (...[route, query, signal]: Parameters<typeof scene.rest.calls.get>) => {
        if (++asked === 30 && isDown) throw new UnansweredError('Discord did not answer');
        return scene.rest.calls.get<never>(route, query, signal);
      },
    };
    await expect(scene.run(run, { calls, requestsAtOnce: () => 6 })).rejects.toThrow(UnansweredError);
    const kept = await recordOf(scene, guild);
    expect(kept.size).toBeGreaterThan(0);
    isDown = false;
    expect((await scene.run((await readRun(scene.database.pool, run))!)).state).toBe('done');
    expect(differences(truthOf(scene, guild), await recordOf(scene, guild))).toEqual([]);
  });

  it.each(['members', 'threads/active', 'archived/public', 'messages'])(
    '(nothing, to %s) fails with it, and leaves nothing open',
    async (where) => {
      const scene = await open();
      const { guild } = bigGuild(scene, { messages: 1_000, channels: 22, threads: 20 });
      const run = await scene.order(guild);
      const calls = watched(scene.rest.calls, (_, route) => {
        if (route.endsWith(where)) throw new UnansweredError('Discord did not answer');
      });
      await expect(scene.run(run, { calls })).rejects.toThrow(UnansweredError);
      expect((await readRun(scene.database.pool, run))!.state).toBe('running');
      expect(scene.database.pool.waitingCount).toBe(0);
      expect(scene.database.pool.idleCount).toBe(scene.database.pool.totalCount);
    },
  );

  it('(Postgres) fails, and what is written is whole', async () => {
    const scene = await open();
    const { guild } = bigGuild(scene);
    const run = await scene.order(guild);
    let isBroken = false;
    const calls = watched(scene.rest.calls, async (n) => {
      if (n !== 40 || isBroken) return;
      isBroken = true;
      await scene.rows(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      );
    });
    scene.database.pool.on('error', () => {});
    await expect(scene.run(run, { calls, requestsAtOnce: () => 4 })).rejects.toThrow(/connection/i);
    const [ledger] = await scene.rows<{ messages: number; stored: number }>(
      `select sum(messages)::int as messages, (select count(*) from messages where author_id is not null)::int as stored
       from backfill_channels`,
    );
    expect(ledger!.messages).toBe(ledger!.stored);
    expect((await scene.run((await readRun(scene.database.pool, run))!)).state).toBe('done');
    expect(differences(truthOf(scene, guild), await recordOf(scene, guild))).toEqual([]);
  });

  it('(Postgres, when it was told to stop) stops all the same', async () => {
    const scene = await open();
    const here = town(scene);
    talked(scene, here, 200);
    const stop = new AbortController();
    const blocker = await scene.database.pool.connect();
    blocker.on('error', () => {});
    onTestFinished(() => blocker.release(true));
    let pages = 0;
    const calls = watched(scene.rest.calls, async (_, route) => {
      if (!route.endsWith('/messages')) return;
      pages++;
      if (pages === 2) {
        while ((await scene.rows('select from messages')).length === 0) await sleep(10);
        await blocker.query('begin; lock table messages');
      }
      if (pages === 3) {
        stop.abort();
        setTimeout(() => void blocker.query(OTHERS_END), 300);
      }
    });
    const end = await scene.run(await scene.order(here.guild), { calls, signal: stop.signal });
    expect([end.state, pages >= 3]).toEqual(['stopped', true]);
  });

  it('(a page that repeats) ends that channel, keeps what it has, and reads the others', async () => {
    const scene = await open();
    const here = town(scene);
    const [channel] = [talked(scene, here, 350), talked(scene, here, 50)];
    let first: unknown;
    const calls = {
      async get(...[route, query, signal]: Parameters<typeof scene.rest.calls.get>) {
        const answer = await scene.rest.calls.get<never>(route, query, signal);
        if (!route.startsWith(`/channels/${channel!.id}/messages`) || answer.is !== 'found') return answer;
        first ??= answer.payload;
        return { ...answer, payload: first as never };
      },
    };
    const end = await scene.run(await scene.order(here.guild), { calls });
    expect(end).toMatchObject({ state: 'partly', card: { channelsFailed: 1, channelsRead: 1 } });
    expect((await recordOf(scene, here.guild)).size).toBe(150);
    expect((await scene.run(await scene.order(here.guild))).state).toBe('done');
    expect((await recordOf(scene, here.guild)).size).toBe(400);
  });

  it('(a request that it finds wrong) ends that channel alone', async () => {
    const scene = await open();
    const here = town(scene);
    const [channel] = [talked(scene, here, 350), talked(scene, here, 50)];
    scene.discord.faults.next(
      { status: 400, body: { message: 'Invalid Form Body', code: 50_035 } },
      { path: `/channels/${channel!.id}/messages` },
    );
    const run = await scene.order(here.guild);
    const end = await scene.run(run);
    expect(end).toMatchObject({ state: 'partly', card: { notRecovered: ['broken-off-channels'] } });
    expect((await recordOf(scene, here.guild)).size).toBe(50);
  });
});

const PAGES = 'GET /channels/{channel_id}/messages';
