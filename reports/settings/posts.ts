/** What became of the weekly reports that were due last. */
import type { Pool } from 'pg';
import { listPosts, type Post, type PostReason } from '../../db/posts.ts';
import type { GuildSettings } from '../../db/settings.ts';
import { messageUrl } from '../message-url.ts';
import type { ShownPlace } from './build.ts';
import { lateUntilMs, nextFreePostMs, nextPostMs, periodAt } from './next-post.ts';

export type ShownPost = {
  /** 2026-W46. */
  week: string;
} & (
  | { state: 'posted'; atMs: number; editedMs: number | null; url?: string }
  /** `channel`: where it was sent to, which may be there or not. `untilMs`: until when it is tried, absent where that is over. */
  | { state: 'due'; reason: PostReason | null; channel?: ShownPlace; untilMs?: number }
  | { state: 'skipped'; reason: PostReason | null; channel?: ShownPlace }
  /** It was due, and nobody has begun. */
  | { state: 'unclaimed' }
);

export interface ShownPosts {
  /** The newest, and others that wait; the newest first. */
  posts: ShownPost[];
  /** When the next one is due, ms. */
  nextMs: number;
}

/** One that waits for longer is skipped in time, so there are no more. */
const OPEN_MAX = 2;
/** Some minutes after it is due it is begun, whoever is slow. */
const BEGUN_WITHIN_MS = 10 * 60_000;
const WEEK_MS = 7 * 86_400_000;

interface PostsAsked {
  guildId: string;
  settings: GuildSettings;
  nowMs: number;
  shown(channelId: string): ShownPlace;
}

/** The posts of a guild as far as they concern who may change its settings. */
export async function shownPosts(pool: Pool, asked: PostsAsked): Promise<ShownPosts> {
  const { guildId, settings, nowMs } = asked;
  const claims = await listPosts(pool, { report: 'weekly', guildId, limit: OPEN_MAX });
  const [newest] = claims;
  const missed = unclaimedWeek(settings, newest?.period, nowMs);
  const told = claims.filter((post) => (post === newest && missed === undefined) || post.state === 'due');
  return {
    posts: [
      ...(missed === undefined ? [] : [{ week: missed, state: 'unclaimed' as const }]),
      ...told.map((post) => shownPost(post, asked)),
    ],
    nextMs: nextFreePostMs(settings, nowMs, newest?.period),
  };
}

/** The week whose report was due a while ago, with no claim. */
function unclaimedWeek(
  settings: GuildSettings,
  claimed: string | undefined,
  nowMs: number,
): string | undefined {
  const { weeklyChannel, weeklySinceMs, timeZone } = settings;
  if (weeklyChannel === null || weeklySinceMs === null) return undefined;
  const dueMs = nextPostMs(settings, Math.max(weeklySinceMs, nowMs - WEEK_MS - BEGUN_WITHIN_MS));
  const week = periodAt(dueMs, timeZone);
  const isMissed = dueMs + BEGUN_WITHIN_MS <= nowMs && (claimed === undefined || week > claimed);
  return isMissed ? week : undefined;
}

function shownPost(
  { guildId, period: week, state, reason, dueAtMs, postedAtMs, editedAtMs, channelId, messageId }: Post,
  { settings, nowMs, shown }: PostsAsked,
): ShownPost {
  const channel = channelId === null ? undefined : shown(channelId);
  if (state === 'posted') {
    const url = channel?.place && messageId !== null && messageUrl(guildId, channel.id, messageId);
    return { week, state, atMs: postedAtMs ?? dueAtMs, editedMs: editedAtMs, ...(url && { url }) };
  }
  if (state === 'skipped') return { week, state, reason, ...(channel && { channel }) };
  const untilMs = lateUntilMs(dueAtMs, settings.weeklyLateDays);
  return { week, state, reason, ...(channel && { channel }), ...(untilMs > nowMs && { untilMs }) };
}
