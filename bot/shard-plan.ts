import { type RESTGetAPIGatewayBotResult, Routes } from 'discord-api-types/v10';
import type { LiveConfig } from '../config.ts';
import type { ShardKey } from '../db/shards.ts';
import type { DiscordRest } from '../ingest/discord/rest.ts';

/** What Discord says of connecting: its address, the number of shards it advises, and how often one may identify. */
export async function askGateway({ calls }: DiscordRest): Promise<RESTGetAPIGatewayBotResult> {
  const answer = await calls.get<RESTGetAPIGatewayBotResult>(Routes.gatewayBot());
  if (answer.is === 'found') return answer.payload;
  throw new Error(`Discord answered ${answer.code} to a question about its gateway`);
}

/** The shards that this process is to record: some of a number, or all that Discord advises. */
export async function planShards(
  { shards }: LiveConfig,
  discord: DiscordRest,
  applicationId: string,
): Promise<ShardKey[]> {
  const { ids, count } = shards === 'auto' ? await advised(discord) : shards;
  return ids.map((shardId) => ({ applicationId, shardId, shardCount: count }));
}

async function advised(discord: DiscordRest): Promise<{ ids: number[]; count: number }> {
  const { shards: count } = await askGateway(discord);
  return { count, ids: Array.from({ length: count }, (_, id) => id) };
}

/** Which shard of so many tells of a guild. Source: https://discord.com/developers/docs/events/gateway#sharding */
export const shardOf = (guildId: string, shardCount: number): number =>
  Number((BigInt(guildId) >> 22n) % BigInt(shardCount));
