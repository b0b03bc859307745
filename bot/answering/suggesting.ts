/** What is suggested while somebody types into an option: in time, or nothing. */
import type { AutocompleteInteraction } from 'discord.js';
import type { Choice, Command, CommandContext, Request } from '../../commands/command.ts';
import type { Log } from '../log.ts';
import { makeGate } from './gate.ts';
import { requestOf } from './request.ts';

export interface SuggestingOptions {
  commandOf(name: string): Command | undefined;
  contextNow(): CommandContext;
  /** Whether all that Discord told of who may read what in a guild is in the database. */
  isCurrent(guildId: string): Promise<boolean>;
  wait(ms: number, signal: AbortSignal): Promise<void>;
  log: Log;
}

/** Discord waits for three seconds, and for each letter that is typed it asks anew. */
const WITHIN_MS = 2_500;
const AT_ONCE_MAX = 2;
const WAITING_MAX = 100;

/** Answers one; what goes wrong is logged, and then nothing is suggested. */
export function makeSuggesting(
  options: SuggestingOptions,
): (interaction: AutocompleteInteraction) => Promise<void> {
  const { commandOf, contextNow, isCurrent, wait, log } = options;
  const gate = makeGate({ atOnceMax: AT_ONCE_MAX, waitingMax: WAITING_MAX });

  async function suggestions(
    command: Command | undefined,
    request: Request | undefined,
    option: string,
    typed: string,
  ): Promise<Choice[]> {
    if (!command?.complete || !request) return [];
    if (command.isForManagers && !request.asker.isManager) return [];
    if (!(await isCurrent(request.guildId))) return [];
    return command.complete(request, option, typed, contextNow());
  }

  return async (interaction) => {
    const { commandName, options: given } = interaction;
    const { name, value } = given.getFocused(true);
    const request = requestOf(interaction, true);
    const over = new AbortController();
    const late = wait(WITHIN_MS, over.signal).then(none, none);
    // Whoever is too slow gives their place to the others.
    const choices = await gate(() =>
      Promise.race([suggestions(commandOf(commandName), request, name, String(value)), late]),
    ).catch((err: unknown) => {
      log.warn({ err, command: commandName }, 'nothing was suggested');
      return [];
    });
    over.abort();
    await interaction.respond(choices);
  };
}

const none = (): Choice[] => [];
