/**
 * A DCE payload as records. Pure: the same payload in the same file gives the same records.
 *
 * Source  DiscordChatExporter.Core/Exporting/JsonMessageWriter.cs, releases 2.18 to 2.47
 */
import type { Extra, MessageRecord, RecordBatch } from '../../db/records.ts';
import { isSnowflake, snowflakeMs } from '../../db/snowflake.ts';
import { codePoints } from '../../db/derive.ts';
import { parseTime } from '../time.ts';
import { asObject, asObjects, type Payload, withoutPeople } from '../payload.ts';
import { messageType, referenceType } from './kinds.ts';
import type { FileContext } from './file-context.ts';
import type { OddityKind } from './oddities.ts';
import { asCount, asText } from './payload.ts';
import type { People } from './people.ts';
import { addReactions } from './reaction-records.ts';

/** Why a message could not be taken. */
export type Rejection = Extract<OddityKind, `rejected-${string}`>;

const MESSAGE_KEYS = new Set([
  'id',
  'type',
  'timestamp',
  'timestampEdited',
  'isPinned',
  'content',
  'author',
  'attachments',
  'embeds',
  'stickers',
  'reactions',
  'mentions',
  'reference',
  'forwardedMessage',
  'interaction',
  'inlineEmojis',
]);
const TIMESTAMP_SLACK_MS = 2000;
const GUILD_MEMBER_JOIN = 7;

/** Adds a message, and the people and roles it shows, to a batch; or tells why it cannot. */
export function addMessage(
  batch: RecordBatch,
  people: People,
  context: FileContext,
  payload: Payload,
): Rejection | undefined {
  const { id } = payload;
  if (typeof id === 'number') return 'rejected-numeric-id';
  if (!isSnowflake(id) || id === '0') return 'rejected-id';
  const createdMs = snowflakeMs(id);
  if (createdMs > context.latestMs) return 'rejected-future-id';
  const author = asObject(payload.author);
  if (typeof author?.id === 'number') return 'rejected-numeric-id';
  if (!author || !isSnowflake(author.id)) return 'rejected-author';

  const editedAt = editTime(payload, context, id);
  const observedAt = Math.max(context.observedAt, createdMs, editedAt ?? 0);
  const type = messageType(payload.type);
  if (type === undefined) context.note('unknown-type', id);
  const isWebhook = author.isBot === true && author.discriminator === '0000';
  // One shape for all messages, and no spreading: this runs for each of millions.
  const message: MessageRecord = {
    source: 'dce',
    observedAt,
    guildId: context.guildId,
    channelId: context.channelId,
    messageId: id,
    authorId: author.id,
    type,
    editedAt,
    told: context.told,
    pinned: typeof payload.isPinned === 'boolean' ? payload.isPinned : undefined,
    webhookName: isWebhook ? asText(author.name) : undefined,
    body: undefined,
    attachments: undefined,
    embeds: undefined,
    mentions: undefined,
    reactions: undefined,
  };
  addText(message, payload, context);
  addChildren(message, payload, context);
  addReference(message, payload);
  addMentions(message, payload, people, observedAt);
  addReactions(message, payload, batch, people, context);
  addExtra(message, payload, people, context, createdMs);
  batch.messages.push(message);
  people.addAuthor(author, observedAt, createdMs, isWebhook);
  if (type === GUILD_MEMBER_JOIN) {
    batch.moments.push({
      guildId: context.guildId,
      userId: author.id,
      kind: 'joined',
      at: createdMs,
      source: 'message',
    });
  }
  return undefined;
}

function editTime(payload: Payload, context: FileContext, id: string): number | undefined {
  const { timestampEdited } = payload;
  if (timestampEdited === null || timestampEdited === undefined) return undefined;
  const editedAt = parseTime(timestampEdited);
  if (editedAt === undefined) context.note('impossible-time', id);
  return editedAt;
}

const RAW_TOKEN = /<@[!&]?\d+>|<#\d+>|<a?:\w+:\d+>|<t:-?\d+/;

function addText(message: MessageRecord, payload: Payload, context: FileContext): void {
  const { content } = payload;
  if (typeof content !== 'string') {
    if (content !== undefined && content !== null) context.note('unreadable-part', message.messageId);
    return;
  }
  // Nothing at all is what a token without the right to read texts is shown.
  if (content === '' && !hasAny(payload.attachments) && !hasAny(payload.embeds) && !hasAny(payload.stickers))
    return;
  const fidelity = content.includes('<') && RAW_TOKEN.test(content) ? 2 : 1;
  message.body = { content, fidelity, inlineEmoji: inlineEmoji(payload.inlineEmojis), derived: undefined };
}

