/** One guild's part of a batch, in the order in which its tables are written. */
import type { ClientBase } from 'pg';
import { deleteWords } from '../full-text/message-words.ts';
import { type ContentChoice, keepContent, withoutForgotten, withoutUnknownAuthors } from '../keep.ts';
import type { MessageRecord, RecordBatch } from '../records.ts';
import { markBatch } from '../rollups/marks.ts';
import { hasProofs, inferForMessages, inferForSpans } from './absence.ts';
import { writeChildren } from './children.ts';
import { writeEntities } from './entities.ts';
import { buryMessages, eraseMessages, judge, keepOlderTexts } from './messages.ts';
import { messageRow, versionOf } from './rows.ts';
import {
  type KnownMessage,
  pair,
  readErased,
  readExcluded,
  readForgotten,
  readKnown,
  withoutExcluded,
} from './scope.ts';
import { TableRows } from './staging.ts';
import { coverage, messages as messagesTable } from './tables.ts';

/** What a write did, as sets of `pair(guildId, messageId)`; messages in none were known as they are. */
export interface WriteResult {
  new: Set<string>;
  changed: Set<string>;
  /** Their authors are forgotten, now or before. */
  forgotten: Set<string>;
  /** They are in channels that are not recorded. */
  excluded: Set<string>;
  /** How many were found deleted, of the batch or stored before. */
  absent: number;
}

/** How the messages of a batch stand to what is stored; sets of message ids. */
export interface Standing {
  /** Not stored before, and named once: nothing can be in the way of them and of what hangs on them. */
  isFresh(messageId: string): boolean;
  changed: Set<string>;
  /** Their text has given way to another. */
  bodyRose: Set<string>;
  reactionsRose: Set<string>;
}

export interface WriteChoices {
  content: ContentChoice;
  /** Whether rows of messages that are not stored are copied straight in: much faster, and an error where one is in the way. */
  mayCopy: boolean;
}

/** Writes it within the caller's transaction, and adds to `result` what it did. */
export async function writeGuild(
  client: ClientBase,
  guildId: string,
  told: RecordBatch,
  { content, mayCopy }: WriteChoices,
  result: WriteResult,
): Promise<void> {
  const forgotten = await readForgotten(client, guildId);
  const excluded = await readExcluded(client, guildId, told);
  const recorded = withoutExcluded(told, excluded);
  const hanging = [...recorded.reactions, ...recorded.reactionUsers, ...recorded.pollVotes];
  const known = await readKnown(client, guildId, [...recorded.messages, ...hanging]);
  let batch = withoutUnknownAuthors(withStubs(recorded, hanging, known));
  // What is derived from a text that is not kept is as it was told, whoever is forgotten since.
  batch = keepContent(batch, content);
  if (forgotten.size > 0) {
    batch = withoutForgotten(batch, (userId) => forgotten.has(userId));
    batch = withoutForwards(batch, await readErased(client, guildId, forwarded(batch)));
  }
  const { live, erased } = sortOut(withoutTold(batch, known), known);
  await markBatch(client, guildId, live);
  const standing = await writeMessages(client, live.messages, known, mayCopy);
  if (erased.length > 0) await eraseMessages(client, guildId, distinct(erased));
  await writeChildren(client, guildId, live, known, standing);
  const buried = live.messages.filter((m) => m.goneAt !== undefined);
  if (buried.length > 0) await buryMessages(client, guildId, distinct(buried));
  const unsaid = distinct(buried).filter((id) => known.has(id));
  if (unsaid.length > 0) await deleteWords(client, guildId, unsaid);
  result.absent += await writeCoverage(client, guildId, live);
  await writeEntities(client, live);

  const add = (set: Set<string>, messageId: string) => set.add(pair(guildId, messageId));
  for (const m of live.messages) if (!known.has(m.messageId) && !isStub(m)) add(result.new, m.messageId);
  for (const id of standing.changed) add(result.changed, id);
  for (const m of erased) add(result.forgotten, m.messageId);
  if (excluded.size > 0) {
    for (const m of told.messages) if (excluded.has(m.channelId)) add(result.excluded, m.messageId);
  }
}

const distinct = (messages: MessageRecord[]) => [...new Set(messages.map((m) => m.messageId))];
const isStub = (m: MessageRecord) => m.authorId === undefined && m.goneAt === undefined && !m.erased;

/** Which messages are forwarded: the copies carry no author, but are of theirs. */
const forwarded = ({ messages }: RecordBatch): string[] =>
  messages.flatMap((m) => (m.forward && m.reference?.messageId) ?? []);

/** The batch without copies of erased messages, of those it brings itself too. */
function withoutForwards(batch: RecordBatch, erased: Set<string>): RecordBatch {
  for (const m of batch.messages) if (m.erased) erased.add(m.messageId);
  const isErased = (m: MessageRecord) => m.forward && erased.has(m.reference?.messageId ?? '');
  return {
    ...batch,
    messages: batch.messages.map((m) => (isErased(m) ? { ...m, forward: undefined } : m)),
  };
}

