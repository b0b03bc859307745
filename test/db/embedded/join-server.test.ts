import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import {
  ask,
  isRunning,
  Neighbour,
  postmasterPid,
  start,
  temporaryFolder,
  timeout,
  usedFolder,
  useServers,
} from './servers.ts';

useServers();

describe('a database that processes share', { timeout }, () => {
  test('it stays while one of them uses it, and stops when the last leaves', async () => {
    const folder = await usedFolder();
    const server = await start(folder);
    const neighbour = new Neighbour(folder);
    expect(await neighbour.url).toBe(server.url);
    const pid = await postmasterPid(folder);
    await server.release();
    expect(await ask(server.url, 'select 1')).toEqual([[1]]);
    expect(await neighbour.leave()).toBe(0);
    expect(await isRunning(pid)).toBe(false);
  });

  test('two that start at the same moment get one server, and leave none', async () => {
    const folder = await temporaryFolder();
    const neighbours = [new Neighbour(folder), new Neighbour(folder)] as const;
    const [one, other] = await Promise.all(neighbours.map((neighbour) => neighbour.url));
    expect(one).toBe(other);
    const pid = await postmasterPid(folder);
    expect(await Promise.all(neighbours.map((neighbour) => neighbour.leave()))).toEqual([0, 0]);
    expect(await isRunning(pid)).toBe(false);
    expect(await readdir(folder)).toEqual(['postgres', 'postgres.log']);
  });

  test('comers and goers never meet a server that stops under them', async () => {
    const folder = await usedFolder();
    await Promise.all(
      [1, 2, 3].map(async (visitor) => {
        for (let visit = 1; visit <= 4; visit++) {
          const server = await start(folder);
          expect(await ask(server.url, `select ${visitor}`)).toEqual([[visitor]]);
          await server.release();
        }
      }),
    );
    await expect(postmasterPid(folder)).rejects.toThrow('ENOENT');
  });

  test('after a crash inside the server, its users still count as users', async () => {
    const folder = await usedFolder();
    const server = await start(folder);
    const victim = new Client(server.url);
    victim.on('error', () => {});
    await victim.connect();
    const { rows } = await victim.query<{ pid: number }>('select pg_backend_pid() as pid');
    process.kill(rows[0]!.pid, 'SIGKILL');
    const shares = `select 1 from pg_locks where locktype = 'advisory' and mode = 'ShareLock' and granted`;
    await expect.poll(() => ask(server.url, shares).catch(() => []), { timeout: 10_000 }).toHaveLength(1);
    const pid = await postmasterPid(folder);
    await server.release();
    expect(await isRunning(pid)).toBe(false);
  });
});

describe('a database whose users are killed', { timeout }, () => {
  test('a server that outlived its user is used by the next', async () => {
    const folder = await usedFolder();
    const neighbour = new Neighbour(folder);
    const url = await neighbour.url;
    const pid = await postmasterPid(folder);
    await neighbour.kill();
    expect(await isRunning(pid)).toBe(true);
    const server = await start(folder);
    expect(server.url).toBe(url);
    await server.release();
    expect(await isRunning(pid)).toBe(false);
  });

  test('what was committed is there after user and server were killed', async () => {
    const folder = await usedFolder();
    const neighbour = new Neighbour(folder);
    await ask(await neighbour.url, 'create table kept as select generate_series(1, 1000) as n');
    const pid = await postmasterPid(folder);
    await neighbour.kill();
    process.kill(pid, 'SIGKILL');
    const server = await start(folder);
    expect(await ask(server.url, 'select count(*)::int from kept')).toEqual([[1000]]);
  });

  test("a dead server's number that another program has now is not taken for the server", async () => {
    const folder = await usedFolder();
    await (await start(folder)).release();
    const pidFile = join(folder, 'postgres/cluster/postmaster.pid');
    const lines = [
      process.pid,
      join(folder, 'postgres/cluster'),
      1,
      9,
      '',
      '127.0.0.1',
      '1 1',
      'ready   ',
      '',
    ];
    await writeFile(pidFile, lines.join('\n'));
    const server = await start(folder);
    expect(await ask(server.url, 'select 1')).toEqual([[1]]);
    expect(await postmasterPid(folder)).not.toBe(process.pid);
  });

  test('a kill while the database is made leaves nothing that the next start stumbles over', async () => {
    const folder = await temporaryFolder();
    const neighbour = new Neighbour(folder);
    neighbour.url.catch(() => {});
    const isBeingMade = async (): Promise<boolean> => {
      const [name = ''] = (await readdir(folder)).filter((entry) => entry.startsWith('.unfinished'));
      return name !== '' && (await readdir(join(folder, name))).includes('cluster');
    };
    while (!(await isBeingMade())) await sleep(5);
    await neighbour.kill();
    expect(await readdir(folder)).not.toContain('postgres');
    const server = await start(folder);
    expect(await ask(server.url, 'select 1')).toEqual([[1]]);
    await server.release();
    await (await start(folder)).release();
    expect(await readdir(folder)).toEqual(['postgres', 'postgres.log']);
  });
});
