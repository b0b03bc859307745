/** Tells Discord our slash commands: `npm run deploy-commands [-- --guild ID] [--dry-run] [--remove]`. */
import { REST } from '@discordjs/rest';
import { deployTyped } from './commands/deploy/typed.ts';
import { commands } from './commands/index.ts';
import { ConfigError, loadConfig } from './config.ts';

const warn = (text: string) => void process.stderr.write(`${text}\n`);
try {
  const { token, apiUrl } = loadConfig().live;
  const rest = token && new REST({ version: '10', ...(apiUrl && { api: apiUrl }) }).setToken(token);
  const tell = (text: string) => void process.stdout.write(`${text}\n`);
  process.exitCode = await deployTyped({
    args: process.argv.slice(2),
    commands,
    tell,
    warn,
    ...(rest && { rest }),
  });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  warn(error.message);
  process.exitCode = 2;
}
