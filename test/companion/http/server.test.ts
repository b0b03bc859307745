/** Who gets in, how often, and in which form they are answered. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { createToken, listTokens, revokeToken } from '../../../db/tokens.ts';
import { useDatabase } from '../../support/database.ts';
import { NOW_MS } from '../../support/imports.ts';
import { GUILD } from '../../support/records.ts';
import { post, write } from '../../support/written.ts';
import { useHttp } from './scene.ts';

const database = useDatabase();
const opened = useHttp(database);

let token: string;
let tokenId: string;
beforeEach(async () => {
  await write(database, [post('2026-01-05T10:00Z')]);
  ({ token, tokenId } = await createToken(
    database.pool,
    { guildId: GUILD, name: 'a', audience: 'all' },
    NOW_MS,
  ));
});

const GUILD_PATH = '/api/v1/guild';

describe('a token', () => {
  it('lets in until it is revoked', async () => {
    const server = await opened();
    expect((await server.get(GUILD_PATH, token)).status).toBe(200);
    await revokeToken(database.pool, GUILD, tokenId, NOW_MS);
    expect((await server.get(GUILD_PATH, token)).status).toBe(401);
  });

  it('lets in until it expires, by the clock of Discord', async () => {
    let nowMs = NOW_MS;
    const server = await opened({ now: () => nowMs });
    const made = { guildId: GUILD, name: 'b', audience: 'all', expiresAtMs: NOW_MS + 1000 } as const;
    const short = await createToken(database.pool, made, NOW_MS);
    expect((await server.get(GUILD_PATH, short.token)).status).toBe(200);
    nowMs += 1000;
    expect((await server.get(GUILD_PATH, short.token)).status).toBe(401);
  });

  it('is noted as used, once a minute', async () => {
    let nowMs = NOW_MS;
    const server = await opened({ now: () => nowMs });
    const used = async () => {
      await server.get(GUILD_PATH, token);
      return (await listTokens(database.pool)).find((one) => one.tokenId === tokenId)!.lastUsedAtMs;
    };
    expect(await used()).toBe(NOW_MS);
    nowMs += 59_999;
    expect(await used()).toBe(NOW_MS);
    nowMs += 1;
    expect(await used()).toBe(NOW_MS + 60_000);
  });

  it('that is wrong is answered alike, whatever is wrong with it', async () => {
    const server = await opened();
    const last = token.at(-1) === 'A' ? 'B' : 'A';
    const wrong = [
      undefined,
      'almanac',
      `${token.slice(0, -1)}${last}`,
      token.replace(GUILD, '2'),
      token.replace(tokenId, '000000000000'),
      token.replace(GUILD, '9999999999999999999'),
    ];
    const answers = await Promise.all(
      wrong.map(async (one) => {
        const { status, text, headers } = await server.get(GUILD_PATH, one);
        return { status, text, wants: headers.get('www-authenticate') };
      }),
    );
    expect(answers[0]).toMatchObject({ status: 401, wants: 'Bearer realm="almanac"' });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const basic = await server.get(GUILD_PATH, undefined, { authorization: `Basic ${token}` });
    expect(basic.text).toBe(answers[0]!.text);
  });

  it('may ask 60 times a minute, and is told when to ask again', async () => {
    const server = await opened();
    const statuses = [];
    for (let i = 0; i < 60; i++) statuses.push((await server.get(GUILD_PATH, token)).status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const { status, headers, json } = await server.get(GUILD_PATH, token);
    expect({ status, error: json.error }).toEqual({ status: 429, error: 'too-many-requests' });
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('cannot be guessed fast, while one that was good before stays so', async () => {
    const server = await opened();
    expect((await server.get(GUILD_PATH, token)).status).toBe(200);
    const fresh = await createToken(database.pool, { guildId: GUILD, name: 'c', audience: 'all' }, NOW_MS);
    const statuses = [];
    for (let i = 0; i < 30; i++)
      statuses.push((await server.get(GUILD_PATH, `${token.slice(0, -2)}${i + 10}`)).status);
    expect(statuses.slice(0, 20)).toEqual(Array(20).fill(401));
    expect(statuses.slice(20)).toEqual(Array(10).fill(429));
    expect((await server.get(GUILD_PATH, fresh.token)).status).toBe(429);
    expect((await server.get(GUILD_PATH, token)).status).toBe(200);
    expect((await server.get('/health/live')).status).toBe(200);
  });
});

describe('an operator’s token', () => {
  it('is wanted where it is set, by metrics and readiness alone', async () => {
    const settings = { host: '127.0.0.1', port: 0, token: 'operators-own-token' };
    const server = await opened({ settings });
    for (const path of ['/metrics', '/health/ready']) {
      expect((await server.get(path)).status).toBe(401);
      expect((await server.get(path, 'operators-own-tokem')).status).toBe(401);
      expect((await server.get(path, settings.token)).status).toBe(200);
    }
    expect((await server.get('/health/live')).status).toBe(200);
    expect((await server.get('/api/v1/openapi.json')).status).toBe(200);
    expect((await server.get(GUILD_PATH, settings.token)).status).toBe(401);
    expect(JSON.stringify(server.logged)).not.toContain(settings.token);
  });
});

/** What comes back of bytes, until the server closes or `ms` pass. */
async function raw(url: string, bytes: string, ms = 1500): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  let heard = '';
  socket.on('data', (chunk) => (heard += String(chunk))).on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
  await Promise.race([once(socket, 'close').catch(() => {}), sleep(ms)]);
  socket.destroy();
  return heard;
}

