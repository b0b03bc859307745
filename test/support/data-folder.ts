/** A data folder with an embedded database, as the program makes it. */
import { mkdir } from 'node:fs/promises';
import { connect, type Store } from '../../db/connect.ts';
import { startEmbedded } from '../../db/embedded.ts';
import { migrate } from '../../db/migrate.ts';

/** Small, for there are several at once. */
export const MEMORY_BYTES = 256 << 20;

/**
 * Works on the folder's database beside whatever programs `work` runs on it; when it is done, and they are, the
 * server has stopped.
 */
export async function withDataFolder<T>(path: string, work: (store: Store) => Promise<T>): Promise<T> {
  await mkdir(path, { recursive: true, mode: 0o755 });
  const server = await startEmbedded({ folder: path, memoryBytes: MEMORY_BYTES });
  const store = connect(server.url, 4);
  try {
    await migrate(store.db);
    return await work(store);
  } finally {
    await store.close();
    await server.release();
  }
}
