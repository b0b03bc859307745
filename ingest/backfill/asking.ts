/** One request of a lane, and what becomes of its answer. */
import { DiscordAPIError } from '@discordjs/rest';
import { unseenSince } from '../../db/recorded.ts';
import { emptyBatch, type RecordBatch, type Snowflake } from '../../db/records.ts';
import type { ChannelStep } from '../../db/run-channels.ts';
import { fetchChannel, fetchMessage } from '../discord/fetch.ts';
import { addMessage } from '../discord/messages.ts';
import { noteLost } from '../history/card.ts';
import { addGone, UNKNOWN_CHANNEL } from '../history/gone.ts';
import { fetchPage, idOf, type Page, type Refused } from '../history/page.ts';
import { added } from '../history/reading.ts';
import type { Backfilling } from './backfilling.ts';
import type { Ask, Turn } from './channel.ts';
import type { CountChecks } from './counts.ts';
import type { Lane } from './lane.ts';
import type { Writing } from './writing.ts';

/** What asking works with beside the lane. */
export interface Desk {
  backfilling: Backfilling;
  writing: Writing;
  counts: CountChecks;
  /** Something happened that others may wait for. */
  wake(): void;
}

/** Messages of a channel that are asked for one by one. */
const ASKED_MAX = 300;

/** Asks what the lane needs next, and hands what is read on to be written. */
export async function askNext(desk: Desk, lane: Lane): Promise<void> {
  const { reading } = lane;
  try {
    // Nothing of an empty page can be kept: what explains it is asked for at once, or a stop between the two would have it
    // asked for again.
    let isUnexplained: boolean;
    do {
      const ask = reading.next();
      if (ask.what === 'message') await askLast(desk, lane, ask);
      else await askPage(desk, lane, ask);
      if (isUnnamed(lane)) await askChannel(desk, lane);
      isUnexplained = reading.isUnexplained && lane.state === 'open';
      if (isUnexplained) await untilWritten(desk, lane);
    } while (isUnexplained);
  } catch (err) {
    // A request that Discord finds wrong is wrong the next time, too: the other channels are not to wait for it.
    if (!(err instanceof DiscordAPIError)) throw err;
    const { guildId, log } = desk.backfilling;
    log.warn({ guildId, channelId: lane.channelId, err }, 'channel could not be read');
    fail(desk, lane, 'request refused');
  }
}

/** A kill loses two requests of a channel at most: two that belong together come when all before them is kept. */
async function untilWritten({ backfilling, writing }: Desk, lane: Lane): Promise<void> {
  const { halting, options } = backfilling;
  // Whoever stops it is told of no failure after that.
  while (lane.unwritten > 0 && !writing.hasFailed && halting()?.is !== 'failed')
    await options.wait(WRITTEN_LOOK_MS);
}

const WRITTEN_LOOK_MS = 10;

async function askPage(desk: Desk, lane: Lane, ask: Exclude<Ask, { what: 'message' }>): Promise<void> {
  const { backfilling } = desk;
  const query = ask.what === 'page' ? { before: ask.before } : { after: ask.after, limit: 1 };
  const page = await fetchPage(backfilling.calls, lane.channelId, query);
  lane.restUntilMs = backfilling.now() + page.restMs;
  if ('is' in page) return takeTurn(desk, lane, lane.reading.refuse(page, ask), page);
  const batch = toBatch(backfilling, page);
  const turn = lane.reading.take(ask, page, batch);
  // What closes a channel shows a message that a page has shown.
  const seen = ask.what === 'page' && turn.is === 'read' ? countPage(backfilling, lane, page) : {};
  takeTurn(desk, lane, turn, page, batch, seen);
}

function countPage({ card }: Backfilling, lane: Lane, { ids }: Page): Seen {
  const [oldestId, newestId] = [ids[0], ids.at(-1)];
  if (oldestId === undefined || newestId === undefined) return {};
  card.pages++;
  card.messagesSeen += ids.length;
  lane.pages++;
  lane.messages += ids.length;
  lane.newestId ??= BigInt(newestId);
  return { oldestId, newestId, pages: 1, messages: ids.length };
}

