/** Brings a database to this code's schema. */
import { type Migration, Migrator, type MigrationProvider } from 'kysely/migration';
import { sql } from 'kysely';
import type { Db } from './connect.ts';
import { sql as spine } from './migrations/0001-spine.ts';
import { sql as rollups } from './migrations/0002-rollups.ts';
import { sql as live } from './migrations/0003-live.ts';
import { sql as history } from './migrations/0004-history.ts';
import { sql as commands } from './migrations/0005-commands.ts';
import { sql as guide } from './migrations/0006-guide.ts';

const MIGRATIONS: [name: string, ddl: string][] = [
  ['0001-spine', spine],
  ['0002-rollups', rollups],
  ['0003-live', live],
  ['0004-history', history],
  ['0005-commands', commands],
  ['0006-guide', guide],
];

/** The database cannot be used as it is: it is newer than this code, or a step failed. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

const provider: MigrationProvider = {
  async getMigrations() {
    return Object.fromEntries(
      MIGRATIONS.map(([name, ddl]): [string, Migration] => [
        name,
        { up: async (db) => void (await sql.raw(ddl).execute(db)) },
      ]),
    );
  },
};

/**
 * Runs what has not run yet, under an advisory lock, all or nothing; tells the names.
 *
 * Errors  MigrationError where the database has been migrated by a newer Almanac
 */
export async function migrate(db: Db): Promise<string[]> {
  await refuseNewer(db);
  const { error, results } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) {
    // Another process may have been newer and quicker.
    await refuseNewer(db);
    throw new MigrationError(
      `The database could not be migrated: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  return (results ?? [])
    .filter((result) => result.status === 'Success')
    .map((result) => result.migrationName);
}

async function refuseNewer(db: Db): Promise<void> {
  const { rows: found } = await sql<{
    found: boolean;
  }>`select to_regclass('kysely_migration') is not null as found`.execute(db);
  if (!found[0]?.found) return;
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  const ours = new Set(MIGRATIONS.map(([name]) => name));
  const unknown = rows.map((row) => row.name).filter((name) => !ours.has(name));
  if (unknown.length > 0) {
    throw new MigrationError(
      `The database is newer than this Almanac: it has ${unknown.join(', ')}, which this version does not know. Install the version that made it, or a later one.`,
    );
  }
}
