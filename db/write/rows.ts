/** Records as rows: values in the order of their table's columns. */
import type { MemberRecord, MessageRecord, PollFacts } from '../records.ts';
import { snowflakeMs } from '../snowflake.ts';
import type { Value } from './copy-encoder.ts';
import { Staged } from './staging.ts';
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
  ];
}

/** The rows that follow a message's version. */
export class VersionedRows {
  readonly attachments = new Staged(tables.attachments);
  readonly embeds = new Staged(tables.embeds);
  readonly stickers = new Staged(tables.stickers);
  readonly mentions = new Staged(tables.mentions);
  readonly forwards = new Staged(tables.forwards);
  readonly polls = new Staged(tables.polls);

  all(): Staged[] {
    return [this.attachments, this.embeds, this.stickers, this.mentions, this.forwards, this.polls];
  }

  add(m: MessageRecord, versionMs: number): void {
    const { guildId: guild, messageId: id } = m;
    for (const a of m.attachments ?? []) {
      this.attachments.add(`${id}/${a.attachmentId}`, [
        guild,
        id,
        a.attachmentId,
        versionMs,
        a.fileName,
        a.kind,
        a.extension,
        a.contentType,
        a.sizeBytes,
        a.width,
        a.height,
        a.durationMs,
      ]);
    }
    if (m.embeds && m.embeds.count > 0) {
      const { fidelity, list, count } = m.embeds;
      this.embeds.add(id, [guild, id, versionMs, fidelity, JSON.stringify(list), count]);
    }
    for (const s of m.stickers ?? []) {
      this.stickers.add(`${id}/${s.stickerId}`, [guild, id, s.stickerId, versionMs, s.name, s.format]);
    }
    for (const mention of m.mentions ?? []) {
      const { kind, targetId } = mention;
      this.mentions.add(`${id}/${kind}/${targetId}`, [guild, id, kind, targetId, versionMs]);
    }
    if (m.forward) {
      const { sentAt, content, contentLength, details } = m.forward;
      this.forwards.add(id, [guild, id, versionMs, sentAt, content, contentLength, json(details)]);
    }
    if (m.poll) this.polls.add(id, pollRow(m, m.poll, versionMs));
  }
}

function pollRow(m: MessageRecord, { poll, answers, expiresAt }: PollFacts, versionMs: number): Value[] {
  return [m.guildId, m.messageId, versionMs, m.observedAt, JSON.stringify(poll), answers, expiresAt];
}

/** Adds the rows derived from a message's text. */
export function addDerived(m: MessageRecord, links: Staged, emojiUses: Staged): void {
  const derived = m.body?.derived;
  if (!derived) return;
  const { guildId: guild, messageId: id } = m;
  derived.links.forEach(({ domain, address }, i) => {
    links.add(`${id}/${i}`, [guild, id, i, domain, address]);
  });
  for (const { key, name, uses } of derived.emoji) {
    emojiUses.add(`${id}/${key}`, [guild, id, key, name, uses]);
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
