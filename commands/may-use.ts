/** Who may use which command: the rules that `/settings` makes. */
import type { GuildSettings } from '../db/settings.ts';
import type { Asker } from './command.ts';

/** The commands that rules can be made for; the others are for Manage Server alone. */
export const RULED_COMMANDS = ['stats', 'top-contributors', 'weekly', 'guide'] as const;

/** Whether a member may use a command: who may Manage Server always; without a rule everybody. */
export function mayUse(
  { commandRoles }: Pick<GuildSettings, 'commandRoles'>,
  command: string,
  { isManager, roles }: Pick<Asker, 'isManager' | 'roles'>,
): boolean {
  const allowed = Object.hasOwn(commandRoles, command) ? commandRoles[command] : undefined;
  return isManager || allowed === undefined || allowed.some((role) => roles.includes(role));
}
