/**
 * What Discord refuses of commands.
 *
 * Source  https://docs.discord.com/developers/interactions/application-commands#application-command-object
 */
import {
  ApplicationCommandOptionType,
  Locale,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { refusals } from './refusal.ts';

const COMMANDS_MAX = 100;
const OPTIONS_MAX = 25;
const CHOICES_MAX = 25;
const TEXT_LENGTH_MAX = 100;
const ALL_LENGTH_MAX = 8000;
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES = new Set<string>(Object.values(Locale));

const { Integer, Number: Decimal, String: Text, Subcommand, SubcommandGroup } = ApplicationCommandOptionType;

/** A command or an option, as far as it is looked at. */
interface Part {
  name: string;
  description?: string;
  name_localizations?: Record<string, string | null> | null;
  description_localizations?: Record<string, string | null> | null;
  type?: number;
  required?: boolean;
  autocomplete?: boolean;
  options?: Part[];
  choices?: Choice[];
}
type Choice = Pick<Part, 'name' | 'name_localizations'> & { value: string | number };

/** Errors  Refusal 400, which names the command and the option */
export function checkCommands(commands: RESTPutAPIApplicationCommandsJSONBody, isOfGuild: boolean): void {
  if (commands.length > COMMANDS_MAX)
    throw refuse(
      'commands',
      'Maximum number of application commands reached',
      'APPLICATION_COMMANDS_TOO_MANY',
    );
  checkSingle('commands', commands);
  for (const command of commands) {
    if (isOfGuild && ('contexts' in command || 'integration_types' in command))
      throw refuse(command.name, 'Only commands for all guilds have contexts and integration types.');
    const part = command as Part;
    checkPart(part, command.name);
    if (lengthOf(part) > ALL_LENGTH_MAX)
      throw refuse(
        command.name,
        `Command exceeds maximum size (${ALL_LENGTH_MAX})`,
        'APPLICATION_COMMAND_TOO_LARGE',
      );
  }
}

const refuse = (place: string, message: string, code = 'APPLICATION_COMMAND_INVALID') =>
  refusals.invalidForm(place, message, code);

function checkPart(part: Part, place: string): void {
  for (const name of [part.name, ...otherTexts(part.name_localizations, place)])
    if (!NAME.test(name) || name !== name.toLowerCase())
      throw refuse(place, 'Command name is invalid', 'APPLICATION_COMMAND_INVALID_NAME');
  for (const text of [part.description ?? '', ...otherTexts(part.description_localizations, place)])
    checkText(text, place);
  const { options = [], choices = [] } = part;
  if (choices.length > CHOICES_MAX || options.length > OPTIONS_MAX)
    throw refuse(place, 'Must be 25 or fewer in length.', 'BASE_TYPE_MAX_LENGTH');
  checkSingle(place, options);
  checkSingle(place, choices);
  for (const choice of choices)
    for (const text of [choice.name, String(choice.value), ...otherTexts(choice.name_localizations, place)])
      checkText(text, place);
  if (part.autocomplete && choices.length > 0)
    throw refuse(place, 'Suggestions and choices exclude each other.');
  if (part.autocomplete && ![Text, Integer, Decimal].includes(part.type!))
    throw refuse(place, 'This type has no suggestions.');
  checkOrder(options, place);
  for (const option of options) {
    checkBranch(part, option, place);
    checkPart(option, `${place}.${option.name}`);
  }
}

/** What must be given comes first. */
function checkOrder(options: Part[], place: string): void {
  const firstFree = options.findIndex(({ required }) => !required);
  if (firstFree !== -1 && options.slice(firstFree).some(({ required }) => required))
    throw refuse(
      place,
      'Required options must be placed before non-required options',
      'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
    );
}

const isBranch = ({ type }: Part): boolean => type === Subcommand || type === SubcommandGroup;

/** Groups hold subcommands, these hold options, and a command has either. */
function checkBranch(parent: Part, option: Part, place: string): void {
  const siblings = parent.options ?? [];
  const isMixed = siblings.some(isBranch) && !siblings.every(isBranch);
  const isTooDeep =
    (parent.type === Subcommand && isBranch(option)) ||
    (parent.type === SubcommandGroup && option.type !== Subcommand);
  if (isMixed || isTooDeep)
    throw refuse(place, 'Sub-command option type mismatch', 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID');
}

function checkText({ length }: string, place: string): void {
  if (length < 1 || length > TEXT_LENGTH_MAX)
    throw refuse(place, `Must be between 1 and ${TEXT_LENGTH_MAX} in length.`, 'BASE_TYPE_BAD_LENGTH');
}

function checkSingle(place: string, parts: readonly { name: string }[]): void {
  if (new Set(parts.map(({ name }) => name)).size < parts.length)
    throw refuse(place, 'Names must be unique', 'APPLICATION_COMMANDS_DUPLICATE_NAME');
}

function otherTexts(texts: Part['name_localizations'], place: string): string[] {
  const entries = Object.entries(texts ?? {});
  if (entries.some(([locale]) => !LOCALES.has(locale)))
    throw refuse(place, 'Not a language of Discord.', 'BASE_TYPE_CHOICES');
  return entries.flatMap(([, text]) => text ?? []);
}

/** Of each text the longest language counts. */
function lengthOf(part: Part): number {
  const longest = (text = '', others: Part['name_localizations']) =>
    Math.max(text.length, ...Object.values(others ?? {}).map((other) => other?.length ?? 0));
  const sum = (parts: number[]) => parts.reduce((all, length) => all + length, 0);
  return (
    longest(part.name, part.name_localizations) +
    longest(part.description, part.description_localizations) +
    sum((part.options ?? []).map(lengthOf)) +
    sum(
      (part.choices ?? []).map(
        ({ name, value, name_localizations: others }) => longest(name, others) + String(value).length,
      ),
    )
  );
}
