import { readFile, realpath, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { EmbeddedError } from './embedded-error.ts';

/** A user of the operating system who runs Postgres in our stead. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

/** Whether this process is root, as whom Postgres refuses to run. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Who runs a new database when we are root: `postgres`, else `nobody`.
 *
 * Errors  EmbeddedError `account`: /etc/passwd names neither
 */
export async function servingAccount(): Promise<Account> {
  const account = (await namedAccount('postgres')) ?? (await namedAccount('nobody'));
  if (account) return account;
  throw new EmbeddedError(
    'account',
    'Postgres refuses to run as root, and /etc/passwd names neither `postgres` nor `nobody` to run it instead. ' +
      'Start Almanac as an ordinary user, or set DATABASE_URL to a Postgres of your own.',
  );
}

/**
 * Who runs a database that exists: whoever owns its files, for Postgres refuses those of others.
 *
 * Errors  EmbeddedError `account`: root owns them
 */
export async function owningAccount(folder: string): Promise<Account> {
  const { uid, gid } = await stat(folder);
  if (uid !== 0) return { name: `user ${uid}`, uid, gid };
  throw new EmbeddedError(
    'account',
    `${folder} belongs to root, as whom Postgres refuses to run. Give it, with all that is in it, to an ordinary user (chown -R).`,
  );
}

/**
 * Whether the account can enter every folder on the way to a path, and the path itself (or run it, for a file).
 * Ourselves (no account) always can: what we were able to find is ours to use.
 */
export async function canReach(path: string, account: Account | undefined): Promise<boolean> {
  if (!account) return true;
  for (let at = await realpath(path); ; at = dirname(at)) {
    const { uid, gid, mode } = await stat(at);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    if (((mode >> shift) & 1) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/**
 * What to put before `initdb`, which looks its user up by name, so that it finds one: nothing, or (where our id has no
 * name, as in `docker run --user 12345`) a user namespace in which the same id is called nobody. The server itself never asks.
 */
export async function namingCommand(): Promise<string[]> {
  if (process.platform !== 'linux' || isRoot()) return [];
  try {
    userInfo();
    return [];
  } catch {
    const nobody = await namedAccount('nobody');
    return nobody ? ['/usr/bin/unshare', '--user', `--map-user=${nobody.uid}`, '--'] : [];
  }
}

async function namedAccount(name: string): Promise<Account | undefined> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  const fields = lines.map((line) => line.split(':')).find(([user]) => user === name);
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  return uid > 0 && gid >= 0 ? { name, uid, gid } : undefined;
}
