/** The command line: `almanac VERB`. Data goes to stdout and everything else to stderr. */
import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config.ts';
import { EmbeddedError } from '../db/embedded.ts';
import { MigrationError } from '../db/migrate.ts';
import { WindowError } from '../db/window.ts';
import { type CliContext, contextIn, EXIT, type Surroundings, UserError } from './context.ts';
import { verbs } from './index.ts';

/** Runs the program with its arguments; tells the exit code. */
export async function main(
  args: string[],
  surroundings: Surroundings = { stdout: process.stdout, stderr: process.stderr },
): Promise<number> {
  const { stdout, stderr } = surroundings;
  let exitCode: number = EXIT.ok;
  const program = new Command('almanac')
    .description("A community's memory: records a Discord server into Postgres and gives it back as numbers.")
    .helpCommand(false)
    // What stands behind a subcommand is its own.
    .enablePositionalOptions()
    .showHelpAfterError('Add --help to see how it is used.')
    .configureOutput({
      writeOut: (text) => void stdout.write(text),
      writeErr: (text) => void stderr.write(text),
    })
    .exitOverride();
  for (const verb of verbs) {
    verb.define(program, async (work) => {
      exitCode = await work(contextIn(surroundings));
    });
  }
  program.addHelpText(
    'after',
    '\nExit codes: 0 done; 1 done in part (the output says what was not); 2 not done.',
  );
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.failed;
    stderr.write(`${explain(error)}\n`);
    return EXIT.failed;
  }
}

const SPOKEN = [UserError, ConfigError, EmbeddedError, MigrationError, WindowError];

/** No way to the server; or it refuses our account, or lacks our database. */
const UNREACHED = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  '28000',
  '28P01',
  '3D000',
];

/** Our own errors speak for themselves; others show where they come from, without what a database was given. */
function explain(error: unknown): string {
  if (SPOKEN.some((kind) => error instanceof kind)) return (error as Error).message;
  if (!(error instanceof Error)) return String(error);
  const { code = '' } = error as { code?: string };
  if (UNREACHED.includes(code)) {
    return `The database cannot be reached (${code}). Check DATABASE_URL, or leave it out to use the embedded database.`;
  }
  return error.stack ?? error.message;
}

export interface Verb {
  define(program: Command, run: (work: (context: CliContext) => Promise<number>) => Promise<void>): void;
}
