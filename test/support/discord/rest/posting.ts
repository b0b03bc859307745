/** The bot says something, edits it, takes it back. */
import {
  ChannelType,
  PermissionFlagsBits,
  type RESTPatchAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import type { ChannelTruth, MessageTruth, Snowflake } from '../model.ts';
import { shown } from './messages.ts';
import { demand, messageOf, type Place, placeOf } from './reach.ts';
import { refusals } from './refusal.ts';
import { type Answer, type Asked, done, ok } from './route.ts';
import { EDITABLE, SENDABLE, write } from './writing.ts';

const { AttachFiles, EmbedLinks, ManageMessages, ManageThreads, SendMessages, SendMessagesInThreads } =
  PermissionFlagsBits;

/** Discord says "the last few minutes". */
const NONCE_MS = 3 * 60_000;

/** POST /channels/{channel_id}/messages; with `enforce_nonce` the message that has the nonce already. */
export function postMessage(asked: Asked): Answer {
  const { world, memory, files } = asked;
  const place = placeOf(asked);
  const said = checked(asked, place);
  const key = said.enforce_nonce && said.nonce != null ? `${place.channel.id} ${said.nonce}` : undefined;
  const before = key === undefined ? undefined : sentBefore(asked, place.channel, key);
  if (before) return ok({ ...shown(asked, place, before), nonce: said.nonce });
  const replyTo = repliedTo(said, place.channel);
  const message = world.send(place.channel.id, {
    author: world.truth.bot.id,
    ...write(said, { world, channelId: place.channel.id, files, flags: SENDABLE }),
    ...(said.nonce != null && { nonce: said.nonce }),
    ...(replyTo !== undefined && { replyTo }),
  });
  if (key !== undefined) memory.nonces.set(key, { messageId: message.id, atMs: world.now() });
  return ok({ ...shown(asked, place, message), ...(said.nonce != null && { nonce: said.nonce }) });
}

/** PATCH /channels/{channel_id}/messages/{message_id}: its own only. */
export function editMessage(asked: Asked): Answer {
  const { world, files } = asked;
  const found = messageOf(asked);
  if (found.message.authorId !== world.truth.bot.id) throw refusals.notOurMessage();
  const said = asked.body as RESTPatchAPIChannelMessageJSONBody;
  const { channelId } = found.message;
  const writing = { world, channelId, files, flags: EDITABLE, before: found.message };
  const { content, ...written } = write(said, writing);
  const isTextNew = content !== found.message.content;
  const message = world.edit(found.message, { ...written, ...(isTextNew && { content }) });
  return ok(shown(asked, found, message));
}

/** DELETE /channels/{channel_id}/messages/{message_id} */
export function deleteMessage(asked: Asked): Answer {
  const found = messageOf(asked);
  if (found.message.authorId !== asked.world.truth.bot.id) demand(asked, found, ManageMessages);
  asked.world.deleteMessage(found.message);
  return done;
}

/** The message to send, if it may be sent there. */
function checked(asked: Asked, place: Place): RESTPostAPIChannelMessageJSONBody {
  const said = (asked.body ?? {}) as RESTPostAPIChannelMessageJSONBody;
  if (TEXTLESS.includes(place.channel.type)) throw refusals.notAText();
  demand(asked, place, place.channel.thread ? SendMessagesInThreads : SendMessages);
  if (said.embeds?.length) demand(asked, place, EmbedLinks);
  if (asked.files.length > 0) demand(asked, place, AttachFiles);
  if (place.channel.thread?.locked) demand(asked, place, ManageThreads);
  return said;
}

const TEXTLESS = [ChannelType.GuildCategory, ChannelType.GuildForum, ChannelType.GuildMedia];

function sentBefore({ memory, world }: Asked, channel: ChannelTruth, key: string): MessageTruth | undefined {
  for (const [old, { atMs }] of memory.nonces) if (world.now() - atMs > NONCE_MS) memory.nonces.delete(old);
  return channel.messages.get(memory.nonces.get(key)?.messageId ?? '');
}

function repliedTo(
  { message_reference: reference }: RESTPostAPIChannelMessageJSONBody,
  { messages }: ChannelTruth,
): Snowflake | undefined {
  if (!reference) return undefined;
  const id = String(reference.message_id);
  if (messages.has(id)) return id;
  if (reference.fail_if_not_exists === false) return undefined;
  throw refusals.invalidForm('message_reference', 'Unknown message', 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE');
}
