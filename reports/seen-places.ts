/** Channels and roles of a guild: what the one who asks may be told of them, and what the bot may do in them. */
import { PermissionFlagsBits } from 'discord-api-types/v10';
import type { Pool } from 'pg';
import { type StoredPlace, type StoredPlaces, storedPlaces } from '../db/access.ts';
import type { Db } from '../db/connect.ts';
import { permissionsIn } from '../db/permissions.ts';
import { type NamedPlace, namedPlaces } from '../db/queries/named-places.ts';

/** What posting a report takes. */
const NEEDED = {
  viewChannel: PermissionFlagsBits.ViewChannel,
  sendMessages: PermissionFlagsBits.SendMessages,
  readMessageHistory: PermissionFlagsBits.ReadMessageHistory,
  attachFiles: PermissionFlagsBits.AttachFiles,
};

export type NeededPermission = keyof typeof NEEDED;

/** Why nothing can be posted in a channel. */
export type PostingFault =
  | { is: 'gone' }
  /** Discord has not told the bot of such a channel. */
  | { is: 'unknown' }
  | { is: 'lacks'; permissions: NeededPermission[] };

export interface Places {
  /** Those that the one who asks can see in Discord, but for threads, in Discord's order. */
  seen: NamedPlace[];
  /** Threads that they can see, the newest first. */
  threads: NamedPlace[];
  /** Of any of them, also of a thread; undefined: it is not there, or not theirs to see. */
  find(id: string): NamedPlace | undefined;
  isGone(id: string): boolean;
  /** Why the bot cannot post there; undefined: nothing is known that hinders it. */
  postingFault(channelId: string): PostingFault | undefined;
}

export interface PlacesAsked {
  guildId: string;
  asker: { id: string; roles: readonly string[] };
  /** Those that are asked about; absent: all. */
  ids?: readonly string[];
}

const THREADS: unknown[] = [10, 11, 12];
const PRIVATE_THREAD = 12;

/** What they are read with. */
export interface PlacesContext {
  db: Db;
  pool: Pool;
  botId: string;
}

/** The places of a guild, as they are stored. */
export async function placesOf(
  { db, pool, botId }: PlacesContext,
  { guildId, asker, ids }: PlacesAsked,
): Promise<Places> {
  const [stored, named] = await Promise.all([
    storedPlaces(pool, guildId, botId),
    namedPlaces(db, guildId, ids),
  ]);
  const rules = new Map(stored.channels.map((place) => [place.channelId, place]));
  // Once a channel: a forum has thousands of threads.
  const granted = new Map(
    stored.channels.map((place) => [place.channelId, permissionsOf(stored, guildId, asker, place)]),
  );

  const isThread = ({ type }: NamedPlace): boolean => THREADS.includes(type);

  function isSeen(one: NamedPlace): boolean {
    const { id, type, parentId } = one;
    const permissions = granted.get(isThread(one) ? (parentId ?? '') : id) ?? 0n;
    const { ViewChannel, ManageThreads } = PermissionFlagsBits;
    return has(permissions, ViewChannel) && (type !== PRIVATE_THREAD || has(permissions, ManageThreads));
  }

  function postingFault(channelId: string): PostingFault | undefined {
    const place = rules.get(channelId);
    if (!place) return { is: 'unknown' };
    if (place.isGone) return { is: 'gone' };
    if (stored.memberRoles === undefined) return undefined;
    const bot = { id: botId, roles: stored.memberRoles };
    const permissions = permissionsOf(stored, guildId, bot, place);
    const lacking = Object.entries(NEEDED).filter(([, bit]) => !has(permissions, bit));
    if (lacking.length === 0) return undefined;
    return { is: 'lacks', permissions: lacking.map(([name]) => name as NeededPermission) };
  }

  const seen = named.filter(isSeen);
  const byId = new Map(seen.map((place) => [place.id, place]));
  return {
    seen: seen.filter((place) => !isThread(place)),
    threads: seen.filter(isThread),
    find: (id) => byId.get(id),
    isGone: (id) => rules.get(id)?.isGone ?? false,
    postingFault,
  };
}

const has = (permissions: bigint, bit: bigint): boolean => (permissions & bit) === bit;

/** None where the channel's rules are not known, or are of before it was hidden: but who may do everything may. */
function permissionsOf(
  { ownerId, roles }: StoredPlaces,
  guildId: string,
  member: { id: string; roles: readonly string[] },
  { overwrites, isHidden }: StoredPlace,
): bigint {
  const standing = {
    guildId,
    ownerId: ownerId ?? '',
    roles,
    memberId: member.id,
    memberRoles: [...member.roles],
  };
  const inGuild = permissionsIn(standing);
  if (has(inGuild, PermissionFlagsBits.Administrator)) return inGuild;
  return overwrites === null || isHidden ? 0n : permissionsIn(standing, overwrites);
}
