/** What both verbs of backups share: the file, the store as it is, and the last words. */
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CopyProgress } from '../db/backup/backup.ts';
import { BackupError } from '../db/backup/format.ts';
import { openStore, type Store } from '../db/connect.ts';
import { type CliContext, exitCodeOf, UserError } from './context.ts';

/** Stands for stdin and stdout. */
export const STREAM = '-';

const REASONS: Record<string, string> = {
  ENOENT: 'its folder is not there',
  EACCES: 'we may not',
  EPERM: 'we may not',
  EISDIR: 'it is a folder',
  ENOTDIR: 'its folder is a file',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  EPIPE: 'nobody reads on',
};

/** In words; for what else there is, the code. */
function unusable(file: string, verb: string, error: unknown): unknown {
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined || error instanceof UserError) return error;
  return new UserError(`${file} cannot be ${verb}: ${REASONS[code] ?? code}.`, { cause: error });
}

/**
 * Writes a file that is there whole or not at all: beside its place, for its owner alone, flushed to the disk and renamed at the end.
 *
 * Errors  UserError where it is there already (unless forced), or the disk refuses
 */
export async function writeWhole<T>(
  file: string,
  isForced: boolean,
  work: (write: (bytes: Buffer) => Promise<void>) => Promise<T>,
): Promise<T> {
  if (file === STREAM) return work(toStdout);
  if (!isForced && (await isThere(file)))
    throw new UserError(`${file} is there already. Give another name, or --force to replace it.`);
  const part = `${file}.part`;
  try {
    // One that was left behind by a killed process goes.
    await rm(part, { force: true });
    const handle = await open(part, 'wx', 0o600);
    try {
      const result = await work(async (bytes) => void (await handle.appendFile(bytes)));
      await handle.sync();
      if (!(await isSame(handle, part))) throw new UserError(`Another process writes ${part}, too.`);
      await rename(part, file);
      await flushFolder(dirname(file));
      return result;
    } catch (error) {
      if (await isSame(handle, part)) await rm(part, { force: true });
      throw error;
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw unusable(file, 'written', error);
  }
}

const isThere = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  );

/** Whether the name still leads to what we have open. */
async function isSame(handle: FileHandle, path: string): Promise<boolean> {
  const [ours, there] = await Promise.all([handle.stat(), stat(path).catch(() => undefined)]);
  return ours.ino === there?.ino;
}

/** So that the new name outlives a power cut; not every system can. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

function toStdout(bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    process.stdout.write(bytes, (error) =>
      error ? reject(unusable('The output', 'written', error)) : resolve(),
    );
  });
}

/** The bytes of a file, or of stdin. Errors: UserError. */
export async function* readParts(file: string): AsyncGenerator<Buffer> {
  const stream = file === STREAM ? process.stdin : createReadStream(file, { highWaterMark: 1 << 18 });
  try {
    for await (const part of stream) yield part as Buffer;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT' ? new UserError(`${file} is not there.`) : unusable(file, 'read', error);
  } finally {
    stream.destroy();
  }
}

/** A signal that ends a verb. */
class Stopped extends Error {
  readonly signal: NodeJS.Signals;
  constructor(signal: NodeJS.Signals) {
    super(`stopped by ${signal}`);
    this.signal = signal;
  }
}

/**
 * Opens the store and doesn't migrate it; a signal aborts `work`. Tells the exit code; `unfinished` is what is said of a
 * broken-off one. Errors: UserError, for what is wrong with a backup.
 */
export async function withStoreAsItIs(
  context: CliContext,
  unfinished: string,
  work: (store: Store, signal: AbortSignal) => Promise<number>,
): Promise<number> {
  const stop = new AbortController();
  const heard = (signal: NodeJS.Signals) => stop.abort(new Stopped(signal));
  process.once('SIGINT', heard).once('SIGTERM', heard);
  try {
    const store = await openStore({ ...context.config, connectionsMax: 4, onNotice: context.tell });
    try {
      return await work(store, stop.signal);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof BackupError) throw new UserError(error.message, { cause: error });
    if (!(error instanceof Stopped)) throw error;
    context.tell(`Stopped by ${error.signal}. ${unfinished}`);
    return exitCodeOf(error.signal);
  } finally {
    process.off('SIGINT', heard).off('SIGTERM', heard);
  }
}

/** Shows on stderr how far it is. */
export function showCopying(
  context: CliContext,
  title: string,
): { show(p: CopyProgress): void; end(): void } {
  const bar = context.progress(title);
  return {
    show: ({ at, doneBytes, totalBytes }) => bar.show({ done: doneBytes, total: totalBytes, note: at }),
    end: () => bar.end(),
  };
}

/** This version, as its package says. */
export async function ourVersion(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Bytes for people. */
export const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
