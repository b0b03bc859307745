import type { GuildTruth, Snowflake } from '../model.ts';
import { timeOf } from '../payloads.ts';
import type { World } from '../world.ts';
import { makeRole } from '../world/roles.ts';
import type { Export, ExportedMessage, ExportedUser } from './export.ts';

/** Every account of an export, the members and their roles among them; later exports know better. */
export function addPeople(world: World, guild: GuildTruth, { messages }: Export): void {
  for (const message of messages) {
    const { author, mentions = [], reactions, interaction } = message;
    addUser(world, author);
    if (!isWebhook(author)) addMember(world, guild, message);
    const others = [
      ...mentions,
      ...reactions.flatMap(({ users = [] }) => users),
      interaction?.user ?? [],
    ].flat();
    for (const user of others) addUser(world, user);
  }
}

/** Messages of a webhook have its id, and a name of their own. */
export function isWebhook({ isBot, discriminator }: ExportedUser): boolean {
  return isBot === true && discriminator === '0000';
}

/** So many accounts that no export names, always the same ones. */
export function strangers(world: World, count: number): Snowflake[] {
  const known = invented.get(world) ?? [];
  invented.set(world, known);
  while (known.length < count) known.push(world.addUser(`stranger-${known.length + 1}`).id);
  return known.slice(0, count);
}

const invented = new WeakMap<World, Snowflake[]>();

/** An export says the nickname, else the name for show, else the user name; which of them it was is lost. */
function addUser(world: World, { id, name, nickname, isBot, discriminator = '0' }: ExportedUser): void {
  const number = String(discriminator).padStart(4, '0');
  const user = {
    username: name,
    discriminator: number === '0000' ? '0' : number,
    global_name: nickname === undefined || nickname === name ? null : nickname,
    ...(isBot && { bot: true }),
  };
  const known = world.truth.users.get(id);
  if (known) Object.assign(known, user);
  else world.addUser(name, { id, ...user });
}

/** Who is gone has no roles any more, but that proves nothing: all stay members. */
function addMember(world: World, guild: GuildTruth, { author, type, timestamp }: ExportedMessage): void {
  for (const { id, name, color, position } of author.roles ?? [])
    guild.roles.set(id, {
      ...makeRole(id, { name, position, color: color === null ? 0 : Number.parseInt(color.slice(1), 16) }),
    });
  const known = guild.members.get(author.id);
  const roles = author.roles?.map(({ id }) => id);
  if (known && roles) known.roles = roles;
  if (!known) world.seedMember(guild.id, author.id, { joinedAt: timeOf(guild.id), roles: roles ?? [] });
  if (type === 'GuildMemberJoin') guild.members.get(author.id)!.joinedAt = Date.parse(timestamp);
}
