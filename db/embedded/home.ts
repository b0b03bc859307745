import { chmod, mkdir, mkdtemp, readlink, realpath, rmdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canReach, isRoot, owningAccount, servingAccount, type Account } from './account.ts';
import { EmbeddedError } from './embedded-error.ts';
import { exists, makeOpenFolder } from './whole-folder.ts';

/** Where the database of a data folder lives, and who runs it. */
export interface Home {
  /** The data folder, its links followed. */
  folder: string;
  /** The data folder again, or a folder that the account can enter when it cannot enter that. */
  path: string;
  /** Who runs Postgres; none when we do it ourselves. */
  account: Account | undefined;
}

/** Outlasts a restart of the machine, as the temporary folders don't; only root needs it, and only root can write there. */
const apartFolder = '/var/lib/almanac';

/** Where in a home the database is; in a data folder whose home is elsewhere, a link to there. */
export const postgresIn = (home: string): string => join(home, 'postgres');

/**
 * Finds the database's home, which for a new one is the data folder unless we are root and the account that runs Postgres
 * cannot enter it; then a folder below /var/lib, to which the data folder links.
 *
 * Errors  EmbeddedError `folder`, `account`
 */
export async function findHome(dataFolder: string, onNotice: (message: string) => void): Promise<Home> {
  await mkdir(dataFolder, { recursive: true });
  const folder = await realpath(dataFolder);
  const target = await readlink(postgresIn(folder)).catch(() => undefined);
  const path = target ? dirname(target) : folder;
  if (target && !(await exists(path))) {
    throw new EmbeddedError(
      'folder',
      `The database of ${folder} was kept in ${path} and is not there. Bring it back, or remove ${postgresIn(folder)} to begin anew.`,
    );
  }
  if (await exists(postgresIn(path))) return { folder, path, account: await accountOf(path) };
  const account = isRoot() ? await servingAccount() : undefined;
  if (target || (await canReach(folder, account))) return { folder, path, account };
  return (await homeApart(folder, account, onNotice)) ?? findHome(folder, onNotice);
}

async function accountOf(path: string): Promise<Account | undefined> {
  const account = isRoot() ? await owningAccount(postgresIn(path)) : undefined;
  if (await canReach(path, account)) return account;
  throw new EmbeddedError(
    'folder',
    `Postgres runs as ${account?.name}, who cannot enter ${path}. Let that user enter it, with all folders above it, or move it.`,
  );
}

/** A home of its own, linked to; none when another process was a moment faster to link one. */
async function homeApart(
  folder: string,
  account: Account | undefined,
  onNotice: (message: string) => void,
): Promise<Home | undefined> {
  await makeOpenFolder(apartFolder);
  const path = await mkdtemp(join(apartFolder, 'data-'));
  await chmod(path, 0o755);
  if (!(await canReach(path, account))) {
    await rmdir(path);
    throw new EmbeddedError(
      'folder',
      `Postgres runs as ${account?.name}, who can enter neither ${folder} nor ${apartFolder}. ` +
        'Choose a data folder that every user can enter, or start Almanac as an ordinary user.',
    );
  }
  try {
    await symlink(postgresIn(path), postgresIn(folder));
  } catch (error) {
    await rmdir(path);
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
    throw error;
  }
  onNotice(
    `The database of ${folder} is kept in ${path}: Postgres does not run as root, and ${account?.name}, who runs it, ` +
      `cannot enter ${folder}.`,
  );
  return { folder, path, account };
}