describe('a name', () => {
  it.for([
    'almanac.example',
    '169.254.169.254',
    '127.0.0.1.example',
    'localhost@evil.example',
    '',
    '[::1',
    'a b',
  ])('that is not this machine’s is refused: %s', async (host) => {
    const { url } = await opened();
    const heard = await raw(url, `GET /health/live HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
    expect(heard).toMatch(/^HTTP\/1.1 421 [^]*"error":"wrong-host"/);
  });

  it.for(['localhost', 'localhost:7475', '127.0.0.1:1', '[::1]:80'])(
    'of this machine is fine: %s',
    async (host) => {
      const { url } = await opened();
      const heard = await raw(url, `GET /health/live HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
      expect(heard).toMatch(/^HTTP\/1.1 200 /);
    },
  );

  it('is not asked for where others are let in', async () => {
    const { url } = await opened({ settings: { host: '0.0.0.0', port: 0, token: 'operators-own-token' } });
    const heard = await raw(
      url,
      'GET /health/live HTTP/1.1\r\nHost: almanac.example\r\nConnection: close\r\n\r\n',
    );
    expect(heard).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('every answer', () => {
  it('is closed to pages of elsewhere, and kept by nobody', async () => {
    const server = await opened();
    const answers = [
      await server.get('/health/live'),
      await server.get('/nothing'),
      await server.get('/%zz'),
      await server.get(GUILD_PATH),
      await server.get(GUILD_PATH, token, { origin: 'https://evil.example' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 400, 401, 200]);
    for (const { headers, json } of answers) {
      expect(json).toBeDefined();
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect([...headers.keys()].filter((key) => key.startsWith('access-control'))).toEqual([]);
    }
  });

  it('says which parameter is wrong, and how it is right', async () => {
    const server = await opened();
    const said = async (query: string) => {
      const { status, json } = await server.get(`/api/v1/guilds/${GUILD}/questions/totals?${query}`, token);
      return `${status} ${json.message}`;
    };
    expect(await said('limit=0')).toBe('400 limit must be 1 or more.');
    expect(await said('limit=1&limit=2')).toBe('400 limit must be one whole number.');
    expect(await said('from=yesterday')).toMatch(/^400 from must be a date as 2026-11-16/);
    expect(await said('from=2025-02-01&to=2025-01-01')).toBe(
      '400 The window ends before it begins: from must be before to.',
    );
    expect(await said('channel=general')).toBe(
      '400 channel must be an id of Discord, a number of up to 19 digits.',
    );
    expect(await said('tz=Mars/Olympus')).toBe('400 tz must be a time zone as Europe/Vienna or UTC.');
    expect(await said('__proto__=1')).toMatch(/^400 There is no parameter "__proto__" here/);
  });

  it('of an error that nobody expected has a reference that the log has, and nothing else of it', async () => {
    const broken = new TypeError('select secret from somewhere');
    const server = await opened({
      vitals: () => {
        throw broken;
      },
    });
    const { status, json, text } = await server.get('/health/ready');
    expect(status).toBe(500);
    expect(text).not.toMatch(/secret|TypeError|\.ts/);
    expect(json.message).toContain(json.reference);
    expect(server.logged).toEqual([
      { component: 'http', route: '/health/ready', reference: json.reference, err: broken },
    ]);
  });
});

describe('while the database', () => {
  it('is away, questions are told so, and the process lives', async () => {
    const away = Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    const pool = { query: () => Promise.reject(away), connect: () => Promise.reject(away) } as never;
    const server = await opened({ store: { db: database.db, pool } });
    const { status, headers, json } = await server.get(GUILD_PATH, token);
    expect({ status, error: json.error }).toEqual({ status: 503, error: 'database-away' });
    expect(headers.get('retry-after')).toBe('5');
    expect((await server.get('/health/live')).status).toBe(200);
    expect((await server.get('/metrics')).status).toBe(200);
    const ready = await server.get('/health/ready');
    expect(ready.status).toBe(503);
    expect(ready.json).toEqual({ status: 'not-ready', checks: { database: { ok: false } } });
  });

  it('never answers, readiness says so in time', async () => {
    const never = () => new Promise(() => {});
    const server = await opened({
      store: { db: database.db, pool: { query: never, connect: never } as never },
    });
    expect((await server.get('/health/ready')).json).toEqual({
      status: 'not-ready',
      checks: { database: { ok: false } },
    });
  });
});

describe('who sends slowly', () => {
  it('is cut, and keeps nobody else from being answered', async () => {
    const server = await opened();
    const port = Number(new URL(server.url).port);
    const sockets = Array.from({ length: 50 }, () => connect(port, '127.0.0.1').on('error', () => {}));
    const closed = sockets.map((socket) => once(socket.resume(), 'close'));
    for (const socket of sockets) socket.write('GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-A: ');
    const drip = setInterval(() => sockets.forEach((socket) => socket.writable && socket.write('a')), 200);
    expect((await server.get('/health/live')).status).toBe(200);
    await Promise.all(closed);
    clearInterval(drip);
    expect((await server.get('/health/live')).status).toBe(200);
  }, 30_000);

  it('or sends a body, is refused', async () => {
    const { url } = await opened();
    const head = 'POST /api/v1/guild HTTP/1.1\r\nHost: localhost\r\n';
    expect(await raw(url, `${head}Content-Length: 999999999\r\n\r\nabc`)).toMatch(
      /^HTTP\/1.1 413 [^]*"error":"no-body"/,
    );
    expect(await raw(url, `${head}Transfer-Encoding: chunked\r\n\r\n`)).toMatch(/^HTTP\/1.1 413 /);
    expect(await raw(url, `GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)).toMatch(
      /^HTTP\/1.1 431 [^]*\{"error"/,
    );
    expect(await raw(url, 'hello\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [^]*\{"error"/);
  });
});
