/**
 * A message as the gateway or REST tells it.
 *
 * Source  https://discord.com/developers/docs/resources/message#message-object
 */
import type { MessageRecord, RecordBatch } from '../../db/records.ts';
import { snowflakeMs } from '../../db/snowflake.ts';
import { asObject, type Payload } from '../payload.ts';
import { addThread } from './channels.ts';
import { addPerson } from './members.ts';
import { toMentions } from './mentions.ts';
import {
  toAttachments,
  toEmbeds,
  toExtra,
  toForward,
  toPoll,
  toReference,
  toStickers,
} from './message-parts.ts';
import {
  addEach,
  addPart,
  asId,
  asNumber,
  asPast,
  INT2_MAX,
  isFilled,
  requiredId,
  requiredObject,
  stored,
} from './payload.ts';
import { PayloadError } from './payload-error.ts';
import { toCounts } from './reactions.ts';
import type { Teller } from './teller.ts';

const MEMBER_JOIN = 7;
/** Shown to one person only, and in no history. */
const EPHEMERAL_FLAG = 1 << 6;

/**
 * Adds a message, and the people and the thread that it shows. `isWhole`: it is new, or REST's; else an update,
 * which without its author tells only that the message is there and when it was edited.
 *
 * Errors  PayloadError
 */
export function addMessage(
  batch: RecordBatch,
  teller: Teller,
  payload: unknown,
  { isWhole }: { isWhole: boolean },
): void {
  const message = requiredObject(payload, 'message');
  const record = toBareMessage(teller, message);
  const flags = asNumber(message.flags);
  if (((flags ?? 0) & EPHEMERAL_FLAG) !== 0) return;
  if (!isWhole && message.author === undefined) {
    batch.messages.push(record);
    return;
  }
  const { guildId, observedAt, messageId } = record;
  const createdMs = snowflakeMs(messageId);
  // A webhook of its own id answers for an application, as the bot's account.
  const webhookId = asId(message.webhook_id);
  const isWebhook = webhookId !== undefined && webhookId !== message.application_id;
  const { userId: authorId, name } = addPerson(batch, teller, message.author, {
    member: message.member,
    seenAt: createdMs,
    isWebhook,
  });
  Object.assign(record, {
    authorId,
    type: asNumber(message.type, INT2_MAX),
    flags,
    webhookName: isWebhook ? name : undefined,
    invokerId: addInvoker(batch, teller, message),
    reference: toReference(message.message_reference),
    pinned: typeof message.pinned === 'boolean' ? message.pinned : undefined,
    reactions:
      isWhole && teller.source === 'gateway'
        ? { at: createdMs, counts: [] }
        : toCounts(message.reactions, observedAt, teller.source),
    ...toVersioned(message, authorId, teller),
    extra: toExtra(message),
  } satisfies Partial<MessageRecord>);
  batch.messages.push(record);
  addEach(message.mentions, (user) => addPerson(batch, teller, user, { member: user.member }));
  addPart(message.thread, (thread) => addThread(batch, teller, thread));
  if (record.type === MEMBER_JOIN)
    batch.moments.push({ guildId, userId: authorId, kind: 'joined', at: createdMs, source: 'message' });
}

/** What even an update without an author tells. */
function toBareMessage({ source, guildId, observedAt }: Teller, payload: Payload): MessageRecord {
  const place = { guildId, channelId: asId(payload.channel_id), messageId: asId(payload.id) };
  const messageId = requiredId(payload.id, 'id', observedAt, place);
  const channelId = requiredId(payload.channel_id, 'channel_id', observedAt, place);
  const editedAt = asPast(payload.edited_timestamp, observedAt);
  return {
    source,
    observedAt: Math.max(observedAt, snowflakeMs(messageId), editedAt ?? 0),
    guildId,
    channelId,
    messageId,
    ...(editedAt !== undefined && { editedAt }),
  };
}

/** Text and children: unknown where their version can't be read. */
function toVersioned(
  message: Payload,
  authorId: string,
  { self, observedAt }: Teller,
): Partial<MessageRecord> {
  const { content, edited_timestamp: edited } = message;
  if (isGiven(edited) && asPast(edited, observedAt) === undefined) return {};
  const isShown = self.hasContent || authorId === self.userId || isAnythingFilled(message);
  const text = isShown && typeof content === 'string' ? stored(content) : undefined;
  return {
    ...(text !== undefined && { body: { content: text, fidelity: 3 } }),
    ...(isShown && {
      attachments: toAttachments(message.attachments),
      embeds: toEmbeds(message.embeds),
      poll: toPoll(message.poll),
    }),
    stickers: toStickers(message.sticker_items),
    mentions: toMentions(message, text),
    forward: toForward(message.message_snapshots, observedAt),
  };
}

const isGiven = (value: unknown) => value !== null && value !== undefined;

/** Without the content intent these five are withheld together: one that is filled shows that none is. */
function isAnythingFilled({ content, embeds, attachments, components, poll }: Payload): boolean {
  const isText = typeof content === 'string' && content !== '';
  return isText || [embeds, attachments, components].some(isFilled) || asObject(poll) !== undefined;
}

/** Who used the command or button that the message answers. */
function addInvoker(batch: RecordBatch, teller: Teller, message: Payload): string | undefined {
  const interaction = asObject(message.interaction);
  const user = asObject(asObject(message.interaction_metadata)?.user) ?? asObject(interaction?.user);
  let invokerId: string | undefined;
  addPart(user, (person) => {
    invokerId = addPerson(batch, teller, person, { member: interaction?.member }).userId;
  });
  return invokerId;
}

/** A tombstone for a message that Discord says is deleted. Errors  PayloadError */
export function addDeletedMessage(batch: RecordBatch, teller: Teller, payload: Payload): void {
  const message = toBareMessage(teller, payload);
  batch.messages.push({ ...message, goneAt: message.observedAt });
}

/** Tombstones for all of a list that are readable. Errors  PayloadError: there is no list */
export function addDeletedMessages(batch: RecordBatch, teller: Teller, payload: Payload): void {
  if (!Array.isArray(payload.ids)) throw new PayloadError('ids is no list');
  const ids = new Set(payload.ids.filter((id) => asId(id)));
  for (const id of ids) addDeletedMessage(batch, teller, { id, channel_id: payload.channel_id });
}
