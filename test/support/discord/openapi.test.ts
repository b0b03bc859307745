import { ChannelType, PermissionFlagsBits, SlashCommandBuilder } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { answerContent, operationOf, readDescription } from './openapi/description.ts';
import { makeCompile } from './openapi/validator.ts';
import { findDescription, loadOracle, type RequestToCheck } from './openapi.ts';

const ID = '100000000000000001';
const OTHER_ID = '100000000000000002';
const MESSAGES = `/channels/${ID}/messages`;

const AUTHOR = {
  id: ID,
  username: 'ada',
  avatar: null,
  discriminator: '0',
  public_flags: 0,
  flags: 0,
  global_name: null,
  primary_guild: null,
};
const MESSAGE = {
  id: OTHER_ID,
  channel_id: ID,
  type: 0,
  content: 'hello',
  author: AUTHOR,
  mentions: [AUTHOR],
  mention_roles: [],
  attachments: [],
  embeds: [],
  timestamp: '2025-01-01T00:00:00.000000+00:00',
  edited_timestamp: null,
  flags: 0,
  components: [],
  pinned: false,
  mention_everyone: false,
  tts: false,
  referenced_message: null,
};

const path = findDescription();
const why = path ? '' : " (skipped: Discord's description is not here; DISCORD_OPENAPI names its file)";

it('without a description there is no oracle', () => {
  expect(loadOracle(undefined)).toBeUndefined();
});

