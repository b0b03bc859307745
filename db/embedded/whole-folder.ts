import { randomUUID } from 'node:crypto';
import { access, chmod, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const unfinished = /^\.unfinished-(\d+)-([0-9a-f]{8})-/;

/** Tells our unfinished folders from those of a dead process whose number we were given, as in a restarted container. */
const ourMark = randomUUID().slice(0, 8);

/** Whether there is something at this path. */
export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/**
 * Makes a folder that is there whole or not at all: `fill` works in a neighbour of another name, which then takes the
 * folder's. Of several processes that make it at once, the first to end wins and the others use its folder.
 */
export async function makeWhole(folder: string, fill: (temporary: string) => Promise<void>): Promise<void> {
  const parent = dirname(folder);
  const temporary = await mkdtemp(join(parent, `.unfinished-${process.pid}-${ourMark}-`));
  try {
    await fill(temporary);
    await rename(temporary, folder);
  } catch (error) {
    if (!(await exists(folder))) throw error;
  } finally {
    await remove(temporary);
  }
}

/** Makes a folder and all above it, open for everyone to enter whatever the umask; those that exist stay as they are. */
export async function makeOpenFolder(folder: string): Promise<void> {
  if (await exists(folder)) return;
  await makeOpenFolder(dirname(folder));
  await mkdir(folder).then(
    () => chmod(folder, 0o755),
    (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    },
  );
}

/** Removes what processes left in a folder that were killed while they made something whole. */
export async function removeUnfinished(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const [, pid, mark] = unfinished.exec(name) ?? [];
    if (!pid) continue;
    const isOurs = Number(pid) === process.pid;
    if (isOurs ? mark !== ourMark : !isAlive(Number(pid))) await remove(join(parent, name));
  }
}

/** An orphaned initdb may still write there: what it keeps from going now goes at a later start. */
async function remove(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 }).catch(() => {});
}

/** Whether a process of this number exists. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
