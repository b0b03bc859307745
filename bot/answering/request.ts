/** Interactions of discord.js as the commands' requests. */
import {
  type APIInteractionGuildMember,
  ApplicationCommandOptionType,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  CommandInteractionOption,
} from 'discord.js';
import type { Asker, Options, Request } from '../../commands/command.ts';
import type { Press } from '../../commands/press.ts';
import { languageOf } from '../../reports/words.ts';

type Asking = AutocompleteInteraction | ButtonInteraction | ChatInputCommandInteraction;

/** Where, by whom and in which language; undefined outside of a guild. */
function placeOf(
  interaction: Asking,
): Pick<Request, 'guildId' | 'channelId' | 'asker' | 'language'> | undefined {
  const { guildId, channelId, locale } = interaction;
  if (!guildId || !channelId || !interaction.member) return undefined;
  return { guildId, channelId, asker: askerOf(interaction), language: languageOf(locale) };
}

function askerOf({ user, member, memberPermissions }: Asking): Asker {
  return {
    id: user.id,
    // discord.js keeps no guilds here, so that members come as Discord told of them.
    roles: (member as APIInteractionGuildMember).roles,
    isManager: memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false,
  };
}

/** What a command was used for. */
export function requestOf(
  interaction: AutocompleteInteraction | ChatInputCommandInteraction,
  isPrivate: boolean,
): Request | undefined {
  const place = placeOf(interaction);
  if (!place) return undefined;
  const { data } = interaction.options;
  const [first] = data;
  const isNested = first?.type === ApplicationCommandOptionType.Subcommand;
  return {
    ...place,
    ...(isNested && { subcommand: first.name }),
    options: optionsOf(isNested ? (first.options ?? []) : data),
    isPrivate,
  };
}

const optionsOf = (given: readonly CommandInteractionOption[]): Options =>
  Object.fromEntries(given.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));

/** What a button asks for, of whoever presses it. */
export function requestOfPress(
  interaction: ButtonInteraction,
  { subcommand, options }: Press,
  isPrivate: boolean,
): Request | undefined {
  const place = placeOf(interaction);
  return place && { ...place, ...(subcommand !== undefined && { subcommand }), options, isPrivate };
}

/** As Discord told of it: discord.js knows no channel, so it makes nothing of it. */
interface ToldMessage {
  flags?: number | { bitfield: number };
  interaction_metadata?: { user?: { id: string } };
  interactionMetadata?: { user?: { id: string } } | null;
}

/** Whether only one member sees the message that a button stands below. */
export function isEphemeral({ message }: ButtonInteraction): boolean {
  const { flags = 0 } = message as ToldMessage;
  return ((typeof flags === 'number' ? flags : flags.bitfield) & MessageFlags.Ephemeral) !== 0;
}

/** Who asked for the message that a button stands below; undefined where nobody did. */
export function whoAsked({ message }: ButtonInteraction): string | undefined {
  const { interaction_metadata: raw, interactionMetadata: made } = message as ToldMessage;
  return (raw ?? made)?.user?.id;
}
