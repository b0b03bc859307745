import { constants, createDeflate } from 'node:zlib';
import type { WebSocket } from 'ws';

/** Sends texts in order, each `delayMs()` after it was given; then the socket may be closed. */
export interface Wire {
  send(text: string): void;
  /** After all that was given before. */
  close(code: number, reason?: string): void;
}

/** One socket's wire; compressed, all its texts are one zlib stream, flushed after each. */
export function makeWire(ws: WebSocket, isCompressed: boolean, delayMs: () => number): Wire {
  const write = isCompressed ? compressed(ws) : (text: string, done?: () => void) => plain(ws, text, done);
  /** Texts that wait; while there are any, all wait behind them. */
  const held: { due: number; act: () => void }[] = [];
  const release = () => {
    while (held[0] && held[0].due <= performance.now()) held.shift()!.act();
    if (held[0]) setTimeout(release, Math.ceil(held[0].due - performance.now())).unref();
  };
  const inTurn = (act: () => void) => {
    const delay = delayMs();
    if (delay === 0 && held.length === 0) return act();
    const last = held.at(-1);
    held.push({ due: Math.max(performance.now() + delay, last?.due ?? 0), act });
    if (!last) release();
  };
  return {
    send: (text) => inTurn(() => write(text)),
    close: (code, reason) => inTurn(() => write('', () => ws.close(code, reason))),
  };
}

function plain(ws: WebSocket, text: string, done?: () => void): void {
  if (text !== '') ws.send(text);
  done?.();
}

function compressed(ws: WebSocket): (text: string, done?: () => void) => void {
  const deflate = createDeflate();
  let parts: Buffer[] = [];
  deflate.on('data', (part: Buffer) => parts.push(part));
  ws.on('close', () => deflate.destroy());
  return (text, done) => {
    if (text === '') {
      deflate.write('', () => done?.());
      return;
    }
    deflate.write(text);
    deflate.flush(constants.Z_SYNC_FLUSH, () => {
      if (ws.readyState === ws.OPEN) ws.send(Buffer.concat(parts));
      parts = [];
      done?.();
    });
  };
}
