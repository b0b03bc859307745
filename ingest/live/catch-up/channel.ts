/** One channel or thread of a gap: read forward from before it, then what is missing asked for by its id. */
import { DiscordAPIError } from '@discordjs/rest';
import { isClosedNow } from '../../../db/access.ts';
import { type GapChannel, saveCursor } from '../../../db/gaps.ts';
import { countLiving, unseenSince } from '../../../db/recorded.ts';
import { type CoverageRecord, emptyBatch, type RecordBatch, type Snowflake } from '../../../db/records.ts';
import { snowflakeAt } from '../../../db/snowflake.ts';
import { fetchMessage } from '../../discord/fetch.ts';
import { addMessage } from '../../discord/messages.ts';
import { noteLost, noteNotReadable } from './card.ts';
import { askPage, toPageBatch, unsureIn } from './page.ts';
import { addGone, UNKNOWN_CHANNEL } from '../../history/gone.ts';
import { addMissingReactors } from './reactors.ts';
import { readSpan } from '../../history/page.ts';
import { added } from '../../history/reading.ts';
import type { Repair } from './repair.ts';

/** What is younger than the gap by this was recorded live. */
const BEYOND_MS = 10_000;
/** Messages asked for one by one, between two commits. */
const ASKED_TOGETHER = 50;

/** Reads a channel to its end, or to what live recording has; each page commits with the cursor. */
export async function readChannel(repair: Repair, channel: GapChannel): Promise<void> {
  try {
    const end = await readPages(repair, channel);
    if (channel.state === 'open') await askMissing(repair, channel);
    if (channel.state !== 'open' || !end) return;
    channel.state = 'read';
    repair.card.channelsRead++;
    await save(repair, channel, { ...emptyBatch(), coverage: await allRead(repair, channel, end) });
  } catch (err) {
    // A request that Discord finds wrong is wrong the next time, too: the other channels are not to wait for it.
    if (!(err instanceof DiscordAPIError)) throw err;
    const { guildId, log } = repair;
    log.warn({ guildId, channelId: channel.channelId, err }, 'channel could not be read');
    await breakOff(repair, channel, 'failed');
  }
}

/** How far a channel was read: to an id, or to all that there was when it was asked for. */
interface End {
  toId?: Snowflake;
  sentAtMs: number;
}

/**
 * That there is nothing more than the pages have told; the channel may be quiet. It was readable by the lists, but where it
 * has been closed since, Discord answers as if it were empty.
 */
async function allRead(
  { pool, guildId }: Repair,
  { channelId, startId }: GapChannel,
  end: End,
): Promise<CoverageRecord[]> {
  if (await isClosedNow(pool, guildId, channelId)) return [];
  const toId = BigInt(end.toId ?? snowflakeAt(end.sentAtMs));
  return readSpan({ guildId, channelId }, { fromId: BigInt(startId) + 1n, toId }, end.sentAtMs);
}

async function readPages(repair: Repair, channel: GapChannel): Promise<End | undefined> {
  const { gap, card } = repair;
  const { channelId } = channel;
  const enough = BigInt(snowflakeAt(gap.toMs + BEYOND_MS));
  let asked: ReturnType<typeof askPage> | undefined = askPage(repair, channelId, channel.cursorId);
  while (asked) {
    const page: Awaited<typeof asked> = await asked;
    if ('is' in page) {
      await endChannel(repair, channel, page.code, page.sentAtMs);
      return undefined;
    }
    const { sentAtMs } = page;
    const newest = page.ids.at(-1);
    if (newest === undefined) return { sentAtMs };
    card.pages++;
    const after = channel.cursorId;
    asked = BigInt(newest) > enough ? undefined : askPage(repair, channelId, newest);
    // Whoever fails first is told of; the other must not end the process.
    asked?.catch(() => {});
    const { batch, spans } = await toPageBatch(repair, channelId, after, page);
    await addMissingReactors(repair, batch);
    batch.coverage.push(...spans);
    const proven = spans.filter(({ grade }) => grade === 'verified');
    card.deletions += await countLiving(repair.pool, { guildId: gap.guildId, channelId }, proven, page.ids);
    channel.cursorId = newest;
    await save(repair, channel, batch);
    if (!asked) return { toId: newest, sentAtMs };
  }
}

/** Asks for what was there before the gap's end and no page has shown: an empty or short page proves nothing. */
async function askMissing(repair: Repair, channel: GapChannel): Promise<void> {
  const { pool, gap, guildId, settings, card } = repair;
  const { channelId, startId } = channel;
  const ids = await unseenSince(
    pool,
    { guildId, channelId },
    { afterId: startId, beforeId: snowflakeAt(gap.toMs) },
    gap.toMs,
    settings.messagesAskedMax + 1,
  );
  if (ids.length > settings.messagesAskedMax) noteLost(card, 'unchecked-deletions');
  const asked = ids.slice(0, settings.messagesAskedMax);
  for (let at = 0; at < asked.length && channel.state === 'open'; at += ASKED_TOGETHER) {
    const batch = emptyBatch();
    for (const id of asked.slice(at, at + ASKED_TOGETHER)) {
      await askMessage(repair, channel, id, batch);
      if (channel.state !== 'open') break;
    }
    await save(repair, channel, batch);
  }
}

async function askMessage(
  repair: Repair,
  channel: GapChannel,
  id: Snowflake,
  batch: RecordBatch,
): Promise<void> {
  const { calls, guildId, card, tellerAt } = repair;
  const { channelId } = channel;
  const answer = await fetchMessage(calls, channelId, id);
  const { sentAtMs: at } = answer;
  if (answer.is === 'found') {
    added(repair, () => addMessage(batch, tellerAt(at), answer.payload, { isWhole: true }));
    const isUnsure = unsureIn(repair, channelId, [id], at).length > 0;
    if (isUnsure) noteLost(card, 'unsure-counts');
    for (const message of batch.messages)
      if (message.messageId !== id ? message.channelId !== channelId : isUnsure) delete message.reactions;
  } else if (answer.is === 'missing' && answer.code !== UNKNOWN_CHANNEL) {
    batch.coverage.push({ guildId, channelId, fromId: id, toId: id, source: 'rest', grade: 'verified', at });
    card.deletions++;
  } else await endChannel(repair, channel, answer.code, at);
}

/** The channel is no more, or no longer for us. */
async function endChannel(repair: Repair, channel: GapChannel, code: number, atMs: number): Promise<void> {
  if (code !== UNKNOWN_CHANNEL) return breakOff(repair, channel, 'closed');
  const batch = emptyBatch();
  addGone(batch, repair.guildId, channel.channelId, atMs);
  repair.card.channelsDeleted++;
  channel.state = 'closed';
  await save(repair, channel, batch);
}

async function breakOff(repair: Repair, channel: GapChannel, reason: 'closed' | 'failed'): Promise<void> {
  noteNotReadable(repair.card, channel.channelId, reason);
  noteLost(repair.card, 'broken-off-channels');
  channel.state = 'closed';
  await save(repair, channel, emptyBatch());
}

/** Records, cursor and card in one transaction. */
async function save({ gap, card, write }: Repair, channel: GapChannel, batch: RecordBatch): Promise<void> {
  const soFar = { ...channel };
  const written = await write(batch, (client, result) =>
    // A try that fails has counted nothing.
    saveCursor(client, gap, soFar, { ...card, messages: card.messages + result.new.size }),
  );
  card.messages += written.new.size;
}
