/** The job that looks each day whether all is well, so that an operator hears of it before anybody misses something. */
import { statfs } from 'node:fs/promises';
import { postingGuilds } from '../db/posts.ts';
import { countSetAside } from '../db/set-aside.ts';
import { silentShards } from '../db/shards.ts';
import type { Job } from './jobs/job.ts';
import type { PostingContext } from './posting/context.ts';
import { faultOf } from './posting/place.ts';

const DAY_MS = 86_400_000;
/** A recorder says that it is alive every few seconds. */
const SILENT_MS = 10 * 60_000;
const DISK_FREE_SHARE_MIN = 0.05;

export interface ChecksOptions extends Pick<PostingContext, 'store' | 'self' | 'now' | 'startedMs' | 'log'> {
  applicationId: string;
  dataFolder: string;
}

/** Says what is not well, in the log and as its note. */
export const checks =
  (options: ChecksOptions): Job['run'] =>
  async () => {
    const findings = await findingsOf(options, options.now());
    if (findings.length > 0) options.log.warn({ findings }, 'checks found something');
    return { outcome: 'done', note: findings.length > 0 ? findings.join('; ') : 'all is well' };
  };

async function findingsOf(options: ChecksOptions, nowMs: number): Promise<string[]> {
  const { store, applicationId, dataFolder, startedMs } = options;
  const { pool } = store;
  const findings: string[] = [];
  for (const { guildId, weeklyChannel } of await postingGuilds(pool)) {
    const fault = weeklyChannel === null ? undefined : await faultOf(options, guildId, weeklyChannel);
    if (fault) findings.push(`the weekly report of server ${guildId} cannot be posted (${fault.is})`);
  }
  // A bot that begins beside us takes a while.
  const isBegun = nowMs > startedMs + SILENT_MS;
  const silent = isBegun ? await silentShards(pool, applicationId, nowMs - SILENT_MS) : [];
  if (silent.length > 0) findings.push(`nobody records shard ${silent.join(', ')}`);
  const setAside = await countSetAside(pool, nowMs - DAY_MS);
  if (setAside > 0) findings.push(`${setAside} events could not be recorded since yesterday`);
  const free = await diskFreeShare(dataFolder);
  if (free !== undefined && free < DISK_FREE_SHARE_MIN)
    findings.push(`the disk of the data folder is ${Math.floor((1 - free) * 100)} % full`);
  return findings;
}

/** Undefined where there is no such folder: all is in a database elsewhere. */
async function diskFreeShare(folder: string): Promise<number | undefined> {
  const disk = await statfs(folder).catch(() => undefined);
  return disk && disk.bavail / disk.blocks;
}
