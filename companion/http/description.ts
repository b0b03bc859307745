/** The description of it all, out of the routes' schemas. */
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** Adds it, at an address of its own. Before the routes. */
export async function addDescription(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Almanac',
        version: '1',
        description:
          'What is recorded of a Discord server, as numbers. Ids are texts; times are ISO 8601, or ms since 1970 where a name ends in Ms; a span of time does not count its end.',
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          token: {
            type: 'http',
            scheme: 'bearer',
            description: 'Of one guild: `almanac token create` makes it.',
          },
          operator: {
            type: 'http',
            scheme: 'bearer',
            description: 'HTTP_TOKEN, where that is set; nothing, where it is not.',
          },
        },
      },
    },
  });
  app.get('/api/v1/openapi.json', { schema: { hide: true } }, async (_, reply) => {
    void reply.type('application/json; charset=utf-8');
    return app.swagger();
  });
}
