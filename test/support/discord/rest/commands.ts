/** The application's slash commands, for all guilds or for one. */
import {
  type APIApplicationCommand,
  ApplicationCommandType,
  ApplicationIntegrationType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { checkCommands } from './command-rules.ts';
import { guildOf } from './reach.ts';
import { refusals } from './refusal.ts';
import { type Answer, type Asked, ok } from './route.ts';

/** GET /applications/{application_id}/commands, and of one guild; with other languages where that is asked for. */
export function commands(asked: Asked): Answer {
  const isWanted = asked.query.get('with_localizations') === 'true';
  return ok(
    (asked.memory.commands.get(whereOf(asked)) ?? []).map((one) => (isWanted ? one : withoutOthers(one))),
  );
}

/** PUT to the same: these and no others; a name that was there keeps its id, and its version where nothing changed. */
export function putCommands(asked: Asked): Answer {
  const { memory, world, params } = asked;
  const where = whereOf(asked);
  const put = (asked.body ?? []) as RESTPutAPIApplicationCommandsJSONBody;
  const guildId = params['guild_id'];
  checkCommands(put, guildId !== undefined);
  const earlier = memory.commands.get(where) ?? [];
  const now = put.map((command) => {
    const made = {
      description: '',
      type: ApplicationCommandType.ChatInput,
      nsfw: false,
      ...(guildId === undefined
        ? {
            integration_types: [ApplicationIntegrationType.GuildInstall],
            contexts: null,
            dm_permission: true,
          }
        : { guild_id: guildId }),
      ...withOthers(command),
      default_member_permissions: command.default_member_permissions?.toString() ?? null,
      application_id: world.truth.application.id,
    };
    const old = earlier.find(({ name }) => name === command.name);
    const isSame =
      old && JSON.stringify({ ...made, id: old.id, version: old.version }) === JSON.stringify(old);
    const id = old?.id ?? world.nextId();
    return { ...made, id, version: isSame ? old.version : world.nextId() } as APIApplicationCommand;
  });
  memory.commands.set(where, now);
  return ok(now);
}

function whereOf(asked: Asked): string {
  const { params, world } = asked;
  if (params['application_id'] !== world.truth.application.id) throw refusals.missingAccess();
  return params['guild_id'] === undefined ? 'global' : guildOf(asked).id;
}

interface Part {
  name_localizations?: unknown;
  description_localizations?: unknown;
  description?: unknown;
  options?: Part[];
  choices?: Part[];
}

/** Whatever could be said in another language says so, or null. */
function withOthers<T extends object>(part: T): T {
  const { options, choices, name_localizations: names, description_localizations: texts } = part as Part;
  return {
    ...part,
    name_localizations: names ?? null,
    ...('description' in part && { description_localizations: texts ?? null }),
    ...(options && { options: options.map(withOthers) }),
    ...(choices && { choices: choices.map(withOthers) }),
  };
}

/** As the default language says it. */
function withoutOthers<T extends object>(part: T): T {
  const { name_localizations: _, description_localizations: __, options, choices, ...rest } = part as Part;
  return {
    ...(rest as T),
    ...(options && { options: options.map(withoutOthers) }),
    ...(choices && { choices: choices.map(withoutOthers) }),
  };
}
