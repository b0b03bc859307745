import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startEmbedded } from '../../db/embedded.ts';
import {
  ask,
  cleanups,
  isRunning,
  memoryBytes,
  postmasterPid,
  start,
  temporaryFolder,
  timeout,
  usedFolder,
  useServers,
} from './embedded/servers.ts';

useServers();

describe('a database in a data folder', { timeout }, () => {
  test('a fresh folder gets a server that answers, and that is gone after its release', async () => {
    const folder = join(await temporaryFolder(), 'not yet there', 'Архив 📚');
    const server = await start(folder);
    expect(await ask(server.url, 'select current_user, current_database(), 1')).toEqual([
      ['almanac', 'almanac', 1],
    ]);
    const pid = await postmasterPid(folder);
    expect(await isRunning(pid)).toBe(true);
    await server.release();
    await server.release();
    expect(await isRunning(pid)).toBe(false);
    await expect(postmasterPid(folder)).rejects.toThrow('ENOENT');
  });

  test('text is UTF-8 with letters of every script', async () => {
    const server = await start(await usedFolder());
    const [encoding] = await ask(server.url, `select getdatabaseencoding(), upper('é мир')`);
    expect(encoding).toEqual(['UTF8', 'É МИР']);
    await ask(server.url, 'create extension pg_trgm');
    expect(await ask(server.url, `select cardinality(show_trgm('мир'))`)).toEqual([[4]]);
  });

  test('only this machine can reach it, and only with the password', async () => {
    const folder = await usedFolder();
    const server = await start(folder, { settings: { work_mem: '7MB' } });
    const settings = await ask(
      server.url,
      `select current_setting('listen_addresses'), current_setting('unix_socket_directories'), current_setting('work_mem')`,
    );
    expect(settings).toEqual([['127.0.0.1', '', '7MB']]);
    const password = new URL(server.url).password;
    expect(password).toHaveLength(48);
    await expect(ask(server.url.replace(password, 'guessed'), 'select 1')).rejects.toMatchObject({
      code: '28P01',
    });
    expect((await stat(join(folder, 'postgres/password'))).mode & 0o777).toBe(0o600);
  });

  test('its log never quotes what is recorded', async () => {
    const folder = await usedFolder();
    const server = await start(folder);
    await expect(ask(server.url, `select 'a private word'::int`)).rejects.toThrow('a private word');
    const log = await readFile(join(folder, 'postgres.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toContain('private');
  });

  test('a folder made by another major of Postgres is refused by name', async () => {
    const folder = await usedFolder();
    await (await start(folder)).release();
    const versionFile = join(folder, 'postgres/cluster/PG_VERSION');
    await writeFile(versionFile, '17\n');
    cleanups.push(() => writeFile(versionFile, '18\n'));
    const refused = startEmbedded({ folder, memoryBytes });
    await expect(refused).rejects.toMatchObject({
      code: 'version',
      message: expect.stringContaining('Postgres 17'),
    });
  });

  test('a file where the folder should be is refused', async () => {
    const folder = join(await temporaryFolder(), 'file');
    await writeFile(folder, '');
    await expect(startEmbedded({ folder, memoryBytes })).rejects.toMatchObject({ code: 'folder' });
  });

  test('a server that cannot start says what it logged', async () => {
    const folder = await usedFolder();
    const refused = startEmbedded({ folder, memoryBytes, settings: { work_mem: 'much' } });
    await expect(refused).rejects.toMatchObject({
      code: 'not-started',
      message: expect.stringContaining('"work_mem"'),
    });
  });
});
