/**
 * One attempt at a post: it ends posted, skipped, or waiting with what hinders it.
 *
 * What is about to be sent is committed before it is sent. So whatever dies, and wherever, whoever comes next knows that a
 * message may be there, and looks for its mark before it sends another.
 */
import { hasLeft } from '../../db/access.ts';
import {
  changePost,
  dropIfNaming,
  type Post,
  type PostChange,
  type PostReason,
  readPost,
} from '../../db/posts.ts';
import { type GuildSettings, readSettings } from '../../db/settings.ts';
import { snowflakeMs } from '../../db/snowflake.ts';
import { lookOver } from '../../ingest/history/look-over.ts';
import type { Survey } from '../../ingest/history/survey.ts';
import { lateUntilMs } from '../../reports/settings/next-post.ts';
import { figuresOf, isMarkedWith, strippedOf } from '../../reports/weekly.ts';
import type { JobWork } from '../jobs/job.ts';
import { aboutPost, compose, type Composed, inputsOf, nonceOf, sentBefore } from './compose.ts';
import type { PostingContext } from './context.ts';
import { findMarked, remove, send, type Sent } from './delivery.ts';
import { audienceOf, faultOf, catchingUpSince, isReadable, unlistedFault } from './place.ts';

export type AttemptEnd = { is: 'posted' } | { is: 'skipped' | 'waiting'; reason: PostReason };

/** The right to the job was lost: another works on it. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError';
}

/** Before a request that may have been counted by another clock of Discord's. */
const EARLIER_MS = 60_000;
/** Whoever posts in time is the first to. */
const IN_TIME_MS = 5 * 60_000;

const MINUTE_MS = 60_000;
/** What hinders a post is looked at again after so long; some that Discord did not answer are doubled each time. */
const AGAIN_MS: Partial<Record<PostReason['is'], number>> = {
  'catching-up': 30_000,
  unanswered: 5_000,
  left: 60 * MINUTE_MS,
};
const AGAIN_MS_USUAL = 5 * MINUTE_MS;
const AGAIN_MS_MAX = 10 * MINUTE_MS;

/** Errors: LeaseLostError; TokenError; UnansweredError; Postgres'. Nothing of them is more than a delay. */
export async function attempt(context: PostingContext, post: Post, work: JobWork): Promise<AttemptEnd> {
  const settings = await readSettings(context.store.db, post.guildId);
  return new Attempt(context, post, settings, work).run();
}

class Attempt {
  readonly #context: PostingContext;
  readonly #post: Post;
  readonly #settings: GuildSettings;
  readonly #work: JobWork;

  constructor(context: PostingContext, post: Post, settings: GuildSettings, work: JobWork) {
    this.#context = context;
    this.#post = post;
    this.#settings = settings;
    this.#work = work;
  }

