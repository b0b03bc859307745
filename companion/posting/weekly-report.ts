/** The job that posts each guild's weekly report. */
import { claimPost, listPosts, type Post, postingGuilds, type PostReason } from '../../db/posts.ts';
import type { Job, JobResult } from '../jobs/job.ts';
import { attempt, type AttemptEnd } from './attempt.ts';
import { type PostingContext, WEEKLY } from './context.ts';
import { duePosts } from './due.ts';

/** Open claims of a guild are the newest week, and what of earlier ones is not skipped yet. */
const OPEN_MAX = 20;

/** Posts what `planWeeklyReport` says is due. */
export const weeklyReport =
  (context: PostingContext): Job['run'] =>
  async (work) => {
    const posts = await openPosts(context, work.guildId);
    const ends: { post: Post; end: AttemptEnd }[] = [];
    for (const post of posts) {
      work.signal.throwIfAborted();
      const end = await attempt(context, post, work);
      ends.push({ post, end });
      if (end.is === 'waiting' && end.reason.is === 'left')
        context.strangers.add(work.guildId, context.now());
    }
    return resultOf(ends);
  };

/** Claims what is due, and tells what is to be tried now, the oldest first. */
async function openPosts({ store: { pool }, now }: PostingContext, guildId: string): Promise<Post[]> {
  const [guild] = await postingGuilds(pool, guildId);
  if (!guild) return [];
  for (const { period, dueAtMs } of duePosts(guild, now()))
    await claimPost(pool, { guildId, report: WEEKLY, period }, dueAtMs);
  const open = await listPosts(pool, { report: WEEKLY, guildId, state: 'due', limit: OPEN_MAX });
  return open.filter(({ tryAtMs }) => tryAtMs <= now()).toReversed();
}

function resultOf(ends: { post: Post; end: AttemptEnd }[]): JobResult {
  const notes = ends.map(({ post: { period }, end }) =>
    end.is === 'posted' ? `${period} posted` : `${period} ${end.is}: ${reasonNote(end.reason)}`,
  );
  const isWaiting = ends.some(({ end }) => end.is === 'waiting');
  return { outcome: isWaiting ? 'waiting' : 'done', ...(notes.length > 0 && { note: notes.join('; ') }) };
}

/** For an operator. */
function reasonNote(reason: PostReason): string {
  if (reason.is === 'lacks') return `the bot lacks ${reason.permissions.join(', ')}`;
  if (reason.is === 'refused') return `Discord refused it with ${reason.code}`;
  if (reason.is === 'late') return reason.because ? `too late; ${reasonNote(reason.because)}` : 'too late';
  return NOTES[reason.is];
}

const NOTES = {
  gone: 'its channel is deleted',
  unknown: 'its channel is not known',
  left: 'the bot is not in the server',
  'rules-unknown': 'who may read what is not known',
  'catching-up': 'what was missed is read first',
  unsure: 'whether it was posted cannot be told',
  unanswered: 'Discord did not answer',
  off: 'posting was turned off',
} as const;
