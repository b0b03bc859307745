/** Every route: how it is asked, and by whom. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiToken } from '../../db/tokens.ts';
import type { Admission } from './admission.ts';
import { apiRoutes } from './api/index.ts';
import { healthRoutes } from './health.ts';
import { metricsRoute } from './metrics.ts';
import type { HttpOptions } from './options.ts';
import { type ApiRoute, isText, type Parameters, type ProcessRoute, type Text } from './route.ts';
import { object, text } from './schema.ts';
import { makeTurns } from './turns.ts';

interface Doors {
  options: HttpOptions;
  admission: Admission;
}

/** Health and metrics. */
export function addProcessRoutes(
  app: FastifyInstance,
  { options, admission, metrics }: Doors & { metrics(): Promise<Text> },
): void {
  for (const route of [...healthRoutes, metricsRoute]) {
    app.get<{ Reply: object }>(route.path, {
      schema: schemaOf(route, route.isOpen ? [] : [{ operator: [] }]),
      onRequest: async (request) => {
        if (!route.isOpen) await admission.admitOperator(request);
      },
      handler: async (_, reply) => {
        const found = await route.reply({ options, metrics });
        if (isText(found)) return sendText(reply, found);
        return reply.code(found.status ?? 200).send(found.body);
      },
    });
  }
}

/** What is told of a guild. */
export function addApi(app: FastifyInstance, { options, admission }: Doors): void {
  const turns = makeTurns(options.store.pool);
  const tokens = new WeakMap<FastifyRequest, ApiToken>();
  for (const route of apiRoutes) {
    app.get(route.path, {
      schema: schemaOf(route, [{ token: [] }]),
      onRequest: async (request) => void tokens.set(request, await admission.admitToken(request)),
      handler: async (request, reply) => {
        const { params, query, headers } = request;
        const asked = {
          params: params as Parameters,
          query: query as Parameters,
          accept: headers.accept ?? '',
        };
        const token = tokens.get(request)!;
        const found = await turns((db) =>
          route.reply({ token, db, nowMs: options.now(), options, ...asked }),
        );
        return isText(found) ? sendText(reply, found) : reply.send(found);
      },
    });
  }
}

const sendText = (reply: FastifyReply, { contentType, body, headers = {} }: Text): FastifyReply =>
  reply.headers({ ...headers, 'content-type': contentType }).send(body);

const refusal = object({ error: text, message: text });

const REFUSALS: Record<number, string> = {
  400: 'What was asked is not well formed; the message says what.',
  401: 'No token, or none that is good here.',
  403: 'The token is not for this.',
  404: 'There is nothing here.',
  429: 'Too many requests; Retry-After says when to ask again.',
  503: 'Not now: the database is away, or it takes too long; Retry-After says when to ask again.',
};

/** What is read of a request, and told in the description. */
function schemaOf(route: ProcessRoute | ApiRoute, security: Record<string, never[]>[]) {
  const { path, summary, description, params, query, answer, alsoAs = [], statuses = [] } = route;
  const isMetrics = path === metricsRoute.path;
  const json = { 'application/json': { schema: answer } };
  const content = Object.fromEntries(alsoAs.map((type) => [type, { schema: text }]));
  const found = { description: 'What was asked for.', content: { ...(isMetrics ? {} : json), ...content } };
  const refusals = Object.entries(REFUSALS).filter(
    ([status]) => security.length > 0 && !statuses.includes(Number(status)),
  );
  return {
    summary,
    ...(description !== undefined && { description }),
    tags: [path.startsWith('/api/') ? 'api' : 'process'],
    operationId: operationId(path),
    security,
    ...(params && { params: { ...object(params) } }),
    querystring: { type: 'object', properties: query ?? {}, additionalProperties: false },
    response: {
      200: found,
      ...Object.fromEntries(statuses.map((status) => [status, found])),
      ...Object.fromEntries(
        refusals.map(([status, told]) => [
          status,
          { description: told, content: { 'application/json': { schema: refusal } } },
        ]),
      ),
    },
  };
}

/** `/api/v1/guilds/:guildId/reports/top-contributors` as `reportsTopContributors`. */
function operationId(path: string): string {
  const parts = path.replace(/^\/api\/v1\/(guilds\/:guildId\/)?/, '').split(/[^a-z]+/i);
  return parts
    .filter((part) => part !== '')
    .map((part, i) => (i === 0 ? part : part[0]!.toUpperCase() + part.slice(1)))
    .join('');
}
