/** What is typed behind a command, in the types that it was registered with. */
import {
  type APIApplicationCommand,
  type APIApplicationCommandBasicOption,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10';
import type { Snowflake } from '../model.ts';

/** What an option is given. */
export type OptionValue =
  | string
  | number
  | boolean
  | { channel: Snowflake }
  | { role: Snowflake }
  | { user: Snowflake };

/** What is typed. */
export interface Typed {
  /** With its group, where it has one: `channel set`. */
  subcommand?: string;
  options?: Record<string, OptionValue>;
  /** The option that is being typed. */
  focused?: string;
}

/** An option as an interaction carries it. */
export interface SentOption {
  name: string;
  type: Type;
  value?: string | number | boolean;
  focused?: true;
  options?: SentOption[];
}

/** Without a command: nobody has registered it, and the types are guessed. Errors: what can't be typed. */
export function sentOptions(
  command: APIApplicationCommand | undefined,
  { subcommand = '', options = {}, focused }: Typed,
): SentOption[] {
  const path = subcommand.split(' ').filter(Boolean);
  const known = command && optionsAt(command, path);
  const sent = Object.entries(options).map(([name, value]) => {
    const option = known?.find((one) => one.name === name);
    if (known && !option) throw new Error(`/${command.name} ${subcommand} has no option ${name}`);
    return sentOption(name, value, { option, isFocused: name === focused });
  });
  if (focused !== undefined && !sent.some((one) => one.focused))
    throw new Error(`Nothing is typed into ${focused}`);
  const missing = known?.find(({ name, required }) => required && !(name in options));
  if (missing && focused === undefined) throw new Error(`/${command!.name} needs the option ${missing.name}`);
  return path.reduceRight<SentOption[]>(
    (inner, name, depth) => [
      { name, type: depth === path.length - 1 ? Type.Subcommand : Type.SubcommandGroup, options: inner },
    ],
    sent,
  );
}

/** The options at the end of a path of subcommands. Errors: there is no such path, or it goes on. */
export function optionsAt(
  command: APIApplicationCommand,
  path: string[],
): APIApplicationCommandBasicOption[] {
  let options: APIApplicationCommandOption[] = command.options ?? [];
  for (const name of path) {
    const next = options.find((one) => one.name === name && isBranch(one));
    if (!next) throw new Error(`/${command.name} has no subcommand ${name}`);
    options = ('options' in next && next.options) || [];
  }
  if (options.some(isBranch)) throw new Error(`/${command.name} needs a subcommand`);
  return options as APIApplicationCommandBasicOption[];
}

const isBranch = ({ type }: APIApplicationCommandOption): boolean =>
  type === Type.Subcommand || type === Type.SubcommandGroup;

function sentOption(
  name: string,
  given: OptionValue,
  { option, isFocused }: { option: APIApplicationCommandBasicOption | undefined; isFocused: boolean },
): SentOption {
  const value = typeof given === 'object' ? Object.values(given)[0]! : given;
  const guessed = typeOf(given);
  const type = option?.type ?? guessed;
  if (isFocused) {
    if (option && !('autocomplete' in option && option.autocomplete))
      throw new Error(`${name} suggests nothing`);
    return { name, type, value: String(value), focused: true };
  }
  const isWhole = type === Type.Number && guessed === Type.Integer;
  if (type !== guessed && !isWhole) throw new Error(`The option ${name} is of type ${Type[type]}`);
  if (option) checkValue(option, value);
  return { name, type, value };
}

function typeOf(given: OptionValue): Type {
  if (typeof given === 'string') return Type.String;
  if (typeof given === 'boolean') return Type.Boolean;
  if (typeof given === 'number') return Number.isInteger(given) ? Type.Integer : Type.Number;
  if ('channel' in given) return Type.Channel;
  return 'role' in given ? Type.Role : Type.User;
}

/** A person can't send another. */
function checkValue(option: APIApplicationCommandBasicOption, value: string | number | boolean): void {
  const {
    choices,
    min_value: least,
    max_value: most,
    min_length: shortest,
    max_length: longest,
  } = {
    choices: undefined,
    min_value: undefined,
    max_value: undefined,
    min_length: undefined,
    max_length: undefined,
    ...option,
  };
  const isChosen = !choices?.length || choices.some((one) => one.value === value);
  const isNear = typeof value !== 'number' || (value >= (least ?? -Infinity) && value <= (most ?? Infinity));
  const { length } = String(value);
  const fits = typeof value !== 'string' || (length >= (shortest ?? 0) && length <= (longest ?? 6000));
  if (!isChosen || !isNear || !fits) throw new Error(`The option ${option.name} takes no such value`);
}