describe.skipIf(!path)(`Discord's description of its API${why}`, () => {
  const oracle = path ? loadOracle(path)! : undefined!;

  const ask = (method: string, to: string, rest: Partial<RequestToCheck> = {}) =>
    oracle.checkRequest({ method, path: to, query: new URLSearchParams(), body: undefined, ...rest });
  const query = (text: string) => ({ query: new URLSearchParams(text) });
  const answer = (body: unknown, status = 200, method = 'GET', of = MESSAGES) =>
    oracle.checkAnswer({ method, path: of, status, body });

  describe('of a request', () => {
    it('knows which routes there are, and what can be done there', () => {
      expect(ask('GET', `${MESSAGES}/pinned/by`)).toEqual(['path: unknown route']);
      expect(ask('DELETE', '/users/@me')).toEqual(['method: no DELETE on /users/@me']);
      expect(ask('PARAMETERS', '/users/@me')).toEqual(['method: no PARAMETERS on /users/@me']);
    });

    it('tells a word in a path from an id, encoded or not', () => {
      const original = `/webhooks/${ID}/token/messages/%40original`;
      expect(ask('PATCH', original, { body: { content: 'x' } })).toEqual([]);
      expect(ask('GET', '/channels/general')[0]).toMatch(/^path\.channel_id: /);
      expect(ask('GET', `${MESSAGES}/${OTHER_ID}/reactions/%F0%9F%91%8D`)).toEqual([]);
    });

    it('reads the query as what it means', () => {
      expect(ask('GET', MESSAGES, query('limit=100&after=0'))).toEqual([]);
      expect(ask('GET', MESSAGES, query('limit=101'))).toEqual(['query.limit: must be <= 100']);
      expect(ask('GET', MESSAGES, query('limit=ten'))).toEqual(['query.limit: must be integer']);
      expect(ask('GET', `/guilds/${ID}`, query('with_counts=true'))).toEqual([]);
      expect(ask('GET', `/guilds/${ID}`, query('with_counts=7'))).toEqual([
        'query.with_counts: must be boolean',
      ]);
      const several = query(`channel_id=${ID}&channel_id=${OTHER_ID}`);
      expect(ask('GET', `/guilds/${ID}/messages/search`, several)).toEqual([]);
    });

    it('refuses a parameter that is not described, and misses one that must be there', () => {
      expect(ask('GET', MESSAGES, query('offset=5'))).toEqual(['query.offset: unknown parameter']);
      expect(ask('GET', `/guilds/${ID}/members/search`)).toEqual(['query.query: missing']);
    });

    it('takes commands as discord.js builds them, with permissions as text', () => {
      const command = new SlashCommandBuilder()
        .setName('top')
        .setDescription('who writes most')
        .setDefaultMemberPermissions(PermissionFlagsBits.ManageGuild)
        .addIntegerOption((one) => one.setName('days').setDescription('how many').setMinValue(1))
        .addChannelOption((one) =>
          one.setName('channel').setDescription('where').addChannelTypes(ChannelType.GuildText),
        );
      const body: unknown = JSON.parse(JSON.stringify([command.toJSON()]));
      expect(ask('PUT', `/applications/${ID}/guilds/${ID}/commands`, { body })).toEqual([]);
    });

    it('finds an unknown property at any depth, and only in the member of a union that it is about', () => {
      const option = (rest: object) => ({ type: 3, name: 'a', description: 'b', ...rest });
      const body = (rest: object) => [
        {
          name: 'top',
          description: 'x',
          options: [{ type: 1, name: 'a', description: 'b', options: [option(rest)] }],
        },
      ];
      const commands = `/applications/${ID}/commands`;
      expect(ask('PUT', commands, { body: body({ max_length: 5 }) })).toEqual([]);
      expect(ask('PUT', commands, { body: body({ max_value: 5 }) })).toEqual([
        'body[0].options[0].options[0].max_value: unknown property',
      ]);
    });

    it('checks the JSON of a multipart body, and refuses kinds that the route does not take', () => {
      const multipart = { contentType: 'multipart/form-data; boundary=x' };
      expect(ask('POST', MESSAGES, { ...multipart, body: { content: 'x' } })).toEqual([]);
      expect(ask('POST', MESSAGES, { ...multipart, body: { flags: 'many' } })).toHaveLength(1);
      expect(ask('POST', `/channels/${ID}/typing`, { body: {} })).toEqual(['body: none is described']);
      expect(ask('POST', MESSAGES, { contentType: 'text/plain', body: 'x' })).toEqual([
        'body: text/plain is not described',
      ]);
      expect(ask('POST', MESSAGES)).toEqual(['body: missing']);
    });

    it('does not take null for empty text', () => {
      expect(ask('POST', `/channels/${ID}/threads`, { body: { name: null, type: 11 } })).toContain(
        'body.name: must be string',
      );
    });
  });

  describe('of an answer', () => {
    it('takes a page of messages', () => {
      expect(answer([MESSAGE])).toEqual([]);
      expect(answer([])).toEqual([]);
    });

    it('says where it is wrong, and never what was there', () => {
      const wrong = { ...MESSAGE, pinned: 'secret', author: { ...AUTHOR, mood: 'secret', id: undefined } };
      expect(answer([MESSAGE, wrong]).toSorted()).toEqual([
        'body[1].author.id: missing',
        'body[1].author.mood: unknown property',
        'body[1].pinned: must be boolean',
      ]);
    });

    it('is not lenient where requests are', () => {
      expect(answer([{ ...MESSAGE, flags: '0' }])).toEqual(['body[0].flags: must be integer']);
    });

    it('knows which status a route answers with, and whether it then has a body', () => {
      const pin = `${MESSAGES}/pins/${OTHER_ID}`;
      expect(answer(undefined, 204, 'PUT', pin)).toEqual([]);
      expect(answer({}, 204, 'PUT', pin)).toEqual(['body: none is described']);
      expect(answer({}, 200, 'PUT', pin)).toEqual(['status: 200 is not described']);
      expect(answer(undefined)).toEqual(['body: missing']);
    });

    it('takes refusals and errors as Discord documents them', () => {
      expect(answer({ message: 'Missing Access', code: 50001 }, 403)).toEqual([]);
      expect(answer({ message: 'slow down', retry_after: 0.5, global: false }, 429)).toEqual([]);
      expect(answer({ message: 'slow down', global: false }, 429)).toEqual(['body.retry_after: missing']);
      const errors = { content: { _errors: [{ code: 'BASE_TYPE_REQUIRED', message: 'required' }] } };
      expect(answer({ message: 'Invalid Form Body', code: 50035, errors }, 400)).toEqual([]);
      expect(answer('bad gateway', 502)).toEqual([]);
      expect(answer({ message: '404: Not Found', code: 0 }, 404, 'GET', '/nowhere')).toEqual([]);
    });
  });

  it('can be checked as a whole, and nowhere takes an unknown property', () => {
    const description = readDescription(path!);
    const compile = {
      request: makeCompile(description, 'request'),
      answer: makeCompile(description, 'answer'),
    };
    const lenient: string[] = [];
    for (const [template, item] of Object.entries(description.paths)) {
      for (const method of Object.keys(item)) {
        const operation = operationOf(item, method);
        if (!operation) continue;
        const name = `${method} ${template}`;
        for (const { schema } of Object.values(operation.requestBody?.content ?? {})) {
          if (compile.request(schema)('body', { almanac: {} }).length === 0) lenient.push(name);
        }
        for (const code of Object.keys(operation.responses)) {
          const schema = answerContent(description, operation, Number.parseInt(code))?.['application/json']
            ?.schema;
          if (schema && compile.answer(schema)('body', { almanac: {} }).length === 0) lenient.push(name);
        }
      }
    }
    expect(lenient).toEqual([]);
  });
});
