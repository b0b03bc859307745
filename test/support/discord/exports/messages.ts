import { MessageReferenceType, MessageType } from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, MessageTruth } from '../model.ts';
import { apiTime } from '../payloads.ts';
import { attachmentPayload } from '../payloads/messages.ts';
import type { World } from '../world.ts';
import type { PastMessage } from '../world/history.ts';
import { readMentions } from '../world/post.ts';
import { toEmbed } from './embeds.ts';
import type { ExportedFile, ExportedMessage } from './export.ts';
import { isWebhook, strangers } from './people.ts';

/** Message types by the names that exports give them; others stand there as numbers. */
const TYPES: Record<string, MessageType> = {
  Default: MessageType.Default,
  RecipientAdd: MessageType.RecipientAdd,
  RecipientRemove: MessageType.RecipientRemove,
  Call: MessageType.Call,
  ChannelNameChange: MessageType.ChannelNameChange,
  ChannelIconChange: MessageType.ChannelIconChange,
  ChannelPinnedMessage: MessageType.ChannelPinnedMessage,
  GuildMemberJoin: MessageType.UserJoin,
  ThreadCreated: MessageType.ThreadCreated,
  Reply: MessageType.Reply,
};

/** Of these an export has a sentence of its own, where Discord says nothing. */
const WORDLESS = [
  MessageType.RecipientAdd,
  MessageType.RecipientRemove,
  MessageType.Call,
  MessageType.ChannelIconChange,
  MessageType.ChannelPinnedMessage,
  MessageType.UserJoin,
];

/** A message as it was before it was exported. Its stickers become the guild's, which knows their names. */
export function toPast(
  world: World,
  guild: GuildTruth,
  channel: ChannelTruth,
  message: ExportedMessage,
): PastMessage {
  const { id, author, timestampEdited, isPinned, attachments, embeds, stickers = [], mentions } = message;
  for (const { id: stickerId, name } of stickers) guild.stickers.set(stickerId, { id: stickerId, name });
  const type = TYPES[message.type] ?? Number(message.type);
  const content = textOf(guild, type, message);
  return {
    id,
    ...(isWebhook(author) ? { webhook: { id: author.id, name: author.name } } : { author: author.id }),
    type,
    content,
    ...readMentions(world, guild, content),
    ...(mentions && { mentions: mentions.map((user) => user.id) }),
    ...(timestampEdited !== null && { editedAt: Date.parse(timestampEdited) }),
    pinned: isPinned,
    attachments: attachments.map(toAttachment),
    embeds: embeds.map(toEmbed),
    stickers: stickers.map((sticker) => sticker.id),
    reactions: toReactions(world, message),
    ...referenceOf(guild, channel, message),
  };
}

function textOf(guild: GuildTruth, type: MessageType, { content, reference }: ExportedMessage): string {
  if (WORDLESS.includes(type)) return '';
  if (type !== MessageType.ThreadCreated) return content;
  return guild.channels.get(reference?.channelId ?? '')?.name ?? '';
}

/** Who isn't named is made up, up to the count; where there are fewer, those who are named count. */
function toReactions(world: World, { reactions }: ExportedMessage): PastMessage['reactions'] {
  return reactions.map(({ emoji: { id, name, isAnimated }, count, users = [] }) => ({
    emoji: id ? { id, name, animated: isAnimated } : name,
    users: [...users.map((user) => user.id), ...strangers(world, Math.max(0, count - users.length))],
  }));
}

function referenceOf(
  guild: GuildTruth,
  channel: ChannelTruth,
  { reference, forwardedMessage: forwarded }: ExportedMessage,
): Pick<PastMessage, 'reference' | 'snapshot'> {
  if (!reference) return {};
  const { type, messageId, channelId, guildId } = reference;
  return {
    reference: {
      ...(type === 'Forward' && { type: MessageReferenceType.Forward }),
      ...(messageId !== null && { messageId }),
      channelId: channelId ?? channel.id,
      guildId: guildId ?? guild.id,
    },
    ...(forwarded && { snapshot: toSnapshot(channel, forwarded) }),
  };
}

function toSnapshot(
  channel: ChannelTruth,
  {
    timestamp,
    timestampEdited,
    content,
    attachments,
    embeds,
  }: NonNullable<ExportedMessage['forwardedMessage']>,
): NonNullable<MessageTruth['snapshot']> {
  return {
    type: MessageType.Default,
    content,
    mentions: [],
    mention_roles: [],
    attachments: attachments.map((file) => attachmentPayload(channel.id, toAttachment(file))),
    embeds: embeds.map(toEmbed),
    timestamp: apiTime(Date.parse(timestamp)),
    edited_timestamp: timestampEdited === null ? null : apiTime(Date.parse(timestampEdited)),
    flags: 0 as never,
    components: [],
  };
}

const CONTENT_TYPES: Record<string, string> = {
  gif: 'image/gif',
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  ogg: 'audio/ogg',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain; charset=utf-8',
  webp: 'image/webp',
};

function toAttachment({ id, fileName, fileSizeBytes }: ExportedFile): MessageTruth['attachments'][number] {
  const ending = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const contentType = CONTENT_TYPES[ending] ?? 'application/octet-stream';
  return { id, filename: fileName, size: fileSizeBytes, contentType };
}
