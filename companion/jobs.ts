/** What runs by itself, for `almanac jobs`. */
import type { Store } from '../db/connect.ts';
import { listedJobs } from './jobs/list.ts';
import type { ListedJob } from './jobs/listed.ts';
import { plans } from './plans.ts';

/** Lists it: what came of each last, and when it is next, at a time (ms). */
export const jobs = ({ pool }: Pick<Store, 'pool'>, nowMs: number): Promise<ListedJob[]> =>
  listedJobs(pool, plans(pool), nowMs);
