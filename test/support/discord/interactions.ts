/** Somebody uses a command, types into an option, or presses a button, and the bot's session is told. */
import {
  type APIApplicationCommand,
  type APIButtonComponentWithCustomId,
  ButtonStyle,
  ComponentType,
  GatewayDispatchEvents,
  InteractionType,
  PermissionFlagsBits,
} from 'discord-api-types/v10';
import { type About, type Deadlines, type Held, makeHeld } from './interactions/held.ts';
import { type OptionValue, sentOptions, type Typed } from './interactions/options.ts';
import { buttonPayload, commandPayload, interactionPayload } from './interactions/payload.ts';
import { type Use, useOf } from './interactions/use.ts';
import type { MessageTruth, Snowflake } from './model.ts';
import { everyComponent } from './rest/writing/walk.ts';
import { mayRead, permissionsIn } from './visibility.ts';
import type { World } from './world.ts';

export type { Answer, ShownFile, ShownMessage } from './interactions/answers.ts';
export type { Deadlines } from './interactions/held.ts';
export type { OptionValue } from './interactions/options.ts';
export type { Use } from './interactions/use.ts';

/** A command, and what is typed behind it. */
export interface CommandUse extends Omit<Typed, 'focused'> {
  /** A channel or thread that they can see. */
  channelId: Snowflake;
  userId: Snowflake;
  /** Without its slash. */
  command: string;
  /** The language of their Discord; en-US if absent. */
  locale?: string;
  /** It need not be registered, nor theirs to use. */
  isUnchecked?: boolean;
}

/** A button, by what it is called or by what it says. */
export type ButtonPress = {
  /** A message that they see, or its id. */
  message: Snowflake | { id: Snowflake };
  userId: Snowflake;
  locale?: string;
} & ({ customId: string } | { label: string });

/** What people can do with the bot. What they can't do throws. */
export interface Interactions {
  use(use: CommandUse): Use;
  /** Into the option `focused`, whose value may be half a word; it is answered by `choices()`. */
  type(use: CommandUse & { focused: string }): Use;
  press(press: ButtonPress): Use;
  /** Commands as they are registered: a guild's own, then those for all. */
  commandsOf(guildId: Snowflake): APIApplicationCommand[];
  /** Answers and posts without `allowed_mentions: { parse: [] }`, each as what it was. */
  readonly careless: string[];
  /** For the routes. */
  readonly held: Held;
}

/** Of one world; `commands` are those that were put. */
export function makeInteractions(
  world: World,
  commands: Held['commands'],
  deadlines?: Partial<Deadlines>,
): Interactions {
  const held = makeHeld(world, commands, deadlines);

  function begin(
    about: About,
    { data, locale = 'en-US' }: { data: unknown; locale?: string | undefined },
  ): Use {
    const interaction = held.begin(about);
    const payload = interactionPayload(held, interaction, { data, locale });
    world.tell(about.guild, GatewayDispatchEvents.InteractionCreate, payload, 0);
    return useOf(held, interaction);
  }

  function useCommand(use: CommandUse & Typed): Use {
    const { channelId, userId, command, isUnchecked = false, subcommand = '', focused } = use;
    const { guild, channel } = world.channel(channelId);
    world.member(guild.id, userId);
    if (!mayRead(guild, channel, userId)) throw new Error(`User ${userId} does not see channel ${channelId}`);
    const registered = commandsOf(held, guild.id).find(({ name }) => name === command);
    if (!registered && !isUnchecked) throw new Error(`There is no command /${command}`);
    if (registered && !isUnchecked && !mayUse(registered, permissionsIn(guild, channel, userId)))
      throw new Error(`User ${userId} may not use /${command}`);
    const isTyping = focused !== undefined;
    const options = sentOptions(isUnchecked ? undefined : registered, use);
    const named = registered ?? { id: UNREGISTERED, name: command };
    const about: About = {
      type: isTyping ? InteractionType.ApplicationCommandAutocomplete : InteractionType.ApplicationCommand,
      guild,
      channel,
      userId,
      typed: typedText(use),
      command: `${command} ${subcommand}`.trim(),
    };
    return begin(about, { data: commandPayload(world, about, named, options), locale: use.locale });
  }

  return {
    held,
    careless: held.careless,
    use: useCommand,
    type: useCommand,
    commandsOf: (guildId) => commandsOf(held, guildId),
    press(press) {
      const id = typeof press.message === 'string' ? press.message : press.message.id;
      const message = seenBy(held, id, press.userId);
      const button = buttonOf(message, press);
      const { guild, channel } = world.channel(message.channelId);
      const type = InteractionType.MessageComponent;
      return begin(
        {
          type,
          guild,
          channel,
          userId: press.userId,
          typed: button.label ?? button.custom_id,
          pressed: message,
        },
        { data: buttonPayload(button.custom_id, button.id), locale: press.locale },
      );
    },
  };
}

const UNREGISTERED = '100000000000000000';

/** A guild's own stand before those of the same name for all. */
function commandsOf({ commands }: Held, guildId: Snowflake): APIApplicationCommand[] {
  return [...(commands.get(guildId) ?? []), ...(commands.get('global') ?? [])];
}

/** `"0"` is for administrators alone. */
function mayUse({ default_member_permissions: needed }: APIApplicationCommand, permissions: bigint): boolean {
  if (needed === null || needed === undefined || permissions & PermissionFlagsBits.Administrator) return true;
  return BigInt(needed) !== 0n && (permissions & BigInt(needed)) === BigInt(needed);
}

/** A message that somebody sees: theirs alone, or one of a channel that they see. */
function seenBy({ world, ephemeral }: Held, id: Snowflake, userId: Snowflake): MessageTruth {
  const own = ephemeral.get(id);
  if (own && own.interaction!.userId === userId) return own;
  for (const guild of world.truth.guilds.values())
    for (const channel of guild.channels.values()) {
      const message = channel.messages.get(id);
      if (message && mayRead(guild, channel, userId)) return message;
    }
  throw new Error(`User ${userId} sees no message ${id}`);
}

function buttonOf(message: MessageTruth, press: ButtonPress): APIButtonComponentWithCustomId {
  const buttons = [...everyComponent(message.components)].filter((one) => one.type === ComponentType.Button);
  const found = buttons.find((one) =>
    'customId' in press
      ? 'custom_id' in one && one.custom_id === press.customId
      : 'label' in one && one.label === press.label,
  );
  const wanted = 'customId' in press ? press.customId : press.label;
  if (!found) throw new Error(`Message ${message.id} has no button "${wanted}"`);
  if (found.disabled) throw new Error(`The button "${wanted}" is disabled`);
  if (found.style === ButtonStyle.Link || !('custom_id' in found))
    throw new Error(`The button "${wanted}" asks the bot nothing`);
  return found;
}

function typedText({ command, subcommand, options = {} }: CommandUse): string {
  const written = Object.entries(options).map(([name, value]) => `${name}:${valueText(value)}`);
  return [`/${command}`, ...(subcommand ? [subcommand] : []), ...written].join(' ');
}

function valueText(value: OptionValue): string {
  if (typeof value !== 'object') return String(value);
  if ('channel' in value) return `<#${value.channel}>`;
  return 'role' in value ? `<@&${value.role}>` : `<@${value.user}>`;
}
