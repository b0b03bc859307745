/** Keeps the shards connected that are ours, and no others, however often that changes. */
import type { ShardKey } from '../db/shards.ts';
import type { Connection } from './client.ts';
import { GatewayRefusal } from './gateway-refusal.ts';
import type { Log } from './log.ts';

export interface ConnectHeldOptions {
  /** Readies a shard for its connection: what it resumes is known then. */
  prepare(key: ShardKey): Promise<void>;
  makeConnection(keys: ShardKey[]): Connection;
  /** Discord will not have it any more. */
  onRefused(error: unknown): void;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  log: Log;
}

export interface ConnectHeld {
  /** These are ours from now on. */
  hold(keys: ShardKey[]): void;
  /** The connection of now, if there is one. */
  connection(): Connection | undefined;
  isClosed(): boolean;
  /** Connects no more; the sessions stay. */
  close(): Promise<void>;
}

const LOGIN_AGAIN_MS = 5_000;

/** Connects nothing before the first `hold`. */
export function connectHeld(options: ConnectHeldOptions): ConnectHeld {
  const { prepare, makeConnection, onRefused, wait, log } = options;
  const closed = new AbortController();
  let attempt = new AbortController();
  let connecting: Promise<void> = Promise.resolve();
  let connection: Connection | undefined;

  const disconnect = async () => connection?.closeKeeping().catch(() => {});

  async function connect(keys: ShardKey[], signal: AbortSignal): Promise<void> {
    await disconnect();
    while (keys.length > 0 && !signal.aborted) {
      try {
        for (const key of keys) await prepare(key);
        if (signal.aborted) return;
        connection = makeConnection(keys);
        return await connection.start();
      } catch (err) {
        if (err instanceof GatewayRefusal) return onRefused(err);
        if (signal.aborted) return;
        log.warn({ err }, 'gateway not reached');
        await disconnect();
        await wait(LOGIN_AGAIN_MS, signal).catch(() => {});
      }
    }
  }

  return {
    hold(keys) {
      attempt.abort();
      attempt = new AbortController();
      void disconnect();
      const signal = AbortSignal.any([attempt.signal, closed.signal]);
      // One after the other: what is under way ends first.
      connecting = connecting.then(() => connect(keys, signal)).catch(onRefused);
    },
    connection: () => connection,
    isClosed: () => closed.signal.aborted,
    async close() {
      closed.abort();
      await disconnect();
    },
  };
}
