/** Who is in a guild, and who is banned from it. */
import { ApplicationFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import { memberPayload, userPayload } from '../payloads/people.ts';
import { between, idIn, limitOf, pageOf } from './paging.ts';
import { demandInGuild, guildOf, isGranted } from './reach.ts';
import { refusals } from './refusal.ts';
import { type Answer, type Asked, ok } from './route.ts';

/** GET /guilds/{guild_id}/members: by ascending id; 50001 without the intent. */
export function members(asked: Asked): Answer {
  const guild = guildOf(asked);
  if (!isGranted(asked, ApplicationFlags.GatewayGuildMembers, ApplicationFlags.GatewayGuildMembersLimited))
    throw refusals.missingAccess();
  const limit = limitOf(asked.query, { max: 1000, standard: 1 });
  const page = pageOf(guild.members, { after: idIn(asked.query, 'after') }, limit);
  return ok(page.map((member) => memberPayload(asked.world.truth, member)));
}

/** GET /guilds/{guild_id}/members/{user_id} */
export function oneMember(asked: Asked): Answer {
  const found = guildOf(asked).members.get(asked.params['user_id']!);
  if (!found) throw refusals.unknownMember();
  return ok(memberPayload(asked.world.truth, found));
}

/** GET /guilds/{guild_id}/bans: by ascending id; of `before` the newest ones. */
export function bans(asked: Asked): Answer {
  const { query, world } = asked;
  const guild = guildOf(asked);
  demandInGuild(asked, guild, PermissionFlagsBits.BanMembers);
  const limit = limitOf(query, { max: 1000, standard: 1000 });
  const [before, after] = [idIn(query, 'before'), idIn(query, 'after')];
  const found = between(guild.bans, (id) => id, before === undefined ? { after } : { before });
  const page = before === undefined ? found.slice(0, limit) : found.slice(-limit);
  return ok(page.map((id) => ({ user: userPayload(world.truth.users.get(id)!), reason: null })));
}
