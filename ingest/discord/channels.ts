/**
 * Channels and threads.
 *
 * Source  https://discord.com/developers/docs/resources/channel#channel-object
 */
import type { ChannelRecord, RecordBatch } from '../../db/records.ts';
import { snowflakeMs } from '../../db/snowflake.ts';
import { asObject, type Payload } from '../payload.ts';
import {
  allOf,
  asId,
  asName,
  asNumber,
  asPast,
  asText,
  INT2_MAX,
  INT4_MAX,
  requiredId,
  requiredObject,
} from './payload.ts';
import type { Teller } from './teller.ts';

const HIDDEN_NAME = '___hidden___';
const HIDDEN_FLAG = 1 << 17;
const THREAD_TYPES = new Set<unknown>([10, 11, 12]);

/** Adds a channel, or a thread where it is one. Errors  PayloadError */
export function addChannel(batch: RecordBatch, teller: Teller, payload: unknown): void {
  batch.channels.push(toChannel(teller, requiredObject(payload, 'channel')));
}

/** Adds a thread. Errors  PayloadError */
export const addThread = addChannel;

/** CHANNEL_DELETE and THREAD_DELETE; the latter tells only where the thread was. */
export function addDeletedChannel(batch: RecordBatch, teller: Teller, payload: Payload): void {
  const channel = toChannel(teller, payload);
  batch.channels.push({ ...channel, deletedAt: channel.observedAt });
}

function toChannel({ source, observedAt, guildId }: Teller, payload: Payload): ChannelRecord {
  const channelId = requiredId(payload.id, 'id', observedAt);
  const archiving = toArchiving(payload.thread_metadata, observedAt);
  const channel: ChannelRecord = {
    source,
    observedAt: Math.max(observedAt, snowflakeMs(channelId), archiving?.archivedAt ?? 0),
    guildId,
    channelId,
  };
  // All but its id is a placeholder.
  if (isHidden(payload)) return { ...channel, hiddenAt: channel.observedAt };
  const type = asNumber(payload.type, INT2_MAX);
  const name = asName(payload.name);
  const isThread = THREAD_TYPES.has(type) || asObject(payload.thread_metadata) !== undefined;
  const parentId = toParent(payload.parent_id, name !== undefined && !isThread);
  const details = name === undefined || isThread ? undefined : toDetails(payload);
  return {
    ...channel,
    ...(type !== undefined && { type }),
    ...(name !== undefined && { name }),
    ...(parentId !== undefined && { parentId }),
    ...(details && { details }),
    ...(archiving && { archiving }),
  };
}

/** Whether Discord shows only a placeholder of a channel. */
export function isHidden({ name, flags }: { name?: unknown; flags?: unknown }): boolean {
  return name === HIDDEN_NAME || ((asNumber(flags) ?? 0) & HIDDEN_FLAG) !== 0;
}

/** A whole channel that names no category has none; every thread hangs below a channel. */
function toParent(value: unknown, mayHaveNone: boolean): ChannelRecord['parentId'] {
  return (value === null || value === undefined) && mayHaveNone ? null : asId(value);
}

/** Who may read a channel is one group with the rest: without it all are unknown. */
function toDetails(payload: Payload): ChannelRecord['details'] {
  const overwrites = allOf(payload.permission_overwrites, toOverwrite);
  return (
    overwrites && {
      topic: asText(payload.topic) ?? null,
      position: toPosition(payload.position),
      nsfw: payload.nsfw === true,
      overwrites,
    }
  );
}

function toOverwrite(value: unknown): Payload | undefined {
  const { id, type, allow, deny } = asObject(value) ?? {};
  const isReadable = asId(id) && (type === 0 || type === 1) && isBits(allow) && isBits(deny);
  return isReadable ? { id, type, allow, deny } : undefined;
}

/** Permission bits, as Discord writes them. */
export const isBits = (value: unknown): value is string =>
  typeof value === 'string' && (value === '0' || asId(value) !== undefined);

/** The value as a place in a list, which may be before its beginning; null where there is none. */
export function toPosition(value: unknown): number | null {
  return Number.isInteger(value) && Math.abs(value as number) <= INT4_MAX ? (value as number) : null;
}

function toArchiving(value: unknown, observedAt: number): ChannelRecord['archiving'] {
  const { archived, locked, archive_timestamp: timestamp } = asObject(value) ?? {};
  const archivedAt = asPast(timestamp, observedAt);
  if (typeof archived !== 'boolean' || archivedAt === undefined) return undefined;
  return { archived, locked: locked === true, archivedAt };
}
