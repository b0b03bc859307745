/** Hostile requests by chance: nothing of another guild's, nothing of what is within, and the server goes on. */
import { once } from 'node:events';
import { Agent } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { createToken } from '../../../db/tokens.ts';
import { atLength } from '../../support/at-length.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { NOW_MS } from '../../support/imports.ts';
import { pick, seededRandom } from '../../support/random.ts';
import { made, sent } from './hostile.ts';
import { OTHER, useHttp, useScene } from './scene.ts';

const database = useDatabase();
const folder = useFolder();
const scene = useScene(database, folder);
const opened = useHttp(database);

const REQUESTS = atLength(600, 30_000);
/** A token may ask 60 times a minute: each asks fewer. */
const OF_A_TOKEN = 40;

/** What nobody but the other guild's token may ever see. */
const SECRET = new RegExp(`${OTHER.word}|${OTHER.channelId}|${OTHER.personId}`);
/** Of what is within: places in the code, statements, classes of errors. */
const WITHIN = /\.ts\b|node_modules|select |from messages|syntax|TypeError|Error:|almanac_\d+_/i;

let tokens: string[];
beforeAll(async () => {
  tokens = [];
  for (let i = 0; i < REQUESTS / OF_A_TOKEN; i++) {
    const audience = i % 2 === 0 ? 'all' : 'everyone';
    tokens.push(
      (await createToken(database.pool, { guildId: scene.guildId, name: 'x', audience }, NOW_MS)).token,
    );
  }
});

describe('whatever is asked', () => {
  it('is answered in JSON, or as it was asked for, with no other guild in it', async () => {
    const random = seededRandom(8);
    const server = await opened();
    const agent = new Agent({ keepAlive: true, maxSockets: 4 });
    const statuses = new Map<number, number>();
    // Tokens that were good before stay so, though others are refused.
    for (const token of tokens) expect((await server.get('/api/v1/guild', token)).status).toBe(200);
    for (let i = 0; i < REQUESTS; i += 4) {
      await Promise.all(
        Array.from({ length: 4 }, async (_, k) => {
          const asked = made(random, tokens[Math.floor((i + k) / OF_A_TOKEN)]!, scene);
          const told = `${asked.method} ${asked.path} ${JSON.stringify(asked.headers)}`;
          const { status, type, body } = await sent(server.url, agent, asked);
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          expect(
            status < 500 || status === 503,
            `${status} ${told} ${body} ${JSON.stringify(server.logged)}`,
          ).toBe(true);
          // What was asked may come back in what is said of it.
          const own = body.replaceAll(
            /"(message|text|topic|typed|members|missing|terms)":("(?:[^"\\]|\\.)*"|\[[^\]]*\])/g,
            '',
          );
          expect(own, told).not.toMatch(SECRET);
          expect(body, told).not.toMatch(WITHIN);
          if (/^text\/(html|markdown)/.test(type)) return;
          expect(type, told).toMatch(/^application\/json/);
          if (asked.method !== 'HEAD') expect(typeof JSON.parse(body), told).toBe('object');
        }),
      );
    }
    agent.destroy();
    expect((await server.get('/health/live')).status).toBe(200);
    expect(server.logged).toEqual([]);
    // The generator reaches what is within, and not only the door.
    expect(statuses.get(200)).toBeGreaterThan(REQUESTS / 10);
    for (const status of [400, 404]) expect(statuses.get(status)).toBeGreaterThan(REQUESTS / 50);
  }, 300_000);

  it('of the other guild, with its own token, is told: the guild is there', async () => {
    const server = await opened();
    const { text } = await server.get(`/api/v1/guilds/${OTHER.guildId}/coverage`, scene.tokens.otherAll);
    expect(text).toMatch(SECRET);
  });
});

describe('bytes that are no requests', () => {
  it('are answered in JSON, or by closing', async () => {
    const random = seededRandom(9);
    const server = await opened();
    const port = Number(new URL(server.url).port);
    const lines = [
      'GET / HTTP/1.1',
      'GET /health/live HTTP/1.0',
      'GET /health/live HTTP/9.9',
      'CONNECT evil:443 HTTP/1.1',
      'PRI * HTTP/2.0',
      'GET http://evil.example/ HTTP/1.1',
      'GET \0 HTTP/1.1',
      'Host: localhost',
      'Host: evil.example',
      'Host:',
      'Content-Length: 5',
      'Content-Length: -1',
      'Content-Length: 5, 6',
      'Transfer-Encoding: chunked',
      'Transfer-Encoding: xchunked',
      'Authorization: Bearer',
      ': no name',
      ' folded',
      'X: \u0001\u0002',
      'A'.repeat(3000),
      '',
    ];
    for (let i = 0; i < atLength(200, 2000); i++) {
      const count = 1 + Math.floor(random() * 6);
      const bytes = `${Array.from({ length: count }, () => pick(lines, random)).join(pick(['\r\n', '\n', '\r'], random))}\r\n\r\n`;
      const heard = await exchanged(port, bytes.repeat(1 + Math.floor(random() * 3)));
      for (const answer of heard.split(/(?=HTTP\/1\.[01] \d)/).filter(Boolean)) {
        const [, status, body] = /^HTTP\/1\.1 (\d{3}) [^]*?\r\n\r\n([^]*)$/.exec(answer) ?? [];
        expect(Number(status), JSON.stringify(bytes)).toBeLessThan(500);
        if (Number(status) >= 200)
          expect(() => JSON.parse(body!), JSON.stringify([bytes, answer])).not.toThrow();
      }
    }
    expect((await server.get('/health/live')).status).toBe(200);
    expect(server.logged).toEqual([]);
  }, 120_000);

  it('as many requests in one piece are answered one by one', async () => {
    const server = await opened();
    const one = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n';
    const heard = await exchanged(Number(new URL(server.url).port), one.repeat(200), 2_000);
    expect(heard.match(/HTTP\/1\.1 200/g)).toHaveLength(200);
  });
});

/** What comes back until the server is silent, or closes. */
async function exchanged(port: number, bytes: string, ms = 60): Promise<string> {
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  let heard = '';
  socket.on('data', (chunk) => (heard += String(chunk)));
  await once(socket, 'connect');
  socket.end(bytes, 'latin1');
  await Promise.race([once(socket, 'close').catch(() => {}), sleep(ms)]);
  socket.destroy();
  return heard;
}
