/** The weekly report as it is posted. */
import { createHash } from 'node:crypto';
import { listPosts, type Post, type PostKey } from '../../db/posts.ts';
import type { GuildSettings } from '../../db/settings.ts';
import { type DiscordMessage, toDiscord } from '../../reports/message/discord.ts';
import { drawPictures } from '../../reports/pictures.ts';
import {
  type AboutPost,
  buildFromInputs,
  hydrated,
  messageCharts,
  type PostInputs,
  postInputs,
  renderWeeklyMessage,
  weeklyHtml,
  type WeeklyReport,
} from '../../reports/weekly.ts';
import { languageOf, wordsIn } from '../../reports/words.ts';
import { type PostingContext, WEEKLY } from './context.ts';

export interface Composed {
  inputs: PostInputs;
  report: WeeklyReport;
  message: DiscordMessage;
}

/** Discord's limit for a nonce. */
const NONCE_LENGTH = 25;

/** The same for every sending of a post. */
export const nonceOf = ({ guildId, report, period }: PostKey): string =>
  createHash('sha256').update(`${guildId} ${report} ${period}`).digest('base64url').slice(0, NONCE_LENGTH);

/** What a post is asked for with, from now on. */
export function inputsOf(
  { store: { db }, now }: PostingContext,
  { guildId, period: week }: PostKey,
  { timeZone, countBots: bots, language }: GuildSettings,
  channels: string[],
): Promise<PostInputs> {
  return postInputs(db, { guildId, week, timeZone, channels, bots, language: languageOf(language) }, now());
}

/**
 * What was sent before, if it may still be shown: should both arrive, they are the same. Undefined: nothing was, or
 * somebody could read what is closed to them by now.
 */
export async function sentBefore(
  { store: { db } }: PostingContext,
  { unsureSinceMs, inputs, built }: Post,
  channels: readonly string[],
): Promise<{ inputs: PostInputs; report: WeeklyReport } | undefined> {
  if (unsureSinceMs === null || inputs === null) return undefined;
  const before = inputs as PostInputs;
  const open = new Set(channels);
  if (!before.channels.every((id) => open.has(id))) return undefined;
  const report =
    built === null ? await buildFromInputs(db, before) : await hydrated(db, built as WeeklyReport);
  return report && { inputs: before, report };
}

/** The report as Discord's message. Undefined: nothing of the guild is recorded. */
export async function compose(
  context: PostingContext,
  inputs: PostInputs,
  about: AboutPost,
  known?: WeeklyReport,
): Promise<Composed | undefined> {
  const report = known ?? (await buildFromInputs(context.store.db, inputs));
  if (!report) return undefined;
  const words = wordsIn(languageOf(inputs.language));
  const pictures = await drawPictures(messageCharts(report, words), context.draw, context.onChartError);
  const html = report.record ? weeklyHtml(report, words, pictures) : undefined;
  const message = toDiscord(renderWeeklyMessage(report, words, pictures, html, 'everyone', about));
  return { inputs, report, message };
}

/** Later than this, it is said. */
const LATE_MS = 3_600_000;

/** What a post says of itself. */
export async function aboutPost(
  { store: { pool } }: PostingContext,
  { guildId, period, dueAtMs }: Post,
  nowMs: number,
): Promise<AboutPost> {
  const before = (await listPosts(pool, { report: WEEKLY, guildId, limit: 10 })).find(
    (post) => post.period < period,
  );
  const isSkipped = before?.state === 'skipped' && before.reason?.is === 'late';
  return {
    ...(nowMs - dueAtMs >= LATE_MS && { late: { dueMs: dueAtMs } }),
    ...(isSkipped && { skippedBefore: before.period }),
  };
}
