import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { openStore } from '../../db/connect.ts';
import { useFolder } from '../support/folder.ts';

const folder = useFolder();

it('an embedded server that was killed is started again, and the same pool reaches it', async () => {
  const store = await openStore({ dataFolder: folder.path, memoryBytes: 1 << 30, connectionsMax: 2 });
  try {
    const { rows } = await store.pool.query<{ folder: string }>(
      `select current_setting('data_directory') as folder`,
    );
    await store.pool.query('create table kept as select 1 as one');
    const pid = Number((await readFile(join(rows[0]!.folder, 'postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    // Its last backends may answer for a moment.
    await vi.waitFor(
      () =>
        expect(store.pool.query('select 1')).rejects.toThrow(
          /ECONNREFUSED|terminat|ECONNRESET|shut|recovery/i,
        ),
      { timeout: 30_000 },
    );
    await store.revive();
    expect((await store.pool.query('select one from kept')).rows).toEqual([{ one: 1 }]);
    // Where it runs, nothing changes.
    await store.revive();
    expect((await store.pool.query('select one from kept')).rows).toEqual([{ one: 1 }]);
  } finally {
    await store.close();
  }
});