type Seen = Partial<Pick<ChannelStep, 'oldestId' | 'newestId' | 'pages' | 'messages'>>;

/** Whether we may ask for the message that the channel names last: then its emptiness is believed. */
async function askLast(desk: Desk, lane: Lane, ask: Extract<Ask, { what: 'message' }>): Promise<void> {
  const answer = await fetchMessage(desk.backfilling.calls, lane.channelId, ask.id);
  // It is there, and no page has shown it.
  if (answer.is === 'found') doubt(desk, lane);
  else takeTurn(desk, lane, lane.reading.refuse(answer, ask), answer);
}

function toBatch(backfilling: Backfilling, { payloads, ids, sentAtMs }: Page): RecordBatch {
  const batch = emptyBatch();
  const teller = backfilling.tellerAt(sentAtMs);
  for (const payload of payloads)
    added(backfilling, () => addMessage(batch, teller, payload, { isWhole: true }));
  // What a page shows beside its own messages it shows without their counts.
  const own = new Set(ids);
  for (const message of batch.messages) if (!own.has(message.messageId)) delete message.reactions;
  return batch;
}

function takeTurn(
  desk: Desk,
  lane: Lane,
  turn: Turn,
  answer: Page | Refused,
  batch: RecordBatch = emptyBatch(),
  seen: Seen = {},
): void {
  const { backfilling } = desk;
  if (turn.is === 'doubt') return judgeEmpty(desk, lane, answer.sentAtMs);
  if (turn.is === 'repeated') return fail(desk, lane, 'repeated page');
  if (turn.is === 'closed') {
    if (turn.code !== UNKNOWN_CHANNEL) {
      lane.refusals++;
      return doubt(desk, lane);
    }
    addGone(batch, backfilling.guildId, lane.channelId, answer.sentAtMs);
    backfilling.card.channelsDeleted++;
    lane.state = 'over';
    return hand(desk, lane, batch, { state: 'closed', reason: 'gone' });
  }
  batch.coverage.push(...turn.spans);
  if (!lane.reading.isRead)
    return turn.spans.length > 0 || seen.pages ? hand(desk, lane, batch, seen, answer) : desk.wake();
  hand(desk, lane, batch, { ...seen, ...endPages(desk, lane) }, answer);
}

/** All pages of a lane are here. */
function endPages({ backfilling }: Desk, lane: Lane): { state?: 'read' } {
  lane.state = lane.hasUnproven ? 'read' : 'over';
  if (lane.state === 'read') return {};
  backfilling.card.channelsRead++;
  return { state: 'read' };
}

/** Nothing at all was shown: an empty channel, or one that we may not read any more. */
function judgeEmpty(desk: Desk, lane: Lane, sentAtMs: number): void {
  const { reading } = lane;
  const verdict = reading.doubtOf();
  if (verdict === 'survey') return doubt(desk, lane);
  if (verdict === 'ask channel') return void (lane.state = 'doubt');
  if (verdict === 'ask message') return;
  const batch = emptyBatch();
  batch.coverage.push(...reading.believeEmpty(sentAtMs));
  hand(desk, lane, batch, endPages(desk, lane));
}

function doubt({ wake }: Desk, lane: Lane): void {
  lane.state = 'doubt';
  wake();
}

/** Ends a lane; what was read of it stays. */
export function fail(desk: Desk, lane: Lane, reason: string): void {
  lane.state = 'over';
  desk.backfilling.card.channelsFailed++;
  hand(desk, lane, emptyBatch(), { state: 'failed', reason });
}

