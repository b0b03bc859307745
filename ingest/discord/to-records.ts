/**
 * A gateway dispatch as records. Pure: the same payload at the same time gives the same records.
 *
 * Source  https://discord.com/developers/docs/events/gateway-events#receive-events
 */
import { emptyBatch, type RecordBatch, type Snowflake } from '../../db/records.ts';
import { asObject, type Payload } from '../payload.ts';
import { addChannel, addDeletedChannel, addThread } from './channels.ts';
import * as guilds from './guilds.ts';
import { addBan, addJoin, addLeave, addMember } from './members.ts';
import { addDeletedMessage, addDeletedMessages, addMessage } from './messages.ts';
import { addEach, asId, asNumber, asText, requiredId, requiredObject } from './payload.ts';
import { PayloadError, type Place } from './payload-error.ts';
import { addClearedEmoji, addClearedReactions, addPollVote, addReaction } from './reactions.ts';
import type { Self, Teller } from './teller.ts';

export { PayloadError } from './payload-error.ts';

/** What a dispatch tells, and what it speaks of. */
export interface Told {
  guildId: Snowflake;
  channelId?: Snowflake;
  messageId?: Snowflake;
  batch: RecordBatch;
  /** A part of a list of members that was asked for; left out where one of them could not be read. */
  chunk?: { nonce?: string; index: number; count: number };
}

type Chunk = NonNullable<Told['chunk']>;
type Normaliser = (batch: RecordBatch, teller: Teller, payload: Payload) => Chunk | undefined | void;

/** Every dispatch that tells something; all others are left. */
const NORMALISERS = new Map<string, Normaliser>([
  ['GUILD_CREATE', guilds.addCreatedGuild],
  ['GUILD_UPDATE', guilds.addGuild],
  ['GUILD_DELETE', guilds.addDeletedGuild],
  ['GUILD_ROLE_CREATE', (batch, teller, { role }) => guilds.addRole(batch, teller, role)],
  ['GUILD_ROLE_UPDATE', (batch, teller, { role }) => guilds.addRole(batch, teller, role)],
  ['GUILD_ROLE_DELETE', guilds.addDeletedRole],
  [
    'GUILD_EMOJIS_UPDATE',
    (batch, teller, { emojis }) => guilds.addExpressions(batch, teller, 'emoji', emojis),
  ],
  [
    'GUILD_STICKERS_UPDATE',
    (batch, teller, { stickers }) => guilds.addExpressions(batch, teller, 'sticker', stickers),
  ],
  ['GUILD_MEMBER_ADD', addJoin],
  ['GUILD_MEMBER_UPDATE', addMember],
  ['GUILD_MEMBER_REMOVE', addLeave],
  ['GUILD_MEMBERS_CHUNK', addChunk],
  ['GUILD_BAN_ADD', (batch, teller, payload) => addBan(batch, teller, payload, 'banned')],
  ['GUILD_BAN_REMOVE', (batch, teller, payload) => addBan(batch, teller, payload, 'unbanned')],
  ['CHANNEL_CREATE', addChannel],
  ['CHANNEL_UPDATE', addChannel],
  ['CHANNEL_DELETE', addDeletedChannel],
  ['THREAD_CREATE', addThread],
  ['THREAD_UPDATE', addThread],
  ['THREAD_DELETE', addDeletedChannel],
  [
    'THREAD_LIST_SYNC',
    (batch, teller, { threads }) => void addEach(threads, (t) => addThread(batch, teller, t)),
  ],
  ['VOICE_STATE_UPDATE', (batch, teller, payload) => guilds.addVoiceState(batch, teller, payload, false)],
  ['MESSAGE_CREATE', (batch, teller, payload) => addMessage(batch, teller, payload, { isWhole: true })],
  ['MESSAGE_UPDATE', (batch, teller, payload) => addMessage(batch, teller, payload, { isWhole: false })],
  ['MESSAGE_DELETE', addDeletedMessage],
  ['MESSAGE_DELETE_BULK', addDeletedMessages],
  ['MESSAGE_REACTION_ADD', (batch, teller, payload) => addReaction(batch, teller, payload, 'addedAt')],
  ['MESSAGE_REACTION_REMOVE', (batch, teller, payload) => addReaction(batch, teller, payload, 'removedAt')],
  ['MESSAGE_REACTION_REMOVE_EMOJI', addClearedEmoji],
  ['MESSAGE_REACTION_REMOVE_ALL', addClearedReactions],
  ['MESSAGE_POLL_VOTE_ADD', (batch, teller, payload) => addPollVote(batch, teller, payload, 'addedAt')],
  ['MESSAGE_POLL_VOTE_REMOVE', (batch, teller, payload) => addPollVote(batch, teller, payload, 'removedAt')],
]);

/** Their `id` is the guild's. */
const OF_GUILDS = new Set(['GUILD_CREATE', 'GUILD_UPDATE', 'GUILD_DELETE']);

/**
 * The records of a dispatch; undefined where it tells nothing that is recorded, or belongs to no guild.
 *
 * Errors  PayloadError, and no other whatever the payload is
 */
export function dispatchRecords(
  dispatch: { t: string; d: unknown },
  observedAt: number,
  self: Self,
): Told | undefined {
  const { t, d } = dispatch;
  const normalise = NORMALISERS.get(t);
  if (!normalise) return undefined;
  const payload = asObject(d) ?? {};
  const place = placeOf(t, payload);
  const guildKey = OF_GUILDS.has(t) ? 'id' : 'guild_id';
  try {
    requiredObject(d);
    if (guildKey === 'guild_id' && (payload.guild_id ?? undefined) === undefined) return undefined;
    const guildId = requiredId(payload[guildKey], guildKey, observedAt);
    const batch = emptyBatch();
    const chunk = normalise(batch, { source: 'gateway', observedAt, guildId, self }, payload) ?? undefined;
    return { ...place, guildId, batch, ...(chunk && { chunk }) };
  } catch (error) {
    throw error instanceof PayloadError ? new PayloadError(error.message, place) : error;
  }
}

/** What a dispatch speaks of, as far as it can be read. */
function placeOf(t: string, payload: Payload): Place {
  const id = asId(payload.id);
  const isOf = (...kinds: string[]) => kinds.some((kind) => t.startsWith(kind));
  const place: Place = {
    guildId: OF_GUILDS.has(t) ? id : asId(payload.guild_id),
    channelId: isOf('CHANNEL_', 'THREAD_') ? id : asId(payload.channel_id),
    messageId: isOf('MESSAGE_') ? (asId(payload.message_id) ?? id) : undefined,
  };
  for (const key of Object.keys(place) as (keyof Place)[]) if (place[key] === undefined) delete place[key];
  return place;
}

/** GUILD_MEMBERS_CHUNK */
function addChunk(batch: RecordBatch, teller: Teller, payload: Payload): Chunk | undefined {
  const isWhole = addEach(payload.members, (member) => addMember(batch, teller, member));
  const index = asNumber(payload.chunk_index);
  const count = asNumber(payload.chunk_count);
  if (!isWhole || index === undefined || count === undefined) return undefined;
  const nonce = asText(payload.nonce);
  return { ...(nonce !== undefined && { nonce }), index, count };
}
