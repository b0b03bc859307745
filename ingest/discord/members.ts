/**
 * People as payloads show them: an account, and the member that it is within the guild.
 *
 * Source  https://discord.com/developers/docs/resources/guild#guild-member-object
 */
import type { MemberRecord, MomentRecord, RecordBatch } from '../../db/records.ts';
import { asObject, type Payload } from '../payload.ts';
import { allOf, asId, asName, asPast, requiredId, requiredObject } from './payload.ts';
import type { Teller } from './teller.ts';

interface Shown {
  /** Who they are within the guild; only people who are in it have one. */
  member?: unknown;
  /** A sign of life. */
  seenAt?: number;
  isWebhook?: boolean;
}

/** Adds a member (a payload with its `user`), who is in the guild at that time. Errors  PayloadError */
export function addMember(batch: RecordBatch, teller: Teller, payload: unknown): void {
  const member = requiredObject(payload, 'member');
  addPerson(batch, teller, member.user, { member });
}

/** Adds an account, and all that is shown of it; tells what was added. Errors  PayloadError */
export function addPerson(batch: RecordBatch, teller: Teller, payload: unknown, shown: Shown): MemberRecord {
  const user = requiredObject(payload, 'user');
  const { source, observedAt, guildId } = teller;
  const name = asName(user.username);
  const record: MemberRecord = {
    source,
    observedAt,
    guildId,
    userId: requiredId(user.id, 'user.id', observedAt),
    ...(name !== undefined && { name, isBot: user.bot === true }),
    ...(shown.isWebhook && { isWebhook: true, displayName: name }),
  };
  const member = asObject(shown.member);
  if (member) Object.assign(record, withinGuild(user, member, observedAt));
  const signs = [shown.seenAt, record.joinedAt].filter((at) => at !== undefined);
  if (signs.length > 0) {
    record.firstSeenAt = Math.min(...signs);
    record.lastSeenAt = Math.max(...signs);
  }
  batch.members.push(record);
  return record;
}

/** What only a member has. The name that others see is known only where the nickname is. */
function withinGuild(user: Payload, member: Payload, observedAt: number): Partial<MemberRecord> {
  const joinedAt = asPast(member.joined_at, observedAt);
  const nick = isNone(member.nick) ? null : asName(member.nick);
  const displayName = nick ?? asName(user.global_name) ?? asName(user.username);
  const roles = allOf(member.roles, asId);
  return {
    observedAt: Math.max(observedAt, joinedAt ?? 0),
    // By the clock that also says when somebody left.
    presentAt: observedAt,
    ...(joinedAt !== undefined && { joinedAt }),
    ...(nick !== undefined && { nick }),
    ...(nick !== undefined && displayName !== undefined && { displayName }),
    ...(roles && { roles }),
  };
}

const isNone = (value: unknown) => value === null || value === undefined || value === '';

/** GUILD_MEMBER_ADD: came at Discord's own time of it. */
export function addJoin(batch: RecordBatch, teller: Teller, payload: Payload): void {
  const { userId, joinedAt } = addPerson(batch, teller, payload.user, { member: payload });
  if (joinedAt !== undefined) addMoment(batch, teller, userId, 'joined', joinedAt);
}

/** GUILD_MEMBER_REMOVE: has left, or was made to. */
export function addLeave(batch: RecordBatch, teller: Teller, payload: Payload): void {
  const record = addPerson(batch, teller, payload.user, {});
  record.leftAt = teller.observedAt;
  addMoment(batch, teller, record.userId, 'left', teller.observedAt);
}

/** GUILD_BAN_ADD and GUILD_BAN_REMOVE. */
export function addBan(
  batch: RecordBatch,
  teller: Teller,
  payload: Payload,
  kind: 'banned' | 'unbanned',
): void {
  const { userId } = addPerson(batch, teller, payload.user, {});
  addMoment(batch, teller, userId, kind, teller.observedAt);
}

function addMoment(
  batch: RecordBatch,
  { guildId, source }: Teller,
  userId: string,
  kind: MomentRecord['kind'],
  at: number,
): void {
  batch.moments.push({ guildId, userId, kind, at, source });
}
