/** When each job is next to be done, by what is stored. */
import type { Pool } from 'pg';
import { readJob } from '../db/jobs.ts';
import { postingGuilds, type PostingGuild, recentPosts } from '../db/posts.ts';
import type { Job } from './jobs/job.ts';
import { type Strangers, WEEKLY } from './posting/context.ts';
import { makeNextWork } from './posting/due.ts';
import { CHECK_EVERY_MS, CHECKED_MS } from './posting/late-data.ts';

export type Planning = Pick<Job, 'name' | 'plan'>;

const DAY_MS = 86_400_000;

/** `onGuilds`: told who has a report posted, and when, each time that is looked at. `strangers` are left out. */
export function planWeeklyReport(
  pool: Pool,
  onGuilds: (guilds: PostingGuild[]) => void = () => {},
  strangers?: Strangers,
): Planning {
  const nextWorkMs = makeNextWork();
  return {
    name: 'weekly-report',
    async plan(nowMs) {
      const guilds = (await postingGuilds(pool)).filter(({ guildId }) => !strangers?.has(guildId, nowMs));
      onGuilds(guilds);
      return guilds.flatMap((guild) => {
        const atMs = nextWorkMs(guild, nowMs);
        return atMs === undefined ? [] : [{ guildId: guild.guildId, atMs }];
      });
    },
  };
}

export const planLateData = (pool: Pool): Planning => ({
  name: 'late-data',
  async plan(nowMs) {
    const posts = await recentPosts(pool, WEEKLY, nowMs - CHECKED_MS);
    return posts.map(({ guildId, checkedAtMs }) => ({ guildId, atMs: checkedAtMs + CHECK_EVERY_MS }));
  },
});

export const planChecks = (pool: Pool): Planning => ({
  name: 'checks',
  async plan(nowMs) {
    const last = await readJob(pool, { guildId: '0', job: 'checks' });
    return [{ guildId: '0', atMs: last?.endedAtMs == null ? nowMs : last.endedAtMs + DAY_MS }];
  },
});

/** All of them. */
export const plans = (pool: Pool): Planning[] => [
  planWeeklyReport(pool),
  planLateData(pool),
  planChecks(pool),
];
