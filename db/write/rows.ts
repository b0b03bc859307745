/** Records as rows: values in the order of their table's columns. */
import type { MemberRecord, MessageRecord, PollFacts } from '../records.ts';
import { snowflakeMs } from '../snowflake.ts';
import type { Value } from './copy-encoder.ts';
import { TableRows } from './staging.ts';
import * as tables from './tables.ts';

const json = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);

/** The version of a message's body and children: ms of its edit, else of the message. */
export function versionOf(message: MessageRecord): number {
  return message.editedAt ?? snowflakeMs(message.messageId);
}

/** A row of `messages`. */
export function messageRow(m: MessageRecord, versionMs: number): Value[] {
  const { body, reference } = m;
  const known = m.pinned !== undefined;
  return [
    m.guildId,
    m.messageId,
    m.channelId,
    m.authorId,
    m.invokerId,
    reference?.guildId,
    reference?.channelId,
    reference?.messageId,
    m.editedAt,
    body && versionMs * 4 + body.fidelity,
    body?.content,
    body?.derived?.contentLength,
    body?.derived?.words,
    body?.derived?.asks,
    known ? m.source !== 'dce' : null,
    known ? m.observedAt : null,
    m.pinned,
    m.reactions?.at ?? m.reactionsClearedAt,
    m.reactionsClearedAt,
    m.goneAt,
    m.flags,
    m.type,
    reference?.type,
    m.webhookName,
    m.told,
  ];
}

/** The rows that follow a message's version. */
export class VersionedRows {
  readonly #attachments = new TableRows(tables.attachments);
  readonly #embeds = new TableRows(tables.embeds);
  readonly #stickers = new TableRows(tables.stickers);
  readonly #mentions = new TableRows(tables.mentions);
  readonly #forwards = new TableRows(tables.forwards);
  readonly #polls = new TableRows(tables.polls);

  all(): TableRows[] {
    return [this.#attachments, this.#embeds, this.#stickers, this.#mentions, this.#forwards, this.#polls];
  }

  /** `isFresh`: nothing of this message is stored, nor named elsewhere in the batch. */
  add(m: MessageRecord, versionMs: number, isFresh: boolean): void {
    const { guildId: guild, messageId: id } = m;
    const add = (rows: TableRows, key: string, row: Value[], isOnly: boolean) => {
      if (!isFresh) rows.add(`${id}/${key}`, row);
      else if (isOnly) rows.addOnly(row);
      else rows.addFresh(`${id}/${key}`, row);
    };
    const { attachments, embeds, stickers, mentions, forward, poll } = m;
    for (const a of attachments ?? []) {
      const facts = [
        a.fileName,
        a.kind,
        a.extension,
        a.contentType,
        a.sizeBytes,
        a.width,
        a.height,
        a.durationMs,
      ];
      add(
        this.#attachments,
        a.attachmentId,
        [guild, id, a.attachmentId, versionMs, ...facts],
        attachments!.length === 1,
      );
    }
    if (embeds && embeds.count > 0) {
      const { fidelity, list, count } = embeds;
      add(this.#embeds, '', [guild, id, versionMs, fidelity, JSON.stringify(list), count], true);
    }
    for (const s of stickers ?? []) {
      add(
        this.#stickers,
        s.stickerId,
        [guild, id, s.stickerId, versionMs, s.name, s.format],
        stickers!.length === 1,
      );
    }
    for (const { kind, targetId } of mentions ?? []) {
      add(
        this.#mentions,
        `${kind}/${targetId}`,
        [guild, id, kind, targetId, versionMs],
        mentions!.length === 1,
      );
    }
    if (forward) {
      const { sentAt, content, contentLength, details } = forward;
      add(this.#forwards, '', [guild, id, versionMs, sentAt, content, contentLength, json(details)], true);
    }
    if (poll) add(this.#polls, '', pollRow(m, poll, versionMs), true);
  }
}

function pollRow(m: MessageRecord, { poll, answers, expiresAt }: PollFacts, versionMs: number): Value[] {
  return [m.guildId, m.messageId, versionMs, m.observedAt, JSON.stringify(poll), answers, expiresAt];
}

/** Adds the rows derived from a message's text; each of a fresh message is the only one of its key. */
export function addDerived(m: MessageRecord, links: TableRows, emojiUses: TableRows, isFresh: boolean): void {
  const derived = m.body?.derived;
  if (!derived) return;
  const { guildId: guild, messageId: id } = m;
  derived.links.forEach(({ domain, address }, i) => {
    const row = [guild, id, i, domain, address];
    if (isFresh) links.addOnly(row);
    else links.add(`${id}/${i}`, row);
  });
  for (const { key, name, uses } of derived.emoji) {
    const row = [guild, id, key, name, uses];
    if (isFresh) emojiUses.addOnly(row);
    else emojiUses.add(`${id}/${key}`, row);
  }
}

/** A row of `members`. */
export function memberRow(m: MemberRecord): Value[] {
  const at = m.observedAt;
  const when = (known: unknown) => (known === undefined ? null : at);
  return [
    m.guildId,
    m.userId,
    m.isBot,
    m.isWebhook,
    when(m.name),
    m.name,
    when(m.displayName),
    m.displayName,
    when(m.nick),
    m.nick,
    m.roles === undefined ? null : m.source !== 'dce',
    when(m.roles),
    m.roles?.toSorted((a, b) => Number(BigInt(a) - BigInt(b))),
    m.joinedAt,
    m.presentAt,
    m.leftAt,
    m.firstSeenAt,
    m.lastSeenAt,
  ];
}
