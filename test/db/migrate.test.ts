import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrate, MigrationError } from '../../db/migrate.ts';
import { connected, useEmptyDatabases } from '../support/empty-database.ts';
import { almanac } from '../support/program.ts';
import { schemaDump } from '../support/schema-dump.ts';
import { ROOT } from '../support/sources.ts';

const makeEmpty = useEmptyDatabases();

const MIGRATIONS = readdirSync(join(ROOT, 'db/migrations'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => name.replace(/\.ts$/, ''))
  .toSorted();

/** Says that a migration has run which only a later version knows. */
const NEWER = `insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')`;

describe('migrating', () => {
  it('runs every migration once, in the order of their names', async () => {
    const url = await makeEmpty();
    await connected(url, async ({ db, pool }) => {
      expect(await migrate(db)).toEqual(MIGRATIONS);
      expect(await migrate(db)).toEqual([]);
      const { rows } = await pool.query('select name from kysely_migration order by name');
      expect(rows.map((row) => row.name)).toEqual(MIGRATIONS);
    });
  });

  it('runs each once where several processes start together', async () => {
    for (let round = 0; round < 5; round++) {
      const url = await makeEmpty();
      const done = await Promise.all(
        Array.from({ length: 4 }, () => connected(url, ({ db }) => migrate(db))),
      );
      expect(done.flat()).toEqual(MIGRATIONS);
    }
  });

  it('leaves what db/schema.sql makes of an empty database', async () => {
    const bySql = await makeEmpty();
    await connected(bySql, ({ pool }) => pool.query(readFileSync(join(ROOT, 'db/schema.sql'), 'utf8')));
    const byMigrations = await makeEmpty();
    await connected(byMigrations, ({ db }) => migrate(db));
    expect(await connected(bySql, ({ pool }) => schemaDump(pool))).toBe(
      await connected(byMigrations, ({ pool }) => schemaDump(pool)),
    );
  });

  it('leaves nothing behind when a step fails, and says which', async () => {
    const url = await makeEmpty();
    await connected(url, async ({ db, pool }) => {
      // In the way of the last table but one of the first migration.
      await pool.query('create table imports (other int)');
      await expect(migrate(db)).rejects.toThrow(MigrationError);
      const { rows } = await pool.query(`select to_regclass('guilds') as guilds`);
      expect(rows).toEqual([{ guilds: null }]);
      await pool.query('drop table imports');
      expect(await migrate(db)).toEqual(MIGRATIONS);
    });
  });

  it('a database newer than the code is refused, and stays as it is', async () => {
    const url = await makeEmpty();
    await connected(url, async ({ db, pool }) => {
      await migrate(db);
      await pool.query(NEWER);
      await expect(migrate(db)).rejects.toThrow(/newer than this Almanac: it has 9999-later/);
    });
  });
});

describe('the program, on a Postgres by its address', () => {
  it('migrate says what it did, and that is all it does', async () => {
    const url = await makeEmpty();
    const first = await almanac(['migrate'], { DATABASE_URL: url });
    expect(first).toEqual({ code: 0, stdout: '', stderr: `Migrated: ${MIGRATIONS.join(', ')}.\n` });
    const second = await almanac(['migrate'], { DATABASE_URL: url });
    expect(second).toEqual({ code: 0, stdout: '', stderr: 'The database is up to date.\n' });
  });

  it('every other verb migrates at its start', async () => {
    const url = await makeEmpty();
    expect(await almanac(['guilds', '--json'], { DATABASE_URL: url })).toMatchObject({
      code: 0,
      stdout: '[]\n',
    });
  });

  it('a newer database is refused with exit code 2 and words, whatever the verb', async () => {
    const url = await makeEmpty();
    await connected(url, async ({ db, pool }) => {
      await migrate(db);
      await pool.query(NEWER);
    });
    for (const verb of ['migrate', 'guilds']) {
      const { code, stdout, stderr } = await almanac([verb], { DATABASE_URL: url });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^The database is newer than this Almanac: it has 9999-later.*later one\.\n$/);
    }
  });

  it('an address that leads nowhere, or is none, is refused with exit code 2 and words', async () => {
    const nowhere = await almanac(['guilds'], { DATABASE_URL: 'postgres://a:secret@127.0.0.1:1/almanac' });
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toMatch(/^The database cannot be reached \(ECONNREFUSED\)\. Check DATABASE_URL/);
    expect(nowhere.stderr).not.toContain('secret');
    const missing = await almanac(['guilds'], {
      DATABASE_URL: (await makeEmpty()).replace(/\/t_\w+/, '/missing'),
    });
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('(3D000)') });
    const none = await almanac(['guilds'], { DATABASE_URL: 'mysql://x', STORE_CONTENT: 'some' });
    expect(none.code).toBe(2);
    expect(none.stderr.trim().split('\n')).toEqual([
      expect.stringMatching(/^DATABASE_URL must begin with postgres:\/\//),
      expect.stringMatching(/^STORE_CONTENT must be full or none/),
    ]);
  });
});
