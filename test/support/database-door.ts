/** A way to a Postgres that can be shut, and can be held: for tests of what happens while it is away. */
import { createServer, connect as dial, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface DatabaseDoor {
  /** The database's address, through the door. */
  url: string;
  /** Open: as if it weren't there. Shut: connections are cut and refused. Held: nothing passes, and nobody is told. */
  set(state: 'open' | 'shut' | 'held'): void;
  close(): Promise<void>;
}

/** Opens a door on loopback to the server of an address. */
export async function openDoor(databaseUrl: string): Promise<DatabaseDoor> {
  const url = new URL(databaseUrl);
  const target = { host: url.hostname, port: Number(url.port || 5432) };
  const sockets = new Set<Socket>();
  let state = 'open';
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    if (state === 'held') socket.pause();
  };
  const server = createServer((outer) => {
    if (state === 'shut') return void outer.destroy();
    const inner = dial(target);
    outer.pipe(inner).pipe(outer);
    outer.on('close', () => inner.destroy());
    inner.on('close', () => outer.destroy());
    for (const socket of [outer, inner]) keep(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    set(next) {
      state = next;
      for (const socket of sockets) {
        if (next === 'shut') socket.destroy();
        else if (next === 'held') socket.pause();
        else socket.resume();
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
