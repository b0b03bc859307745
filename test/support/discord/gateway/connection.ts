import { GatewayCloseCodes, GatewayOpcodes } from 'discord-api-types/v10';
import type { WebSocket } from 'ws';
import { identify, resume } from './identify.ts';
import { requestMembers } from './members.ts';
import type { Receiver, Session } from './session.ts';
import type { State } from './state.ts';
import { makeWire } from './wire.ts';

/** One socket, and the session that it speaks for once it has said which. */
export interface Connection extends Receiver {
  session: Session | undefined;
  /** A frame of that opcode, not a dispatch. */
  signal(op: GatewayOpcodes, d?: unknown): void;
  /** As if the line had been torn. */
  cut(): void;
}

/** Discord takes no longer frame. */
const FRAME_BYTES_MAX = 4096;

/** Whoever closes with one of these wants no more of the session. */
const FINAL_CODES = [1000, 1001];

/** Greets whoever has connected, and answers until the connection ends. */
export function openConnection(state: State, ws: WebSocket, isCompressed: boolean): void {
  const { faults, options, tally } = state;
  const wire = makeWire(ws, isCompressed, () => faults.delayMs);
  const connection: Connection = {
    session: undefined,
    send(frame) {
      tally.dispatches += 1;
      wire.send(frame);
      if (--faults.cutAfter > 0) return;
      faults.cutAfter = Infinity;
      connection.cut();
    },
    signal: (op, d = null) => wire.send(JSON.stringify({ t: null, s: null, op, d })),
    close: (code) => wire.close(code),
    cut() {
      leave();
      ws.terminate();
    },
  };
  const leave = () => {
    state.connections.delete(connection);
    abandon(state, connection);
  };
  state.connections.add(connection);
  const isTooFast = makeLimit(options.framesPerMinute);
  ws.on('error', () => {});
  ws.on('message', (bytes: Buffer) => {
    if (ws.readyState !== ws.OPEN) return;
    const refusal = isTooFast() ? GatewayCloseCodes.RateLimited : answer(state, connection, bytes);
    if (refusal) connection.close(refusal);
  });
  ws.on('close', (code) => {
    tally.closes.push(code);
    const { session } = connection;
    leave();
    if (session && !session.receiver && FINAL_CODES.includes(code)) end(state, session);
  });
  connection.signal(GatewayOpcodes.Hello, { heartbeat_interval: options.heartbeatIntervalMs });
}

/** Forgets a session: it can no longer be resumed. Where it is connected, it goes on until that ends. */
export function end(state: State, session: Session): void {
  clearTimeout(session.expiry);
  session.isForgotten = true;
  if (!session.receiver) state.sessions.delete(session.id);
}

/** A connection and its session part; the session lives on for a while. */
export function abandon(state: State, connection: Connection): void {
  const { session } = connection;
  connection.session = undefined;
  if (session?.receiver !== connection) return;
  session.receiver = undefined;
  if (session.isForgotten) end(state, session);
  else session.expiry = setTimeout(() => end(state, session), state.options.sessionLifeMs).unref();
}

/** Does what a frame asks for, or says with which code to close. */
function answer(state: State, connection: Connection, bytes: Buffer): GatewayCloseCodes | undefined {
  const frame = decode(bytes);
  if (!frame) return GatewayCloseCodes.DecodeError;
  const { op, d } = frame;
  switch (op) {
    case GatewayOpcodes.Heartbeat:
      state.tally.heartbeats += 1;
      if (state.faults.ignoredHeartbeats > 0) state.faults.ignoredHeartbeats -= 1;
      else connection.signal(GatewayOpcodes.HeartbeatAck);
      return undefined;
    case GatewayOpcodes.Identify:
    case GatewayOpcodes.Resume:
      if (connection.session) return GatewayCloseCodes.AlreadyAuthenticated;
      return (op === GatewayOpcodes.Identify ? identify : resume)(state, connection, d);
    case GatewayOpcodes.RequestGuildMembers:
      if (!connection.session) return GatewayCloseCodes.NotAuthenticated;
      return requestMembers(state, connection.session, d);
    case GatewayOpcodes.PresenceUpdate:
    case GatewayOpcodes.VoiceStateUpdate:
      return connection.session ? undefined : GatewayCloseCodes.NotAuthenticated;
    default:
      return GatewayCloseCodes.UnknownOpcode;
  }
}

function decode(bytes: Buffer): { op: unknown; d: Record<string, unknown> } | undefined {
  if (bytes.length > FRAME_BYTES_MAX) return undefined;
  try {
    const { op, d } = JSON.parse(bytes.toString()) as { op: unknown; d: unknown };
    return { op, d: typeof d === 'object' && d !== null ? (d as Record<string, unknown>) : {} };
  } catch {
    return undefined;
  }
}

/** Whether one more is too many in this minute. */
function makeLimit(perMinute: number): () => boolean {
  let since = performance.now();
  let count = 0;
  return () => {
    if (performance.now() - since > 60_000) [since, count] = [performance.now(), 0];
    count += 1;
    return count > perMinute;
  };
}
