/** The store: one Postgres, by DATABASE_URL or embedded, reached the same way. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';
import { startEmbedded } from './embedded.ts';

export type Db = Kysely<Schema>;

export interface Store {
  db: Db;
  pool: pg.Pool;
  /** Starts an embedded server again that has ended; an operator's is the operator's. Errors: EmbeddedError. */
  revive(): Promise<void>;
  /** Ends all connections, and leaves the embedded server where there is one. Idempotent. */
  close(): Promise<void>;
}

export interface StoreOptions {
  databaseUrl?: string;
  /** Where the embedded database lives when no address is given. */
  dataFolder: string;
  memoryBytes: number;
  connectionsMax: number;
  onNotice?: (message: string) => void;
}

/** Opens the store. Errors: EmbeddedError; or pg's, where the address leads nowhere. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { databaseUrl, dataFolder, memoryBytes, connectionsMax, onNotice } = options;
  const start = () => startEmbedded({ folder: dataFolder, memoryBytes, ...(onNotice && { onNotice }) });
  let embedded = databaseUrl ? undefined : await start();
  const store = connect(databaseUrl ?? embedded!.url, connectionsMax);
  let closed: Promise<void> | undefined;
  return {
    ...store,
    async revive() {
      if (!embedded || closed) return;
      const before = embedded;
      embedded = await start();
      // Its port may be another; connections from now on are made to that.
      store.pool.options.connectionString = embedded.url;
      await before.release().catch(() => {});
    },
    close: () => (closed ??= store.close().finally(() => embedded?.release())),
  };
}

/** A date has no time, so it stays a text: as a Date it would be of this machine's zone. */
const DATE = 1082;
const types: pg.CustomTypesConfig = {
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === DATE ? (value: string) => value : pg.types.getTypeParser(id, format as 'text'),
};

/** Connects to a Postgres by its address. Ids and counts come as strings, times as Date, dates as `2026-11-16`. */
export function connect(url: string, connectionsMax: number): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max: connectionsMax,
    // A peer that vanished is noticed, though it never said so.
    keepAlive: true,
    application_name: 'almanac',
    options: '-c timezone=UTC -c client_min_messages=warning',
    types,
  });
  // A connection that is lost between two queries is replaced, or fails the next one; without listeners, on the pool for
  // those at rest and on each for those in use, it would end the process.
  pool.on('error', () => {}).on('connect', (client) => client.on('error', () => {}));
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return {
    db,
    pool,
    revive: async () => {},
    async close() {
      await db.destroy();
      // It ends the pool only where it has used it.
      if (!pool.ended) await pool.end();
    },
  };
}

/** Whether the database answers. */
export async function isReachable(pool: pg.Pool): Promise<boolean> {
  return pool.query('select').then(
    () => true,
    () => false,
  );
}
