/**
 * What of a batch may be kept: the choice of a whole deployment (STORE_CONTENT), and people's choices.
 * Pure, and idempotent, so that whoever queues records can apply it before they touch a disk.
 */
import { derive, fileKind, isEmoji } from './derive.ts';
import type {
  AttachmentFacts,
  ChannelRecord,
  EmojiFacts,
  Extra,
  MessageRecord,
  RecordBatch,
  RoleRecord,
} from './records.ts';

/** `full`: texts are kept. `none`: nothing that a person typed is, but names of channels and members. */
export type ContentChoice = 'full' | 'none';

/** Without text only these keys of what no column holds are kept, and only as times. */
const TIMES_KEPT = ['callEndedTimestamp', 'timestamp'];
const ISO_TIME = /^[0-9:.TZ+-]{10,40}$/;
const BITS_KEPT = new Set(['id', 'type', 'allow', 'deny']);
const THREAD_TYPES = new Set([10, 11, 12]);

/** The batch with everything derived from texts, and without the texts where they are not kept. */
export function keepContent(batch: RecordBatch, choice: ContentChoice): RecordBatch {
  for (const message of batch.messages) if (message.body) message.body.derived ??= derive(message.body);
  for (const message of batch.messages) {
    if (message.attachments) message.attachments = message.attachments.map(withKind);
  }
  if (choice === 'full') return batch;
  return {
    ...batch,
    guilds: batch.guilds.map(({ extra: _, ...guild }) => guild),
    expressions: batch.expressions.map((expression) => ({ ...expression, name: null })),
    channels: batch.channels.map(channelWithoutText),
    roles: batch.roles.map(roleWithoutText),
    members: batch.members.map(({ extra: _, ...member }) => member),
    messages: batch.messages.map(messageWithoutText),
    reactions: batch.reactions.map((r) => ({ ...r, emoji: emojiWithoutText(r.emoji) })),
    reactionUsers: batch.reactionUsers.map((r) => ({ ...r, emoji: emojiWithoutText(r.emoji) })),
  };
}

function withKind(file: AttachmentFacts): AttachmentFacts {
  return file.fileName === undefined || file.kind !== undefined
    ? file
    : { ...file, ...fileKind(file.fileName) };
}

function channelWithoutText({ extra: _, ...channel }: ChannelRecord): ChannelRecord {
  const { details } = channel;
  const isThread = channel.type !== undefined && THREAD_TYPES.has(channel.type);
  return {
    ...channel,
    ...(isThread && channel.name !== undefined && { name: null }),
    ...(details && { details: { ...details, topic: null, overwrites: bitsOnly(details.overwrites) } }),
  };
}

/** Who may read a channel, in ids and permission bits, which nobody typed. */
function bitsOnly(overwrites: unknown): unknown {
  if (!Array.isArray(overwrites)) return undefined;
  const isNumber = ([key, value]: [string, unknown]) => BITS_KEPT.has(key) && /^\d+$/.test(String(value));
  return overwrites.map((one) => Object.fromEntries(Object.entries(one ?? {}).filter(isNumber)));
}

function roleWithoutText(role: RoleRecord): RoleRecord {
  return role.look ? { ...role, look: { ...role.look, name: null } } : role;
}

/** A custom emoji's name was typed by a person; so was anything that is no emoji at all. */
function emojiWithoutText({ key, animated }: EmojiFacts): EmojiFacts {
  const plain = /^\d+$/.test(key) || isEmoji(key) ? key : 'other';
  return animated === undefined ? { key: plain } : { key: plain, animated };
}

function timesOnly(extra: Extra): Extra | undefined {
  const kept = TIMES_KEPT.filter((key) => typeof extra[key] === 'string' && ISO_TIME.test(extra[key]));
  return kept.length === 0 ? undefined : Object.fromEntries(kept.map((key) => [key, extra[key]]));
}

