/**
 * Who may read what, from the page that defines it, one permission at a time; and who could break the promise of a public
 * answer, by trying every set of roles.
 *
 * Source  https://discord.com/developers/docs/topics/permissions#permission-hierarchy
 */
import { ChannelType } from 'discord-api-types/v10';
import { ADMIN, CONNECT, HISTORY, type MadeChannel, type MadeGuild, THREADS, VIEW } from './made-guild.ts';

/** Somebody with some roles; without an id nobody in particular. */
export interface Person {
  id?: string;
  roles: ReadonlySet<string>;
}

export function isAllPowerful({ ownerId, everyone, roles }: MadeGuild, { id, roles: has }: Person): boolean {
  const isAdmin =
    (everyone & ADMIN) !== 0 || roles.some((role) => has.has(role.id) && (role.powers & ADMIN) !== 0);
  return id === ownerId || isAdmin;
}

/** Whether somebody has a permission in a channel whose rules are known. */
function may(guild: MadeGuild, { rules }: MadeChannel, person: Person, power: number): boolean {
  if (isAllPowerful(guild, person)) return true;
  let has = (guild.everyone & power) !== 0;
  for (const role of guild.roles) if (person.roles.has(role.id) && role.powers & power) has = true;
  const steps = [
    rules!.filter(({ id, isMember }) => !isMember && id === guild.id),
    rules!.filter(({ id, isMember }) => !isMember && person.roles.has(id)),
    rules!.filter(({ id, isMember }) => isMember && id === person.id),
  ];
  for (const step of steps) {
    if (step.some(({ deny }) => deny & power)) has = false;
    if (step.some(({ allow }) => allow & power)) has = true;
  }
  return has;
}

export const sees = (guild: MadeGuild, channel: MadeChannel, person: Person): boolean =>
  may(guild, channel, person, VIEW);

export function reads(guild: MadeGuild, channel: MadeChannel, person: Person): boolean {
  const needed = [VIEW, HISTORY];
  if (channel.type === ChannelType.GuildVoice || channel.type === ChannelType.GuildStageVoice)
    needed.push(CONNECT);
  return needed.every((power) => may(guild, channel, person, power));
}

export const managesThreads = (guild: MadeGuild, channel: MadeChannel, person: Person): boolean =>
  may(guild, channel, person, THREADS);

/** Every set of roles that somebody may have, the smallest first: also of those that only an overwrite tells of. */
function everySet({ id: guildId, roles, deletedRoles }: MadeGuild, channels: MadeChannel[]): Set<string>[] {
  const ids = new Set([...roles.map(({ id }) => id), ...namedIn(channels, false)]);
  const all = [...ids].filter((id) => id !== guildId && !deletedRoles.includes(id));
  return Array.from(
    { length: 2 ** all.length },
    (_, n) => new Set(all.filter((_role, i) => (n >> i) & 1)),
  ).toSorted((a, b) => a.size - b.size);
}

const namedIn = (channels: MadeChannel[], members: boolean): string[] =>
  channels
    .flatMap(({ rules }) => (rules ?? []).filter((rule) => (rule.isMember ?? false) === members))
    .map(({ id }) => id);

/** All who may be told apart by two channels: everyone whom one of them names, and somebody else, with every set of roles. */
export function* everybody(guild: MadeGuild, channels: MadeChannel[]): Generator<Person> {
  const people = [undefined, ...new Set(namedIn(channels, true))];
  for (const roles of everySet(guild, channels))
    for (const id of people) yield id === undefined ? { roles } : { id, roles };
}

/** The same as far as single names go: @everyone alone, and with each role or member that one of them names. */
export function* everyName(guild: MadeGuild, channels: MadeChannel[]): Generator<Person> {
  const named = namedIn(channels, false).filter((id) => id !== guild.id && !guild.deletedRoles.includes(id));
  for (const role of ['', ...named]) yield { roles: new Set([role]) };
  for (const id of namedIn(channels, true)) yield { id, roles: new Set() };
}

/** Somebody, with as few roles as possible, who sees one channel (undefined: which is not known) and can't read the other. */
export function breaker(
  guild: MadeGuild,
  posted: MadeChannel | undefined,
  channel: MadeChannel,
  all = everybody,
): Person | undefined {
  for (const person of all(guild, posted ? [posted, channel] : [channel]))
    if ((!posted || sees(guild, posted, person)) && !reads(guild, channel, person)) return person;
  return undefined;
}

/** The channel that decides who sees a place; undefined: not known. */
export function decides({ channels, threads }: MadeGuild, id: string): MadeChannel | undefined {
  const channelId = threads.find((thread) => thread.id === id)?.parentId ?? id;
  return channels.find((channel) => channel.id === channelId);
}

/** What may count of channels that some readers read: those, and threads in them, without what is excluded. */
export function counted(
  guild: MadeGuild,
  isRead: (channel: MadeChannel) => boolean,
  seesPrivate: (channel: MadeChannel) => boolean,
): string[] {
  const isIn = ({ id, parentId }: { id: string; parentId: string | null }) =>
    !guild.excluded.includes(id) && !guild.excluded.includes(parentId ?? '');
  const channels = guild.channels.filter(
    (channel) => channel.type !== ChannelType.GuildCategory && isIn(channel) && isRead(channel),
  );
  const threads = guild.threads.filter((thread) => {
    const parent = channels.find(({ id }) => id === thread.parentId);
    return parent && isIn(thread) && (thread.type !== ChannelType.PrivateThread || seesPrivate(parent));
  });
  return [...channels, ...threads].map(({ id }) => id).toSorted();
}
