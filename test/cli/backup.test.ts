/** `almanac backup` and `almanac restore`, as they are typed. */
import { spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { contents, fillEveryTable, OF_THE_MOMENT } from '../db/backup-scene.ts';
import { typed } from '../support/command-line.ts';
import { makeCommunity } from '../support/community.ts';
import { withDataFolder } from '../support/data-folder.ts';
import { connected, useEmptyDatabases } from '../support/empty-database.ts';
import { useDatabase } from '../support/database.ts';
import { useFolder } from '../support/folder.ts';
import { hashOf, imported } from '../support/imports.ts';
import { atLength, isLong } from '../support/at-length.ts';
import { startAlmanac } from '../support/program.ts';
import { ROOT } from '../support/sources.ts';

const database = useDatabase();
const folder = useFolder();
const makeEmpty = useEmptyDatabases();
const path = (name: string) => join(folder.path, name);
const at = (url: string) => ({ DATABASE_URL: url });

beforeAll(async () => {
  const { files } = await makeCommunity(path('exports'), { messages: 300 });
  await imported(database, files);
});

describe('almanac backup', () => {
  it('writes one file, for its owner alone, and says what is in it', async () => {
    const { code, stdout, stderr } = await typed(['backup', path('a.backup')], at(database.url));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^[\d,]+ rows \(\d+ messages\) of \d+ tables, [\d.]+ MB in [\d.]+ s: .*a\.backup\nAs of 2\d{3}-.*Z, schema 00\d\d-\w+\.\n$/,
    );
    expect((await stat(path('a.backup'))).mode & 0o777).toBe(0o600);
    const names = await readdir(folder.path);
    expect(names.filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('replaces no file unasked, and a broken-off one in any case', async () => {
    await writeFile(path('b.backup'), 'mine');
    await writeFile(path('b.backup.part'), 'of a killed one');
    const refused = await typed(['backup', path('b.backup')], at(database.url));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/b\.backup is there already\. .*--force/);
    expect(await readFile(path('b.backup'), 'utf8')).toBe('mine');
    const forced = await typed(['backup', path('b.backup'), '--force', '--json'], at(database.url));
    expect(forced.code).toBe(0);
    const { bytes, file, tables, schema } = JSON.parse(forced.stdout);
    expect({ file, bytes }).toEqual({ file: path('b.backup'), bytes: (await stat(path('b.backup'))).size });
    expect(tables.messages).toBeGreaterThan(250);
    expect(schema).toMatch(/^\d{4}-/);
    expect(await readdir(folder.path)).not.toContain('b.backup.part');
  });

  it('where it cannot be written leaves nothing, and says why', async () => {
    const missing = await typed(['backup', path('no/where.backup')], at(database.url));
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('its folder is not there') });
    const empty = await makeEmpty();
    const none = await typed(['backup', path('none.backup')], at(empty));
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('nothing to back up') });
    expect((await readdir(folder.path)).filter((name) => name.startsWith('none'))).toEqual([]);
  });

  it('takes a database as it is, before an update brings it to a new schema', async () => {
    const old = await makeEmpty();
    await connected(old, ({ db }) => migrate(db, { to: '0004-history' }));
    const { code, stdout } = await typed(['backup', path('old.backup')], at(old));
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('schema 0004-history'),
    });
    const target = await makeEmpty();
    const restored = await typed(['restore', path('old.backup')], at(target));
    expect(restored.stdout).toMatch(/schema 0004-history, brought to 00\d\d-\w+\./);
  });

  it.for(atLength(['SIGTERM'], ['SIGINT', 'SIGTERM']) as NodeJS.Signals[])(
    '%s leaves no file behind',
    async (signal) => {
      // Nobody gets on while a table is locked: it waits in the middle.
      const store = connect(database.url, 1);
      const client = await store.pool.connect();
      await client.query('begin; lock table voice_states in access exclusive mode');
      try {
        const { process: child, ended } = startAlmanac(
          ['backup', path(`${signal}.backup`)],
          at(database.url),
        );
        await expect.poll(() => readdir(folder.path)).toContain(`${signal}.backup.part`);
        child.kill(signal);
        expect(await ended).toMatchObject({
          code: signal === 'SIGINT' ? 130 : 143,
          stdout: '',
          stderr: `Stopped by ${signal}. Nothing is written.\n`,
        });
        const names = await readdir(folder.path);
        expect(names.filter((name) => name.startsWith(signal))).toEqual([]);
      } finally {
        await client.query('rollback');
        client.release();
        await store.close();
      }
    },
  );
});

