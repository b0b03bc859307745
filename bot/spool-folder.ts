/** Which folder a shard's events go to while the database is away: one process a folder, and none is forgotten. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lifeOf, processName } from './process-name.ts';

export interface SpoolFolder {
  path: string;
  /** Folders of processes that are no more, whose events are still to be written. */
  left: string[];
  /** Lets go of all of them. */
  release(): Promise<void>;
}

export interface SpoolFolderOptions {
  /** The spool of all shards. */
  folder: string;
  /** Of this shard; folders are called so, and so with `.2`, `.3` behind it. */
  name: string;
  wait(ms: number): Promise<void>;
}

const OWNER = 'owner';
const BEAT_MS = 1_000;
/** An owner on another machine, or in another container, is dead when its mark stands still for so long. */
const STILL_MS = 5 * BEAT_MS;

/**
 * Takes a folder that nobody uses, and with it all that dead processes left for the shard.
 *
 * Errors  those of the file system: there can be no folder now
 */
export async function takeSpoolFolder({ folder, name, wait }: SpoolFolderOptions): Promise<SpoolFolder> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const known = (await readdir(folder)).filter((one) => one === name || one.startsWith(`${name}.`));
  const marks = new Map(
    await Promise.all(known.map(async (one) => [one, await readMark(folder, one)] as const)),
  );
  const isDoubtful = [...marks.values()].some((mark) => mark && lifeOf(mark.owner) === 'unknown');
  if (isDoubtful) await wait(STILL_MS);
  const free: string[] = [];
  for (const [one, mark] of marks) if (!mark || (await isLeft(folder, one, mark))) free.push(one);
  let next = name;
  for (let n = 2; free.length === 0 && known.includes(next); n++) next = `${name}.${n}`;
  const [path, ...left] = (free.length > 0 ? free.toSorted() : [next]).map((one) => join(folder, one));
  const all = [path!, ...left];
  await Promise.all(all.map((one) => mkdir(one, { recursive: true, mode: 0o700 })));
  let beat = 0;
  // Where the disk is full or read-only the mark stands still: at worst another process writes what is here, too.
  const mark = () =>
    Promise.all(
      all.map((one) => writeFile(join(one, OWNER), `${processName()}\n${++beat}\n`, { mode: 0o600 })),
    ).catch(() => {});
  await mark();
  const timer = setInterval(() => void mark(), BEAT_MS);
  timer.unref();
  return {
    path: path!,
    left,
    async release() {
      clearInterval(timer);
      await Promise.all(all.map((one) => rm(join(one, OWNER), { force: true }).catch(() => {})));
    },
  };
}

/** Whether nobody uses a folder any more, judged by a mark and the one that is there some seconds later. */
async function isLeft(folder: string, name: string, mark: Mark): Promise<boolean> {
  const life = lifeOf(mark.owner);
  if (life !== 'unknown') return life === 'dead';
  const now = await readMark(folder, name);
  return now === undefined || now.text === mark.text;
}

interface Mark {
  owner: string;
  text: string;
}

async function readMark(folder: string, name: string): Promise<Mark | undefined> {
  try {
    const text = await readFile(join(folder, name, OWNER), 'utf8');
    return { owner: text.split('\n')[0]!, text };
  } catch {
    return undefined;
  }
}
