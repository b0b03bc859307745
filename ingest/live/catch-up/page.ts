/** A page of a channel's history, as records and as a proof of what is not in it. */
import { emptyBatch, type CoverageRecord, type RecordBatch, type Snowflake } from '../../../db/records.ts';
import { isSnowflake, snowflakeAt } from '../../../db/snowflake.ts';
import { fetchMessages, PAGE_MAX } from '../../discord/fetch.ts';
import type { Answer } from '../../discord/fetch-calls.ts';
import { addMessage } from '../../discord/messages.ts';
import { noteLost } from './card.ts';
import { added, type Repair } from './repair.ts';

/** What Discord answered, with the ids of all that was in it, in order; a payload without one has none. */
export interface Page {
  payloads: unknown[];
  ids: Snowflake[];
  sentAtMs: number;
}

/** Ids become visible out of order: what is younger than this may still come. */
const YOUNG_MS = 10_000;
/** How often counts are asked for again that changed while they were read. */
const ASK_AGAIN_MAX = 3;

const idOf = (payload: unknown) => (payload as { id?: unknown } | null)?.id;
const ascending = (a: Snowflake, b: Snowflake) => (BigInt(a) < BigInt(b) ? -1 : 1);

/** Asks for the messages behind an id, and waits until events of what it shows have come. */
export async function askPage(
  repair: Repair,
  channelId: Snowflake,
  after: Snowflake,
): Promise<Page | Exclude<Answer<never>, { is: 'found' }>> {
  const answer = await fetchMessages(repair.calls, channelId, { after });
  if (answer.is !== 'found') return answer;
  const { payload, sentAtMs } = answer;
  // Without any count there is nothing that an event under way could be counted in twice.
  if (payload.some(({ reactions }) => reactions?.length)) await repair.settle(0);
  return { payloads: payload, ids: payload.map(idOf).filter(isSnowflake).toSorted(ascending), sentAtMs };
}

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
 * What of the channel the page answers in full: from its first message (from the cursor where it is full, as there
 * was more) to its last, but for messages of which no record says that they were there.
 */
function toSpans(
  { guildId }: Repair,
  channelId: Snowflake,
  after: Snowflake,
  { ids, payloads, sentAtMs }: Page,
  { messages }: RecordBatch,
): CoverageRecord[] {
  const told = new Set(messages.filter((m) => m.pinned !== undefined).map((m) => m.messageId));
  const first = payloads.length >= PAGE_MAX ? BigInt(after) + 1n : BigInt(ids[0] ?? 0);
  const young = BigInt(snowflakeAt(sentAtMs - YOUNG_MS)) - 1n;
  const newest = BigInt(ids.at(-1) ?? 0);
  const last = newest < young ? newest : young;
  const spans: CoverageRecord[] = [];
  const add = (from: bigint, to: bigint) => {
    if (from > to) return;
    const span = { guildId, channelId, fromId: String(from), toId: String(to) };
    spans.push({ ...span, source: 'rest', grade: 'verified', at: sentAtMs });
  };
  let from = first;
  for (const id of ids.map(BigInt)) {
    if (id > last || told.has(String(id))) continue;
    add(from, id - 1n);
    from = id + 1n;
  }
  if (ids.length > 0) add(from, last);
  return spans;
}