type OfMessage = Pick<MessageRecord, 'guildId' | 'channelId' | 'messageId'>;

/** Whatever speaks of a message brings its row, so that a message without a row has nothing hanging on it. */
function withStubs(batch: RecordBatch, hanging: OfMessage[], known: Map<string, KnownMessage>): RecordBatch {
  const named = new Set(batch.messages.map((m) => m.messageId));
  const stubs: MessageRecord[] = [];
  for (const { guildId, channelId, messageId } of hanging) {
    if (named.has(messageId) || known.has(messageId)) continue;
    named.add(messageId);
    stubs.push({ source: 'gateway', observedAt: 0, guildId, channelId, messageId });
  }
  return stubs.length === 0 ? batch : { ...batch, messages: [...batch.messages, ...stubs] };
}

/** The batch without what an export tells once more, word for word. */
function withoutTold(batch: RecordBatch, known: Map<string, KnownMessage>): RecordBatch {
  const isNews = ({ messageId, told }: { messageId: string; told?: number }) =>
    told === undefined || known.get(messageId)?.told !== told;
  if (known.size === 0 || batch.messages.every(isNews)) return batch;
  return {
    ...batch,
    messages: batch.messages.filter(isNews),
    reactionUsers: batch.reactionUsers.filter(isNews),
  };
}

/** Sets erased messages apart with all that hangs on them, and empties deleted ones before they touch a table. */
function sortOut(
  batch: RecordBatch,
  known: Map<string, KnownMessage>,
): { live: RecordBatch; erased: MessageRecord[] } {
  const isErased = new Set<string>();
  const isGone = new Set<string>();
  for (const m of batch.messages) {
    if (m.erased) isErased.add(m.messageId);
    if (m.goneAt !== undefined) isGone.add(m.messageId);
  }
  for (const [id, { erased, gone }] of known) {
    if (erased) isErased.add(id);
    if (gone) isGone.add(id);
  }
  if (isErased.size === 0 && isGone.size === 0) return { live: batch, erased: [] };
  const stays = ({ messageId }: { messageId: string }) => !isErased.has(messageId) && !isGone.has(messageId);
  return {
    erased: batch.messages.filter((m) => isErased.has(m.messageId)),
    live: {
      ...batch,
      messages: batch.messages
        .filter((m) => !isErased.has(m.messageId))
        .map((m) => (isGone.has(m.messageId) ? emptied(m) : m)),
      reactions: batch.reactions.filter(stays),
      reactionUsers: batch.reactionUsers.filter(stays),
      pollVotes: batch.pollVotes.filter(stays),
    },
  };
}

function emptied(m: MessageRecord): MessageRecord {
  const {
    source,
    observedAt,
    guildId,
    channelId,
    messageId,
    authorId,
    type,
    flags,
    invokerId,
    reference,
    editedAt,
    pinned,
    goneAt,
  } = m;
  return {
    source,
    observedAt,
    guildId,
    channelId,
    messageId,
    authorId,
    type,
    flags,
    invokerId,
    reference,
    editedAt,
    pinned,
    goneAt,
  };
}

async function writeMessages(
  client: ClientBase,
  messages: MessageRecord[],
  known: Map<string, KnownMessage>,
  mayCopy: boolean,
): Promise<Standing> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const { messageId } of messages) {
    if (seen.has(messageId)) repeated.add(messageId);
    else seen.add(messageId);
  }
  const standing: Standing = {
    isFresh: (id) => mayCopy && !known.has(id) && !repeated.has(id),
    changed: new Set(),
    // The first text of a new message rises by being there.
    bodyRose: new Set([...(mayCopy ? repeated : seen)].filter((id) => !known.has(id))),
    reactionsRose: new Set(),
  };
  const rows = new TableRows(messagesTable);
  for (const m of messages) {
    const row = messageRow(m, versionOf(m));
    if (standing.isFresh(m.messageId)) rows.addOnly(row);
    else rows.add(m.messageId, row);
  }
  await rows.copy(client);
  for (let round = 0; round < rows.rounds; round++) {
    for (const { message_id: id, changes, body_rises, reactions_rise } of await judge(client, round)) {
      if (changes && known.has(id)) standing.changed.add(id);
      if (body_rises) standing.bodyRose.add(id);
      if (reactions_rise) standing.reactionsRose.add(id);
    }
    await keepOlderTexts(client, round);
    await rows.mergeRound(client, round);
  }
  return standing;
}

async function writeCoverage(client: ClientBase, guildId: string, batch: RecordBatch): Promise<number> {
  const rows = new TableRows(coverage);
  for (const c of batch.coverage) {
    const row = [c.guildId, c.channelId, c.fromId, c.toId, c.source, c.grade, c.at];
    rows.add(row.join('/'), row);
  }
  await rows.write(client);
  if (!(await hasProofs(client, guildId))) return 0;
  const ofMessages = await inferForMessages(client, guildId, distinct(batch.messages));
  const ofSpans = await inferForSpans(
    client,
    guildId,
    batch.coverage.filter((c) => c.grade === 'verified'),
  );
  return ofMessages + ofSpans;
}
