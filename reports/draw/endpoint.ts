/** Our own QuickChart: draws what is posted to it on this machine, with a secret in its path. */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { missingScripts } from './fonts.ts';
import { drawPicture } from './picture.ts';
import { BODY_BYTES_MAX, readRequest, RequestError } from './request.ts';

export interface Endpoint {
  /** What a client of QuickChart is given: it posts to `/chart` below it. */
  url: string;
  close(): Promise<void>;
}

const AT_ONCE_MAX = 2;
const CONNECTIONS_MAX = 8;
const BODY_TIME_LIMIT_MS = 5000;

/** Starts the endpoint at a free port of 127.0.0.1. Errors: a script whose letters can't be drawn. */
export async function startEndpoint(): Promise<Endpoint> {
  const missing = missingScripts();
  if (missing.length > 0) throw new Error(`No font draws ${missing.join(', ')}.`);
  const secret = randomBytes(16).toString('hex');
  let drawing = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url !== `/${secret}/chart`) throw new RequestError(404, 'Nothing is here.');
    if (request.method !== 'POST') throw new RequestError(405, 'A chart is posted.');
    if (request.headers['content-type'] !== 'application/json')
      throw new RequestError(415, 'Only JSON is read.');
    if (drawing >= AT_ONCE_MAX) throw new RequestError(503, 'Other charts are being drawn.');
    drawing++;
    try {
      const png = await drawPicture(readRequest(await bodyOf(request)));
      response.writeHead(200, { 'content-type': 'image/png', 'content-length': png.length }).end(png);
    } finally {
      drawing--;
    }
  }

  const server = createServer({ requestTimeout: BODY_TIME_LIMIT_MS }, (request, response) => {
    answer(request, response).catch((error: unknown) => refuse(response, error));
  });
  server.maxConnections = CONNECTIONS_MAX;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${secret}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > BODY_BYTES_MAX) throw new RequestError(413, 'The chart is too large.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** Says why in the header that clients of QuickChart read. */
function refuse(response: ServerResponse, error: unknown): void {
  const { message } = error as Error;
  const reason = message.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 200);
  const status = error instanceof RequestError ? error.status : 500;
  // What is left of a body that was refused is not read.
  response.writeHead(status, { 'x-quickchart-error': reason, connection: 'close' }).end();
}
