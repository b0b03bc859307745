/**
 * INTERACTION_CREATE.
 *
 * Source  https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
 */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  ComponentType,
  type GatewayInteractionCreateDispatchData,
  InteractionContextType,
  InteractionType,
  type APIApplicationCommand,
} from 'discord-api-types/v10';
import type { ChannelTruth, GuildTruth, Snowflake } from '../model.ts';
import { channelPayload, memberPayload, rolePayload, userPayload } from '../payloads.ts';
import { FILE_BYTES_MAX } from '../rest/writing/files.ts';
import { permissionsIn } from '../visibility.ts';
import type { World } from '../world.ts';
import { payloadOf } from './answers.ts';
import type { Held, Interaction } from './held.ts';
import type { SentOption } from './options.ts';

const { Channel, Role, User } = ApplicationCommandOptionType;

/** What the bot is told of it; `data` is what was used. */
export function interactionPayload(
  held: Held,
  interaction: Interaction,
  { data, locale }: { data: unknown; locale: string },
): GatewayInteractionCreateDispatchData {
  const { truth } = held.world;
  const { id, token, type, guild, channel, userId, pressed } = interaction;
  const permissions = String(permissionsIn(guild, channel, userId));
  return {
    id,
    application_id: truth.application.id,
    type,
    data,
    token,
    version: 1,
    guild_id: guild.id,
    guild: { id: guild.id, locale: GUILD_LOCALE, features: [] },
    guild_locale: GUILD_LOCALE,
    channel_id: channel.id,
    channel: partialChannel(held.world, guild, channel, userId),
    member: { ...memberPayload(truth, guild.members.get(userId)!), permissions },
    app_permissions: String(permissionsIn(guild, channel, truth.bot.id)),
    locale,
    entitlements: [],
    authorizing_integration_owners: { [ApplicationIntegrationType.GuildInstall]: guild.id },
    context: InteractionContextType.Guild,
    attachment_size_limit: FILE_BYTES_MAX,
    ...(type === InteractionType.MessageComponent && { message: payloadOf(held, interaction, pressed!) }),
  } as unknown as GatewayInteractionCreateDispatchData;
}

const GUILD_LOCALE = 'en-US';

/** `data` of a command, with what its options name. */
export function commandPayload(
  world: World,
  { guild, userId }: Pick<Interaction, 'guild' | 'userId'>,
  { id, name, guild_id: guildId }: Pick<APIApplicationCommand, 'id' | 'name' | 'guild_id'>,
  options: SentOption[],
) {
  const resolved = resolvedIn(world, guild, userId, leavesOf(options));
  return {
    id,
    name,
    type: ApplicationCommandType.ChatInput,
    ...(guildId !== undefined && { guild_id: guildId }),
    ...(options.length > 0 && { options }),
    ...(Object.keys(resolved).length > 0 && { resolved }),
  };
}

/** `data` of a button. */
export const buttonPayload = (customId: string, id: number | undefined) => ({
  id,
  custom_id: customId,
  component_type: ComponentType.Button,
});

const leavesOf = (options: SentOption[]): SentOption[] =>
  options.flatMap((option) => (option.options ? leavesOf(option.options) : option));

function resolvedIn({ truth, ...world }: World, guild: GuildTruth, userId: Snowflake, options: SentOption[]) {
  const idsOf = (type: ApplicationCommandOptionType) =>
    options.filter((option) => option.type === type).map(({ value }) => String(value));
  const byId = <T>(ids: Snowflake[], of: (id: Snowflake) => T | undefined) => {
    const found = ids.flatMap((id) => {
      const one = of(id);
      return one === undefined ? [] : [[id, one]];
    });
    return found.length > 0 ? Object.fromEntries(found) : undefined;
  };
  const all = {
    channels: byId(idsOf(Channel), (id) =>
      partialChannel({ truth, ...world }, guild, guild.channels.get(id)!, userId),
    ),
    roles: byId(idsOf(Role), (id) => rolePayload(guild.roles.get(id)!)),
    users: byId(idsOf(User), (id) => userPayload(truth.users.get(id)!)),
    members: byId(idsOf(User), (id) => {
      const member = guild.members.get(id);
      if (!member) return undefined;
      const { user: _, deaf: __, mute: ___, ...profile } = memberPayload(truth, member);
      return profile;
    }),
  };
  return Object.fromEntries(Object.entries(all).filter(([, some]) => some !== undefined));
}

/** A channel with what somebody may do in it. */
function partialChannel({ truth }: World, guild: GuildTruth, channel: ChannelTruth, userId: Snowflake) {
  const {
    permission_overwrites: _,
    member: __,
    ...told
  } = channelPayload(truth, guild, channel) as unknown as Record<string, unknown>;
  return { ...told, permissions: String(permissionsIn(guild, channel, userId)) };
}
