/**
 * Guilds, and what belongs to one as a whole: roles, emoji, stickers, and who is in voice.
 *
 * Source  https://discord.com/developers/docs/resources/guild#guild-object
 */
import type { ExpressionRecord, GuildMomentRecord, GuildRecord, RecordBatch } from '../../db/records.ts';
import { asObject, type Payload } from '../payload.ts';
import { addChannel, addThread, isBits, toPosition } from './channels.ts';
import { addMember } from './members.ts';
import { addEach, addPart, asId, asName, asNumber, asPast, requiredId, requiredObject } from './payload.ts';
import type { Teller } from './teller.ts';

const COLOR_MAX = 0xff_ff_ff;

/** Adds a guild with the roles, emoji and stickers that its payload lists. Errors  PayloadError */
export function addGuild(batch: RecordBatch, teller: Teller, payload: unknown): void {
  const guild = requiredObject(payload, 'guild');
  const name = asName(guild.name);
  const ownerId = asId(guild.owner_id);
  batch.guilds.push({ ...guildOf(teller), ...(name && { name }), ...(ownerId && { ownerId }) });
  addEach(guild.roles, (role) => addRole(batch, teller, role));
  addExpressions(batch, teller, 'emoji', guild.emojis);
  addExpressions(batch, teller, 'sticker', guild.stickers);
}

const guildOf = ({ source, observedAt, guildId }: Teller): GuildRecord => ({ source, observedAt, guildId });

/** GUILD_CREATE: the guild with everything in it that we may see, or that it is out of reach. */
export function addCreatedGuild(batch: RecordBatch, teller: Teller, payload: Payload): void {
  const { observedAt } = teller;
  if (payload.unavailable === true) return addGuildMoment(batch, teller, 'unavailable', observedAt);
  addGuild(batch, teller, payload);
  addGuildMoment(batch, teller, 'available', observedAt);
  const joinedAt = asPast(payload.joined_at, observedAt);
  if (joinedAt !== undefined) addGuildMoment(batch, teller, 'joined', joinedAt);
  addEach(payload.channels, (channel) => addChannel(batch, teller, channel));
  addEach(payload.threads, (thread) => addThread(batch, teller, thread));
  addEach(payload.members, (member) => addMember(batch, teller, member));
  const isWhole = addEach(payload.voice_states, (state) => addVoiceState(batch, teller, state, true));
  if (isWhole) addGuildMoment(batch, teller, 'voice_listed', observedAt);
}

/** GUILD_DELETE: an outage, or the bot is no longer in it. */
export function addDeletedGuild(batch: RecordBatch, teller: Teller, payload: Payload): void {
  const kind = payload.unavailable === true ? 'unavailable' : 'left';
  addGuildMoment(batch, teller, kind, teller.observedAt);
}

function addGuildMoment(
  batch: RecordBatch,
  { guildId }: Teller,
  kind: GuildMomentRecord['kind'],
  at: number,
): void {
  batch.guildMoments.push({ guildId, kind, at });
}

/** Adds a role. Errors  PayloadError */
export function addRole(batch: RecordBatch, teller: Teller, payload: unknown): void {
  const role = requiredObject(payload, 'role');
  const { source, observedAt, guildId } = teller;
  const name = asName(role.name);
  const color = role.color ?? asObject(role.colors)?.primary_color;
  batch.roles.push({
    source,
    observedAt,
    guildId,
    roleId: requiredId(role.id, 'id', observedAt),
    ...(name !== undefined && {
      look: { name, color: asNumber(color, COLOR_MAX) ?? null, position: toPosition(role.position) },
    }),
    ...(isBits(role.permissions) && { permissions: role.permissions }),
  });
}

/** GUILD_ROLE_DELETE */
export function addDeletedRole(batch: RecordBatch, teller: Teller, payload: Payload): void {
  const { source, observedAt, guildId } = teller;
  const roleId = requiredId(payload.role_id, 'role_id', observedAt);
  batch.roles.push({ source, observedAt, guildId, roleId, deletedAt: observedAt });
}

/** Adds a guild's list of emoji or stickers: the complete one where all of it could be read. */
export function addExpressions(
  batch: RecordBatch,
  teller: Teller,
  kind: ExpressionRecord['kind'],
  list: unknown,
): void {
  const { source, observedAt, guildId } = teller;
  const isWhole = addEach(list, (payload) => {
    batch.expressions.push({
      source,
      observedAt,
      guildId,
      kind,
      expressionId: requiredId(payload.id, 'id', observedAt),
      name: asName(payload.name) ?? null,
      animated: kind === 'emoji' ? payload.animated === true : null,
    });
  });
  const listedAt = kind === 'emoji' ? { emojiListedAt: observedAt } : { stickersListedAt: observedAt };
  if (isWhole) batch.guilds.push({ ...guildOf(teller), ...listedAt });
}

/** Adds where somebody is in voice: as a change, or as found in a complete list. Errors  PayloadError */
export function addVoiceState(batch: RecordBatch, teller: Teller, payload: Payload, isListed: boolean): void {
  const { observedAt: at, guildId } = teller;
  const userId = requiredId(payload.user_id, 'user_id', at);
  const channelId = payload.channel_id === null ? null : requiredId(payload.channel_id, 'channel_id', at);
  batch.voice.push({ guildId, userId, at, channelId, isListed });
  addPart(payload.member, (member) => addMember(batch, teller, member));
}
