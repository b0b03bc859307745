/** A page of a channel's history while live recording goes on, as records and as a proof of what is not in it. */
import { emptyBatch, type CoverageRecord, type RecordBatch, type Snowflake } from '../../../db/records.ts';
import { isSnowflake } from '../../../db/snowflake.ts';
import { addMessage } from '../../discord/messages.ts';
import {
  fetchPage,
  idOf,
  isFull,
  type Page,
  provenSpans,
  readSpan,
  type Refused,
} from '../../history/page.ts';
import { added } from '../../history/reading.ts';
import { noteLost } from './card.ts';
import type { Repair } from './repair.ts';

/** How often counts are asked for again that changed while they were read. */
const ASK_AGAIN_MAX = 3;

/** Asks for the messages behind an id, and waits until events of what it shows have come. */
export async function askPage(
  repair: Repair,
  channelId: Snowflake,
  after: Snowflake,
): Promise<Page | Refused> {
  const page = await fetchPage(repair.calls, channelId, { after });
  // Without any count there is nothing that an event under way could be counted in twice.
  if (!('is' in page) && page.payloads.some(hasReactions)) await repair.settle(0);
  return page;
}

const hasReactions = (payload: unknown): boolean => {
  const { reactions } = (payload ?? {}) as { reactions?: unknown };
  return Array.isArray(reactions) && reactions.length > 0;
};

/**
 * The page as records. What has changed while it was read is asked for again; where it changes still, no count is
 * taken, since events that are in it would be counted twice.
 */
export async function toPageBatch(
  repair: Repair,
  channelId: Snowflake,
  after: Snowflake,
  page: Page,
): Promise<{ batch: RecordBatch; spans: CoverageRecord[] }> {
  const sure = new Map(page.ids.map((id) => [id, page]));
  let unsure = unsureIn(repair, channelId, page.ids, page.sentAtMs);
  for (let attempt = 1; unsure.length > 0 && attempt <= ASK_AGAIN_MAX; attempt++) {
    await repair.settle(attempt);
    const again = await askPage(repair, channelId, after);
    if ('is' in again) break;
    for (const id of again.ids) if (unsure.includes(id)) sure.set(id, again);
    unsure = unsureIn(repair, channelId, unsure, again.sentAtMs);
  }
  if (unsure.length > 0) noteLost(repair.card, 'unsure-counts');
  const batch = emptyBatch();
  for (const source of new Set([page, ...sure.values()]))
    for (const payload of source.payloads) {
      const id = idOf(payload);
      if (isSnowflake(id) ? sure.get(id) !== source : source !== page) continue;
      added(repair, () => addMessage(batch, repair.tellerAt(source.sentAtMs), payload, { isWhole: true }));
    }
  const dropped = new Set(unsure);
  for (const message of batch.messages)
    if (dropped.has(message.messageId) || !sure.has(message.messageId)) delete message.reactions;
  return { batch, spans: toSpans(repair, channelId, after, page, batch) };
}

/** Which of some messages had reactions come or go since just before they were asked for. */
export function unsureIn(
  { watch }: Repair,
  channelId: Snowflake,
  ids: Snowflake[],
  sentAtMs: number,
): Snowflake[] {
  if (watch.droppedSince(sentAtMs)) return ids;
  const reacted = watch.reactedSince(channelId, sentAtMs - BEFORE_MS);
  return ids.filter((id) => reacted.has(id));
}

/** An event just before may or may not be in the answer. */
const BEFORE_MS = 1000;

/**
 * From its first message (from the cursor where it is full, as there was more) to its last. What was told of and could not
 * be recorded proves no deletion.
 */
function toSpans(
  repair: Repair,
  channelId: Snowflake,
  after: Snowflake,
  page: Page,
  batch: RecordBatch,
): CoverageRecord[] {
  const [first, newest] = [page.ids[0], page.ids.at(-1)];
  if (first === undefined || newest === undefined) return [];
  const fromId = isFull(page) ? BigInt(after) + 1n : BigInt(first);
  const place = { guildId: repair.guildId, channelId };
  const proven = provenSpans(place, page, { fromId, toId: BigInt(newest) }, batch);
  const isProven = (id: bigint) => proven.some((s) => BigInt(s.fromId) <= id && id <= BigInt(s.toId));
  const told = page.ids.map(BigInt).filter((id) => !isProven(id));
  return [...proven, ...told.flatMap((id) => readSpan(place, { fromId: id, toId: id }, page.sentAtMs))];
}
