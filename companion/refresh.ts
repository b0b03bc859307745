import type { Store } from '../db/connect.ts';
import { keepSums, refreshSums } from '../db/rollups/refresh.ts';
import { readSettings } from '../db/settings.ts';
import { refreshStatistics } from '../db/statistics.ts';

/** So many new messages change what the planner should know. */
const MANY_MESSAGES = 1_000;

/** Lets the database know what has come, and makes a big guild's sums anew. Stopped between steps, the next one goes on. */
export async function refreshAfter(
  store: Store,
  guildId: string,
  messages: number,
  signal: AbortSignal,
): Promise<void> {
  const isMany = messages >= MANY_MESSAGES;
  if (isMany) await refreshStatistics(store.pool);
  const { timeZone } = await readSettings(store.db, guildId);
  if (!(await keepSums(store.db, guildId, timeZone))) return;
  for await (const _ of refreshSums(store, guildId)) if (signal.aborted) return;
  // Sums are tables that the planner should know, too.
  if (isMany) await refreshStatistics(store.pool);
}
