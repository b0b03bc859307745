import { chmod, readlink, rm, stat, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startEmbedded } from '../../../db/embedded.ts';
import {
  ask,
  cleanups,
  isRoot,
  memoryBytes,
  start,
  temporaryFolder,
  timeout,
  useServers,
} from './servers.ts';

useServers();

// Only root's data folder can be closed to the account that runs Postgres.
describe('a database of root', { timeout, skip: !isRoot }, () => {
  test('a data folder that only root can enter links to a database elsewhere, and says so', async () => {
    const closed = await temporaryFolder();
    await chmod(closed, 0o700);
    const folder = join(closed, 'data');
    const notices: string[] = [];
    const server = await start(folder, { onNotice: (message) => notices.push(message) });
    const home = dirname(await readlink(join(folder, 'postgres')));
    cleanups.unshift(() => rm(home, { recursive: true, force: true }));
    expect(await ask(server.url, 'select 1')).toEqual([[1]]);
    expect(notices[0]).toContain(`${folder} is kept in ${home}`);
    expect((await stat(closed)).mode & 0o777).toBe(0o700);

    await ask(server.url, 'create table kept ()');
    await server.release();
    expect(await ask((await start(folder)).url, 'select count(*)::int from kept')).toEqual([[0]]);
  });

  test('a database that was kept elsewhere and is lost is never replaced by an empty one', async () => {
    const folder = await temporaryFolder();
    await symlink(join(folder, 'gone', 'postgres'), join(folder, 'postgres'));
    const refused = startEmbedded({ folder, memoryBytes });
    await expect(refused).rejects.toMatchObject({
      code: 'folder',
      message: expect.stringContaining('Bring it back'),
    });
  });
});
