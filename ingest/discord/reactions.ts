/**
 * Reactions, and votes in polls: who gave or took back which, and complete lists of who did.
 *
 * Source  https://discord.com/developers/docs/events/gateway-events#message-reaction-add
 */
import type { EmojiFacts, MessageRecord, RecordBatch, Snowflake } from '../../db/records.ts';
import { snowflakeMs } from '../../db/snowflake.ts';
import { asObject, type Payload } from '../payload.ts';
import { addMember, addPerson } from './members.ts';
import { addEach, addPart, allOf, asId, asName, asNumber, asText, INT4_MAX, requiredId } from './payload.ts';
import { PayloadError } from './payload-error.ts';
import type { Teller } from './teller.ts';

const EMOJI_LENGTH_MAX = 100;

/** Everyone who reacted to a message with one emoji: users as REST listed them, both types, to the end. */
export interface Reactors {
  channelId: Snowflake;
  messageId: Snowflake;
  emoji: EmojiFacts;
  normal: unknown[];
  burst: unknown[];
}

/**
 * Adds a complete list of who reacted, which counts them: everyone else is off. The teller's time is when its
 * first page was asked for. With somebody in it who can't be read it only shows that the others are on.
 */
export function addReactors(batch: RecordBatch, teller: Teller, reactors: Reactors): void {
  const { channelId, messageId, emoji, normal, burst } = reactors;
  const { guildId, source } = teller;
  const observedAt = Math.max(teller.observedAt, snowflakeMs(messageId));
  const of = { guildId, channelId, messageId, emoji };
  const addUsers = (users: unknown[], isBurst: boolean) =>
    addEach(users, (user) => {
      const { userId } = addPerson(batch, teller, user, {});
      batch.reactionUsers.push({ ...of, userId, burst: isBurst, seenAt: observedAt });
    });
  const isWhole = [addUsers(normal, false), addUsers(burst, true)].every(Boolean);
  if (!isWhole) return;
  const counted = { at: observedAt, count: normal.length + burst.length };
  batch.reactions.push({ ...of, source, observedAt, counted, clearedAt: observedAt });
}

/** An emoji payload (`id`, `name`) as the key that reactions are stored by; undefined where it is none. */
export function toEmoji(payload: unknown): EmojiFacts | undefined {
  const emoji = asObject(payload);
  if (!emoji) return undefined;
  const id = asId(emoji.id);
  const name = asText(emoji.name);
  if (id === undefined) {
    return name !== undefined && name.length <= EMOJI_LENGTH_MAX && isNone(emoji.id)
      ? { key: name }
      : undefined;
  }
  return {
    key: id,
    ...(name !== undefined && { name: asName(name) }),
    ...(emoji.animated === true && { animated: true }),
  };
}

const isNone = (value: unknown) => value === null || value === undefined;

/** A message's whole list of counts. REST leaves an empty one out, an update may leave out any. */
export function toCounts(
  reactions: unknown,
  at: number,
  source: Teller['source'],
): MessageRecord['reactions'] {
  const list = reactions === undefined && source === 'rest' ? [] : reactions;
  const counts = allOf(list, (element) => {
    const { emoji, count: told } = asObject(element) ?? {};
    const facts = toEmoji(emoji);
    const count = asNumber(told, INT4_MAX);
    return facts && count !== undefined ? { ...facts, count } : undefined;
  });
  return counts && { at, counts };
}

/** MESSAGE_REACTION_ADD and MESSAGE_REACTION_REMOVE. */
export function addReaction(
  batch: RecordBatch,
  teller: Teller,
  payload: Payload,
  change: 'addedAt' | 'removedAt',
): void {
  const of = messageOf(teller, payload);
  const userId = requiredId(payload.user_id, 'user_id', teller.observedAt);
  const emoji = requiredEmoji(payload);
  const burst = payload.burst === true || payload.type === 1;
  batch.reactionUsers.push({ ...of, emoji, userId, burst, [change]: eventAt(teller, of.messageId) });
  addPart(payload.member, (member) => addMember(batch, teller, member));
}

/** MESSAGE_REACTION_REMOVE_EMOJI */
export function addClearedEmoji(batch: RecordBatch, teller: Teller, payload: Payload): void {
  const of = messageOf(teller, payload);
  const at = eventAt(teller, of.messageId);
  const emoji = requiredEmoji(payload);
  const { source } = teller;
  batch.reactions.push({ ...of, source, observedAt: at, emoji, counted: { at, count: 0 }, clearedAt: at });
}

/** MESSAGE_REACTION_REMOVE_ALL */
export function addClearedReactions(batch: RecordBatch, teller: Teller, payload: Payload): void {
  const of = messageOf(teller, payload);
  const at = eventAt(teller, of.messageId);
  batch.messages.push({ ...of, source: teller.source, observedAt: at, reactionsClearedAt: at });
}

/** MESSAGE_POLL_VOTE_ADD and MESSAGE_POLL_VOTE_REMOVE. */
export function addPollVote(
  batch: RecordBatch,
  teller: Teller,
  payload: Payload,
  change: 'addedAt' | 'removedAt',
): void {
  const of = messageOf(teller, payload);
  const userId = requiredId(payload.user_id, 'user_id', teller.observedAt);
  const answerId = asNumber(payload.answer_id, INT4_MAX);
  if (answerId === undefined) throw new PayloadError('answer_id is no number');
  batch.pollVotes.push({ ...of, answerId, userId, [change]: eventAt(teller, of.messageId) });
}

function messageOf({ guildId, observedAt }: Teller, payload: Payload) {
  return {
    guildId,
    channelId: requiredId(payload.channel_id, 'channel_id', observedAt),
    messageId: requiredId(payload.message_id, 'message_id', observedAt),
  };
}

/** What befalls a message comes after its creation, which counts as none: a slow clock must not lose it. */
const eventAt = ({ observedAt }: Teller, messageId: Snowflake) =>
  Math.max(observedAt, snowflakeMs(messageId) + 1);

function requiredEmoji(payload: Payload): EmojiFacts {
  const emoji = toEmoji(payload.emoji);
  if (!emoji) throw new PayloadError('emoji is none');
  return emoji;
}
