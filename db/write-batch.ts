/**
 * The one door in. Writes a batch of records, from any source, in any order, any number of times; what wins
 * where sources disagree is in write/merge-rule.ts and write/tables.ts.
 */
import type { ClientBase, Pool, PoolClient } from 'pg';
import { type ContentChoice, keepContent, withoutForgotten, withoutUnknownAuthors } from './keep.ts';
import type { MessageRecord, RecordBatch } from './records.ts';
import { writeChildren } from './write/children.ts';
import { writeEntities } from './write/entities.ts';
import { guildsWithProofs, inferForMessages, inferForSpans } from './write/absence.ts';
import { buryMessages, eraseMessages, judge, keepOlderTexts } from './write/messages.ts';
import { messageRow, versionOf } from './write/rows.ts';
import * as scope from './write/scope.ts';
import { clearStaging, prepareStaging, Staged } from './write/staging.ts';
import { coverage, messages as messagesTable } from './write/tables.ts';

export interface WriterOptions {
  content: ContentChoice;
  /** Nothing stays: one transaction from first to last, rolled back at the end. Its locks last as long. */
  dryRun?: boolean;
}

/** What a batch did, as sets of `pair(guildId, messageId)`; messages in none were known as they are. */
export interface WriteResult {
  new: Set<string>;
  changed: Set<string>;
  /** Their authors are forgotten, now or before. */
  forgotten: Set<string>;
  /** They are in channels that are not recorded. */
  excluded: Set<string>;
}

export interface Writer {
  /** Its connection, to look at what it has written; a dry run shows it to no other. */
  client: ClientBase;
  /**
   * Writes a batch in a transaction of its own, and with it what `alongside` writes (a cursor, a ledger
   * entry): both or neither. Deadlocks and lost serialisations are tried again.
   */
  write(
    batch: RecordBatch,
    alongside?: (client: ClientBase, result: WriteResult) => Promise<void>,
  ): Promise<WriteResult>;
  /** Gives its connection back; a dry run is rolled back here. */
  close(): Promise<void>;
}

const TRIES_MAX = 5;
const TRY_AGAIN = new Set(['40P01', '40001']);

/** A writer with a connection of its own from the pool. */
export async function openWriter(pool: Pool, options: WriterOptions): Promise<Writer> {
  const client = await pool.connect();
  // The staging tables are the connection's, which other writers may have had before.
  const { rows } = await client.query(
    `select to_regclass('pg_temp.staged_messages') is not null as prepared`,
  );
  if (!rows[0].prepared) await prepareStaging(client);
  if (options.dryRun) return dryWriter(client, options);
  return {
    client,
    async write(batch, alongside) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await inTransaction(client, () => writeAlong(client, batch, options, alongside));
        } catch (error) {
          const code = (error as { code?: string }).code ?? '';
          if (attempt >= TRIES_MAX || !TRY_AGAIN.has(code)) throw error;
        }
      }
    },
    async close() {
      client.release();
    },
  };
}

async function dryWriter(client: PoolClient, options: WriterOptions): Promise<Writer> {
  await client.query('begin');
  return {
    client,
    async write(batch, alongside) {
      const result = await writeAlong(client, batch, options, alongside);
      await clearStaging(client);
      return result;
    },
    async close() {
      await client.query('rollback');
      client.release();
    },
  };
}

async function inTransaction<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query('begin; set local synchronous_commit = off');
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  }
}

async function writeAlong(
  client: ClientBase,
  batch: RecordBatch,
  options: WriterOptions,
  alongside?: (client: ClientBase, result: WriteResult) => Promise<void>,
): Promise<WriteResult> {
  const result = await writeBatch(client, batch, options.content);
  await alongside?.(client, result);
  return result;
}

async function writeBatch(
  client: ClientBase,
  told: RecordBatch,
  content: ContentChoice,
): Promise<WriteResult> {
  const { guildIds } = await scope.lockScope(client, told);
  const forgotten = await scope.readForgotten(client, guildIds);
  const excluded = await scope.readExcluded(client, guildIds, told);
  let batch = scope.withoutExcluded(withStubs(told), excluded);
  const excludedMessages =
    excluded.size > 0 ? told.messages.filter((m) => excluded.has(scope.pair(m.guildId, m.channelId))) : [];
  batch = withoutUnknownAuthors(batch);
  if (forgotten.size > 0)
    batch = withoutForgotten(batch, (guild, user) => forgotten.has(scope.pair(guild, user)));
  batch = keepContent(batch, content);

  const known = await scope.readKnown(client, batch);
  const { live, erased } = sortOut(batch, known);
  const outcome = await writeMessages(client, live.messages, known);
  await forEachGuild(erased, (guildId, ids) => eraseMessages(client, guildId, ids));
  await writeChildren(client, live, known, outcome);
  const buried = live.messages.filter((m) => m.goneAt !== undefined);
  await forEachGuild(buried, (guildId, ids) => buryMessages(client, guildId, ids));
  await writeCoverage(client, live, guildIds);
  await writeEntities(client, live);

  return {
    new: outcome.fresh,
    changed: outcome.changed,
    forgotten: new Set(erased.map(keyOf)),
    excluded: new Set(excludedMessages.map(keyOf)),
  };
}

