/** What the API answers: numbers as on the command line, of what its schema says, and of what the token is told. */
import { Ajv2020, type AnySchema } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { questions } from '../../../db/queries/index.ts';
import { atLength } from '../../support/at-length.ts';
import { typed } from '../../support/command-line.ts';
import { useDatabase } from '../../support/database.ts';
import { useFolder } from '../../support/folder.ts';
import { OTHER, type Parsed, useHttp, useScene } from './scene.ts';

const database = useDatabase();
const folder = useFolder();
const scene = useScene(database, folder);
const opened = useHttp(database);

const inGuild = (path: string) => `/api/v1/guilds/${scene.guildId}${path}`;
const WITH = 'text=a&limit=5';

async function onCommandLine(...words: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await typed([...words, '--guild', scene.guildId, '--json'], {
    DATABASE_URL: database.url,
  });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

describe('numbers', () => {
  it('of questions are those of the command line', async () => {
    const server = await opened();
    const some = questions.filter((_, i) => i % atLength(5, 1) === 0);
    for (const { name, needs } of some) {
      const asked = needs === 'text' ? WITH : 'limit=5';
      const { json, status } = await patient(
        server,
        inGuild(`/questions/${name}?${asked}`),
        scene.tokens.all,
      );
      expect(status, name).toBe(200);
      const words = needs === 'text' ? ['--text', 'a'] : [];
      expect(json, name).toEqual(await onCommandLine('query', name, '--limit', '5', ...words));
    }
  }, 120_000);

  it('for every member are those of the command line for the channels that every member reads', async () => {
    const server = await opened();
    for (const name of ['totals', 'top-contributors', 'channels', 'activity-by-day', 'most-reacted']) {
      const path = inGuild(`/questions/${name}?from=2025-07-01&to=2025-10-01&tz=Europe/Vienna`);
      const { json, status } = await server.get(path, scene.tokens.everyone);
      const words = ['--from', '2025-07-01', '--to', '2025-10-01', '--tz', 'Europe/Vienna'];
      expect(status, name).toBe(200);
      expect(json, name).toEqual(await onCommandLine('query', name, ...words, '--channel', ...scene.open));
    }
  });

  it('of the weekly report are those of the command line, and of the page', async () => {
    const server = await opened();
    const { all, everyone } = scene.tokens;
    const weekly = inGuild('/reports/weekly?week=2025-W40');
    const whole = await server.get(weekly, all);
    expect(whole.json).toEqual(await onCommandLine('report', 'weekly', '--week', '2025-W40'));
    const told = await server.get(weekly, everyone);
    expect(told.json).toEqual(
      await onCommandLine('report', 'weekly', '--week', '2025-W40', '--channel', ...scene.open),
    );
    expect(told.json.totals.messages.value).toBeLessThan(whole.json.totals.messages.value);
    const page = await server.get(weekly, everyone, { accept: 'text/html,*/*;q=0.8' });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*style-src 'unsafe-inline'/,
    );
    expect(page.text).toContain(scene.guildName);
    const german = await server.get(`${weekly}&format=md&language=de`, everyone);
    expect(german.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(german.text).toContain('Wartezeit höchstens');
  });

  it('of coverage and the guide are those of the command line', async () => {
    const server = await opened();
    const { all } = scene.tokens;
    expect((await server.get(inGuild('/coverage'), all)).json).toEqual(await onCommandLine('coverage'));
    expect((await server.get(inGuild('/coverage?from=2025-09-01'), all)).json).toEqual(
      await onCommandLine('coverage', '--from', '2025-09-01'),
    );
    expect(await onCommandLine('guide')).toEqual((await server.get(inGuild('/reports/guide'), all)).json);
    expect(await onCommandLine('guide', '--topic', 'backup')).toEqual(
      (await server.get(inGuild('/reports/guide?topic=backup'), all)).json,
    );
  });
});

/** Asks again where it was asked too often: the limit is not what is tried here. */
async function patient(server: Awaited<ReturnType<typeof opened>>, path: string, token: string) {
  const answer = await server.get(path, token);
  if (answer.status !== 429) return answer;
  const again = await opened();
  Object.assign(server, again);
  return again.get(path, token);
}

describe('the description', () => {
  it('tells of every answer what it is', async () => {
    const server = await opened();
    const { json: described } = await server.get('/api/v1/openapi.json');
    const { all, everyone } = scene.tokens;
    const paths: [path: string, asked: string, statuses: number[]][] = [
      ['/health/live', '', [200]],
      ['/health/ready', '', [200]],
      ['/api/v1/guild', '', [200]],
      ['/questions', '', [200]],
      ['/questions/{name}', '', [200]],
      ['/reports/weekly', '', [200]],
      ['/reports/weekly', '?week=2025-W40', [200]],
      ['/reports/weekly', '?week=2020-W40', [200]],
      ['/reports/stats', '', [200]],
      ['/reports/stats', '?period=all', [200]],
      ['/reports/stats', '?period=2025', [200]],
      ['/reports/stats', '?period=2001', [200]],
      ['/reports/stats', '?period=today&bots=true', [200]],
      ['/reports/top-contributors', '', [200]],
      ['/reports/top-contributors', '?by=answers&period=all', [200]],
      ['/reports/guide', '', [200]],
      ['/reports/guide', '?topic=backup', [200]],
      ['/reports/guide', '?topic=i%20want%20to%20kill%20myself', [200]],
      ['/coverage', '', [200]],
      ['/coverage', '?limit=1', [400]],
      ['/reports/stats', '?period=never', [400]],
    ];
    const kinds = new Set<string>();
    for (const [path, asked, statuses] of paths) {
      const full =
        path.startsWith('/health') || path.startsWith('/api') ? path : `/api/v1/guilds/{guildId}${path}`;
      const at = full.replace('{guildId}', scene.guildId).replace('{name}', 'top-contributors');
      for (const token of [all, everyone]) {
        const { status, json } = await patient(server, `${at}${asked}`, token);
        expect(statuses, at).toContain(status);
        const { content } = described.paths[full].get.responses[status];
        const check = checkerOf(content['application/json'].schema);
        expect(check(json) || check.errors, `${at}${asked}`).toBe(true);
        kinds.add(`${full} ${status}`);
      }
    }
    const missing = Object.keys(described.paths).filter((path) => !kinds.has(`${path} 200`));
    expect(missing).toEqual(['/metrics']);
  }, 60_000);

  it('tells what each route needs, and each needs it', async () => {
    const server = await opened({ settings: { host: '127.0.0.1', port: 0, token: 'operators-own-token' } });
    const { json: described } = await server.get('/api/v1/openapi.json');
    for (const [path, { get }] of Object.entries<Parsed>(described.paths)) {
      const at = path.replace('{guildId}', scene.guildId).replace('{name}', 'totals');
      const [needs] = get.security.flatMap((one: object) => Object.keys(one));
      const by = {
        nobody: (await server.get(at)).status,
        operator: (await server.get(at, 'operators-own-token')).status,
        token: (await server.get(at, scene.tokens.all)).status,
        other: (await server.get(at, scene.tokens.otherAll)).status,
      };
      const isGuilds = path.includes('{guildId}');
      const expected = {
        undefined: { nobody: 200, operator: 200, token: 200, other: 200 },
        operator: { nobody: 401, operator: 200, token: 401, other: 401 },
        token: { nobody: 401, operator: 401, token: 200, other: isGuilds ? 404 : 200 },
      }[needs as 'token'];
      expect(by, path).toEqual(expected);
      if (needs === 'token')
        Object.assign(
          server,
          await opened({ settings: { host: '127.0.0.1', port: 0, token: 'operators-own-token' } }),
        );
    }
  });
});

/** Properties that the schema leaves out are faults, too. */
function checkerOf(schema: unknown) {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addFormat('snowflake', /^\d{1,19}$/);
  return ajv.compile(closed(schema) as AnySchema);
}

function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const all = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return 'properties' in all && all['type'] === 'object' && !('additionalProperties' in all)
    ? { ...all, additionalProperties: false }
    : all;
}