  async run(): Promise<AttemptEnd> {
    const { guildId, reason, unsureSinceMs, channelId } = this.#post;
    const { weeklyChannel } = this.#settings;
    // What a recorder has noted spares Discord questions that it answers with a refusal.
    const isGone = await hasLeft(this.#context.store.pool, guildId);
    const found = isGone ? undefined : await lookOver({ ...this.#context, ...this.#context.store }, guildId);
    if (unsureSinceMs !== null && channelId !== null) {
      const seen = isGone ? 'closed' : await this.#look(found, channelId, unsureSinceMs);
      if (seen === 'closed') return this.#hindered({ is: 'unsure' });
      if (seen.length > 0) return this.#posted(seen, found);
    }
    if (this.#isTooLate()) return this.#skip(lateBecause(reason));
    if (weeklyChannel === null) return this.#skip({ is: 'off' });
    if (!found) return isGone ? this.#hindered({ is: 'left' }) : this.#stranger();
    const fault =
      (await faultOf(this.#context, guildId, weeklyChannel)) ??
      (await unlistedFault(this.#context.calls, weeklyChannel, found));
    if (fault) return this.#hindered(fault);
    const sinceMs = await catchingUpSince(this.#context, this.#post);
    if (sinceMs !== undefined) return this.#hindered({ is: 'catching-up', sinceMs });
    const forgotten = await this.#forgotten(weeklyChannel, found);
    if (forgotten === 'closed') return this.#hindered({ is: 'unsure' });
    if (forgotten.length > 0) return this.#posted(forgotten, found);
    const composed = await this.#compose(weeklyChannel, found);
    return composed ? this.#send(weeklyChannel, composed) : this.#hindered({ is: 'rules-unknown' });
  }

  /** A post that is late may have been sent before the database was restored from a backup, which knows nothing of it. */
  async #forgotten(channelId: string, found: Survey): Promise<string[] | 'closed'> {
    const { unsureSinceMs, dueAtMs, tries } = this.#post;
    const isUnsure = unsureSinceMs !== null;
    const isKnown = isUnsure
      ? this.#post.channelId === channelId
      : tries > 0 || this.#context.now() < dueAtMs + IN_TIME_MS;
    if (isKnown) return [];
    const seen = await this.#look(found, channelId, dueAtMs - EARLIER_MS);
    return seen === 'closed' && !isUnsure ? [] : seen;
  }

  /** Perhaps another application is in the guild: its turn is not put off. */
  async #stranger(): Promise<AttemptEnd> {
    const reason: PostReason = { is: 'left' };
    await this.#change({ reason });
    return { is: 'waiting', reason };
  }

  /** The post, where it was sent to. Twice: the older one comes first. `closed`: it can't be told. */
  async #look(found: Survey | undefined, channelId: string, sinceMs: number): Promise<string[] | 'closed'> {
    const { guildId, period } = this.#post;
    const { calls, self } = this.#context;
    const seen = await findMarked({
      calls,
      channelId,
      botId: self.userId,
      sinceMs,
      isMarked: (ids) => isMarkedWith(ids, period),
      signal: this.#work.signal,
    });
    if (seen === 'gone') return [];
    if (seen === 'closed' || seen.length > 0) return seen;
    // Without the permission to read the past, no message is shown, and no error.
    if (!isReadable(found, channelId)) return 'closed';
    return isReadable(await lookOver({ ...this.#context, ...this.#context.store }, guildId), channelId)
      ? seen
      : 'closed';
  }

  async #compose(channelId: string, found: Survey): Promise<Composed | undefined> {
    const nowMs = this.#context.now();
    const channels = await audienceOf(this.#context, this.#post.guildId, channelId, found);
    if (!channels) return undefined;
    const about = await aboutPost(this.#context, this.#post, nowMs);
    const isSame = channelId === this.#post.channelId;
    const before = isSame ? await sentBefore(this.#context, this.#post, channels) : undefined;
    if (before) return compose(this.#context, before.inputs, about, before.report);
    const inputs = await inputsOf(this.#context, this.#post, this.#settings, channels);
    return compose(this.#context, inputs, about);
  }

  async #send(channelId: string, { inputs, report, message }: Composed): Promise<AttemptEnd> {
    const { rest, now } = this.#context;
    const { unsureSinceMs } = this.#post;
    const figures = figuresOf(report);
    const reason: PostReason = { is: 'unanswered' };
    await this.#change({
      inputs,
      built: strippedOf(report),
      checked: { posted: figures, seen: figures },
      channelId,
      unsureSinceMs: unsureSinceMs ?? now() - EARLIER_MS,
      tries: this.#post.tries + 1,
      reason,
      tryAtMs: this.#againMs(reason),
    });
    // Who chose not to be named while it was built.
    await dropIfNaming(this.#context.store.pool, this.#post);
    this.#work.signal.throwIfAborted();
    const nonce = nonceOf(this.#post);
    const sent = await send({ rest, channelId, message, nonce, signal: this.#work.signal });
    if (sent.is === 'unsure') return { is: 'waiting', reason };
    if (sent.is === 'refused') return this.#refused(sent, unsureSinceMs);
    try {
      return await this.#posted(
        unsureSinceMs === null ? [sent.messageId] : await this.#allSent(sent.messageId),
      );
    } catch (error) {
      if (error instanceof LeaseLostError) await this.#giveWay(sent.messageId);
      throw error;
    }
  }

  /**
   * Who stood still on the way to Discord, for longer than it knows a nonce, has sent a second one: what whoever took over
   * came to stands. Where that is not known yet, they look for all that were sent.
   */
  async #giveWay(messageId: string): Promise<void> {
    const { store, rest } = this.#context;
    const stands = await readPost(store.pool, this.#post);
    if (stands && stands.state !== 'due' && stands.messageId !== messageId)
      await remove(rest, this.#post.channelId!, messageId);
  }

  /** This one was refused; of one before, since `unsureSinceMs`, it may still not be known. */
  async #refused({ code }: Sent & { is: 'refused' }, unsureSinceMs: number | null): Promise<AttemptEnd> {
    const reason = reasonOf(code);
    await this.#change({ unsureSinceMs, reason, tryAtMs: this.#againMs(reason) });
    return { is: 'waiting', reason };
  }

  /** Of several sendings more than one may have arrived, however little that should be. */
  async #allSent(messageId: string): Promise<string[]> {
    const { calls, self } = this.#context;
    const { unsureSinceMs, period } = this.#post;
    const channelId = this.#settings.weeklyChannel!;
    const seen = await findMarked({
      calls,
      channelId,
      botId: self.userId,
      sinceMs: unsureSinceMs!,
      isMarked: (ids) => isMarkedWith(ids, period),
      signal: this.#work.signal,
    }).catch(() => []);
    return Array.isArray(seen) && seen.length > 0 ? seen : [messageId];
  }

  /** It is there. Of two the older one stays. */
  async #posted([messageId = '', ...others]: string[], found?: Survey): Promise<AttemptEnd> {
    const postedAtMs = snowflakeMs(messageId);
    await this.#change({
      ...(await this.#unknownInputs(found)),
      state: 'posted',
      reason: null,
      messageId,
      postedAtMs,
      checkedAtMs: postedAtMs,
      unsureSinceMs: null,
    });
    const { rest, log } = this.#context;
    const { guildId, channelId, period } = this.#post;
    for (const other of others) await remove(rest, channelId!, other);
    log.info({ guildId, period, tries: this.#post.tries, doubles: others.length }, 'weekly report posted');
    return { is: 'posted' };
  }

  /** What is known of a post that the database has forgotten. */
  async #unknownInputs(found: Survey | undefined): Promise<PostChange> {
    const { inputs, guildId } = this.#post;
    const channelId = this.#post.channelId ?? this.#settings.weeklyChannel!;
    const channels = inputs === null && found && (await audienceOf(this.#context, guildId, channelId, found));
    if (!channels) return { channelId };
    return { channelId, inputs: await inputsOf(this.#context, this.#post, this.#settings, channels) };
  }

  async #hindered(reason: PostReason): Promise<AttemptEnd> {
    if (this.#isTooLate()) return this.#skip(lateBecause(reason));
    await this.#change({ reason, tryAtMs: this.#againMs(reason) });
    return { is: 'waiting', reason };
  }

  async #skip(reason: PostReason): Promise<AttemptEnd> {
    await this.#change({ state: 'skipped', reason });
    const { guildId, period } = this.#post;
    this.#context.log.warn({ guildId, period, reason }, 'weekly report skipped');
    return { is: 'skipped', reason };
  }

  #isTooLate(): boolean {
    return this.#context.now() >= lateUntilMs(this.#post.dueAtMs, this.#settings.weeklyLateDays);
  }

  #againMs({ is }: PostReason): number {
    const usual = AGAIN_MS[is] ?? AGAIN_MS_USUAL;
    const waitMs = is === 'unanswered' ? Math.min(AGAIN_MS_MAX, usual * 2 ** this.#post.tries) : usual;
    return this.#context.now() + waitMs;
  }

  async #change(change: PostChange): Promise<void> {
    if (!(await changePost(this.#context.store.pool, this.#post, change, this.#work.lease)))
      throw new LeaseLostError('Another process works on this post');
    Object.assign(this.#post, change);
  }
}

const lateBecause = (reason: PostReason | null): PostReason =>
  reason === null || reason.is === 'late' ? { is: 'late' } : { is: 'late', because: reason };

/** Source: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
function reasonOf(code: number): PostReason {
  if (code === 10003) return { is: 'gone' };
  if (code === 50001) return { is: 'lacks', permissions: ['viewChannel'] };
  if (code === 50013) return { is: 'lacks', permissions: ['sendMessages'] };
  return { is: 'refused', code };
}
