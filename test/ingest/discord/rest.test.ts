import { REST } from '@discordjs/rest';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { makeDiscordClock } from '../../../ingest/discord/clock.ts';
import { fetchChannel } from '../../../ingest/discord/fetch.ts';
import { makeCalls } from '../../../ingest/discord/fetch-calls.ts';
import { makePace } from '../../../ingest/discord/pace.ts';
import { openRest } from '../../../ingest/discord/rest.ts';
import { type DiscordOptions, startDiscord } from '../../support/discord/server.ts';

/** A loopback Discord with as many channels, and the way to it. */
async function makeScene(channels: number, options?: DiscordOptions) {
  const discord = await startDiscord(options);
  const guild = discord.world.addGuild();
  const ids = Array.from({ length: channels }, () => discord.world.addChannel(guild.id).id);
  const waits: number[] = [];
  const way = openRest({
    token: discord.world.truth.token,
    apiUrl: discord.url,
    now: Date.now,
    wait(ms, signal) {
      waits.push(ms);
      return sleep(ms, undefined, signal && { signal });
    },
    random: () => 1,
  });
  onTestFinished(async () => {
    way.rest.clearHandlerSweeper();
    way.rest.clearHashSweeper();
    await discord.close();
  });
  return { discord, ids, waits, ...way };
}

describe('the way to REST', () => {
  it('is not held up where the server has no limits', async () => {
    const { ids, calls, waits } = await makeScene(120);
    await fetchChannel(calls, ids[0]!);
    await Promise.all(ids.map((id) => fetchChannel(calls, id)));
    expect(waits).toEqual([]);
  });

  it('stays within the limits of one that has: no answer is a refusal', { timeout: 20_000 }, async () => {
    const { discord, ids, calls, rest, pace, tally } = await makeScene(130, { limits: { isOn: true } });
    await fetchChannel(calls, ids[0]!);
    const began = Date.now();
    const used: number[] = [];
    await Promise.all(ids.map((id) => fetchChannel(calls, id).then(() => used.push(pace.used()))));
    expect(Date.now() - began).toBeGreaterThanOrEqual(2000);
    expect(Math.max(...used)).toBeLessThanOrEqual(48);
    expect(tally).toMatchObject({ answers: 131, invalid: 0, limited: 0 });
    expect(discord.requests.filter(({ status }) => status === 429)).toEqual([]);
    expect(rest.globalRemaining).toBe(Infinity);
  });

  it('stands still after a refusal that is for all requests', async () => {
    const { discord, ids, calls, pace, tally } = await makeScene(1);
    discord.limits.storm({ requests: 1, retryAfterMs: 400, scope: 'global' });
    const asked = fetchChannel(calls, ids[0]!);
    while (tally.answers === 0) await sleep(1);
    const began = Date.now();
    await pace.turn();
    expect(Date.now() - began).toBeGreaterThanOrEqual(300);
    expect(await asked).toMatchObject({ is: 'found' });
  });

  it('counts answers by what they are, and those of them that Discord holds against us', async () => {
    const { discord, ids, calls, tally } = await makeScene(2);
    const counted = { answers: 0, invalid: 0, limited: 0, refused: 0, broken: 0, unanswered: 0 };
    const expectMore = (more: Partial<typeof counted>) => {
      for (const [kind, count] of Object.entries(more)) counted[kind as keyof typeof counted] += count;
      expect(tally).toEqual(counted);
    };
    await fetchChannel(calls, ids[0]!);
    expectMore({ answers: 1 });
    discord.limits.storm({ requests: 1, retryAfterMs: 10, scope: 'shared' });
    await fetchChannel(calls, ids[0]!);
    expectMore({ answers: 2, limited: 1 });
    discord.limits.storm({ requests: 1, retryAfterMs: 10 });
    await fetchChannel(calls, ids[0]!);
    expectMore({ answers: 2, limited: 1, invalid: 1 });
    discord.world.hideChannel(ids[1]!);
    await fetchChannel(calls, ids[1]!);
    await fetchChannel(calls, '123456789012345678');
    expectMore({ answers: 2, refused: 2, invalid: 1 });
    discord.faults.next({ status: 502 });
    await fetchChannel(calls, ids[0]!);
    expectMore({ answers: 2, broken: 1 });
    discord.faults.next({ cut: 'before' });
    await fetchChannel(calls, ids[0]!);
    expectMore({ answers: 1, unanswered: 1 });
    discord.world.truth.token = 'another';
    await expect(fetchChannel(calls, ids[0]!)).rejects.toThrow('token');
    expectMore({ answers: 1, refused: 1, invalid: 1 });
  });
});

