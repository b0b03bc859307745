/** The job that counts a posted week again: where much has come late, the post is edited, once. */
import type { Pool } from 'pg';
import { changePost, dropIfNaming, listPosts, type Post } from '../../db/posts.ts';
import { gapsToRepair } from '../../db/gaps.ts';
import { runsToDo } from '../../db/runs.ts';
import { lookOver } from '../../ingest/history/look-over.ts';
import {
  figuresNow,
  figuresOf,
  type PostFigures,
  type PostInputs,
  postInputs,
  strippedOf,
} from '../../reports/weekly.ts';
import type { Survey } from '../../ingest/history/survey.ts';
import { readableBy } from '../../reports/audience.ts';
import type { DiscordMessage } from '../../reports/message/discord.ts';
import type { Job, JobWork } from '../jobs/job.ts';
import { aboutPost, compose } from './compose.ts';
import { type PostingContext, WEEKLY } from './context.ts';
import { replace, type Sent } from './delivery.ts';
import { audienceOf, channelsOfThreads } from './place.ts';

const HOUR_MS = 3_600_000;
/** So long a post is held against what is recorded. */
export const CHECKED_MS = 72 * HOUR_MS;
export const CHECK_EVERY_MS = HOUR_MS / 2;
/** What differs by less is not worth telling. */
const SHARE = 0.05;
const EDITS_MAX = 3;

/** What is kept with a post. */
export interface Checked {
  posted: PostFigures;
  /** When it was last looked at. */
  seen: PostFigures;
  /** Somebody has deleted the post. */
  isDeleted?: boolean;
}

/** Looks at the posts of a guild that `planLateData` names. */
export const lateData =
  (context: PostingContext): Job['run'] =>
  async (work) => {
    const posts = await listPosts(context.store.pool, {
      report: WEEKLY,
      guildId: work.guildId,
      state: 'posted',
      limit: 2,
    });
    const open = posts.filter(
      ({ editedAtMs, postedAtMs }) => editedAtMs === null && postedAtMs! > context.now() - CHECKED_MS,
    );
    let note: string | undefined;
    for (const post of open) if (await check(context, post, work)) note = `${post.period} counted again`;
    return { outcome: 'done', ...(note !== undefined && { note }) };
  };

/** Tells whether the post was edited. */
async function check(context: PostingContext, post: Post, work: JobWork): Promise<boolean> {
  const { store, now } = context;
  const { posted, seen } = post.checked as Checked;
  const checkedAtMs = now();
  async function leave(change: Partial<Checked> = {}): Promise<false> {
    const checked: Checked = { posted, seen, ...change };
    await changePost(store.pool, post, { checked, checkedAtMs }, work.lease);
    return false;
  }
  // By the rules that are stored, first: Discord is asked only where there is something to edit.
  const known = await inputsNow(context, post);
  if (!known) return leave();
  const figures = await figuresNow(store.db, known);
  const isLast = checkedAtMs + CHECK_EVERY_MS >= post.postedAtMs! + CHECKED_MS;
  const isCalm = isLast || (isEqual(figures, seen) && !(await isGrowing(store.pool, post.guildId)));
  if (!isFar(posted, figures) || !isCalm) return leave({ seen: figures });
  const found = await lookOver({ ...context, ...store }, post.guildId);
  const inputs = found && (await inputsNow(context, post, found));
  const shown = inputs && (await figuresNow(store.db, inputs));
  if (!shown || !isFar(posted, shown)) return leave({ seen: figures });
  const about = await aboutPost(context, post, post.postedAtMs!);
  const composed = await compose(context, inputs, { ...about, updated: changes(posted, shown) });
  if (!composed) return leave();
  const sent = await replacePost(context, post, composed.message, work.signal);
  if (sent.is !== 'sent') {
    // Whatever else hinders it is tried again with the next check.
    const isDeleted = sent.is === 'refused' && (sent.code === 10003 || sent.code === 10008);
    return leave({ seen: figures, ...(isDeleted && { isDeleted }) });
  }
  const edited = {
    inputs,
    built: strippedOf(composed.report),
    checked: { posted: figuresOf(composed.report), seen: figures } satisfies Checked,
    checkedAtMs,
    editedAtMs: checkedAtMs,
  };
  await changePost(store.pool, post, edited, work.lease);
  await dropIfNaming(store.pool, post);
  context.log.info({ guildId: post.guildId, period: post.period }, 'weekly report counted again');
  return true;
}

/** The same edit again does no harm, so where Discord does not say what came of it, it is made again. */
async function replacePost(
  { rest }: PostingContext,
  { channelId, messageId }: Post,
  message: DiscordMessage,
  signal: AbortSignal,
): Promise<Sent> {
  let sent: Sent = { is: 'unsure' };
  for (let tries = 0; tries < EDITS_MAX && sent.is === 'unsure'; tries++) {
    signal.throwIfAborted();
    sent = await replace({ rest, channelId: channelId!, message, signal }, messageId!);
  }
  return sent;
}

const changes = (posted: PostFigures, now: PostFigures) => ({
  messages: [posted.messages, now.messages] as const,
  people: [posted.people, now.people] as const,
});

/**
 * What the post is asked for with, as of now: its channels that its readers can still read, and their threads, of which
 * some may have become known since; of what Discord has just shown, where it was asked. Undefined: who may read what is not
 * known.
 */
async function inputsNow(
  context: PostingContext,
  { guildId, channelId, inputs }: Post,
  found?: Survey,
): Promise<PostInputs | undefined> {
  const { db, pool } = context.store;
  const before = inputs as PostInputs;
  const readable = await (found
    ? audienceOf(context, guildId, channelId!, found)
    : readableBy(db, guildId, { channelId: channelId! }));
  if (!readable) return undefined;
  const channelOf = await channelsOfThreads(pool, guildId, readable);
  const counted = new Set(before.channels);
  const channels = readable.filter((id) => counted.has(id) || counted.has(channelOf.get(id) ?? ''));
  return postInputs(db, { ...before, channels }, context.now());
}

/** Whether history is being read that may add more. */
async function isGrowing(pool: Pool, guildId: string): Promise<boolean> {
  if ((await gapsToRepair(pool, [guildId])).length > 0) return true;
  return (await runsToDo(pool)).some((run) => run.guildId === guildId);
}

const isEqual = (one: PostFigures, other: PostFigures): boolean =>
  one.messages === other.messages && one.people === other.people;

const isFar = (posted: PostFigures, now: PostFigures): boolean =>
  (['messages', 'people'] as const).some(
    (figure) => Math.abs(now[figure] - posted[figure]) >= SHARE * Math.max(1, posted[figure]),
  );
