/** What is answered where something went wrong: always JSON, and nothing of what is within. */
import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isAway } from '../../ingest/away.ts';
import { answersInTime } from './health.ts';
import type { HttpOptions } from './options.ts';
import { bodyOf, databaseAway, Refusal, refusalOf } from './refusal.ts';

/** Pages of elsewhere are to show, frame and keep nothing of it. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** Before anything else is answered. */
export function protect(reply: FastifyReply): void {
  void reply.headers(HEADERS);
}

/** Answers with what is said of an error; of one that nobody expected, with a reference that the log has, too. */
export async function answerError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  { log, store }: Pick<HttpOptions, 'log'> & Partial<Pick<HttpOptions, 'store'>>,
): Promise<FastifyReply> {
  protect(reply);
  const refusal = refusalOf(error) ?? (await awayOf(error, store));
  if (refusal) return reply.code(refusal.status).headers(refusal.headers).send(bodyOf(refusal));
  const reference = randomBytes(4).toString('hex').toUpperCase();
  // The route, without what was asked of it.
  log.warn({ component: 'http', route: request.routeOptions?.url, reference, err: error }, 'request failed');
  const message = `This went wrong here, not with you. Whoever runs this server finds why in its log, at ${reference}.`;
  return reply.code(500).send({ error: 'failed', message, reference });
}

async function awayOf(error: unknown, store: HttpOptions['store'] | undefined): Promise<Refusal | undefined> {
  if (!isAway(error)) return undefined;
  const isKnown = (Object(error) as { code?: unknown }).code !== undefined;
  return isKnown || (store && !(await answersInTime(store.pool))) ? databaseAway() : undefined;
}

const REFUSED: Record<string, [status: number, message: string]> = {
  HPE_HEADER_OVERFLOW: [431, 'The head of this request is too long.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'This request took too long to arrive.'],
};

/** What can't even be read as a request. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const [status, message] = REFUSED[error.code ?? ''] ?? [400, 'This is no request of HTTP/1.1.'];
  const body = JSON.stringify({ error: 'bad-request', message });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...Object.entries(HEADERS).map(([name, value]) => `${name}: ${value}`),
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}