/** Hands records and a step on to be written. */
export function hand(
  { backfilling, writing, counts, wake }: Desk,
  lane: Lane,
  batch: RecordBatch,
  step: Omit<ChannelStep, 'channelId'>,
  answer?: Page | Refused,
): void {
  const { channelId } = lane;
  lane.unwritten++;
  const untilMs = backfilling.now();
  writing.push({
    batch,
    step: { channelId, ...step },
    onWritten() {
      lane.unwritten--;
      const messageIds = batch.messages.filter((m) => m.reactions?.counts.length).map((m) => m.messageId);
      if (answer) counts.add({ channelId, messageIds, sentAtMs: answer.sentAtMs, untilMs });
      wake();
    },
  });
}

/**
 * Asks for messages by their ids, as long as the run goes on; what is no more is proven so. `refused`: the channel is closed
 * to us.
 */
export async function askMessages(
  backfilling: Backfilling,
  channelId: Snowflake,
  ids: Snowflake[],
): Promise<{ batch: RecordBatch; sentAtMs: number; refused?: Refused }> {
  const { calls, guildId, tellerAt, halted } = backfilling;
  const batch = emptyBatch();
  let sentAtMs = Infinity;
  for (const id of ids) {
    if (halted.aborted) break;
    const answer = await fetchMessage(calls, channelId, id);
    sentAtMs = Math.min(sentAtMs, answer.sentAtMs);
    const at = answer.sentAtMs;
    if (answer.is === 'found') {
      const { payload } = answer;
      added(backfilling, () => addMessage(batch, tellerAt(at), payload, { isWhole: true }));
      for (const message of batch.messages)
        if (message.observedAt === at && message.messageId !== idOf(payload)) delete message.reactions;
    } else if (answer.is === 'missing' && answer.code !== UNKNOWN_CHANNEL)
      batch.coverage.push({
        guildId,
        channelId,
        fromId: id,
        toId: id,
        source: 'rest',
        grade: 'verified',
        at,
      });
    else return { batch, sentAtMs, refused: answer };
  }
  return { batch, sentAtMs };
}

/** Asks for what is stored, and what no page has shown or proven: an empty or short page proves nothing. */
export async function askUnproven(desk: Desk, lane: Lane, toId: Snowflake): Promise<void> {
  const { backfilling } = desk;
  const { pool, guildId, run, card } = backfilling;
  const { channelId } = lane;
  const range = { afterId: String(BigInt(run.sinceId) - 1n), beforeId: String(BigInt(toId) + 1n) };
  const sinceMs = run.isAgain ? (run.startedAtMs ?? 0) : 0;
  const ids = await unseenSince(pool, { guildId, channelId }, range, sinceMs, ASKED_MAX + 1);
  if (ids.length > ASKED_MAX) noteLost(card, 'unchecked-deletions');
  const { batch, refused } = await askMessages(backfilling, channelId, ids.slice(0, ASKED_MAX));
  if (refused) {
    hand(desk, lane, batch, {});
    return takeTurn(desk, lane, { is: 'closed', code: refused.code }, refused);
  }
  if (backfilling.halted.aborted) return hand(desk, lane, batch, {});
  lane.hasUnproven = false;
  hand(desk, lane, batch, endPages(desk, lane));
}

/** Nothing was shown of it, and no list has told which message it names last. */
const isUnnamed = ({ state, refusals, reading }: Lane): boolean =>
  state === 'doubt' && refusals === 0 && reading.lastMessageId === undefined;

/** Asks which message a channel names last, of which no list has told. */
async function askChannel(desk: Desk, lane: Lane): Promise<void> {
  const answer = await fetchChannel(desk.backfilling.listing.calls, lane.channelId);
  if (answer.is !== 'found') {
    takeTurn(desk, lane, { is: 'closed', code: answer.code }, answer);
    return;
  }
  const { last_message_id: last = null } = answer.payload as { last_message_id?: Snowflake | null };
  lane.reading.lastMessageId = last;
  lane.state = 'open';
  judgeEmpty(desk, lane, answer.sentAtMs);
}
