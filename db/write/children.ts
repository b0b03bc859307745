/** Writing what hangs on messages: versioned children, what is derived from texts, reactions. */
import type { ClientBase } from 'pg';
import type { MessageRecord, RecordBatch } from '../records.ts';
import type { MessagesOutcome } from '../write-batch.ts';
import { changedSql } from './merge-rule.ts';
import { deleteDerived, pruneChildren, winningRounds } from './messages.ts';
import { messagesWithRisingCounts, recountReactions } from './reactions.ts';
import { addDerived, VersionedRows, versionOf } from './rows.ts';
import { pair, type KnownMessage } from './scope.ts';
import { Staged } from './staging.ts';
import * as tables from './tables.ts';

/** Writes all that hangs on the batch's messages, and adds to `outcome.changed` what it changed. */
export async function writeChildren(
  client: ClientBase,
  batch: RecordBatch,
  known: Map<string, KnownMessage>,
  outcome: MessagesOutcome,
): Promise<void> {
  const guildOf = new Map(batch.messages.map((m) => [m.messageId, m.guildId]));
  const noteChanged = (messageIds: string[]) => {
    for (const id of messageIds) {
      const key = pair(guildOf.get(id)!, id);
      if (known.has(key)) outcome.changed.add(key);
    }
  };
  await writeVersioned(client, batch.messages, outcome, noteChanged);
  await writeDerived(client, batch.messages, outcome);
  await writeReactions(client, batch, outcome, noteChanged);
}

async function writeVersioned(
  client: ClientBase,
  messages: MessageRecord[],
  outcome: MessagesOutcome,
  noteChanged: (messageIds: string[]) => void,
): Promise<void> {
  const { contested } = outcome;
  const rows = new VersionedRows();
  for (const m of messages) rows.add(m, versionOf(m));
  for (const staged of rows.all()) {
    if (staged.rows === 0) continue;
    await staged.copy(client);
    for (let round = 0; round < staged.rounds; round++) {
      const mayMeet = contested.size > 0 || round > 0;
      if (mayMeet) {
        const { rows: changed } = await client.query<{ id: string }>(
          changedSql(staged.table, 's.message_id::text as id'),
          [round],
        );
        noteChanged(changed.map((row) => row.id));
      }
      await staged.mergeRound(client, round, mayMeet);
    }
  }
  // A child of an older version than the stored body may just have come in, too.
  const stale = messages.filter((m) => contested.has(pair(m.guildId, m.messageId)) && mayBeStale(m, outcome));
  for (const [guildId, list] of Map.groupBy(stale, (m) => m.guildId)) {
    await pruneChildren(client, guildId, [...new Set(list.map((m) => m.messageId))]);
  }
}

function mayBeStale(m: MessageRecord, outcome: MessagesOutcome): boolean {
  const hasChildren = m.attachments?.length || m.embeds?.count || m.stickers?.length || m.mentions?.length;
  return Boolean(hasChildren || m.forward || m.poll) || outcome.bodyRose.has(pair(m.guildId, m.messageId));
}

/**
 * Writes what was derived from the texts that stand now. Of texts that are stored already only those can add
 * rows that were derived from more than the text: a source's list of emoji, or a text that is not kept.
 */
async function writeDerived(
  client: ClientBase,
  messages: MessageRecord[],
  outcome: MessagesOutcome,
): Promise<void> {
  const { contested, bodyRose } = outcome;
  const derivable = messages.filter((m) => m.body);
  const disputed = derivable.filter((m) => contested.has(pair(m.guildId, m.messageId)));
  const won = disputed.length > 0 ? await winningRounds(client) : new Set<string>();
  const rose = disputed.filter((m) => bodyRose.has(pair(m.guildId, m.messageId)));
  for (const [guildId, list] of Map.groupBy(rose, (m) => m.guildId)) {
    await deleteDerived(client, guildId, [...new Set(list.map((m) => m.messageId))]);
  }
  const links = new Staged(tables.links);
  const emojiUses = new Staged(tables.emojiUses);
  const rounds = new Map<string, number>();
  for (const m of messages) {
    const key = pair(m.guildId, m.messageId);
    const round = rounds.get(key) ?? 0;
    rounds.set(key, round + 1);
    if (!m.body) continue;
    const addsRows = bodyRose.has(key) || m.body.fidelity === 0 || Boolean(m.body.inlineEmoji?.length);
    if (!contested.has(key) || (addsRows && won.has(`${m.messageId}/${round}`)))
      addDerived(m, links, emojiUses);
  }
  await links.merge(client, contested.size > 0);
  await emojiUses.merge(client, contested.size > 0);
}

