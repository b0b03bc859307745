/** The store: one Postgres, by DATABASE_URL or embedded, reached the same way. */
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Schema } from './schema.ts';
import { startEmbedded } from './embedded.ts';

export type Db = Kysely<Schema>;

export interface Store {
  db: Db;
  pool: pg.Pool;
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
  const embedded = databaseUrl
    ? undefined
    : await startEmbedded({ folder: dataFolder, memoryBytes, ...(onNotice && { onNotice }) });
  const store = connect(databaseUrl ?? embedded!.url, connectionsMax);
  let closed: Promise<void> | undefined;
  return {
    ...store,
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
    application_name: 'almanac',
    options: '-c timezone=UTC -c client_min_messages=warning',
    types,
  });
  // An idle connection that the server ends is replaced at its next use; without a listener it ends the process.
  pool.on('error', () => {});
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
  return { db, pool, close: () => db.destroy() };
}
