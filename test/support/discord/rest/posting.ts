/** The bot says something, edits it, takes it back. */
import {
  ChannelType,
  PermissionFlagsBits,
  type RESTPatchAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import type { ChannelTruth, MessageTruth, Snowflake } from '../model.ts';
import { mentioned, noteMentions } from './mentions.ts';
import { shown } from './messages.ts';
import { demand, messageOf, type Place, placeOf } from './reach.ts';
import { refusals } from './refusal.ts';
import { type Answer, type Asked, done, ok } from './route.ts';
import { EDITABLE, SENDABLE, write } from './writing.ts';

const { AttachFiles, EmbedLinks, ManageMessages, ManageThreads, SendMessages, SendMessagesInThreads } =
  PermissionFlagsBits;

/** POST /channels/{channel_id}/messages; with `enforce_nonce` the message that the bot sent with the nonce before. */
export function postMessage(asked: Asked): Answer {
  const { world, memory, interactions, files } = asked;
  const place = placeOf(asked);
  const said = checked(asked, place);
  const nonce = said.nonce ?? undefined;
  const before = nonce !== undefined && said.enforce_nonce ? sentBefore(asked, nonce) : undefined;
  if (before) return ok({ ...shown(asked, before, before.message), nonce });
  noteMentions(interactions, { typed: `#${place.channel.name}` }, 'a post', said);
  const replyTo = repliedTo(said, place.channel);
  const written = write(said, { world, channelId: place.channel.id, files, flags: SENDABLE });
  const message = world.send(place.channel.id, {
    author: world.truth.bot.id,
    ...written,
    mentions: mentioned(world, place.guild, written, said),
    ...(nonce !== undefined && { nonce }),
    ...(replyTo !== undefined && { replyTo }),
  });
  if (nonce !== undefined) memory.nonces.set(String(nonce), { message, atMs: world.now() });
  return ok({ ...shown(asked, place, message), ...(nonce !== undefined && { nonce }) });
}

/** PATCH /channels/{channel_id}/messages/{message_id}: its own only. */
export function editMessage(asked: Asked): Answer {
  const { world, files } = asked;
  const found = messageOf(asked);
  if (found.message.authorId !== world.truth.bot.id) throw refusals.notOurMessage();
  if (files.length > 0) demand(asked, found, AttachFiles);
  const said = asked.body as RESTPatchAPIChannelMessageJSONBody;
  noteMentions(asked.interactions, { typed: `#${found.channel.name}` }, 'an edit of a post', said);
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

/** Wherever that was, if it is still there. */
function sentBefore(
  { memory: { nonces, nonceMs }, world }: Asked,
  nonce: string | number,
): (Place & { message: MessageTruth }) | undefined {
  for (const [old, { atMs }] of nonces) if (world.now() - atMs > nonceMs) nonces.delete(old);
  const { id, channelId } = nonces.get(String(nonce))?.message ?? {};
  for (const guild of world.truth.guilds.values()) {
    const channel = guild.channels.get(channelId ?? '');
    const message = channel?.messages.get(id ?? '');
    if (channel && message) return { guild, channel, message };
  }
  return undefined;
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