async function writeReactions(
  client: ClientBase,
  batch: RecordBatch,
  outcome: MessagesOutcome,
  noteChanged: (messageIds: string[]) => void,
): Promise<void> {
  const mayMeet = outcome.contested.size > 0;
  const counts = stageCounts(batch);
  const recount = new Set(idsToRecount(batch, outcome));
  await counts.copy(client);
  for (let round = 0; round < counts.rounds; round++) {
    if (mayMeet || round > 0) for (const id of await messagesWithRisingCounts(client, round)) recount.add(id);
    if (mayMeet) {
      const { rows } = await client.query<{ id: string }>(
        `${changedSql(tables.reactions, 's.message_id::text as id')} and m.guild_id is null and s.total > 0`,
        [round],
      );
      noteChanged(rows.map((row) => row.id));
    }
    await counts.mergeRound(client, round, mayMeet);
  }
  await stageUsers(batch).merge(client, mayMeet);
  const touched = batch.messages.filter((m) => recount.has(m.messageId));
  for (const [guildId, list] of Map.groupBy(touched, (m) => m.guildId)) {
    noteChanged(await recountReactions(client, guildId, [...new Set(list.map((m) => m.messageId))]));
  }
}

/** A row an emoji: from whole lists, from single counts, and bare ones for people who reacted. */
function stageCounts(batch: RecordBatch): Staged {
  const staged = new Staged(tables.reactions);
  for (const { guildId, messageId, reactions } of batch.messages) {
    for (const { key, name, animated, count } of reactions?.counts ?? []) {
      staged.add(`${messageId}/${key}`, [
        guildId,
        messageId,
        key,
        name,
        animated,
        reactions!.at,
        count,
        null,
        count,
      ]);
    }
  }
  for (const { guildId, messageId, emoji, counted, clearedAt } of batch.reactions) {
    const { key, name, animated } = emoji;
    const row = [
      guildId,
      messageId,
      key,
      name,
      animated,
      counted?.at,
      counted?.count,
      clearedAt,
      counted?.count ?? 0,
    ];
    staged.add(`${messageId}/${key}`, row);
  }
  for (const { guildId, messageId, emoji, addedAt, removedAt } of batch.reactionUsers) {
    if (addedAt === undefined && removedAt === undefined) continue;
    const { key, name, animated } = emoji;
    staged.add(`${messageId}/${key}`, [guildId, messageId, key, name, animated, null, null, null, 0]);
  }
  return staged;
}

function stageUsers(batch: RecordBatch): Staged {
  const staged = new Staged(tables.reactionUsers);
  for (const {
    guildId,
    messageId,
    emoji,
    userId,
    burst,
    addedAt,
    removedAt,
    seenAt,
  } of batch.reactionUsers) {
    const key = `${messageId}/${emoji.key}/${userId}/${burst}`;
    staged.add(key, [guildId, messageId, emoji.key, userId, burst, addedAt, removedAt, seenAt]);
  }
  return staged;
}

/** Messages whose totals are more than the one count that comes with them. */
function* idsToRecount(batch: RecordBatch, outcome: MessagesOutcome): Generator<string> {
  for (const { messageId } of batch.reactions) yield messageId;
  for (const { messageId, addedAt, removedAt } of batch.reactionUsers) {
    if (addedAt !== undefined || removedAt !== undefined) yield messageId;
  }
  for (const m of batch.messages) {
    if (m.reactionsClearedAt !== undefined || outcome.reactionsRose.has(pair(m.guildId, m.messageId)))
      yield m.messageId;
  }
}
