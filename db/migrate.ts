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
import { sql as posts } from './migrations/0007-posts.ts';

const MIGRATIONS: [name: string, ddl: string][] = [
  ['0001-spine', spine],
  ['0002-rollups', rollups],
  ['0003-live', live],
  ['0004-history', history],
  ['0005-commands', commands],
  ['0006-guide', guide],
  ['0007-posts', posts],
];

/** The database cannot be used as it is: it is newer than this code, or a step failed. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

/** The names of all steps, in order. */
export const MIGRATION_NAMES: readonly string[] = MIGRATIONS.map(([name]) => name);

/** The DDL of the steps behind `after` up to `to`; without either from the first, to the last. */
export function stepsBetween({ after, to }: { after?: string; to?: string }): string[] {
  const end = to === undefined ? MIGRATIONS.length : MIGRATION_NAMES.indexOf(to) + 1;
  return MIGRATIONS.slice(after === undefined ? 0 : MIGRATION_NAMES.indexOf(after) + 1, end).map(
    ([, ddl]) => ddl,
  );
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
 * Runs what has not run yet, under an advisory lock, all or nothing; tells the names. With `to` no further than that step.
 *
 * Errors  MigrationError where the database has been migrated by a newer Almanac
 */
export async function migrate(db: Db, { to }: { to?: string } = {}): Promise<string[]> {
  await refuseNewer(db);
  const migrator = new Migrator({ db, provider });
  const { error, results } = await (to === undefined ? migrator.migrateToLatest() : migrator.migrateTo(to));
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
  const unknown = unknownSteps(rows.map((row) => row.name));
  if (unknown.length > 0) {
    throw new MigrationError(
      `The database is newer than this Almanac: it has ${unknown.join(', ')}, which this version does not know. Install the version that made it, or a later one.`,
    );
  }
}

/** Steps that only a later version has. */
export const unknownSteps = (names: readonly string[]): string[] =>
  names.filter((name) => !MIGRATION_NAMES.includes(name));
