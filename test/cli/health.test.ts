/** `almanac health` as a supervisor runs it, and what it answers where nobody is to be asked. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually, useScenes } from '../bot/recording-bot.ts';
import { typed } from '../support/command-line.ts';
import { openDoor } from '../support/database-door.ts';
import { almanac } from '../support/program.ts';

const open = useScenes();
/** Nothing of either is reached. */
const NOWHERE = { DATABASE_URL: 'postgres://127.0.0.1:1/nowhere', DISCORD_API: 'http://127.0.0.1:1/api' };

async function listening(server: Server): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return String((server.address() as AddressInfo).port);
}

/** Something that answers; tells its port. */
async function answering(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return listening(server);
}

/** A port that was free a moment ago. */
async function freePort(): Promise<string> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((closed) => void server.close(closed));
  return port;
}

const health = (env: Record<string, string>, ...words: string[]) =>
  almanac(['health', ...words], { ...NOWHERE, ...env });

const READY = { status: 'ready', checks: { database: { ok: true }, spool: { ok: true, events: 0 } } };

describe('of a running process', () => {
  it('is 0 while all is well, 1 with each check in words while the database is away, and 2 when it has ended', async () => {
    const scene = await open();
    const door = await openDoor(scene.database.url);
    const port = { HTTP_PORT: await freePort() };
    const program = scene.spawn({ DATABASE_URL: door.url, ...port });
    await program.connected();
    await eventually(async () => expect((await health(port)).code).toBe(0));
    const { stdout, stderr } = await health(port);
    expect(stderr).toBe('');
    expect(stdout.split('\n')).toEqual([
      'Ready.',
      '  database: answers',
      '  gateway: every shard held here is connected (connected 1, held 1, of 1)',
      '  spool: nothing waits on disk (events 0, bytes 0)',
      expect.stringMatching(/^ {2}lag: what happens is in the database soon \(seconds [\d.]+\)$/),
      '',
    ]);
    door.set('shut');
    scene.say('while it is away');
    await eventually(async () => {
      const { code, stdout: said } = await health(port);
      expect(code).toBe(1);
      expect(said).toMatch(/^Not ready\.\n {2}database: DOES NOT ANSWER\n/);
      expect(said).toContain('\n  spool: EVENTS WAIT ON DISK, as the database is away or slow (events ');
    });
    door.set('open');
    await eventually(async () => expect((await health(port, '--json')).code).toBe(0));
    program.process.kill('SIGTERM');
    await program.ended;
    expect(await health(port)).toMatchObject({ code: 2, stdout: '' });
    await door.close();
  });

  it('that wants a token is asked with it, and who has another is told so', async () => {
    const scene = await open();
    const port = { HTTP_PORT: await freePort(), HTTP_HOST: '0.0.0.0' };
    const program = scene.spawn({ ...port, HTTP_TOKEN: 'the-token-of-the-process' });
    await program.connected();
    const right = { ...port, HTTP_TOKEN: 'the-token-of-the-process' };
    await eventually(async () => expect((await health(right)).code).toBe(0));
    const { code, stdout, stderr } = await health({ ...port, HTTP_TOKEN: 'some-other-token' });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('HTTP_TOKEN is not the one that the running process was given');
    expect(stderr).not.toContain('some-other-token');
  });
});

describe('the answer', () => {
  it('is the same by --json, --format json and with the other verbs', async () => {
    const HTTP_PORT = await answering((_, response) => response.end(JSON.stringify(READY)));
    for (const words of [['--json'], ['--format', 'json']]) {
      const { code, stdout } = await health({ HTTP_PORT }, ...words);
      expect([code, JSON.parse(stdout)]).toEqual([0, READY]);
    }
    const { code, stdout } = await typed(['health', '--json'], { ...NOWHERE, HTTP_PORT } as object);
    expect([code, JSON.parse(stdout)]).toEqual([0, READY]);
  });

  it('names checks that it does not know, and lets nothing through to the terminal', async () => {
    const checks = { tides: { ok: false, say: '\u001b[2J\u202e', since: 5 } };
    const HTTP_PORT = await answering((_, response) =>
      response.writeHead(503).end(JSON.stringify({ status: 'not-ready', checks })),
    );
    const { code, stdout } = await typed(['health'], { HTTP_PORT } as object);
    expect(code).toBe(1);
    expect(stdout).toBe('Not ready.\n  tides: IS NOT WELL (say "\\u001b[2J?", since 5)\n');
  });
});

describe('nobody can be asked', () => {
  it.each<[string, RequestListener, string]>([
    ['another program listens there', (_, response) => response.end('hello'), 'Another program answers'],
    ['it says too much', (_, response) => response.end('{'.repeat(1_000_000)), 'Another program answers'],
    ['it hangs up', ({ socket }) => void socket.destroy(), 'Nobody answers: ECONNRESET'],
    ['it never answers', () => {}, 'No answer within 5 s'],
    ['it never ends', (_, response) => void response.write('{'), 'No answer within 5 s'],
  ])('where %s: 2', async (_, listener, says) => {
    const { code, stdout, stderr } = await typed(['health'], {
      HTTP_PORT: await answering(listener),
    } as object);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(says);
  });

  it('where nothing is served, or the settings are wrong: 2', async () => {
    expect(await health({ HTTP_PORT: 'off' })).toMatchObject({
      code: 2,
      stderr: 'Nobody can be asked: HTTP_PORT is off.\n',
    });
    expect(await health({ HTTP_PORT: 'seven' })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^HTTP_PORT must be /),
    });
  });
});
