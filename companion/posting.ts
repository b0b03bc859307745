/** Everything that is posted by itself, as a process does it. */
import { checks } from './checks.ts';
import type { Job } from './jobs/job.ts';
import { type Jobs, startJobs } from './jobs/runner.ts';
import { planChecks, planLateData, planWeeklyReport } from './plans.ts';
import { type Bells, makeBells } from './posting/bells.ts';
import type { PostingContext } from './posting/context.ts';
import { lateData } from './posting/late-data.ts';
import { weeklyReport } from './posting/weekly-report.ts';

export interface PostingOptions extends PostingContext {
  applicationId: string;
  dataFolder: string;
  /** A name of this process that no other has. */
  holder: string;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 to 1. */
  random(): number;
  /** Absent: bells by this machine's clock. */
  bells?: (onRing: () => void) => Bells;
}

/** What runs by itself at its times. */
const jobsOf = (options: PostingOptions, onGuilds: Bells['set']): Job[] => [
  { ...planWeeklyReport(options.store.pool, onGuilds, options.strangers), run: weeklyReport(options) },
  { ...planLateData(options.store.pool), run: lateData(options) },
  { ...planChecks(options.store.pool), run: checks(options) },
];

/** Begins to post what is due. It never throws. */
export function startPosting(options: PostingOptions): Jobs {
  const { store, holder, now, wait, random, log } = options;
  const bells = (options.bells ?? makeBells)(() => jobs.nudge());
  const jobs = startJobs({
    pool: store.pool,
    jobs: jobsOf(options, (guilds) => bells.set(guilds)),
    holder,
    now,
    wait,
    random,
    log,
  });
  return {
    ...jobs,
    async close() {
      bells.close();
      await jobs.close();
    },
  };
}
