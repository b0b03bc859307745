import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { namingCommand, type Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { EmbeddedError } from './embedded-error.ts';
import { postgresIn, type Home } from './home.ts';
import { exists, makeWhole } from './whole-folder.ts';

/** The files of one Postgres server, and the password of its superuser. */
export interface Cluster {
  folder: string;
  password: string;
}

/** The superuser, and the database that we record into. */
export const ourName = 'almanac';

/** initdb takes half a second, and half a minute on a slow card. */
const initdbMaxMs = 5 * 60_000;

/**
 * The kind of each letter, for words in full text and trigrams: with plain C, text that isn't Latin has none. Not every
 * system knows every name, so the next is tried. Sorting and case come from Postgres itself and are the same everywhere.
 */
const characterTypes = ['C.UTF-8', 'en_US.UTF-8', 'C'];

/** How a program of Postgres is run: by whom, and with nothing of our surroundings that changes what it makes. */
export function childOptions(home: Home) {
  const { path: cwd, account } = home;
  // Windows programs need some of theirs.
  const env = process.platform === 'win32' ? undefined : { LC_ALL: 'C', TZ: 'UTC' };
  return { cwd, ...(account && { uid: account.uid, gid: account.gid }), ...(env && { env }) };
}

/**
 * The cluster of a home, made when there is none.
 *
 * Errors  EmbeddedError `version`: made by another major; `not-started`: it cannot be made; `folder`: its password is gone
 */
export async function ensureCluster(
  home: Home,
  binaries: Binaries,
  onNotice: (message: string) => void,
): Promise<Cluster> {
  const place = postgresIn(home.path);
  if (!(await exists(place))) {
    onNotice(`Making a database in ${place}.`);
    await makeWhole(place, (temporary) => initialise(temporary, home, binaries));
  }
  const folder = join(place, 'cluster');
  const made = (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  const [major] = binaries.version.split('.');
  if (made !== major) {
    throw new EmbeddedError(
      'version',
      `The database in ${place} was made by Postgres ${made}, and this Almanac has Postgres ${major}. ` +
        'Use the Almanac that made it, or import your exports into a new data folder.',
    );
  }
  return { folder, password: (await readFile(join(place, 'password'), 'utf8')).trim() };
}

async function initialise(place: string, home: Home, binaries: Binaries): Promise<void> {
  const passwordFile = join(place, 'password');
  // Flushed, for initdb reads it and the database is worth nothing without it.
  await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600, flush: true });
  await give(place, home.account);
  await give(passwordFile, home.account);
  const naming = await namingCommand();
  let failure: unknown;
  for (const characterType of characterTypes) {
    try {
      return await initdb([...naming, join(binaries.folder, 'bin', 'initdb')], place, characterType, home);
    } catch (error) {
      failure = error;
    }
  }
  throw naming.length > 0 ? namelessError(failure) : initdbError(home, failure);
}

async function initdb(command: string[], place: string, characterType: string, home: Home): Promise<void> {
  const [program, ...words] = [
    ...command,
    `--pgdata=${join(place, 'cluster')}`,
    `--username=${ourName}`,
    `--pwfile=${join(place, 'password')}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    `--lc-ctype=${characterType}`,
    '--no-instructions',
  ];
  await promisify(execFile)(program!, words, { ...childOptions(home), timeout: initdbMaxMs });
}

async function give(path: string, account: Account | undefined): Promise<void> {
  if (account) await chown(path, account.uid, account.gid);
}

function initdbError(home: Home, cause: unknown): EmbeddedError {
  const { code, stderr, message } = cause as { code?: unknown; stderr?: string; message: string };
  // The file is there, so what is missing is the loader that it names.
  if (code === 'ENOENT') {
    return new EmbeddedError(
      'unsupported',
      'The embedded Postgres does not run on this system: it needs glibc, which Alpine lacks. ' +
        'Set DATABASE_URL to a Postgres of your own.',
      { cause },
    );
  }
  const reason = stderr?.trim() || message;
  return new EmbeddedError('not-started', `Postgres could not make a database in ${home.path}: ${reason}`, {
    cause,
  });
}

function namelessError(cause: unknown): EmbeddedError {
  const { stderr } = cause as { stderr?: string };
  return new EmbeddedError(
    'account',
    `Postgres could not make a database as user ${process.getuid?.()}, whom /etc/passwd does not name. Name that user there, ` +
      `start once as one who is named, or set DATABASE_URL to a Postgres of your own. ${stderr ?? ''}`.trim(),
    { cause },
  );
}
