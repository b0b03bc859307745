/** Keeping the words of what was recorded, as the companion does. */
import { guildsWithStaleWords, refreshWords } from '../../db/full-text/refresh.ts';
import type { Store } from '../../db/connect.ts';

/** The words of all texts are kept, in every guild. */
export async function readTexts(store: Pick<Store, 'db' | 'pool'>): Promise<void> {
  for (const guildId of await guildsWithStaleWords(store.db))
    for await (const _ of refreshWords(store, guildId));
}