describe('whoever is told what every member can read', () => {
  it('is told nothing of a channel that some cannot', async () => {
    const server = await opened();
    const { everyone } = scene.tokens;
    for (const { name, needs } of questions) {
      const asked = needs === 'text' ? WITH : 'limit=500';
      const { text, status } = await patient(server, inGuild(`/questions/${name}?${asked}`), everyone);
      expect(status, name).toBe(name.startsWith('joins-and-leaves') ? 403 : 200);
      expect(text, name).not.toContain(scene.hidden.id);
      expect(text, name).not.toContain(`"${scene.hidden.name}"`);
    }
    for (const path of ['/coverage', '/reports/weekly', '/reports/stats?period=all', '/reports/guide']) {
      const { text, status } = await patient(server, inGuild(path), everyone);
      expect(status).toBe(200);
      expect(text, path).not.toContain(scene.hidden.id);
    }
  }, 60_000);

  it('cannot tell a hidden channel from one that is not there', async () => {
    const server = await opened();
    const ask = async (id: string) => {
      const { status, json } = await server.get(
        inGuild(`/questions/totals?channel=${id}`),
        scene.tokens.everyone,
      );
      return { status, ...json, message: json.message.replace(id, 'ID') };
    };
    const hidden = await ask(scene.hidden.id);
    expect(hidden).toEqual({
      status: 404,
      error: 'no-channel',
      message: 'There is no channel ID in this server.',
    });
    expect(await ask('4242')).toEqual(hidden);
    expect(await ask(OTHER.channelId)).toEqual(hidden);
  });

  it('is told nothing where nobody knows what that is', async () => {
    const server = await opened();
    for (const path of [
      '/coverage',
      '/questions/totals',
      '/reports/weekly',
      '/reports/stats',
      '/reports/guide',
    ]) {
      const { status, json } = await server.get(`/api/v1/guilds/${OTHER.guildId}${path}`, scene.tokens.other);
      expect({ status, error: json.error }).toEqual({ status: 403, error: 'permissions-unknown' });
      expect(json.message).toContain('--audience all');
    }
    const all = await server.get('/api/v1/guild', scene.tokens.otherAll);
    expect(all.json).toMatchObject({ guildId: OTHER.guildId, name: `${OTHER.word} guild`, audience: 'all' });
  });
});

describe('who is not to be named', () => {
  it('is in no answer', async () => {
    const server = await opened();
    const { id, name } = scene.unranked;
    for (const { name: question, needs } of questions) {
      const asked = needs === 'text' ? WITH : 'limit=1000';
      const { text } = await patient(server, inGuild(`/questions/${question}?${asked}`), scene.tokens.all);
      expect(text, question).not.toContain(id);
      expect(text, question).not.toContain(`"${name}"`);
    }
    for (const path of ['/reports/weekly', '/reports/top-contributors?period=all', '/reports/guide']) {
      const { text } = await patient(server, inGuild(path), scene.tokens.all);
      expect(text, path).not.toContain(id);
    }
  }, 60_000);
});