function messageWithoutText(message: MessageRecord): MessageRecord {
  const { body, attachments, embeds, stickers, mentions, forward, poll, extra, reactions, ...plain } =
    message;
  const kept: MessageRecord = { ...plain };
  if (body) {
    const derived = body.derived ?? derive(body);
    kept.body = {
      content: '',
      fidelity: 0,
      derived: {
        ...derived,
        links: derived.links.map(({ domain }) => ({ domain })),
        emoji: derived.emoji.map(({ key, uses }) => ({ key, uses })),
      },
    };
  }
  if (attachments) kept.attachments = attachments.map(({ fileName: _, contentType: __, ...file }) => file);
  if (embeds) kept.embeds = { fidelity: 0, count: embeds.count, list: [] };
  if (stickers) kept.stickers = stickers.map(({ stickerId }) => ({ stickerId }));
  if (mentions) kept.mentions = mentions.map(({ kind, targetId }) => ({ kind, targetId }));
  if (forward) kept.forward = { sentAt: forward.sentAt, contentLength: forward.contentLength };
  if (poll) kept.poll = { answers: poll.answers, expiresAt: poll.expiresAt, poll: {} };
  if (reactions) {
    kept.reactions = {
      at: reactions.at,
      counts: reactions.counts.map((r) => ({ ...emojiWithoutText(r), count: r.count })),
    };
  }
  const times = extra && timesOnly(extra);
  if (times) kept.extra = times;
  return kept;
}

/** In each text the names by which a forgotten person was mentioned give way to this. */
export const FORGOTTEN_NAME = '@forgotten';

/** A text without a person's mentions: raw tokens of their id, and `@` with any of their names. */
export function textWithoutPerson(content: string, userId: string, names: Iterable<string>): string {
  let text = content;
  for (const mark of marksOf(userId, names)) text = text.replaceAll(mark, FORGOTTEN_NAME);
  return text;
}

/** What stands in a text for a person. The longest first, so that one being the start of another leaves no remainder. */
export function marksOf(userId: string, names: Iterable<string>): string[] {
  const called = [...new Set(names)].filter((name) => name !== '').map((name) => `@${name}`);
  return [
    `<@${userId}>`,
    `<@!${userId}>`,
    ...called.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1)),
  ];
}

/** Stands for an owner who is forgotten: that there is another one than before stays known. */
export const FORGOTTEN_OWNER = '0';

/** A guild's batch without its forgotten people: their messages become bare erased ids, all else is dropped. */
export function withoutForgotten(batch: RecordBatch, isForgotten: (userId: string) => boolean): RecordBatch {
  const stays = (r: { userId: string }) => !isForgotten(r.userId);
  return {
    ...batch,
    guilds: batch.guilds.map((guild) =>
      guild.ownerId !== undefined && isForgotten(guild.ownerId)
        ? { ...guild, ownerId: FORGOTTEN_OWNER }
        : guild,
    ),
    members: batch.members.filter(stays),
    moments: batch.moments.filter(stays),
    voice: batch.voice.filter(stays),
    reactionUsers: batch.reactionUsers.filter(stays),
    pollVotes: batch.pollVotes.filter(stays),
    messages: batch.messages.map((message) => messageWithoutForgotten(message, isForgotten)),
  };
}

function messageWithoutForgotten(
  message: MessageRecord,
  isForgotten: (userId: string) => boolean,
): MessageRecord {
  const { source, observedAt, guildId, channelId, messageId, authorId, invokerId, mentions, body } = message;
  if (authorId !== undefined && isForgotten(authorId)) {
    return { source, observedAt, guildId, channelId, messageId, erased: true };
  }
  const kept = { ...message };
  if (invokerId !== undefined && isForgotten(invokerId)) delete kept.invokerId;
  const gone = mentions?.filter((m) => m.kind === 'user' && isForgotten(m.targetId)) ?? [];
  if (gone.length > 0) {
    kept.mentions = mentions!.filter((m) => !gone.includes(m));
    if (body) {
      let { content } = body;
      for (const person of gone) content = textWithoutPerson(content, person.targetId, person.names ?? []);
      if (content !== body.content) kept.body = { ...body, content, derived: derive({ ...body, content }) };
    }
  }
  return kept;
}

/** What is told of a message without its author could be a forgotten person's: only ids and times are kept. */
export function withoutUnknownAuthors(batch: RecordBatch): RecordBatch {
  if (batch.messages.every((message) => message.authorId !== undefined || message.erased)) return batch;
  return {
    ...batch,
    messages: batch.messages.map((message) => {
      if (message.authorId !== undefined || message.erased) return message;
      const {
        body: _,
        attachments: _a,
        embeds: _e,
        stickers: _s,
        mentions: _m,
        forward: _f,
        poll: _p,
        extra: _x,
        ...bare
      } = message;
      return bare;
    }),
  };
}
