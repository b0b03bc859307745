/** The bot says something, edits it, takes it back. */
import {
  type APIEmbed,
  ChannelType,
  EmbedType,
  PermissionFlagsBits,
  type RESTPatchAPIChannelMessageJSONBody,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';
import type { ChannelTruth, MessageTruth, Snowflake } from '../model.ts';
import { shown } from './messages.ts';
import { demand, messageOf, type Place, placeOf } from './reach.ts';
import { refusals } from './refusal.ts';
import { type Answer, type Asked, done, ok } from './route.ts';

const { AttachFiles, EmbedLinks, ManageMessages, ManageThreads, SendMessages, SendMessagesInThreads } =
  PermissionFlagsBits;

/** Discord says "the last few minutes". */
const NONCE_MS = 3 * 60_000;

/** Discord's limit for bots; its description gives that of subscribers. */
const CONTENT_LENGTH_MAX = 2000;

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
    content: said.content ?? '',
    embeds: (said.embeds ?? []).map(richEmbed),
    components: said.components ?? [],
    attachments: files,
    flags: said.flags ?? 0,
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
  const { content, embeds, components, flags, attachments } =
    asked.body as RESTPatchAPIChannelMessageJSONBody;
  if ((content?.length ?? 0) > CONTENT_LENGTH_MAX) throw tooLong();
  const kept = attachments
    ? found.message.attachments.filter(({ id }) => attachments.some((one) => String(one.id) === id))
    : found.message.attachments;
  const message = world.edit(found.message, {
    ...(content !== undefined && { content: content ?? '' }),
    ...(embeds !== undefined && { embeds: (embeds ?? []).map(richEmbed) }),
    ...(components !== undefined && { components: components ?? [] }),
    ...(flags != null && { flags }),
    attachments: [...kept, ...files.map((file) => ({ id: world.nextId(), ...file }))],
  });
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
  const parts = [
    said.content,
    said.embeds?.length,
    said.components?.length,
    said.sticker_ids?.length,
    said.poll,
  ];
  if (!parts.some(Boolean) && asked.files.length === 0) throw refusals.emptyMessage();
  if ((said.content?.length ?? 0) > CONTENT_LENGTH_MAX) throw tooLong();
  return said;
}

const TEXTLESS = [ChannelType.GuildCategory, ChannelType.GuildForum, ChannelType.GuildMedia];

const tooLong = () =>
  refusals.invalidForm(
    'content',
    `Must be ${CONTENT_LENGTH_MAX} or fewer in length.`,
    'BASE_TYPE_MAX_LENGTH',
  );

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

/** An embed as it comes back. */
function richEmbed(embed: APIEmbed): APIEmbed {
  const fields = embed.fields?.map((field) => ({ inline: false, ...field }));
  return { ...embed, type: EmbedType.Rich, ...(fields && { fields }) };
}
