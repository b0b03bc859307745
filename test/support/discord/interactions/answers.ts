/** What the bot answers an interaction, as who asked sees it: messages of the channel, or of theirs alone. */
import {
  type APIEmbed,
  type APIMessage,
  type APIMessageTopLevelComponent,
  InteractionType,
  MessageFlags,
  MessageType,
} from 'discord-api-types/v10';
import type { AnsweredTruth, MessageTruth, Snowflake } from '../model.ts';
import { messagePayload } from '../payloads.ts';
import type { Written } from '../rest/writing.ts';
import { textsOf } from '../rest/writing/walk.ts';
import { blankMessage, post, readMentions, tellUpdate } from '../world/post.ts';
import type { Held, Interaction } from './held.ts';

const { Ephemeral, Loading } = MessageFlags;

/** A change of what the asker sees. */
export interface Answer {
  /** `answered`: the first that the original, or the message of a pressed button, shows. */
  what: 'deferred' | 'answered' | 'edited' | 'followed up' | 'deleted';
  atMs: number;
  /** As it then was; of `deleted`, as it last was. */
  message: ShownMessage;
}

/** A message as it was shown at some time. */
export interface ShownMessage {
  id: Snowflake;
  channelId: Snowflake;
  isEphemeral: boolean;
  /** "Almanac is thinking ..." */
  isDeferred: boolean;
  flags: number;
  content: string;
  embeds: APIEmbed[];
  components: APIMessageTopLevelComponent[];
  /** All that came with it, those that components show too. */
  attachments: ShownFile[];
}

export interface ShownFile {
  id: Snowflake;
  name: string;
  description?: string;
  contentType: string;
  bytes: Buffer;
}

/** A new message; the original where there is none yet. */
export function say(
  held: Held,
  interaction: Interaction,
  written: Written,
  { isEphemeral, isLoading = false }: { isEphemeral: boolean; isLoading?: boolean },
): MessageTruth {
  const { world } = held;
  const { guild, channel } = interaction;
  const isFollowUp = interaction.originalId !== undefined;
  const said: Partial<MessageTruth> & Pick<MessageTruth, 'authorId'> = {
    authorId: world.truth.bot.id,
    ...written,
    flags: written.flags | (isEphemeral ? Ephemeral : 0) | (isLoading ? Loading : 0),
    ...mentionsIn(held, interaction, written),
    ...placeOf(interaction, isFollowUp),
  };
  const message = isEphemeral
    ? { ...blankMessage(world.nextId(), channel.id, said.authorId), ...said }
    : post(world, guild, channel, said);
  if (isEphemeral) held.keepEphemeral(message);
  interaction.originalId ??= message.id;
  interaction.own.add(message.id);
  note(held, interaction, isLoading ? 'deferred' : isFollowUp ? 'followed up' : 'answered', message);
  return message;
}

/** A message that stands is written over; one that was deferred is no longer. */
export function rewrite(held: Held, interaction: Interaction, message: MessageTruth, written: Written): void {
  const { world } = held;
  const isFirst = isDeferred(message) || !interaction.own.has(message.id);
  const before = { content: message.content, at: message.editedAt ?? interaction.atMs };
  Object.assign(message, written, mentionsIn(held, interaction, written), {
    flags: written.flags & ~Loading,
    ...(!isDeferred(message) && { editedAt: world.now(), earlier: [...message.earlier, before] }),
  });
  if (!isEphemeral(message)) tellUpdate(world, interaction.guild, message);
  interaction.own.add(message.id);
  note(held, interaction, isFirst ? 'answered' : 'edited', message);
}

/** It goes. */
export function takeBack(held: Held, interaction: Interaction, message: MessageTruth): void {
  if (!held.ephemeral.delete(message.id)) held.world.deleteMessage(message);
  interaction.own.add(message.id);
  note(held, interaction, 'deleted', message);
}

/** A message that the interaction may speak of, if it is still there. */
export function findMessage(held: Held, interaction: Interaction, id: string): MessageTruth | undefined {
  const meant = id === '@original' ? interaction.originalId : id;
  if (meant === undefined || (meant !== interaction.originalId && !interaction.own.has(meant)))
    return undefined;
  return held.ephemeral.get(meant) ?? interaction.channel.messages.get(meant);
}

/** As REST shows it. */
export function payloadOf(
  held: Held,
  { guild }: Pick<Interaction, 'guild'>,
  message: MessageTruth,
): APIMessage {
  return messagePayload(held.world.truth, guild, message);
}

export const isEphemeral = ({ flags }: Pick<MessageTruth, 'flags'>): boolean => (flags & Ephemeral) !== 0;
export const isDeferred = ({ flags }: Pick<MessageTruth, 'flags'>): boolean => (flags & Loading) !== 0;

/** A message as it is now. */
export function shownMessage(message: MessageTruth): ShownMessage {
  const { id, channelId, flags, content, embeds, components, attachments } = message;
  return {
    id,
    channelId,
    isEphemeral: isEphemeral(message),
    isDeferred: isDeferred(message),
    flags,
    content,
    embeds,
    components,
    attachments: attachments.map((file) => ({
      id: file.id,
      name: file.filename,
      ...(file.description !== undefined && { description: file.description }),
      contentType: file.contentType,
      bytes: file.bytes ?? Buffer.alloc(0),
    })),
  };
}

function note(held: Held, interaction: Interaction, what: Answer['what'], message: MessageTruth): void {
  interaction.answers.push({ what, atMs: held.world.now(), message: shownMessage(message) });
  interaction.wake();
}

function mentionsIn({ world }: Held, { guild }: Interaction, { content, components }: Written) {
  return readMentions(world, guild, [content, ...textsOf(components)].join('\n'));
}

/** The first answer to a command stands by itself; all others refer to what they follow. */
function placeOf(
  { id, type, userId, command, pressed, originalId, guild, channel }: Interaction,
  isFollowUp: boolean,
): Pick<MessageTruth, 'type' | 'interaction' | 'reference'> {
  const isPress = type === InteractionType.MessageComponent;
  const interaction: AnsweredTruth = {
    id,
    type: isPress ? InteractionType.MessageComponent : InteractionType.ApplicationCommand,
    userId,
    ...(command !== undefined && { command }),
    ...(pressed && { pressedId: pressed.id }),
    ...(isFollowUp && { originalId: originalId! }),
  };
  const messageId = isFollowUp ? originalId : pressed?.id;
  if (messageId === undefined) return { type: MessageType.ChatInputCommand, interaction };
  return {
    type: MessageType.Reply,
    interaction,
    reference: { messageId, channelId: channel.id, guildId: guild.id },
  };
}
