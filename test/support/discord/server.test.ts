import { expect, test } from 'vitest';
import { seededRandom } from '../random.ts';
import { refusalOf, useDiscord } from './rest/asking.ts';

const begin = useDiscord();

test('a wrong token is refused, but not where none is needed', async () => {
  const { discord, plain } = await begin();
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await plain(`/api/v10${path}`, { headers });
    return [answer.status, await answer.json()];
  };
  const unauthorized = [401, { message: '401: Unauthorized', code: 0 }];
  expect(await ask('/users/@me', { authorization: 'Bot other' })).toEqual(unauthorized);
  expect(await ask('/users/@me')).toEqual(unauthorized);
  expect(await ask('/gateway')).toEqual([200, { url: `ws://127.0.0.1:${discord.port}` }]);
});

test('unknown paths, other versions and malformed bodies are refused, and unknown routes are noted', async () => {
  const { discord, channel, plain } = await begin();
  const ask = async (path: string, init?: RequestInit) => (await plain(path, init)).status;
  expect(await ask('/users/@me')).toBe(404);
  expect(await ask('/api/v9/users/@me')).toBe(404);
  expect(discord.oracleFaults).toEqual([]);
  expect(await ask('/api/v10/nowhere')).toBe(404);
  const headers = { authorization: 'Bot token' };
  expect(await ask('/api/v10/users/@me', { method: 'DELETE', headers })).toBe(405);
  expect(discord.oracleFaults.splice(0)).toEqual([
    'GET /nowhere: no such route here (404)',
    'DELETE /users/@me: no such route here (405)',
  ]);
  const malformed = { method: 'POST', body: '{', headers };
  expect(await ask(`/api/v10/channels/${channel}/messages`, malformed)).toBe(400);
});

test.runIf(process.env['DISCORD_OPENAPI'])(
  'a request that breaks the description is refused and noted',
  async () => {
    const { discord, channel, rest, get } = await begin();
    const at = `/channels/${channel}/messages` as const;
    expect(await refusalOf(rest.post(at, { body: { content: 7 } }))).toEqual([400, 50_035]);
    expect(await refusalOf(rest.post(at, { body: { content: 'x', colour: 'red' } }))).toEqual([400, 50_035]);
    expect(await refusalOf(get(at, { limit: '101' }))).toEqual([400, 50_035]);
    expect(discord.oracleFaults.splice(0)).toHaveLength(3);
  },
);

test('faults spoil the requests that they are meant for, once', async () => {
  const { discord, channel, get, world, rest } = await begin();
  const at = `/channels/${channel}/messages` as const;
  discord.faults.next({ status: 502 }, { path: /messages$/ });
  await get('/users/@me');
  await expect(get(at)).rejects.toMatchObject({ status: 502 });
  expect(await get(at)).toEqual([]);
  discord.faults.next({ status: 202, body: { code: 110_000, retry_after: 5 } });
  expect(await get(at)).toMatchObject({ retry_after: 5 });
  for (const cut of ['before', 'body', 'after'] as const) {
    discord.faults.next({ cut });
    await expect(rest.post(at, { body: { content: cut } }), cut).rejects.toBeInstanceOf(Error);
  }
  const said = [...world.channel(channel).channel.messages.values()].map(({ content }) => content);
  expect(said).toEqual(['body', 'after']);
  discord.faults.next({ hang: true });
  await expect(rest.get(at, { signal: AbortSignal.timeout(50) })).rejects.toBeInstanceOf(Error);
  expect(await get(at)).toHaveLength(2);
});

test('limits refuse as Discord does, and are off unless asked for', async () => {
  const { channel, plain } = await begin({ limits: { isOn: true } });
  const ask = () => plain(`/api/v10/channels/${channel}/messages`);
  const first = await ask();
  expect(first.headers.get('x-ratelimit-remaining')).toMatch(/^\d+$/);
  let last = first;
  for (let n = 0; n < 60 && last.status !== 429; n++) last = await ask();
  expect(last.status).toBe(429);
  expect(await last.json()).toMatchObject({ global: false });
  expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
  const other = await begin();
  const free = await other.plain(`/api/v10/channels/${other.channel}/messages`);
  expect(free.headers.get('x-ratelimit-remaining')).toBeNull();
});

test('answers carry the time of the world, and requests are remembered', async () => {
  const { discord, clock, channel, plain } = await begin();
  const path = `/channels/${channel}/messages`;
  const answer = await plain(`/api/v10${path}?limit=5`);
  expect(answer.headers.get('date')).toBe(new Date(clock.now).toUTCString());
  const asked = { method: 'GET', path, query: '?limit=5', status: 200, atMs: clock.now };
  expect(discord.requests).toEqual([asked]);
});

test('faults by chance spoil a share of the requests until they are cleared, and a hang ends with the server', async () => {
  const { discord, plain, channel } = await begin();
  const at = `/api/v10/channels/${channel}/messages`;
  discord.faults.randomly({ random: seededRandom(5), rate: 0.5, waitMsMax: 2 });
  const statuses = new Map<number | string, number>();
  for (let n = 0; n < 200; n++) {
    const status = await plain(at).then(
      async (answer) => ((await answer.text().catch(() => undefined)) === undefined ? 'cut' : answer.status),
      () => 'cut',
    );
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  expect([...statuses.keys()].toSorted()).toEqual([200, 429, 500, 502, 503, 'cut']);
  discord.faults.clear();
  expect((await plain(at)).status).toBe(200);
  discord.faults.randomly({ random: seededRandom(5), rate: 1, kinds: ['hang'] });
  const hung = plain(at).then(
    () => 'answered',
    () => 'cut',
  );
  await expect.poll(() => discord.faults.spoilt.hang).toBe(1);
  await discord.close();
  expect(await hung).toBe('cut');
});
