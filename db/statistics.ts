import type { Pool } from 'pg';

/**
 * Lets the planner look at the tables anew (1 s for a million messages). The server does so by itself after a minute; an
 * embedded one may have ended before.
 */
export async function refreshStatistics(pool: Pool): Promise<void> {
  await pool.query('analyze');
}
