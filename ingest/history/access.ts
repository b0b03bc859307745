/** What the bot may read of a guild, by what is stored of it: noted whenever that changes. */
import type { ClientBase, Pool } from 'pg';
import { type Access, currentAccess, saveAccess, type StoredPlace, storedPlaces } from '../../db/access.ts';
import { accessTo, type Standing } from '../../db/permissions.ts';
import type { RecordBatch, Snowflake } from '../../db/records.ts';
import { ChannelType } from 'discord-api-types/v10';

const PUBLIC_THREADS: unknown[] = [ChannelType.PublicThread, ChannelType.AnnouncementThread];

/** Whether a batch tells anything that may change what somebody (the bot) may read. */
export function decidesAccess({ channels, roles, guilds, members }: RecordBatch, userId: Snowflake): boolean {
  return (
    roles.length > 0 ||
    channels.some(({ type }) => !PUBLIC_THREADS.includes(type)) ||
    guilds.some(({ ownerId }) => ownerId !== undefined) ||
    members.some((member) => member.userId === userId && member.roles !== undefined)
  );
}

/** Private threads that the gateway told of: it tells only who is in them, or may see all. */
export const privateThreadsOf = ({ channels }: RecordBatch): Snowflake[] =>
  channels.filter(({ type }) => type === ChannelType.PrivateThread).map(({ channelId }) => channelId);

/**
 * Notes what the bot may do in each channel and private thread of a guild from a moment on, where that has changed; of
 * what is not known nothing.
 *
 * Who is in a private thread is not stored: `joined` are those that the bot is known to be in now, and one that it could
 * read once it is taken to be in still.
 */
export async function noteAccess(
  client: ClientBase | Pool,
  guildId: Snowflake,
  userId: Snowflake,
  atMs: number,
  joined: Iterable<Snowflake> = [],
): Promise<void> {
  const { ownerId, memberRoles, roles, channels } = await storedPlaces(client, guildId, userId);
  const known = new Set(roles.map(({ id }) => id));
  // Without the role that everyone has, nobody's permissions are known.
  if (!memberRoles || !known.has(guildId)) return;
  const standing: Standing = {
    guildId,
    ownerId: ownerId ?? '',
    roles,
    memberId: userId,
    // Of a role that is deleted members are not told that they lost it, nor channels their rules for it.
    memberRoles: memberRoles.filter((id) => known.has(id)),
  };
  const now = new Set(joined);
  const before = await currentAccess(client, guildId);
  const places = new Map(channels.map((place) => [place.channelId, place]));
  const access = new Map<Snowflake, Access>();
  for (const place of channels) {
    const { channelId, type, parentId } = place;
    if (type === ChannelType.GuildCategory) continue;
    const isThread = type === ChannelType.PrivateThread;
    const noted = before.get(channelId)?.access;
    const isJoined = now.has(channelId) || (noted !== undefined && noted !== 'not joined');
    const found = accessIn(standing, place, isThread ? places.get(parentId ?? '') : place, isJoined);
    // Of a private thread that we never were in, an export may have told: nothing is noted of it.
    const isOurs = !isThread || isJoined || noted || found === 'readable' || found === 'no history';
    if (found && isOurs) access.set(channelId, found);
  }
  await saveAccess(client, guildId, atMs, access);
}

/** Undefined: nothing is known. `ruling` is the place itself, or of a thread its parent. */
function accessIn(
  standing: Standing,
  { type, isGone, isHidden }: StoredPlace,
  ruling: StoredPlace | undefined,
  isJoined: boolean,
): Access | undefined {
  if (isGone || ruling?.isGone) return 'gone';
  if (isHidden || ruling?.isHidden) return 'hidden';
  if (type === null || !ruling?.overwrites) return undefined;
  return accessTo(standing, { type, overwrites: ruling.overwrites, isJoined });
}
