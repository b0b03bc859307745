/** Health, metrics and the JSON API over HTTP. */
import type { AddressInfo } from 'node:net';
import rateLimit from '@fastify/rate-limit';
import fastify, { type FastifyInstance } from 'fastify';
import { makeAdmission } from './admission.ts';
import { addDescription } from './description.ts';
import { answerClientError, answerError, protect } from './errors.ts';
import { LIMITS } from './limits.ts';
import { openMetrics } from './metrics.ts';
import type { HttpOptions } from './options.ts';
import { notFound } from './refusal.ts';
import { addApi, addProcessRoutes } from './routes.ts';
import { FORMATS } from './schema.ts';

export type { HttpOptions } from './options.ts';

export interface HttpServer {
  /** Where it listens. */
  url: string;
  /** Takes no more, and cuts what is under way. */
  close(): Promise<void>;
}

/** Listens until it is closed. Errors: the system's, where the port is taken or the host is not this machine's. */
export async function openHttp(options: HttpOptions): Promise<HttpServer> {
  const { settings, isApi } = options;
  const app = makeServer(options);
  try {
    await app.register(rateLimit, { global: false });
    const admission = makeAdmission(app, options);
    app.addHook('onRequest', async (request, reply) => {
      protect(reply);
      admission.arrive(request);
    });
    app.setErrorHandler((error, request, reply) => answerError(error, request, reply, options));
    app.setNotFoundHandler(() => {
      throw notFound();
    });
    if (isApi) await addDescription(app);
    addProcessRoutes(app, { options, admission, metrics: openMetrics(options) });
    if (isApi) addApi(app, { options, admission });
    await app.listen({ host: settings.host, port: settings.port });
  } catch (error) {
    await app.close();
    throw error;
  }
  const { address, family, port } = app.server.address() as AddressInfo;
  const url = `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  return { url, close: () => app.close() };
}

function makeServer({ log }: HttpOptions): FastifyInstance {
  const app = fastify({
    // What is asked, and by whom, is in no log.
    logger: false,
    requestIdHeader: false,
    bodyLimit: 1,
    requestTimeout: LIMITS.requestMs,
    keepAliveTimeout: LIMITS.idleMs,
    maxRequestsPerSocket: LIMITS.requestsPerConnection,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: LIMITS.partLength },
    http: {
      maxHeaderSize: LIMITS.headBytes,
      headersTimeout: LIMITS.headMs,
      connectionsCheckingInterval: LIMITS.sweepMs,
      // Without it is refused by us, in JSON.
      requireHostHeader: false,
    },
    ajv: {
      customOptions: { removeAdditional: false, coerceTypes: 'array', useDefaults: true, formats: FORMATS },
    },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => answerError(error, request, reply, { log }),
  });
  app.server.maxConnections = LIMITS.connections;
  app.removeAllContentTypeParsers();
  // Schemas describe what is built, and change nothing of it.
  app.setSerializerCompiler(() => (body) => JSON.stringify(body));
  return app;
}
