import type { Store } from '../db/connect.ts';
import { refreshWords } from '../db/full-text/refresh.ts';
import type { CliContext } from './context.ts';

/** Reads the words of texts that have changed, with its progress on stderr. Stopped, the next one goes on. Tells whether there were any. */
export async function readWordsWithProgress(
  context: Pick<CliContext, 'progress'>,
  store: Store,
  guildIds: Iterable<string>,
): Promise<boolean> {
  let isAnyRead = false;
  for (const guildId of new Set(guildIds)) {
    const bar = context.progress('Reading words');
    try {
      let total = 0;
      for await (const { staleDays } of refreshWords(store, guildId)) {
        isAnyRead = true;
        total = Math.max(total, staleDays);
        bar.show({ done: total - staleDays, total, note: `${staleDays.toLocaleString('en')} days left` });
      }
    } finally {
      bar.end();
    }
  }
  return isAnyRead;
}
