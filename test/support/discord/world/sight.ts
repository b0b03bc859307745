import { type APIChannel, GatewayDispatchEvents, GatewayIntentBits } from 'discord-api-types/v10';
import type { GuildTruth, Snowflake } from '../model.ts';
import { threadsOf } from '../ordered.ts';
import { channelPayload, gatewayChannel, threadMemberPayload } from '../payloads.ts';
import { mayView } from '../visibility.ts';
import type { Base } from './base.ts';

const { Guilds } = GatewayIntentBits;
const { ChannelUpdate, ThreadListSync } = GatewayDispatchEvents;

/**
 * Changes who may look where. The gateway then shows the bot each channel that it lost as hidden and each that it
 * gained as it is, with the gained one's active threads; `always` is told in any case.
 */
export function withSight(base: Base, guild: GuildTruth, change: () => unknown, always?: Snowflake): void {
  const before = inSight(base, guild);
  change();
  const after = inSight(base, guild);
  for (const channel of guild.channels.values()) {
    if (channel.thread) continue;
    const isGained = !before.has(channel.id) && after.has(channel.id);
    const isLost = before.has(channel.id) && !after.has(channel.id);
    if (isGained || isLost || channel.id === always)
      base.tell(guild, ChannelUpdate, gatewayChannel(base.truth, guild, channel) as never, Guilds);
    if (isGained) tellThreads(base, guild, channel.id);
  }
}

function tellThreads(base: Base, guild: GuildTruth, channelId: Snowflake): void {
  const botId = base.truth.bot.id;
  const threads = threadsOf(guild.channels, channelId).filter(
    (one) => !one.thread!.archived && mayView(guild, one, botId),
  );
  const sync = {
    guild_id: guild.id,
    channel_ids: [channelId],
    threads: threads.map((thread): APIChannel => channelPayload(base.truth, guild, thread)),
    members: threads
      .filter(({ thread }) => thread!.members.has(botId))
      .map((thread) => threadMemberPayload(thread, botId)),
  };
  base.tell(guild, ThreadListSync, sync as never, Guilds);
}

function inSight({ truth }: Base, guild: GuildTruth): Set<Snowflake> {
  const seen = [...guild.channels.values()].filter(
    (channel) => !channel.thread && mayView(guild, channel, truth.bot.id),
  );
  return new Set(seen.map(({ id }) => id));
}
