import type { Store } from '../db/connect.ts';
import { keepSums, refreshSums } from '../db/rollups/refresh.ts';
import { readSettings } from '../db/settings.ts';
import type { CliContext } from './context.ts';
import { readWordsWithProgress } from './full-text.ts';

/**
 * Keeps the sums of big guilds and the words of texts, with its progress on stderr. Stopped, the next one goes on; sums are
 * right either way. Tells whether anything is kept that may have changed.
 */
export async function refreshWithProgress(
  context: CliContext,
  store: Store,
  guilds: Iterable<string>,
): Promise<boolean> {
  const guildIds = new Set(guilds);
  let isAnyKept = false;
  for (const guildId of guildIds) {
    const { timeZone } = await readSettings(store.db, guildId);
    if (!(await keepSums(store.db, guildId, timeZone))) continue;
    isAnyKept = true;
    const bar = context.progress('Summing');
    try {
      let total = 0;
      for await (const { staleDays } of refreshSums(store, guildId)) {
        total = Math.max(total, staleDays);
        bar.show({ done: total - staleDays, total, note: `${staleDays.toLocaleString('en')} days left` });
      }
    } finally {
      bar.end();
    }
  }
  return (await readWordsWithProgress(context, store, guildIds)) || isAnyKept;
}
