/** A command in Discord's normal form: what it adds by itself makes no difference. */
import type {
  APIApplicationCommand,
  APIApplicationCommandOption,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord-api-types/v10';

type Given = APIApplicationCommand | RESTPostAPIChatInputApplicationCommandsJSONBody;

/** A command or an option: what it says, each under a name that a person reads. */
export interface Told {
  name: string;
  fields: Record<string, string>;
  options: Told[];
}

/** Of a command that is of one guild neither contexts nor ways to install it are told. */
export function toldOf(command: Given, isGlobal: boolean): Told {
  const { contexts, integration_types: installs } = command;
  const { default_member_permissions: permissions = null } = command;
  return {
    name: command.name,
    fields: {
      type: text(command.type ?? 1),
      ...wordsOf(command),
      'default permissions': text(permissions === null ? null : String(permissions)),
      'for adults': text(command.nsfw ?? false),
      ...(isGlobal && contexts && { contexts: text(contexts.toSorted()) }),
      ...(isGlobal && installs && { 'ways to install': text(installs.toSorted()) }),
    },
    options: (command.options ?? []).map(optionTold),
  };
}

function optionTold(option: APIApplicationCommandOption): Told {
  const { type, required = false } = option;
  // What few kinds of options have; the kinds are many types.
  const { autocomplete = false, ...rare } = option as {
    autocomplete?: boolean;
    choices?: { name: string; value: unknown; name_localizations?: object | null }[];
  };
  const { min_length, max_length, min_value, max_value, channel_types } = rare as Record<string, unknown>;
  const limits = { min_length, max_length, min_value, max_value, channel_types };
  return {
    name: option.name,
    fields: {
      type: text(type),
      ...wordsOf(option),
      required: text(required),
      autocomplete: text(autocomplete),
      choices: text(
        (rare.choices ?? []).map(({ name, value, name_localizations: names }) => [
          name,
          value,
          sorted(names),
        ]),
      ),
      ...Object.fromEntries(
        Object.entries(limits).flatMap(([name, value]) => (value === undefined ? [] : [[name, text(value)]])),
      ),
    },
    options: ('options' in option ? (option.options ?? []) : []).map(optionTold),
  };
}

type Localised = Pick<Given, 'name_localizations' | 'description_localizations'> & { description: string };

function wordsOf({
  description,
  description_localizations,
  name_localizations,
}: Localised): Record<string, string> {
  const each = (what: string, localised: object | null | undefined) =>
    sorted(localised).map(([locale, said]) => [`${what} (${locale})`, text(said)]);
  return {
    description: text(description),
    ...Object.fromEntries([
      ...each('description', description_localizations),
      ...each('name', name_localizations),
    ]),
  };
}

/** A dictionary of localisations; null, empty and absent ones are the same. */
const sorted = (localised: object | null | undefined): [locale: string, said: unknown][] =>
  Object.entries(localised ?? {})
    .filter(([, said]) => said !== null && said !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));

const text = (value: unknown): string => JSON.stringify(value);