describe('almanac restore', () => {
  it('says what it did, and what whoever restores should know', async () => {
    await typed(['backup', path('c.backup')], at(database.url));
    const target = await makeEmpty();
    const { code, stdout, stderr } = await typed(['restore', path('c.backup')], at(target));
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^[\d,]+ rows \(\d+ messages\) of \d+ tables, [\d.]+ MB in [\d.]+ s\nAs of .*, by Almanac \d+\.\d+\.\d+; schema 00\d\d-\w+\.\n$/,
    );
    expect(stderr).toMatch(/forgotten or opted out since.*tokens were revoked/);
    await connected(target, async (store) => expect(await hashOf(store)).toBe(await hashOf(database)));
    // What is there now is not replaced.
    const again = await typed(['restore', path('c.backup'), '--json'], at(target));
    expect(again).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('is not empty: it holds'),
    });
  });

  it('refuses what is no whole backup, in words, before it makes a database', async () => {
    const bytes = await readFile(path('c.backup'));
    await writeFile(path('cut.backup'), bytes.subarray(0, bytes.length - 40));
    await writeFile(path('text.backup'), 'hello');
    const nowhere = { ALMANAC_DATA: path('never-made') };
    const text = await typed(['restore', path('text.backup')], nowhere);
    expect(text).toEqual({ code: 2, stdout: '', stderr: 'This is no backup of Almanac.\n' });
    const missing = await typed(['restore', path('missing.backup')], nowhere);
    expect(missing).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/missing\.backup is not there\.\n$/),
    });
    const isDir = await typed(['restore', folder.path], nowhere);
    expect(isDir).toMatchObject({ code: 2, stderr: expect.stringContaining('it is a folder') });
    expect(await readdir(folder.path)).not.toContain('never-made');
    const target = await makeEmpty();
    const cut = await typed(['restore', path('cut.backup')], at(target));
    expect(cut).toMatchObject({ code: 2, stdout: '' });
    expect(cut.stderr).toMatch(/^The backup is cut off in .* after byte [\d,]+\. Nothing of it is restored;/);
    await connected(target, async ({ pool }) => {
      expect(new Set(Object.values(await contents(pool)))).toEqual(new Set(['0 rows ']));
    });
  });

  it('from the embedded database to another Postgres and back, through pipes, keeps every row', async () => {
    const [from, to] = [path('from'), path('to')];
    await mkdir(to);
    const external = await makeEmpty();
    const before = await withDataFolder(from, async (store) => {
      await fillEveryTable(store.pool);
      // Beside a program that uses the same server.
      pipe({ ALMANAC_DATA: from }, at(external));
      return contents(store.pool, OF_THE_MOMENT);
    });
    pipe(at(external), { ALMANAC_DATA: to });
    await connected(external, async ({ pool }) =>
      expect(await contents(pool, OF_THE_MOMENT)).toEqual(before),
    );
    await withDataFolder(to, async ({ pool }) => expect(await contents(pool, OF_THE_MOMENT)).toEqual(before));
  });

  /** `almanac backup - | almanac restore -`. */
  function pipe(from: Record<string, string>, to: Record<string, string>): void {
    const almanac = `${JSON.stringify(process.execPath)} ${JSON.stringify(join(ROOT, 'almanac.ts'))}`;
    const set = (settings: Record<string, string>) =>
      Object.entries(settings)
        .map(([key, value]) => `${key}='${value}'`)
        .join(' ');
    const { DATABASE_URL: _d, ALMANAC_DATA: _a, ...env } = process.env;
    const line = `set -o pipefail; ${set(from)} ${almanac} backup - | ${set(to)} ${almanac} restore - --json`;
    const { status, stdout, stderr } = spawnSync('bash', ['-c', line], {
      cwd: folder.path,
      encoding: 'utf8',
      env,
    });
    expect({ status, stderr }).toMatchObject({ status: 0 });
    expect(JSON.parse(stdout)).toMatchObject({ file: '-', passedOver: [] });
  }

  it.runIf(isLong)('a signal leaves the database as it was', async () => {
    const target = await makeEmpty();
    await connected(target, async ({ db, pool }) => {
      await migrate(db);
      const client = await pool.connect();
      await client.query('begin; lock table guilds in access share mode');
      const { process: child, ended } = startAlmanac(['restore', path('c.backup')], at(target));
      await expect
        .poll(async () => (await client.query(`select from pg_locks where not granted`)).rowCount)
        .toBeGreaterThan(0);
      child.kill('SIGTERM');
      expect(await ended).toMatchObject({ code: 143, stdout: '' });
      await client.query('rollback');
      client.release();
      expect(new Set(Object.values(await contents(pool)))).toEqual(new Set(['0 rows ']));
    });
  });
});
