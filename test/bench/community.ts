/** A made-up community of any size, imported: what several benches ask. */
import { rm } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../db/connect.ts';
import { migrate } from '../../db/migrate.ts';
import { guilds } from '../../db/queries/guilds.ts';
import { keepSums, refreshSums } from '../../db/rollups/refresh.ts';
import { generateCommunity } from '../../ingest/dce/generate.ts';
import { importExports } from '../../ingest/dce/import.ts';

/** The store of a data folder. */
export function openData(dataFolder: string): Promise<Store> {
  return openStore({ dataFolder, memoryBytes: totalmem(), connectionsMax: 8 });
}

/** What making one took. Units: ms; sumMs undefined: too small for sums to be kept */
export interface Made {
  data: string;
  importMs: number;
  sumMs: number | undefined;
}

/** Makes a community of so many messages in a folder: exports first, then a store of them. */
export async function makeCommunity(messages: number, folder: string, timeZone: string): Promise<Made> {
  const exports = join(folder, 'exports');
  const making = generateCommunity({ seed: 1, messages }, exports);
  while (!(await making.next()).done);
  const data = join(folder, 'data');
  const store = await openData(data);
  await migrate(store.db);
  let startedAt = performance.now();
  const running = importExports([exports], {
    pool: store.pool,
    content: 'full',
    nowMs: Date.now(),
    includeDirectMessages: false,
    isDryRun: false,
    lanes: 2,
  });
  while (!(await running.next()).done);
  const importMs = performance.now() - startedAt;
  await rm(exports, { recursive: true });
  const [guild] = await guilds(store.db);
  startedAt = performance.now();
  let sumMs: number | undefined;
  if (await keepSums(store.db, guild!.id, timeZone)) {
    for await (const _ of refreshSums(store, guild!.id));
    sumMs = performance.now() - startedAt;
  }
  await store.pool.query('analyze');
  await store.close();
  return { data, importMs, sumMs };
}
