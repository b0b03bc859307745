/** The application's slash commands, for all guilds or for one. */
import type { RESTPutAPIApplicationCommandsJSONBody } from 'discord-api-types/v10';
import { guildOf } from './reach.ts';
import { refusals } from './refusal.ts';
import { type Answer, type Asked, ok } from './route.ts';

/** GET /applications/{application_id}/commands, and of one guild */
export function commands(asked: Asked): Answer {
  return ok(asked.memory.commands.get(whereOf(asked)) ?? []);
}

/** PUT to the same: these and no others; a name that was there keeps its id. */
export function putCommands(asked: Asked): Answer {
  const { memory, world, body, params } = asked;
  const where = whereOf(asked);
  const earlier = memory.commands.get(where) ?? [];
  const guild = params['guild_id'];
  const now = (body as RESTPutAPIApplicationCommandsJSONBody).map((command) => ({
    description: '',
    type: 1,
    ...command,
    default_member_permissions: command.default_member_permissions?.toString() ?? null,
    id: earlier.find(({ name }) => name === command.name)?.id ?? world.nextId(),
    application_id: world.truth.application.id,
    version: world.nextId(),
    ...(guild === undefined ? {} : { guild_id: guild }),
  }));
  memory.commands.set(where, now);
  return ok(now);
}

function whereOf(asked: Asked): string {
  const { params, world } = asked;
  if (params['application_id'] !== world.truth.application.id) throw refusals.missingAccess();
  return params['guild_id'] === undefined ? 'global' : guildOf(asked).id;
}
