/** A deployment as it is typed. */
import { parseArgs } from 'node:util';
import type { REST } from '@discordjs/rest';
import { UserError } from '../../reports/user-error.ts';
import type { Command } from '../command.ts';
import { applicationIdOf, deploy } from '../deploy.ts';

export interface Typed {
  args: string[];
  commands: readonly Pick<Command, 'data'>[];
  /** Absent: there is no token. */
  rest?: Pick<REST, 'get' | 'put'>;
  tell(text: string): void;
  warn(text: string): void;
}

const USE = `Tells Discord our slash commands, where anything differs.

  npm run deploy-commands                       for every server
  npm run deploy-commands -- --guild ID         for one server only, to try them
  npm run deploy-commands -- --guild ID --remove    takes those of one server away
  npm run deploy-commands -- --dry-run          says what would change`;

const OPTIONS = {
  guild: { type: 'string' },
  'dry-run': { type: 'boolean' },
  remove: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

/** Does it; tells the exit code: 0 done, 2 not done. */
export async function deployTyped({ args, commands, rest, tell, warn }: Typed): Promise<number> {
  try {
    const { guild: guildId, 'dry-run': isDryRun = false, remove, help } = valuesOf(args);
    if (help) {
      tell(USE);
      return 0;
    }
    if (guildId !== undefined && !/^\d{17,19}$/.test(guildId))
      throw new UserError(`${guildId} is no id of a server: those are numbers of 17 to 19 digits.`);
    if (remove && guildId === undefined)
      throw new UserError('Say of which server: --guild ID --remove. Those for every server stay.');
    if (!rest) throw new UserError('DISCORD_TOKEN is not set. What to do says: npx almanac start');
    const applicationId = await applicationIdOf(rest);
    const given = { rest, applicationId, tell, isDryRun, commands: remove ? [] : commands };
    await deploy({ ...given, ...(guildId !== undefined && { guildId }) });
    return 0;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    warn(error.message);
    return 2;
  }
}

/** Errors: UserError, for what is no option. */
function valuesOf(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values;
  } catch (cause) {
    throw new UserError(`${(cause as Error).message}\n\n${USE}`, { cause });
  }
}
