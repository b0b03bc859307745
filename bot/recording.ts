/** From dispatches to records: each shard's events get their stamp and their place, and go to its recorder. */
import type { ClientBase, Pool } from 'pg';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openGaps, openOutageGap } from '../db/gaps.ts';
import type { ContentChoice } from '../db/keep.ts';
import { emptyBatch } from '../db/records.ts';
import { type Progress, readProgress, saveProgress, type Session, type ShardKey } from '../db/shards.ts';
import { PayloadError } from '../ingest/discord/payload-error.ts';
import type { Self } from '../ingest/discord/teller.ts';
import { dispatchRecords } from '../ingest/discord/to-records.ts';
import { decidesAccess, noteAccess, privateThreadsOf } from '../ingest/history/access.ts';
import type { LiveEvent } from '../ingest/live/live-event.ts';
import { openShardRecorder, type ShardRecorder } from '../ingest/live/recorder.ts';
import type { Log } from './log.ts';
import { makeMemberLists, type MemberLists } from './member-lists.ts';
import type { Dispatch } from './sharding.ts';
import { takeSpoolFolder } from './spool-folder.ts';
import { makeUpToDate } from './up-to-date.ts';

export interface RecordingOptions {
  pool: Pool;
  content: ContentChoice;
  /** A folder for each shard is made in it. */
  spoolFolder: string;
  spoolBytesMax: number;
  self: Self;
  holder: string;
  /** Discord's time, ms. */
  now(): number;
  /** Asks the gateway for all members of a guild; absent without the intent. */
  requestMembers?: (shardId: number, guildId: string, nonce: string) => void;
  /** A gap has been written down. */
  onGap(): void;
  /** The bot has come into a guild, or is out of it. */
  onGuild(guildId: string, isIn: boolean): void;
  log: Log;
}

export interface ShardRecording {
  take(dispatch: Dispatch, session: Session): void;
  recorder: ShardRecorder;
  /** Whether all that was told of who may read what in a guild is in the database; waits for what is on its way. */
  isCurrent(guildId: string): Promise<boolean>;
  /** Takes no more, keeps what was taken, and lets go of the spool. */
  close(deadline: { deadlineMs: number }): Promise<void>;
}

/** Opens one shard's recording: what an earlier run left on disk is written first. */
export async function recordShard(options: RecordingOptions, key: ShardKey): Promise<ShardRecording> {
  const { pool, content, spoolFolder, spoolBytesMax, log, requestMembers } = options;
  const stamp = stamps(options.now);
  const lists = requestMembers && makeMemberLists(stamp, (...asked) => requestMembers(key.shardId, ...asked));
  const name = `${key.applicationId}-${key.shardId}`;
  const spool = await takeSpoolFolder({ folder: spoolFolder, name, wait: sleep }).catch((err: unknown) => {
    log.error({ err }, 'there is no spool: while the database is away, events stay in memory');
    return { path: join(spoolFolder, name), left: [], release: async () => {} };
  });
  const shared = {
    pool,
    content,
    spoolBytesMax,
    now: options.now,
    isMilestone: ({ batch }: LiveEvent) => decidesAccess(batch, options.self.userId),
    log: log.child({ component: 'recorder', shardId: key.shardId }),
  };
  const recorder = await openShardRecorder({
    ...shared,
    folder: spool.path,
    saveProgress: (client, events) => saveAlongside(client, key, options, events),
  });
  // Of what others have left the records are written: how far the shard is, is no matter of theirs.
  const left = await Promise.all(
    spool.left.map((folder) =>
      openShardRecorder({
        ...shared,
        folder,
        saveProgress: (client, events) => noteChanges(client, options, events),
      }),
    ),
  );
  const upToDate = makeUpToDate(recorder);
  return {
    recorder,
    isCurrent: upToDate.of,
    async close(deadline) {
      await Promise.all([recorder, ...left].map((one) => one.close(deadline)));
      await spool.release();
    },
    take(dispatch, session) {
      const event = toEvent(dispatch, session, stamp(), options, lists);
      for (const { guildId, kind } of event.batch.guildMoments) {
        if (kind === 'available' || kind === 'left') options.onGuild(guildId, kind === 'available');
      }
      recorder.take(event);
      upToDate.note(event);
    },
  };
}

/** Stamps of receipt, at least a millisecond apart, so that what came first is first. */
function stamps(now: () => number): () => number {
  let last = 0;
  return () => (last = Math.max(last + 1, now()));
}

function toEvent(
  { t, s, d }: Dispatch,
  session: Session,
  at: number,
  { self, log }: RecordingOptions,
  lists: MemberLists | undefined,
): LiveEvent {
  const event: LiveEvent = { dispatch: t, guildId: '0', at, session, sequence: s, batch: emptyBatch() };
  try {
    const told = dispatchRecords({ t, d }, at, self);
    if (told) Object.assign(event, told);
    if (told?.chunk) event.batch.guilds.push(...(lists?.take(told.guildId, told.chunk) ?? []));
  } catch (error) {
    if (error instanceof PayloadError) {
      const { guildId = '0', channelId, messageId, message: refused } = error;
      Object.assign(event, { guildId, channelId, messageId, refused });
    } else {
      // A fault of ours: the event is set aside, and the others go on.
      log.error({ err: error, dispatch: t }, 'dispatch not understood');
      event.refused = 'not understood';
    }
  }
  if (t === 'READY') {
    event.gap = { reason: 'new session', guildIds: guildsOf(d) };
    lists?.forget();
  }
  if (t === 'GUILD_CREATE' && event.guildId !== '0') lists?.request(event.guildId);
  if (t === 'RESUMED') lists?.repeat();
  return event;
}

function guildsOf(ready: unknown): string[] {
  const { guilds } = ready as { guilds?: { id?: unknown }[] };
  return Array.isArray(guilds) ? guilds.flatMap(({ id }) => (typeof id === 'string' ? [id] : [])) : [];
}

/** In a batch's transaction: where it ends, and what was missed before any of its events. */
async function saveAlongside(
  client: ClientBase,
  key: ShardKey,
  options: RecordingOptions,
  events: LiveEvent[],
): Promise<void> {
  const { holder, onGap } = options;
  let before: Progress | undefined = await readProgress(client, key);
  let isGap = false;
  for (const event of events) {
    const { at, gap, batch, session, sequence } = event;
    const isSame = before?.session.sessionId === session.sessionId;
    if (gap && !(gap.reason === 'new session' && isSame)) {
      const opened = await openGaps(client, gap, { ...(before && { lastEventAt: before.at }), at });
      isGap ||= opened > 0;
    }
    for (const { kind, guildId } of batch.guildMoments) {
      if (kind === 'available' && (await openOutageGap(client, guildId, at))) isGap = true;
    }
    before = { session, sequence, at };
  }
  if (before) await saveProgress(client, key, holder, before);
  await noteChanges(client, options, events);
  if (isGap) onGap();
}

/** In a batch's transaction: what the bot may read since then of guilds of which it tells what decides that. */
async function noteChanges(
  client: ClientBase,
  { self }: RecordingOptions,
  events: LiveEvent[],
): Promise<void> {
  const changed = new Map<string, { atMs: number; joined: Set<string> }>();
  for (const { guildId, at: atMs, batch } of events) {
    if (!decidesAccess(batch, self.userId)) continue;
    const joined = changed.get(guildId)?.joined ?? new Set();
    for (const threadId of privateThreadsOf(batch)) joined.add(threadId);
    changed.set(guildId, { atMs, joined });
  }
  for (const [guildId, { atMs, joined }] of changed)
    await noteAccess(client, guildId, self.userId, atMs, joined);
}
