/** A database of its own for a test file, copied from the migrated template. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, inject } from 'vitest';
import { connect, type Store } from '../../db/connect.ts';
import { WORD_TABLES } from '../../db/full-text/message-words.ts';
import { TALLIES } from '../../db/rollups/days.ts';
import { RECORDED } from '../../db/write/tables.ts';
import { databaseUrl, TEMPLATE } from './server.ts';

export interface TestDatabase extends Store {
  url: string;
  /** Empties every table, the ledger and settings too. */
  clear(): Promise<void>;
}

/** Makes the database before the file's tests and drops it behind them. */
export function useDatabase(): TestDatabase {
  const database = {} as TestDatabase;
  let drop = async () => {};
  beforeAll(async () => {
    const made = await makeDatabase();
    Object.assign(database, made.database);
    drop = made.drop;
  });
  afterAll(() => drop());
  return database;
}

/** The same by hand, for a test that needs several. */
export async function makeDatabase(): Promise<{ database: TestDatabase; drop(): Promise<void> }> {
  const serverUrl = inject('serverUrl');
  const name = `t_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl, `create database ${name} template ${TEMPLATE}`);
  const url = databaseUrl(serverUrl, name);
  const store = connect(url, 6);
  const tables = [
    ...RECORDED.map((table) => table.name),
    'imports',
    'choices',
    'guild_settings',
    'excluded_channels',
    'command_rules',
    'linked_guilds',
    'rollups',
    'stale_days',
    'shards',
    'gaps',
    'gap_channels',
    'set_aside',
    'channel_access',
    'past_exclusions',
    'backfill_runs',
    'backfill_channels',
    ...TALLIES,
    ...WORD_TABLES,
    'stale_words',
    'remembered_questions',
    'posts',
    'jobs',
    'api_tokens',
  ];
  // Small tables: twenty times as fast as to truncate them.
  const clear = async () =>
    void (await store.pool.query(tables.map((table) => `delete from ${table}`).join('; ')));
  return {
    database: { ...store, url, clear },
    async drop() {
      await store.close();
      await onServer(serverUrl, `drop database ${name} with (force)`);
    },
  };
}

async function onServer(serverUrl: string, statement: string): Promise<void> {
  const server = connect(serverUrl, 1);
  await server.pool.query(statement);
  await server.close();
}

/** Every recorded table as text, in key order: two equal dumps are two equal databases. */
export async function dump(store: Store): Promise<Record<string, string[]>> {
  const tables: Record<string, string[]> = {};
  for (const { name, key } of RECORDED) {
    const order = key.map((column) => column.name).join(', ');
    const { rows } = await store.pool.query(
      `select row_to_json(t)::text as row from ${name} t order by ${order}`,
    );
    tables[name] = rows.map((row) => row.row);
  }
  return tables;
}
