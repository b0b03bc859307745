/** A page of a channel's history, and what it proves. */
import type { CoverageRecord, RecordBatch, Snowflake } from '../../db/records.ts';
import { isSnowflake, snowflakeAt } from '../../db/snowflake.ts';
import { fetchMessages, type MessagePage, PAGE_MAX } from '../discord/fetch.ts';
import type { Answer, Calls } from '../discord/fetch-calls.ts';

/** What Discord answered, with the ids of all that was in it, oldest first; a payload without one has none. */
export interface Page {
  payloads: unknown[];
  ids: Snowflake[];
  sentAtMs: number;
  /** How long the channel must rest before it is asked again, ms. */
  restMs: number;
}

/** Missing, or closed to us. */
export type Refused = Exclude<Answer<never>, { is: 'found' }>;

/** Ids become visible out of order: what is younger than this may still come. */
const YOUNG_MS = 10_000;

export const idOf = (payload: unknown) => (payload as { id?: unknown } | null)?.id;
const ascending = (a: Snowflake, b: Snowflake) => (BigInt(a) < BigInt(b) ? -1 : 1);

/** Asks for the messages next to an id. */
export async function fetchPage(
  calls: Calls,
  channelId: Snowflake,
  query: MessagePage,
): Promise<Page | Refused> {
  const answer = await fetchMessages(calls, channelId, query);
  if (answer.is !== 'found') return answer;
  const { payload, sentAtMs, restMs } = answer;
  const ids = payload.map(idOf).filter(isSnowflake).toSorted(ascending);
  return { payloads: payload, ids, sentAtMs, restMs };
}

export const isFull = ({ payloads }: Page, limit = PAGE_MAX): boolean => payloads.length >= limit;

/** The last id that an answer of this time can prove anything of. */
export const provenUntil = (sentAtMs: number): bigint => BigInt(snowflakeAt(sentAtMs - YOUNG_MS)) - 1n;

/**
 * What a page proves of the ids from `fromId` to `toId`: all that was not in it is deleted. Left out are what is too
 * young, and messages of the page of which no record in the batch says that they were there.
 */
export function provenSpans(
  { guildId, channelId }: { guildId: Snowflake; channelId: Snowflake },
  { ids, sentAtMs }: Page,
  { fromId, toId }: { fromId: bigint; toId: bigint },
  { messages }: RecordBatch,
): CoverageRecord[] {
  const told = new Set(messages.filter((m) => m.pinned !== undefined).map((m) => m.messageId));
  const young = provenUntil(sentAtMs);
  const last = toId < young ? toId : young;
  const spans: CoverageRecord[] = [];
  const add = (from: bigint, to: bigint) => {
    if (from > to) return;
    const span = { guildId, channelId, fromId: String(from), toId: String(to) };
    spans.push({ ...span, source: 'rest', grade: 'verified', at: sentAtMs });
  };
  let from = fromId;
  for (const id of ids.map(BigInt)) {
    if (id < fromId || id > last || told.has(String(id))) continue;
    add(from, id - 1n);
    from = id + 1n;
  }
  add(from, last);
  return spans;
}

/**
 * Spans of which Discord was asked, with the permission to read them, and told of nothing more. They count as covered, and
 * prove no deletion.
 */
export function readSpan(
  { guildId, channelId }: { guildId: Snowflake; channelId: Snowflake },
  { fromId, toId }: { fromId: bigint; toId: bigint },
  sentAtMs: number,
): CoverageRecord[] {
  const young = provenUntil(sentAtMs);
  const last = toId < young ? toId : young;
  if (fromId > last) return [];
  const span = { guildId, channelId, fromId: String(fromId), toId: String(last) };
  return [{ ...span, source: 'rest', grade: 'read', at: sentAtMs }];
}
