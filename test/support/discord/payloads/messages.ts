import {
  type APIAttachment,
  type APIMessage,
  type APIUser,
  type GatewayMessageCreateDispatchData,
  MessageReferenceType,
  MessageType,
  StickerFormatType,
} from 'discord-api-types/v10';
import type { AnsweredTruth, AttachmentTruth, GuildTruth, MessageTruth, Snowflake, Truth } from '../model.ts';
import { channelPayload } from './channels.ts';
import { profilePayload, userPayload } from './people.ts';
import { pollPayload } from './polls.ts';
import { reactionPayload } from './reactions.ts';
import { apiTime, timeOf } from './time.ts';

/** How much of a message is shown. */
export interface MessageView {
  /** The application lacks the content intent. */
  withheld?: boolean;
}

/** A message as REST answers it. */
export function messagePayload(
  truth: Truth,
  guild: GuildTruth,
  message: MessageTruth,
  { withheld = false }: MessageView = {},
): APIMessage {
  const thread = guild.channels.get(message.id);
  const payload: APIMessage = {
    ...ownPayload(truth, guild, message),
    ...(thread?.thread && { thread: channelPayload(truth, guild, thread) as APIMessage['thread'] & {} }),
    ...(message.reactions.size > 0 && {
      reactions: [...message.reactions.values()].map((reaction) => reactionPayload(truth, reaction)),
    }),
    ...referred(truth, guild, message),
  };
  return withheld ? withhold(payload, truth.bot.id) : payload;
}

/** A message as the gateway tells of it: with its guild, its author's membership, and no thread. */
export function gatewayMessage(
  truth: Truth,
  guild: GuildTruth,
  message: MessageTruth,
): GatewayMessageCreateDispatchData {
  const { thread: _, ...payload } = messagePayload(truth, guild, message);
  const author = guild.members.get(message.authorId);
  return {
    ...payload,
    guild_id: guild.id,
    ...(author && { member: profilePayload(author) }),
    mentions: message.mentions.map((id) => {
      const mentioned = guild.members.get(id);
      return {
        ...userPayload(truth.users.get(id)!),
        ...(mentioned && { member: profilePayload(mentioned) }),
      };
    }),
  } as GatewayMessageCreateDispatchData;
}

/** The message without what only the content intent shows, unless the bot wrote it or is mentioned in it. */
export function withhold<M extends APIMessage>(message: M, botId: Snowflake): M {
  const isOurs = message.author.id === botId || message.mentions.some(({ id }) => id === botId);
  const answered = message.referenced_message
    ? { referenced_message: withhold(message.referenced_message, botId) }
    : {};
  if (isOurs) return { ...message, ...answered };
  const { poll: _, message_snapshots: snapshots, ...rest } = message;
  return {
    ...rest,
    ...NOTHING,
    ...answered,
    ...(snapshots && {
      message_snapshots: snapshots.map((snapshot) => ({ message: { ...snapshot.message, ...NOTHING } })),
    }),
  } as unknown as M;
}

const NOTHING = { content: '', embeds: [], attachments: [], components: [] };

/** What a message says of itself. */
function ownPayload(truth: Truth, guild: GuildTruth, message: MessageTruth): APIMessage {
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: authorOf(truth, message),
    content: message.content,
    timestamp: apiTime(timeOf(message.id)),
    edited_timestamp: message.editedAt === null ? null : apiTime(message.editedAt),
    tts: false,
    mention_everyone: message.mentionsEveryone,
    mentions: message.mentions.map((id) => userPayload(truth.users.get(id)!)),
    mention_roles: [...message.mentionRoles],
    attachments: message.attachments
      .filter(({ isPlaced }) => !isPlaced)
      .map((attachment) => attachmentPayload(message.channelId, attachment)),
    embeds: message.embeds,
    components: message.components,
    flags: message.flags,
    pinned: message.pinned,
    ...(message.webhook && { webhook_id: message.authorId }),
    ...(message.interaction && answerFields(truth, guild, message.interaction)),
    ...(message.stickers.length > 0 && {
      sticker_items: message.stickers.map((id) => ({
        id,
        name: guild.stickers.get(id)?.name ?? 'sticker',
        format_type: StickerFormatType.PNG,
      })),
    }),
    ...(message.poll && { poll: pollPayload(truth, message.poll) }),
  };
}

/** What an answer says of whom it answers: Discord sends it as a webhook of the application would. */
function answerFields(
  truth: Truth,
  guild: GuildTruth,
  { id, type, userId, command, pressedId, originalId }: AnsweredTruth,
): Partial<APIMessage> {
  const user = userPayload(truth.users.get(userId)!);
  return {
    application_id: truth.application.id,
    webhook_id: truth.application.id,
    interaction_metadata: {
      id,
      type,
      user,
      authorizing_integration_owners: { 0: guild.id },
      ...(originalId !== undefined && { original_response_message_id: originalId }),
      ...(pressedId !== undefined && { interacted_message_id: pressedId }),
    } as NonNullable<APIMessage['interaction_metadata']>,
    ...(command !== undefined &&
      originalId === undefined && { interaction: { id, type, name: command, user } }),
  };
}

/** Types that show the message that they refer to; null where it is gone. */
const REFERRING = [MessageType.Reply, MessageType.ContextMenuCommand, MessageType.ThreadStarterMessage];

function referred(truth: Truth, guild: GuildTruth, message: MessageTruth): Partial<APIMessage> {
  if (!message.reference) return {};
  const { type = MessageReferenceType.Default, messageId, channelId, guildId } = message.reference;
  const meant = messageId && guild.channels.get(channelId)?.messages.get(messageId);
  return {
    message_reference: {
      type,
      channel_id: channelId,
      guild_id: guildId,
      ...(messageId && { message_id: messageId }),
    },
    ...(REFERRING.includes(message.type) && {
      referenced_message: meant ? referencedPayload(truth, guild, meant) : null,
    }),
    ...(message.snapshot && { message_snapshots: [{ message: message.snapshot }] }),
  };
}

/** It names what it refers to itself, and shows it no more. */
function referencedPayload(truth: Truth, guild: GuildTruth, message: MessageTruth): APIMessage {
  const { referenced_message: _, ...rest } = referred(truth, guild, message);
  return { ...ownPayload(truth, guild, message), ...rest };
}

function authorOf(truth: Truth, message: MessageTruth): APIUser {
  if (!message.webhook) return userPayload(truth.users.get(message.authorId)!);
  return userPayload({
    id: message.authorId,
    username: message.webhook.name,
    discriminator: '0000',
    global_name: null,
    avatar: null,
    bot: true,
  });
}

/** A file as a message shows it. */
export function attachmentPayload(
  channelId: Snowflake,
  { id, filename, size, contentType, description, width, height }: AttachmentTruth,
): APIAttachment {
  return {
    id,
    filename,
    size,
    ...attachmentUrls(channelId, { id, filename }),
    content_type: contentType,
    ...(description !== undefined && { description }),
    ...(width !== undefined && height !== undefined && { width, height }),
  };
}

/** Where a file is; the address expires. */
export function attachmentUrls(
  channelId: Snowflake,
  { id, filename }: Pick<AttachmentTruth, 'id' | 'filename'>,
) {
  const path = `attachments/${channelId}/${id}/${encodeURIComponent(filename)}`;
  return {
    url: `https://cdn.discordapp.com/${path}?ex=1`,
    proxy_url: `https://media.discordapp.net/${path}?ex=1`,
  };
}