const keyOf = (r: { guildId: string; messageId: string }) => scope.pair(r.guildId, r.messageId);
const isStub = (m: MessageRecord) => m.authorId === undefined && m.goneAt === undefined && !m.erased;

/** Whatever speaks of a message brings its row, so that a message without a row has nothing hanging on it. */
function withStubs(batch: RecordBatch): RecordBatch {
  const named = new Set(batch.messages.map((m) => m.messageId));
  const stubs: MessageRecord[] = [];
  for (const { guildId, channelId, messageId } of [...batch.reactions, ...batch.reactionUsers]) {
    if (named.has(messageId)) continue;
    named.add(messageId);
    stubs.push({ source: 'gateway', observedAt: 0, guildId, channelId, messageId });
  }
  return stubs.length === 0 ? batch : { ...batch, messages: [...batch.messages, ...stubs] };
}

/** Sets erased messages apart with all that hangs on them, and empties deleted ones before they touch a table. */
function sortOut(
  batch: RecordBatch,
  known: Map<string, scope.KnownMessage>,
): { live: RecordBatch; erased: MessageRecord[] } {
  const isErased = new Set<string>();
  const isGone = new Set<string>();
  for (const m of batch.messages) {
    const key = scope.pair(m.guildId, m.messageId);
    if (m.erased || known.get(key)?.erased) isErased.add(key);
    if (m.goneAt !== undefined || known.get(key)?.gone) isGone.add(key);
  }
  if (isErased.size === 0 && isGone.size === 0) return { live: batch, erased: [] };
  const key = (r: { guildId: string; messageId: string }) => scope.pair(r.guildId, r.messageId);
  const stays = (r: { guildId: string; messageId: string }) => !isErased.has(key(r)) && !isGone.has(key(r));
  return {
    erased: batch.messages.filter((m) => isErased.has(key(m))),
    live: {
      ...batch,
      messages: batch.messages
        .filter((m) => !isErased.has(key(m)))
        .map((m) => (isGone.has(key(m)) ? emptied(m) : m)),
      reactions: batch.reactions.filter(stays),
      reactionUsers: batch.reactionUsers.filter(stays),
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

/** What the merge of messages tells those who write what hangs on them; keys are pairs of guild and message. */
export interface MessagesOutcome {
  /** Stored for the first time. */
  fresh: Set<string>;
  /** Stored before, or named twice in the batch: what hangs on them may be stored too. */
  contested: Set<string>;
  changed: Set<string>;
  bodyRose: Set<string>;
  reactionsRose: Set<string>;
}

async function writeMessages(
  client: ClientBase,
  messages: MessageRecord[],
  known: Map<string, scope.KnownMessage>,
): Promise<MessagesOutcome> {
  const contested = new Set(known.keys());
  const outcome: MessagesOutcome = {
    fresh: new Set(),
    contested,
    changed: new Set(),
    bodyRose: new Set(),
    reactionsRose: new Set(),
  };
  const staged = new Staged(messagesTable);
  for (const m of messages) {
    const key = scope.pair(m.guildId, m.messageId);
    if (!isStub(m) && !known.has(key)) outcome.fresh.add(key);
    if (staged.add(key, messageRow(m, versionOf(m))) === 0) continue;
    contested.add(key);
    if (!known.has(key)) outcome.bodyRose.add(key);
  }
  const guildOf = new Map(messages.map((m) => [m.messageId, m.guildId]));
  await staged.copy(client);
  for (let round = 0; round < staged.rounds; round++) {
    const mayMeet = known.size > 0 || round > 0;
    if (mayMeet) {
      for (const { message_id: id, changes, body_rises, reactions_rise } of await judge(client, round)) {
        const key = scope.pair(guildOf.get(id)!, id);
        if (changes && known.has(key)) outcome.changed.add(key);
        if (body_rises) outcome.bodyRose.add(key);
        if (reactions_rise) outcome.reactionsRose.add(key);
      }
      await keepOlderTexts(client, round);
    }
    await staged.mergeRound(client, round, mayMeet);
  }
  return outcome;
}

async function writeCoverage(client: ClientBase, batch: RecordBatch, guildIds: string[]): Promise<void> {
  const staged = new Staged(coverage);
  for (const c of batch.coverage) {
    const row = [c.guildId, c.channelId, c.fromId, c.toId, c.source, c.grade, c.at];
    staged.add(row.join('/'), row);
  }
  await staged.merge(client, true);
  const proven = await guildsWithProofs(client, guildIds);
  if (proven.size === 0) return;
  await forEachGuild(
    batch.messages.filter((m) => proven.has(m.guildId)),
    (guildId, ids) => inferForMessages(client, guildId, ids),
  );
  await inferForSpans(
    client,
    batch.coverage.filter((c) => c.grade === 'verified'),
  );
}

async function forEachGuild(
  messages: MessageRecord[],
  work: (guildId: string, messageIds: string[]) => Promise<void>,
): Promise<void> {
  for (const [guildId, list] of Map.groupBy(messages, (m) => m.guildId)) {
    await work(guildId, [...new Set(list.map((m) => m.messageId))]);
  }
}
