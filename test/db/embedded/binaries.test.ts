import { chmod, mkdir, readFile, readlink, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeLinks, runnableBinaries } from '../../../db/embedded/binaries.ts';
import { isRoot, temporaryFolder, useServers } from './servers.ts';

useServers();

/** As npm leaves them when it runs no scripts: the library, and the list of its links. */
async function installedWithoutLinks(parent: string): Promise<string> {
  const folder = join(parent, 'native');
  await mkdir(join(folder, 'bin'), { recursive: true });
  await mkdir(join(folder, 'lib'));
  await writeFile(join(folder, 'bin/postgres'), '', { mode: 0o755 });
  await writeFile(join(folder, 'lib/libpq.so.5.18'), 'library');
  const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
  await writeFile(join(folder, 'pg-symlinks.json'), JSON.stringify(links));
  return folder;
}

describe('the programs of Postgres', () => {
  test('links that npm left out are made, once', async () => {
    const folder = await installedWithoutLinks(await temporaryFolder());
    await makeLinks(folder);
    await makeLinks(folder);
    expect(await readlink(join(folder, 'lib/libpq.so.5'))).toBe('libpq.so.5.18');
  });

  test.skipIf(!isRoot)('where the account that runs them cannot reach them, a copy is used', async () => {
    const home = await temporaryFolder();
    const closed = await temporaryFolder();
    await chmod(closed, 0o700);
    const installed = { folder: await installedWithoutLinks(closed), version: '18.4.0' };
    const account = { name: 'nobody', uid: 65534, gid: 65534 };
    const notices: string[] = [];
    const binaries = await runnableBinaries(installed, home, account, (message) => notices.push(message));
    expect(binaries).toEqual({ version: '18.4.0', folder: join(home, 'binaries-18.4.0') });
    expect(await readFile(join(binaries.folder, 'lib/libpq.so.5'), 'utf8')).toBe('library');
    expect((await stat(join(binaries.folder, 'bin/postgres'))).mode & 0o777).toBe(0o755);
    expect(notices).toHaveLength(1);
    expect(await runnableBinaries(installed, home, account, () => {})).toEqual(binaries);
  });
});
