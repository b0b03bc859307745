/** What hangs on a message. Of each list what is readable is taken. */
import type { AttachmentFacts, Extra, ForwardFacts, MessageRecord, StickerFacts } from '../../db/records.ts';
import { codePoints } from '../../db/derive.ts';
import { parseTime } from '../time.ts';
import { asObject, asObjects, type Payload } from '../payload.ts';
import { asId, asJson, asNumber, asPast, asText, INT2_MAX, INT4_MAX, isFilled } from './payload.ts';

/** As exports call them. */
const STICKER_FORMATS = [undefined, 'Png', 'Apng', 'Lottie', 'Gif'];
const DURATION_SECS_MAX = 1e9;

/** Files, without their addresses, which expire. */
export function toAttachments(list: unknown): AttachmentFacts[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return asObjects(list).flatMap((file) => {
    const attachmentId = asId(file.id);
    const seconds = file.duration_secs;
    const hasLength = typeof seconds === 'number' && seconds >= 0 && seconds < DURATION_SECS_MAX;
    return attachmentId === undefined
      ? []
      : {
          attachmentId,
          fileName: asText(file.filename),
          contentType: asText(file.content_type),
          sizeBytes: asNumber(file.size),
          width: asNumber(file.width, INT4_MAX),
          height: asNumber(file.height, INT4_MAX),
          durationMs: hasLength ? Math.round(seconds * 1000) : undefined,
        };
  });
}

/** Embeds as they came, without people. */
export function toEmbeds(list: unknown): MessageRecord['embeds'] {
  if (!Array.isArray(list)) return undefined;
  const embeds = asJson(asObjects(list)) as unknown[];
  return { fidelity: 3, count: embeds.length, list: embeds };
}

/** Stickers that were sent. */
export function toStickers(list: unknown): StickerFacts[] | undefined {
  if (!Array.isArray(list)) return undefined;
  return asObjects(list).flatMap(({ id, name, format_type: format }) => {
    const stickerId = asId(id);
    return stickerId === undefined
      ? []
      : { stickerId, name: asText(name), format: STICKER_FORMATS[asNumber(format) ?? 0] };
  });
}

/** A poll with its results so far; never what the bot itself voted. */
export function toPoll(value: unknown): MessageRecord['poll'] {
  const poll = asObject(value);
  if (!poll) return undefined;
  const { question, answers, allow_multiselect, layout_type, expiry } = poll;
  const results = asObject(poll.results);
  const counts = asObjects(results?.answer_counts).map(({ id, count }) => ({ id, count }));
  return {
    answers: Array.isArray(answers) ? answers.length : undefined,
    expiresAt: parseTime(expiry),
    poll: asJson({
      question,
      answers,
      allow_multiselect,
      layout_type,
      ...(results && { results: { is_finalized: results.is_finalized, answer_counts: counts } }),
    }) as Payload,
  };
}

/** The copy of a message that was forwarded; Discord gives no author with it. */
export function toForward(snapshots: unknown, observedAt: number): ForwardFacts | undefined {
  const [snapshot] = asObjects(snapshots);
  const copy = asObject(snapshot?.message);
  if (!copy) return undefined;
  const content = asText(copy.content);
  const files = toAttachments(copy.attachments)?.map(({ attachmentId: id, ...file }) => ({ id, ...file }));
  return {
    sentAt: asPast(copy.timestamp, observedAt),
    content,
    contentLength: content === undefined ? undefined : codePoints(content),
    details: {
      ...(isFilled(files) && { attachments: files }),
      ...(isFilled(copy.embeds) && { embeds: asJson(copy.embeds) }),
      ...(isFilled(copy.sticker_items) && { stickers: toStickers(copy.sticker_items) }),
    },
  };
}

/** What a message answers, forwards or speaks of. */
export function toReference(value: unknown): MessageRecord['reference'] {
  const reference = asObject(value);
  if (!reference) return undefined;
  return {
    type: asNumber(reference.type ?? 0, INT2_MAX),
    guildId: asId(reference.guild_id),
    channelId: asId(reference.channel_id),
    messageId: asId(reference.message_id),
  };
}

/** What no column holds, without people. */
export function toExtra(message: Payload): Extra | undefined {
  const { activity, call, components, role_subscription_data: subscription } = message;
  const [metadata, interaction] = [asObject(message.interaction_metadata), asObject(message.interaction)];
  const used = metadata ?? interaction;
  const extra: Extra = {
    components: isFilled(components) ? components : undefined,
    applicationId: asId(message.application_id),
    activity: asObject(activity) && { type: asNumber(asObject(activity)?.type) },
    roleSubscription: asObject(subscription),
    callEndedTimestamp: asText(asObject(call)?.ended_timestamp),
    interaction: used && {
      id: asId(used.id),
      type: asNumber(used.type),
      name: asText(metadata?.name) ?? asText(interaction?.name),
    },
    mentionsEveryone: message.mention_everyone === true || undefined,
  };
  const told = Object.entries(extra).filter(([, value]) => value !== undefined);
  return told.length > 0 ? (asJson(Object.fromEntries(told)) as Extra) : undefined;
}
