/**
 * Holds what is recorded against Discord's own counts, channel by channel, and reads again what differs. Counted are messages
 * of every type that are there; of what is not read yet nothing is compared.
 */
import type { Pool } from 'pg';
import { countStored, forgottenMessages } from '../../db/audit.ts';
import { holesOf, type IdSpan } from '../../db/holes.ts';
import type { ContentChoice } from '../../db/keep.ts';
import type { Snowflake } from '../../db/records.ts';
import { snowflakeAt } from '../../db/snowflake.ts';
import { openWriter, type Writer } from '../../db/write-batch.ts';
import type { DiscordClock } from '../discord/clock.ts';
import type { Calls } from '../discord/fetch-calls.ts';
import type { Self } from '../discord/teller.ts';
import { openReadingCard } from '../history/card.ts';
import type { Reading, ReadingLog } from '../history/reading.ts';
import type { Shown } from '../history/survey.ts';
import { auditChannel, type ChannelAudit, spansOf } from './audit-channel.ts';
import { CountChecks } from './counts.ts';
import { isThread } from './places.ts';
import { type NotReadable, orderedPlaces } from './planned-places.ts';
import { askMessage } from './reread.ts';
import { openCounts } from './search.ts';

export type { ChannelAudit } from './audit-channel.ts';

export interface AuditOptions {
  pool: Pool;
  content: ContentChoice;
  calls: Calls;
  self: Self;
  clock: Pick<DiscordClock, 'discordNow'>;
  guildId: Snowflake;
  /** Null: every channel that can be read; a category or forum is all below it. */
  channelIds: Snowflake[] | null;
  /** Nothing older is compared. */
  sinceId: Snowflake;
  timeZone: string;
  /** Reads again what differs. */
  isRepairing: boolean;
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  signal: AbortSignal;
  log: ReadingLog;
}

export interface AuditProgress {
  channelsDone: number;
  channelsTotal: number;
  requests: number;
}

export interface AuditReport {
  /** By id. */
  channels: ChannelAudit[];
  notReadable: NotReadable[];
  /** What is younger is not compared: Discord may not have counted it yet, ms. */
  untilMs: number;
  /** Of people who are forgotten, in all channels: so many more may be there than are recorded. */
  forgotten: number;
  requests: number;
  tookMs: number;
}

/** The search lags behind while messages are written. */
const YOUNG_MS = 300_000;
/** Waited in all for Discord's index of messages. */
const PATIENCE_MS = 60_000;
const LISTS_AT_ONCE = 4;
const LOOK_EVERY_MS = 1_000;

/**
 * Audits a guild, one request after the other, and yields after each channel. Undefined: it is closed to the bot.
 *
 * Errors  TokenError; UnansweredError; Postgres'. What was repaired is kept
 */
export async function* audit(options: AuditOptions): AsyncGenerator<AuditProgress, AuditReport | undefined> {
  const { pool, content, self, clock, guildId, channelIds, sinceId, wait, signal } = options;
  const beganMs = clock.discordNow();
  const untilMs = beganMs - YOUNG_MS;
  const writer = await openWriter(pool, { content });
  try {
    const progress = { channelsDone: 0, channelsTotal: 0, requests: 0 };
    const reading = readingOf(options, writer, () => progress.requests++);
    const order = { guildId, channelIds, sinceId, withReactors: false, isAgain: false };
    const places = await orderedPlaces(reading, reading, self.userId, order, LISTS_AT_ONCE);
    if (!places) return undefined;
    const { readable, notReadable } = places;
    const whole = { fromId: sinceId, toId: String(BigInt(snowflakeAt(untilMs)) - 1n) };
    const spans = await comparedSpans(pool, guildId, readable, whole);
    const threads = Map.groupBy(readable.filter(isThread), ({ parent_id: id }) => id ?? '');
    const forgotten = await forgottenMessages(pool, guildId);
    const { calls } = reading;
    const counts = openCounts({ calls, guildId, wait, signal, patienceMs: PATIENCE_MS });
    const checks = new CountChecks(reading, (channelId, ids) => countAgain(reading, channelId, ids));
    const auditing = { ...options, reading, counts, checks, forgotten: forgotten.map(BigInt), progress };
    progress.channelsTotal = readable.length;
    const channels: ChannelAudit[] = [];
    for (const channel of readable) {
      signal.throwIfAborted();
      const below = threads.get(channel.id) ?? [];
      channels.push(await auditChannel(auditing, channel, below, spans.get(channel.id)!));
      progress.channelsDone++;
      yield { ...progress };
    }
    while (checks.isOpen) {
      if (checks.isDue) await checks.look();
      else await wait(LOOK_EVERY_MS, signal);
    }
    const { requests } = progress;
    const tookMs = clock.discordNow() - beganMs;
    return { channels, notReadable, untilMs, forgotten: forgotten.length, requests, tookMs };
  } finally {
    await writer.close();
  }
}

function readingOf(
  { pool, guildId, calls, self, clock, log, signal }: AuditOptions,
  writer: Writer,
  onRequest: () => void,
): Reading {
  return {
    pool,
    guildId,
    log,
    card: openReadingCard({}),
    calls: {
      get(route, query) {
        onRequest();
        return calls.get(route, query, signal);
      },
    },
    now: () => clock.discordNow(),
    tellerAt: (observedAt) => ({ source: 'rest', observedAt, guildId, self }),
    write: (batch, alongside) => writer.write(batch, alongside),
  };
}

/** What is read of each channel, with how much of it is recorded. */
async function comparedSpans(pool: Pool, guildId: Snowflake, readable: Shown[], whole: IdSpan) {
  const ids = readable.map(({ id }) => id);
  const holes = await holesOf(pool, guildId, ids, whole);
  const found = new Map(readable.map((one) => [one.id, spansOf(one, holes.get(one.id) ?? [], whole)]));
  const all = [...found].flatMap(([channelId, { spans }]) => spans.map((span) => ({ channelId, ...span })));
  const ours = (await countStored(pool, guildId, all)).values();
  return new Map(
    [...found].map(([id, { spans, hasUnread }]) => {
      const counted = spans.map((span) => ({ ...span, ours: ours.next().value ?? 0 }));
      return [id, { spans: counted, hasUnread }];
    }),
  );
}

async function countAgain(reading: Reading, channelId: Snowflake, ids: Snowflake[]) {
  const messageIds: Snowflake[] = [];
  let firstMs = Infinity;
  for (const id of ids) {
    const asked = await askMessage(reading, channelId, id);
    if (!asked) break;
    await reading.write(asked.batch);
    messageIds.push(id);
    firstMs = Math.min(firstMs, asked.sentAtMs);
  }
  return { channelId, messageIds, sentAtMs: firstMs, untilMs: reading.now() };
}
