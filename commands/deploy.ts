/** Tells Discord which commands there are: for every server, or for one. */
import { DiscordAPIError, HTTPError, type REST } from '@discordjs/rest';
import {
  type APIApplicationCommand,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord-api-types/v10';
import { UserError } from '../reports/user-error.ts';
import type { Command } from './command.ts';
import { type Change, differences } from './deploy/differences.ts';
import { doubledWords } from './deploy/doubled.ts';
import { changeLines, sumLine } from './deploy/words.ts';

export interface DeployOptions {
  rest: Pick<REST, 'get' | 'put'>;
  applicationId: string;
  /** Absent: for every server. */
  guildId?: string;
  commands: readonly Pick<Command, 'data'>[];
  /** A line for whoever runs it. */
  tell(text: string): void;
  /** Nothing is changed. */
  isDryRun?: boolean;
}

/**
 * Puts them where anything differs, and says what; tells the changes.
 *
 * Errors  UserError: Discord refuses it, or cannot be reached
 */
export async function deploy(options: DeployOptions): Promise<Change[]> {
  const { rest, applicationId, guildId, commands, tell, isDryRun = false } = options;
  const route =
    guildId === undefined
      ? Routes.applicationCommands(applicationId)
      : Routes.applicationGuildCommands(applicationId, guildId);
  const isGlobal = guildId === undefined;
  const ours = commands.map(({ data }) => (isGlobal ? data : ofGuild(data)));
  return spoken(guildId, async () => {
    const query = new URLSearchParams({ with_localizations: 'true' });
    const before = (await rest.get(route, { query })) as APIApplicationCommand[];
    const changes = differences(before, ours, { isGlobal });
    for (const line of changes.flatMap(changeLines)) tell(line);
    if (changes.length > 0 && !isDryRun) await rest.put(route, { body: ours });
    tell(sumLine(changes, ours.length, guildId, isDryRun));
    const doubled = ours.length > 0 ? await doubledWords(rest, applicationId, guildId, ours) : undefined;
    if (doubled !== undefined) tell(doubled);
    return changes;
  });
}

/** Whose application it is that a token is of. Errors: UserError. */
export async function applicationIdOf(rest: Pick<REST, 'get'>): Promise<string> {
  return spoken(undefined, async () => {
    const { id } = (await rest.get(Routes.currentApplication())) as { id: string };
    return id;
  });
}

/** Where a command of one guild may be used, and by whom installed, is not asked. */
function ofGuild({
  contexts: _,
  integration_types: __,
  ...data
}: RESTPostAPIChatInputApplicationCommandsJSONBody): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return data;
}

const NO_TOKEN =
  'Discord refuses DISCORD_TOKEN: get a new one in the developer portal (your application, page "Bot", Reset Token).';

/** What Discord refuses, in a sentence that says what to do. */
async function spoken<T>(guildId: string | undefined, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    const said = sentenceOf(cause, guildId);
    throw said === undefined ? cause : new UserError(said, { cause });
  }
}

function sentenceOf(error: unknown, guildId: string | undefined): string | undefined {
  if (!(error instanceof DiscordAPIError)) {
    const cause = causeOf(error);
    return cause === undefined ? undefined : `Discord cannot be reached (${cause}). Try again later.`;
  }
  if (error.status === 401) return NO_TOKEN;
  const closed = `The bot may not put commands into the server ${guildId}: invite it again, with the scope applications.commands.`;
  if (error.status === 403) return guildId === undefined ? NO_TOKEN : closed;
  if (error.code === 10_004) return `There is no server ${guildId}, or the bot is not in it.`;
  return undefined;
}

/** Why nobody answered; undefined: it was not that. */
function causeOf(error: unknown): string | undefined {
  if (error instanceof HTTPError) return String(error.status);
  const { name, code } = error as { name?: string; code?: unknown };
  return name === 'AbortError' ? 'no answer in time' : typeof code === 'string' ? code : undefined;
}
