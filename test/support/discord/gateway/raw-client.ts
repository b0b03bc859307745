/** A client that knows nothing of the protocol but how to read a frame: it says what a test tells it to. */
import { constants, createInflate } from 'node:zlib';
import { GatewayOpcodes } from 'discord-api-types/v10';
import { WebSocket } from 'ws';

/** What the gateway sends. */
export interface Frame {
  t: string | null;
  s: number | null;
  op: number;
  d: Record<string, unknown>;
}

export interface RawClient {
  /** Everything received so far. */
  frames: Frame[];
  /** The code that the connection ended with. */
  closed: Promise<number>;
  send(op: number, d?: unknown): void;
  sendText(text: string): void;
  /** Resolves with the first frame of that name or opcode that no `next` gave before. */
  next(wanted: string | number): Promise<Frame>;
  close(code?: number): void;
  cut(): void;
}

/** Connects, and reads; compressed frames as one zlib stream. */
export function connectRaw(url: string, query = 'v=10&encoding=json'): RawClient {
  const ws = new WebSocket(`${url}/?${query}`);
  const frames: Frame[] = [];
  const given = new Set<Frame>();
  let wake = Promise.withResolvers<void>();
  const receive = (text: string) => {
    frames.push(JSON.parse(text) as Frame);
    wake.resolve();
    wake = Promise.withResolvers();
  };
  // A frame may come out of it in pieces; a message is one frame.
  const inflate = createInflate({ flush: constants.Z_SYNC_FLUSH });
  let pieces: Buffer[] = [];
  inflate.on('data', (piece: Buffer) => pieces.push(piece));
  const unpack = (bytes: Buffer) =>
    inflate.write(bytes, () => {
      receive(Buffer.concat(pieces).toString());
      pieces = [];
    });
  ws.on('message', (bytes: Buffer, isBinary) => (isBinary ? unpack(bytes) : receive(bytes.toString())));
  ws.on('error', () => {});
  return {
    frames,
    closed: new Promise((resolve) => ws.once('close', resolve)),
    send: (op, d = null) => ws.send(JSON.stringify({ op, d })),
    sendText: (text) => ws.send(text),
    async next(wanted) {
      for (;;) {
        const found = frames.find((frame) => !given.has(frame) && (frame.t ?? frame.op) === wanted);
        if (found) {
          given.add(found);
          return found;
        }
        await wake.promise;
      }
    },
    close: (code) => ws.close(code),
    cut: () => ws.terminate(),
  };
}

/** Connects and identifies; resolves once READY is there. */
export async function identifyRaw(
  url: string,
  intents: number,
  { query, ...more }: { query?: string; shard?: [number, number]; large_threshold?: number } = {},
): Promise<RawClient & { sessionId: string }> {
  const client = connectRaw(url, query);
  await client.next(GatewayOpcodes.Hello);
  client.send(GatewayOpcodes.Identify, { token: 'token', intents, properties: {}, ...more });
  const ready = await client.next('READY');
  return { ...client, sessionId: String(ready.d.session_id) };
}

/** Connects and resumes, without waiting for an answer. */
export async function resumeRaw(url: string, sessionId: string, sequence: number): Promise<RawClient> {
  const client = connectRaw(url);
  await client.next(GatewayOpcodes.Hello);
  client.send(GatewayOpcodes.Resume, { token: 'token', session_id: sessionId, seq: sequence });
  return client;
}
