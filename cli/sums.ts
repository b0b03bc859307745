import type { Store } from '../db/connect.ts';
import { keepSums, refreshSums } from '../db/rollups/refresh.ts';
import { readSettings } from '../db/settings.ts';
import type { CliContext } from './context.ts';

/** Keeps the sums of big guilds, with its progress on stderr. Stopped, the next one goes on; answers are right either way. Tells whether any are kept. */
export async function refreshWithProgress(
  context: CliContext,
  store: Store,
  guildIds: Iterable<string>,
): Promise<boolean> {
  let isAnyKept = false;
  for (const guildId of new Set(guildIds)) {
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
  return isAnyKept;
}