const hasAny = (list: unknown) => Array.isArray(list) && list.length > 0;

function inlineEmoji(list: unknown): NonNullable<MessageRecord['body']>['inlineEmoji'] {
  if (!hasAny(list)) return undefined;
  const custom = asObjects(list).flatMap(({ id, name }) =>
    isSnowflake(id) && asText(name) ? [{ key: id, name: name as string }] : [],
  );
  return custom.length > 0 ? custom : undefined;
}

function addChildren(message: MessageRecord, payload: Payload, context: FileContext): void {
  const attachments = asObjects(payload.attachments);
  if (attachments.length > 0) {
    message.attachments = attachments.flatMap((file) => {
      const { id, fileName, fileSizeBytes } = file;
      if (!isSnowflake(id)) {
        context.note('unreadable-part', message.messageId);
        return [];
      }
      return [{ attachmentId: id, fileName: asText(fileName), sizeBytes: asCount(fileSizeBytes) }];
    });
  }
  const embeds = asObjects(payload.embeds);
  if (embeds.length > 0)
    message.embeds = { fidelity: 1, count: embeds.length, list: embeds.map((e) => withoutPeople(e)) };
  const stickers = asObjects(payload.stickers).filter((sticker) => isSnowflake(sticker.id));
  if (stickers.length > 0) {
    message.stickers = stickers.map(({ id, name, format }) => ({
      stickerId: id as string,
      name: asText(name),
      format: asText(format),
    }));
  }
  const forwarded = asObject(payload.forwardedMessage);
  if (forwarded) message.forward = forwardFacts(forwarded);
}

function forwardFacts(forwarded: Payload): MessageRecord['forward'] {
  const { timestamp, content, ...rest } = forwarded;
  const text = asText(content);
  return {
    sentAt: parseTime(timestamp),
    content: text,
    contentLength: text === undefined ? undefined : codePoints(text),
    details: withoutPeople(rest) as Extra,
  };
}

function addReference(message: MessageRecord, payload: Payload): void {
  const reference = asObject(payload.reference);
  if (!reference) return;
  const id = (value: unknown) => (isSnowflake(value) && value !== '0' ? value : undefined);
  message.reference = {
    type: referenceType(reference.type),
    guildId: id(reference.guildId),
    channelId: id(reference.channelId),
    messageId: id(reference.messageId),
  };
}

const ROLE_OR_CHANNEL = /<(@&|#)(\d{1,19})>/g;

function addMentions(message: MessageRecord, payload: Payload, people: People, observedAt: number): void {
  if (message.body?.fidelity !== 2 && !hasAny(payload.mentions)) return;
  const mentions: NonNullable<MessageRecord['mentions']> = [];
  for (const user of asObjects(payload.mentions)) {
    if (!isSnowflake(user.id)) continue;
    const names = [user.name, user.nickname].filter((name) => typeof name === 'string');
    mentions.push({ kind: 'user', targetId: user.id, names });
    people.add(user, observedAt);
  }
  if (message.body?.fidelity === 2) {
    for (const [, sigil, id] of message.body.content.matchAll(ROLE_OR_CHANNEL)) {
      const kind = sigil === '#' ? 'channel' : 'role';
      if (isSnowflake(id) && !mentions.some((m) => m.kind === kind && m.targetId === id))
        mentions.push({ kind, targetId: id });
    }
  }
  if (mentions.length > 0) message.mentions = mentions;
}

function addExtra(
  message: MessageRecord,
  payload: Payload,
  people: People,
  context: FileContext,
  createdMs: number,
): void {
  let extra: Extra | undefined;
  const timestamp = parseTime(payload.timestamp);
  if (timestamp === undefined || Math.abs(timestamp - createdMs) > TIMESTAMP_SLACK_MS) {
    context.note(timestamp === undefined ? 'impossible-time' : 'timestamp-not-id', message.messageId);
    if (typeof payload.timestamp === 'string')
      extra = { timestamp: payload.timestamp.slice(0, 64).toWellFormed() };
  }
  const interaction = asObject(payload.interaction);
  if (interaction) {
    const user = asObject(interaction.user);
    if (user && isSnowflake(user.id)) {
      message.invokerId = user.id;
      people.add(user, message.observedAt);
    }
    extra = { ...extra, interaction: withoutPeople({ ...interaction, user: undefined }) };
  }
  for (const key in payload) {
    if (!MESSAGE_KEYS.has(key) && payload[key] !== null)
      extra = { ...extra, [key]: withoutPeople(payload[key]) };
  }
  if (extra) message.extra = extra;
}
