/** Which weekly reports are due. */
import type { PostingGuild } from '../../db/posts.ts';
import { nextFreePostMs, nextPostMs, periodAt } from '../../reports/settings/next-post.ts';

/** A week's report, and when it was to be posted. */
export interface DuePost {
  /** 2026-W46. */
  period: string;
  dueAtMs: number;
}

/** After a longer silence, of the posts that were missed only the newest are spoken of. */
const MISSED_MS_MAX = 8 * 7 * 86_400_000;

/** What is due until now and not claimed yet, the oldest first. */
export function duePosts(guild: PostingGuild, nowMs: number): DuePost[] {
  const { weeklyChannel, lastPeriod, timeZone } = guild;
  if (weeklyChannel === null) return [];
  const due = new Map<string, number>();
  let atMs = nextPostMs(guild, knownMs(guild, nowMs));
  for (; atMs <= nowMs; atMs = nextPostMs(guild, atMs)) {
    const period = periodAt(atMs, timeZone);
    if ((lastPeriod === null || period > lastPeriod) && !due.has(period)) due.set(period, atMs);
  }
  return [...due].map(([period, dueAtMs]) => ({ period, dueAtMs }));
}

/** Until when all is claimed, or was not to be. */
const knownMs = ({ weeklySinceMs, lastDueAtMs }: PostingGuild, nowMs: number): number =>
  Math.max(weeklySinceMs ?? 0, lastDueAtMs ?? 0, Math.floor((nowMs - MISSED_MS_MAX) / HOUR_MS) * HOUR_MS);

const HOUR_MS = 3_600_000;
/** Zones' borders take 50 µs, and ten thousand guilds are looked at every few seconds. */
const KEPT_MAX = 20_000;

/** When there is next something to do about a guild's posts, which may be past; undefined: never, as it is set. */
export function makeNextWork(): (guild: PostingGuild, nowMs: number) => number | undefined {
  const kept = new Map<string, number>();
  /** The first post behind what is claimed: it is due, or next. */
  function firstPostMs(guild: PostingGuild, nowMs: number): number {
    const { weeklyDay, weeklyHour, timeZone, lastPeriod } = guild;
    const sinceMs = knownMs(guild, nowMs);
    const key = [weeklyDay, weeklyHour, timeZone, lastPeriod, sinceMs].join(' ');
    const found = kept.get(key) ?? nextFreePostMs(guild, sinceMs, lastPeriod ?? undefined);
    if (kept.size >= KEPT_MAX) kept.clear();
    kept.set(key, found);
    return found;
  }
  return (guild, nowMs) => {
    const postMs = guild.weeklyChannel === null ? Infinity : firstPostMs(guild, nowMs);
    const atMs = Math.min(guild.openTryAtMs ?? Infinity, postMs);
    return atMs === Infinity ? undefined : atMs;
  };
}
