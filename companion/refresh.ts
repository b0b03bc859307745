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
  const areKept = await refresh(store, guildId, signal);
  // Sums are tables that the planner should know, too.
  if (isMany && areKept) await refreshStatistics(store.pool);
}

/** Makes a guild's sums anew, by the days of its zone; tells whether any are kept. Stopped between steps, the next one goes on. */
export async function refresh(store: Store, guildId: string, signal: AbortSignal): Promise<boolean> {
  const { timeZone } = await readSettings(store.db, guildId);
  if (!(await keepSums(store.db, guildId, timeZone))) return false;
  for await (const _ of refreshSums(store, guildId)) if (signal.aborted) return true;
  return true;
}
