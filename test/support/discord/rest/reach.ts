/** What the bot may reach, and how Discord refuses the rest. */
import { ApplicationFlags, PermissionFlagsBits } from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, MessageTruth } from '../model.ts';
import { mayRead, permissionsIn, permissionsOf } from '../visibility.ts';
import { refusals } from './refusal.ts';
import type { Asked } from './route.ts';

/** A channel with its guild. */
export interface Place {
  guild: GuildTruth;
  channel: ChannelTruth;
}

/**
 * The guild that is asked about.
 *
 * Errors  10004: the bot isn't in it; 500: an outage
 */
export function guildOf({ world, params }: Asked): GuildTruth {
  const guild = world.truth.guilds.get(params['guild_id']!);
  if (!guild?.hasBot) throw refusals.unknownGuild();
  if (guild.isUnavailable) throw refusals.internal();
  return guild;
}

/**
 * The channel that is asked about, if the bot may look into it.
 *
 * Errors  10003: there is none; 50001: not for the bot; 500: an outage
 */
export function placeOf({ world, params }: Asked): Place {
  const id = params['channel_id']!;
  for (const guild of world.truth.guilds.values()) {
    const channel = guild.channels.get(id);
    if (!channel) continue;
    if (!guild.hasBot) throw refusals.missingAccess();
    if (guild.isUnavailable) throw refusals.internal();
    if (!mayRead(guild, channel, world.truth.bot.id)) throw refusals.missingAccess();
    return { guild, channel };
  }
  throw refusals.unknownChannel();
}

/** The message that is asked about; without READ_MESSAGE_HISTORY there is none to see. */
export function messageOf(asked: Asked): Place & { message: MessageTruth } {
  const place = placeOf(asked);
  if (!isAllowed(asked, place, PermissionFlagsBits.ReadMessageHistory)) throw refusals.missingAccess();
  const message = place.channel.messages.get(asked.params['message_id']!);
  if (!message) throw refusals.unknownMessage();
  return { ...place, message };
}

/** Whether the bot may do something in a channel. */
export function isAllowed({ world }: Asked, { guild, channel }: Place, permission: bigint): boolean {
  return (permissionsIn(guild, channel, world.truth.bot.id) & permission) !== 0n;
}

/** Throws 50013 unless the bot may do it in the channel. */
export function demand(asked: Asked, place: Place, permission: bigint): void {
  if (!isAllowed(asked, place, permission)) throw refusals.missingPermissions();
}

/** Throws 50013 unless the bot may do it in the guild. */
export function demandInGuild({ world }: Asked, guild: GuildTruth, permission: bigint): void {
  if (!(permissionsOf(guild, world.truth.bot.id) & permission)) throw refusals.missingPermissions();
}

/** Whether the application was granted one of these. */
export function isGranted({ world }: Asked, ...flags: ApplicationFlags[]): boolean {
  return flags.some((flag) => (world.truth.application.flags & flag) !== 0);
}

/** Whether REST withholds what people write. */
export function isWithheld(asked: Asked): boolean {
  const { GatewayMessageContent, GatewayMessageContentLimited } = ApplicationFlags;
  return !isGranted(asked, GatewayMessageContent, GatewayMessageContentLimited);
}
