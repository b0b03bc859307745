import {
  GatewayCloseCodes,
  GatewayDispatchEvents,
  type GatewayGuildMembersChunkDispatchData,
  GatewayIntentBits,
  GatewayOpcodes,
} from 'discord-api-types/v10';
import type { GuildTruth, MemberTruth, Truth } from '../model.ts';
import { memberPayload } from '../payloads.ts';
import type { Session } from './session.ts';
import type { State } from './state.ts';

/** What op 8 asks for. */
interface Request {
  guild_id?: string;
  query?: string;
  limit?: number;
  user_ids?: string | string[];
  nonce?: string;
}

/**
 * Tells members in chunks: all of a guild, some by name, or some by id. Presences are absent.
 *
 * Source  https://discord.com/developers/docs/events/gateway-events#request-guild-members
 */
export function requestMembers(state: State, session: Session, d: object): GatewayCloseCodes | undefined {
  const request = d as Request;
  const { truth } = state.world;
  const guild = truth.guilds.get(request.guild_id ?? '');
  if (request.query === undefined && request.user_ids === undefined) return GatewayCloseCodes.DecodeError;
  if (!guild?.hasBot) return undefined;
  const isWhole = request.user_ids === undefined && request.query === '' && !request.limit;
  if (isWhole && !(session.intents & GatewayIntentBits.GuildMembers))
    return GatewayCloseCodes.DisallowedIntents;
  if (isWhole && isTooSoon(state, session, guild, request)) return undefined;
  const { members, missing } = find(truth, guild, request);
  const size = state.options.chunkMembers;
  const chunks = Math.max(1, Math.ceil(members.length / size));
  for (let i = 0; i < chunks; i++) {
    const chunk: GatewayGuildMembersChunkDispatchData = {
      guild_id: guild.id,
      members: members.slice(i * size, (i + 1) * size).map((member) => memberPayload(truth, member)),
      chunk_index: i,
      chunk_count: chunks,
      ...(missing.length > 0 && { not_found: missing }),
      ...(request.nonce !== undefined && { nonce: request.nonce }),
    };
    session.dispatch(GatewayDispatchEvents.GuildMembersChunk, JSON.stringify(chunk));
  }
  return undefined;
}

function find(
  truth: Truth,
  guild: GuildTruth,
  request: Request,
): { members: MemberTruth[]; missing: string[] } {
  if (request.user_ids !== undefined) {
    const ids = [request.user_ids].flat().slice(0, 100);
    return {
      members: ids.flatMap((id) => guild.members.get(id) ?? []),
      missing: ids.filter((id) => !guild.members.has(id)),
    };
  }
  const start = (request.query ?? '').toLowerCase();
  const named = [...guild.members.values()].filter(({ userId, nick }) =>
    (nick ?? truth.users.get(userId)!.username).toLowerCase().startsWith(start),
  );
  return { members: named.slice(0, request.limit || Infinity), missing: [] };
}

/** The whole list is told once in a while; who asks again is told when. */
function isTooSoon(
  { options, world }: State,
  session: Session,
  guild: GuildTruth,
  { nonce }: Request,
): boolean {
  const leftMs =
    (session.askedMembersAt.get(guild.id) ?? -Infinity) + options.allMembersEveryMs - world.now();
  if (leftMs <= 0) {
    session.askedMembersAt.set(guild.id, world.now());
    return false;
  }
  const told = {
    opcode: GatewayOpcodes.RequestGuildMembers,
    retry_after: leftMs / 1000,
    meta: { guild_id: guild.id, ...(nonce !== undefined && { nonce }) },
  };
  session.dispatch(GatewayDispatchEvents.RateLimited, JSON.stringify(told));
  return true;
}
