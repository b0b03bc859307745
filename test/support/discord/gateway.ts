/**
 * The gateway of the loopback Discord: https://discord.com/developers/docs/events/gateway. It tells each session what
 * happens in the world, and misbehaves when a test says so.
 */
import { once } from 'node:events';
import { type IncomingMessage, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { APIVersion, GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import { WebSocketServer } from 'ws';
import { abandon, end, openConnection } from './gateway/connection.ts';
import { tellSessions } from './gateway/fit.ts';
import type { Session } from './gateway/session.ts';
import { type GatewaySettings, noFaults, SETTINGS, type State, type Tally } from './gateway/state.ts';
import type { World } from './world.ts';

/** What of a gateway is to be otherwise. */
export type GatewayOptions = Partial<GatewaySettings>;

/** What `GET /gateway/bot` says of identifying. */
export interface SessionStartLimit {
  total: number;
  remaining: number;
  reset_after: number;
  max_concurrency: number;
}

export interface Gateway {
  /** `ws://...`, once the HTTP server listens. */
  readonly url: string;
  readonly sessions: (Pick<Session, 'id' | 'shard' | 'intents' | 'sequence'> & { isConnected: boolean })[];
  /** Connections now, identified or not. */
  readonly connected: number;
  /** What clients did so far. */
  readonly tally: Readonly<Tally>;
  readonly sessionStartLimit: SessionStartLimit;
  /** Asks every client to reconnect (op 7). */
  reconnect(): void;
  /** Tells every client that its session is invalid (op 9); those not resumable are forgotten. */
  invalidateSessions(options?: { resumable?: boolean }): void;
  /** Closes every connection with a code. */
  close(code: number): void;
  /** Tears every connection without a word. */
  cut(): void;
  /** Tears the connection that gets the so manieth dispatch from now, behind it. */
  loseAfter(dispatches: number): void;
  /** The next RESUMEs are never answered; heartbeats are. */
  ignoreResumes(times?: number): void;
  /** Heartbeats are not acknowledged: all from now, or the next few. */
  ignoreHeartbeats(times?: number): void;
  /** The next connections are answered with a status of HTTP. */
  refuseUpgrades(times?: number, status?: number): void;
  /** The port is closed, for REST too, until `acceptConnections` or for so long; what is connected stays. */
  refuseConnections(ms?: number): void;
  acceptConnections(): Promise<void>;
  /** No session can be resumed any more; those connected go on. */
  forgetSessions(): void;
  /** Everything sent from now arrives so much later; 0 ends it. */
  delayDispatches(ms: number): void;
  /** Nothing goes wrong any more. */
  behave(): void;
  /** Tears everything and hears no more of the world. */
  stop(): void;
}

/** Serves the gateway at the upgrades of an HTTP server, for one world. */
export function attachGateway(server: Server, world: World, options: GatewayOptions = {}): Gateway {
  const tally = { identifies: 0, resumes: 0, refusedResumes: 0, heartbeats: 0, dispatches: 0, closes: [] };
  let port: number | undefined;
  // A closed server has no address any more.
  const url = () => `ws://127.0.0.1:${(port ??= (server.address() as AddressInfo).port)}`;
  const state: State = {
    world,
    options: { ...SETTINGS, ...options },
    sessions: new Map(),
    connections: new Set(),
    faults: noFaults(),
    tally,
    url,
  };
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) =>
    upgrade(state, sockets, request, socket, head);
  server.on('upgrade', onUpgrade);
  const deafen = world.on((happening) => tellSessions(world.truth, state.sessions.values(), happening));
  return {
    get url() {
      return url();
    },
    get sessions() {
      return [...state.sessions.values()].map(({ id, shard, intents, sequence, receiver }) => {
        return { id, shard, intents, sequence, isConnected: receiver !== undefined };
      });
    },
    get connected() {
      return state.connections.size;
    },
    get sessionStartLimit() {
      return startLimit(state);
    },
    tally,
    ...misbehaviour(state),
    ...door(server),
    stop() {
      deafen();
      server.off('upgrade', onUpgrade);
      for (const connection of state.connections) connection.cut();
      for (const session of state.sessions.values()) end(state, session);
    },
  };
}

function startLimit({ options, tally }: State): SessionStartLimit {
  return {
    total: options.identifiesPerDay,
    remaining: Math.max(0, options.identifiesPerDay - tally.identifies),
    reset_after: 86_400_000,
    max_concurrency: options.identifiesAtOnce,
  };
}

/** Makes a connection of an upgrade, or refuses it. */
function upgrade(
  state: State,
  sockets: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const { faults } = state;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'ws://gateway');
  const compress = searchParams.get('compress');
  const isRefused = faults.refusedUpgrades.left > 0;
  if (isRefused) faults.refusedUpgrades.left -= 1;
  const isUnknown = pathname !== '/' || searchParams.get('encoding') !== 'json' || !KNOWN.includes(compress);
  if (isRefused || isUnknown) {
    const status = isRefused ? faults.refusedUpgrades.status : 400;
    socket.end(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
    return;
  }
  sockets.handleUpgrade(request, socket, head, (ws) => {
    if (searchParams.get('v') === APIVersion) openConnection(state, ws, compress !== null);
    else ws.close(GatewayCloseCodes.InvalidAPIVersion);
  });
}

/** Ways to compress: none, or one that clients of ours may ask for. */
const KNOWN: (string | null)[] = [null, 'zlib-stream'];

function misbehaviour(state: State) {
  const { connections, faults, sessions } = state;
  return {
    reconnect() {
      for (const connection of connections) connection.signal(GatewayOpcodes.Reconnect);
    },
    invalidateSessions({ resumable = false }: { resumable?: boolean } = {}) {
      for (const connection of connections) {
        const { session } = connection;
        connection.signal(GatewayOpcodes.InvalidSession, resumable);
        abandon(state, connection);
        if (session && !resumable) end(state, session);
      }
    },
    close(code: number) {
      for (const connection of connections) connection.close(code);
    },
    cut() {
      for (const connection of connections) connection.cut();
    },
    loseAfter(dispatches: number) {
      faults.cutAfter = dispatches;
    },
    ignoreResumes(times = Infinity) {
      faults.ignoredResumes = times;
    },
    ignoreHeartbeats(times = Infinity) {
      faults.ignoredHeartbeats = times;
    },
    refuseUpgrades(times = Infinity, status = 503) {
      faults.refusedUpgrades = { left: times, status };
    },
    forgetSessions() {
      for (const session of sessions.values()) end(state, session);
    },
    delayDispatches(ms: number) {
      faults.delayMs = ms;
    },
    behave() {
      Object.assign(faults, noFaults());
    },
  };
}

/** Closes the port and opens it again. */
function door(server: Server) {
  let closed: AddressInfo | undefined;
  let timer: NodeJS.Timeout | undefined;
  async function acceptConnections(): Promise<void> {
    clearTimeout(timer);
    if (!closed) return;
    const { port, address } = closed;
    closed = undefined;
    server.listen(port, address);
    await once(server, 'listening');
  }
  return {
    acceptConnections,
    refuseConnections(ms?: number) {
      closed ??= server.address() as AddressInfo;
      server.close();
      if (ms !== undefined) timer = setTimeout(() => void acceptConnections(), ms);
    },
  };
}
