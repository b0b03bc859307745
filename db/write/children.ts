/** Writing what hangs on messages: versioned children, what is derived from texts, reactions, votes. */
import type { ClientBase } from 'pg';
import type { MessageRecord, RecordBatch } from '../records.ts';
import type { Standing } from './guild.ts';
import { changedSql } from './merge-rule.ts';
import { deleteDerived, pruneChildren, winningRounds } from './messages.ts';
import { messagesWithRisingCounts, recountReactions } from './reactions.ts';
import { addDerived, VersionedRows, versionOf } from './rows.ts';
import type { KnownMessage } from './scope.ts';
import { TableRows } from './staging.ts';
import * as tables from './tables.ts';

/** Writes all that hangs on a guild's messages, and adds to `standing.changed` what it changed. */
export async function writeChildren(
  client: ClientBase,
  guildId: string,
  batch: RecordBatch,
  known: Map<string, KnownMessage>,
  standing: Standing,
): Promise<void> {
  const noteChanged = (messageIds: string[]) => {
    for (const id of messageIds) if (known.has(id)) standing.changed.add(id);
  };
  await writeVersioned(client, guildId, batch.messages, standing, noteChanged);
  await writeDerived(client, guildId, batch.messages, standing);
  await writeReactions(client, guildId, batch, standing, noteChanged);
  await voteRows(batch, standing).write(client);
}

async function writeVersioned(
  client: ClientBase,
  guildId: string,
  messages: MessageRecord[],
  standing: Standing,
  noteChanged: (messageIds: string[]) => void,
): Promise<void> {
  const rows = new VersionedRows();
  for (const m of messages) rows.add(m, versionOf(m), standing.isFresh(m.messageId));
  for (const child of rows.all()) {
    await child.copy(client);
    for (let round = 0; round < child.rounds; round++) {
      const changed = await client.query<{ id: string }>(
        changedSql(child.table, 's.message_id::text as id'),
        [round],
      );
      noteChanged(changed.rows.map((row) => row.id));
      await child.mergeRound(client, round);
    }
  }
  // A child of an older version than the stored body may just have come in, too.
  const stale = messages.filter((m) => !standing.isFresh(m.messageId) && mayBeStale(m, standing));
  if (stale.length > 0) await pruneChildren(client, guildId, [...new Set(stale.map((m) => m.messageId))]);
}

function mayBeStale(m: MessageRecord, standing: Standing): boolean {
  const hasChildren = m.attachments?.length || m.embeds?.count || m.stickers?.length || m.mentions?.length;
  return Boolean(hasChildren || m.forward || m.poll) || standing.bodyRose.has(m.messageId);
}

/**
 * Writes what was derived from the texts that stand now. Of texts that are stored already only those can add
 * rows that were derived from more than the text: a source's list of emoji, or a text that is not kept.
 */
async function writeDerived(
  client: ClientBase,
  guildId: string,
  messages: MessageRecord[],
  standing: Standing,
): Promise<void> {
  const { isFresh, bodyRose } = standing;
  const disputed = messages.filter((m) => m.body && !isFresh(m.messageId));
  const won = disputed.length > 0 ? await winningRounds(client) : new Set<string>();
  const rose = disputed.map((m) => m.messageId).filter((id) => bodyRose.has(id));
  if (rose.length > 0) await deleteDerived(client, guildId, [...new Set(rose)]);
  const links = new TableRows(tables.links);
  const emojiUses = new TableRows(tables.emojiUses);
  const rounds = new Map<string, number>();
  for (const m of messages) {
    const id = m.messageId;
    if (isFresh(id)) {
      addDerived(m, links, emojiUses, true);
      continue;
    }
    const round = rounds.get(id) ?? 0;
    rounds.set(id, round + 1);
    if (!m.body) continue;
    const addsRows = bodyRose.has(id) || m.body.fidelity === 0 || Boolean(m.body.inlineEmoji?.length);
    if (addsRows && won.has(`${id}/${round}`)) addDerived(m, links, emojiUses, false);
  }
  await links.write(client);
  await emojiUses.write(client);
}

async function writeReactions(
  client: ClientBase,
  guildId: string,
  batch: RecordBatch,
  standing: Standing,
  noteChanged: (messageIds: string[]) => void,
): Promise<void> {
  const counts = countRows(batch, standing);
  const recount = new Set(idsToRecount(batch, standing));
  await counts.copy(client);
  for (let round = 0; round < counts.rounds; round++) {
    for (const id of await messagesWithRisingCounts(client, round)) recount.add(id);
    const appeared = await client.query<{ id: string }>(
      `${changedSql(tables.reactions, 's.message_id::text as id')} and m.guild_id is null and s.total > 0`,
      [round],
    );
    noteChanged(appeared.rows.map((row) => row.id));
    await counts.mergeRound(client, round);
  }
  await userRows(batch, standing).write(client);
  if (recount.size > 0) noteChanged(await recountReactions(client, guildId, [...recount]));
}

/** A row an emoji: from whole lists, from single counts, and bare ones for people who reacted. */
function countRows(batch: RecordBatch, { isFresh }: Standing): TableRows {
  const rows = new TableRows(tables.reactions);
  for (const { guildId, messageId, reactions } of batch.messages) {
    if (!reactions || reactions.counts.length === 0) continue;
    const fresh = isFresh(messageId);
    for (const { key, name, animated, count } of reactions.counts) {
      const row = [guildId, messageId, key, name, animated, reactions.at, count, null, count];
      if (fresh) rows.addFresh(`${messageId}/${key}`, row);
      else rows.add(`${messageId}/${key}`, row);
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
    rows.add(`${messageId}/${key}`, row);
  }
  for (const { guildId, messageId, emoji, addedAt, removedAt } of batch.reactionUsers) {
    if (addedAt === undefined && removedAt === undefined) continue;
    const { key, name, animated } = emoji;
    rows.add(`${messageId}/${key}`, [guildId, messageId, key, name, animated, null, null, null, 0]);
  }
  return rows;
}

function userRows(batch: RecordBatch, { isFresh }: Standing): TableRows {
  const rows = new TableRows(tables.reactionUsers);
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
    const row = [guildId, messageId, emoji.key, userId, burst, addedAt, removedAt, seenAt];
    if (isFresh(messageId)) rows.addFresh(key, row);
    else rows.add(key, row);
  }
  return rows;
}

function voteRows(batch: RecordBatch, { isFresh }: Standing): TableRows {
  const rows = new TableRows(tables.pollVotes);
  for (const { guildId, messageId, answerId, userId, addedAt, removedAt } of batch.pollVotes) {
    const key = `${messageId}/${answerId}/${userId}`;
    const row = [guildId, messageId, answerId, userId, addedAt, removedAt];
    if (isFresh(messageId)) rows.addFresh(key, row);
    else rows.add(key, row);
  }
  return rows;
}

/** Messages whose totals are more than the one count that comes with them. */
function* idsToRecount(batch: RecordBatch, standing: Standing): Generator<string> {
  for (const { messageId } of batch.reactions) yield messageId;
  for (const { messageId, addedAt, removedAt } of batch.reactionUsers) {
    if (addedAt !== undefined || removedAt !== undefined) yield messageId;
  }
  for (const { messageId, reactionsClearedAt } of batch.messages)
    if (reactionsClearedAt !== undefined) yield messageId;
  yield* standing.reactionsRose;
}
