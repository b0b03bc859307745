/** A span of a channel read once more, whatever is recorded of it: its messages, and what of them is no more. */
import type { IdSpan } from '../../db/holes.ts';
import { unseenSince } from '../../db/recorded.ts';
import { emptyBatch, type RecordBatch, type Snowflake } from '../../db/records.ts';
import { fetchMessage } from '../discord/fetch.ts';
import { addMessage } from '../discord/messages.ts';
import { UNKNOWN_CHANNEL } from '../history/gone.ts';
import { fetchPage, idOf, type Page } from '../history/page.ts';
import { added, type Reading } from '../history/reading.ts';
import type { Shown } from '../history/survey.ts';
import { ChannelReading } from './channel.ts';
import type { Counted } from './counts.ts';

export interface Reread {
  messagesFound: number;
  deletionsFound: number;
  /** Whose counts of reactions live recording may have counted, too. */
  counted: Counted[];
}

/** Messages that are asked for by their ids, in one span. */
const ASKED_MAX = 300;

/** Reads it by pages, then asks for those by their ids that should be there and were in none: a short page proves nothing. */
export async function reread(
  reading: Reading,
  { id: channelId, last_message_id: lastId }: Shown,
  span: IdSpan,
): Promise<Reread> {
  const { pool, guildId, calls, now } = reading;
  const done: Reread = { messagesFound: 0, deletionsFound: 0, counted: [] };
  let beganMs = now();
  const write = async (batch: RecordBatch, sentAtMs: number) => {
    const { new: found, absent } = await reading.write(batch);
    done.messagesFound += found.size;
    done.deletionsFound += absent;
    const messageIds = batch.messages.filter((m) => m.reactions?.counts.length).map((m) => m.messageId);
    done.counted.push({ channelId, messageIds, sentAtMs, untilMs: now() });
  };
  const channel = new ChannelReading({ guildId, channelId }, [span], lastId);
  while (!channel.isRead) {
    const ask = channel.next();
    if (ask.what === 'message') break;
    const page = await fetchPage(
      calls,
      channelId,
      ask.what === 'page' ? { before: ask.before } : { after: ask.after, limit: 1 },
    );
    if ('is' in page) return done;
    beganMs = Math.min(beganMs, page.sentAtMs);
    const batch = toBatch(reading, page);
    const turn = channel.take(ask, page, batch);
    if (turn.is !== 'read') break;
    batch.coverage.push(...turn.spans);
    await write(batch, page.sentAtMs);
  }
  const range = { afterId: String(BigInt(span.fromId) - 1n), beforeId: String(BigInt(span.toId) + 1n) };
  const unseen = await unseenSince(pool, { guildId, channelId }, range, beganMs, ASKED_MAX);
  for (const id of unseen) {
    const asked = await askMessage(reading, channelId, id);
    if (!asked) break;
    await write(asked.batch, asked.sentAtMs);
  }
  return done;
}

function toBatch(
  reading: Reading,
  { payloads, ids, sentAtMs }: Pick<Page, 'payloads' | 'ids' | 'sentAtMs'>,
): RecordBatch {
  const batch = emptyBatch();
  const teller = reading.tellerAt(sentAtMs);
  for (const payload of payloads) added(reading, () => addMessage(batch, teller, payload, { isWhole: true }));
  // What a message shows beside itself it shows without its counts.
  const own = new Set(ids);
  for (const message of batch.messages) if (!own.has(message.messageId)) delete message.reactions;
  return batch;
}

/** One message by its id, or the proof that it is no more. Undefined: the channel is closed to us. */
export async function askMessage(
  reading: Reading,
  channelId: Snowflake,
  id: Snowflake,
): Promise<{ batch: RecordBatch; sentAtMs: number } | undefined> {
  const { calls, guildId } = reading;
  const answer = await fetchMessage(calls, channelId, id);
  const { sentAtMs } = answer;
  if (answer.is === 'found') {
    const own = idOf(answer.payload) === id ? [id] : [];
    return { batch: toBatch(reading, { payloads: [answer.payload], ids: own, sentAtMs }), sentAtMs };
  }
  if (answer.is === 'closed' || answer.code === UNKNOWN_CHANNEL) return undefined;
  const batch = emptyBatch();
  const proof = { source: 'rest' as const, grade: 'verified' as const, at: sentAtMs };
  batch.coverage.push({ guildId, channelId, fromId: id, toId: id, ...proof });
  return { batch, sentAtMs };
}