describe('the rest of a bucket', () => {
  const headers = (remaining: string) => ({
    'X-RateLimit-Limit': '5',
    'X-RateLimit-Remaining': remaining,
    'X-RateLimit-Reset-After': '0.1234',
  });

  it.each([
    ['found', { status: 200, body: {} }],
    ['missing', { status: 404, body: { message: 'Unknown Channel', code: 10_003 } }],
    ['closed', { status: 403, body: { message: 'Missing Access', code: 50_001 } }],
  ])('is told with what is %s, where nothing is left of it', async (is, fault) => {
    const { discord, ids, calls } = await makeScene(1);
    discord.faults.next({ ...fault, headers: headers('0') });
    expect(await fetchChannel(calls, ids[0]!)).toMatchObject({ is, restMs: 124 });
    discord.faults.next({ ...fault, headers: headers('1') });
    expect(await fetchChannel(calls, ids[0]!)).toMatchObject({ is, restMs: 0 });
  });

  it('is none of a server without limits', async () => {
    const { ids, calls } = await makeScene(1);
    expect(await fetchChannel(calls, ids[0]!)).toMatchObject({ restMs: 0 });
  });
});

describe('a request that waits for its turn', () => {
  /** A network that answers at once, behind a pace of one request in 200 ms. */
  function makeSlow(gate: Promise<unknown> = Promise.resolve()) {
    const asked: string[] = [];
    const retries: number[] = [];
    const rest = new REST({
      timeout: 50,
      retries: 0,
      makeRequest: async (url) => {
        asked.push(new URL(url).pathname);
        return new Response('{}', { headers: { 'x-ratelimit-limit': '5' } });
      },
    }).setToken('token');
    onTestFinished(() => {
      rest.clearHandlerSweeper();
      rest.clearHashSweeper();
    });
    const pace = makePace({ perSecond: 5, now: Date.now, wait: (ms) => gate.then(() => sleep(ms)) });
    pace.begin();
    const calls = makeCalls(rest, {
      clock: makeDiscordClock(Date.now),
      now: Date.now,
      wait: async (ms) => void retries.push(ms),
      random: () => 1,
      pace,
    });
    return { asked, retries, rest, calls };
  }

  it('is not given up for that, and was sent when it left', async () => {
    const { calls, asked, retries } = makeSlow();
    const [first, second] = await Promise.all([calls.get('/channels/1'), calls.get('/channels/2')]);
    expect(asked).toHaveLength(2);
    expect(retries).toEqual([]);
    expect(second.sentAtMs - first.sentAtMs).toBeGreaterThanOrEqual(190);
  });

  it('waits no more where its signal is aborted', async () => {
    const { calls, asked } = makeSlow();
    await calls.get('/channels/1');
    const stop = new AbortController();
    const waiting = calls.get('/channels/2', {}, stop.signal);
    await sleep(10);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await calls.get('/channels/3');
    expect(asked).toEqual(['/api/v10/channels/1', '/api/v10/channels/3']);
  });

  it('lets answers to interactions pass', async () => {
    const gate = Promise.withResolvers<void>();
    const { rest, calls, asked } = makeSlow(gate.promise);
    await calls.get('/channels/1');
    const waiting = calls.get('/channels/2');
    const id = '123456789012345678';
    await rest.post(`/interactions/${id}/token/callback`, { auth: false });
    await rest.patch(`/webhooks/${id}/token/messages/@original`, { auth: false });
    expect(asked.at(-1)).toContain('original');
    expect(asked).not.toContain('/api/v10/channels/2');
    gate.resolve();
    await waiting;
  });
});
