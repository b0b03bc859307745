/** What is measured: whom /guide names. */
import type { Db, Store } from '../../../db/connect.ts';
import { refreshWords } from '../../../db/full-text/refresh.ts';
import { guidePeople } from '../../../db/queries/guide/people.ts';

/** The ids of those named on a topic, in order, as if nothing behind an instant had been written; and how long it took. */
export async function named(
  db: Db,
  asked: { guildId: string; topic: string; atMs: number; limit: number },
): Promise<{ ids: string[]; ms: number }> {
  const { guildId, topic, atMs, limit } = asked;
  const window = { fromMs: 0, toMs: atMs, timeZone: 'UTC' };
  const startedAt = performance.now();
  const people = await guidePeople(db, { guildId, topic, window, limit });
  return { ids: people.map(({ id }) => id), ms: performance.now() - startedAt };
}

/** Reads the words of what was written: /guide knows no others. */
export async function readWords(store: Store, guildId: string): Promise<void> {
  for await (const _ of refreshWords(store, guildId));
  await store.pool.query('analyze');
}
