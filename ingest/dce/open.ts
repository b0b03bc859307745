import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';

import { ExportFormatError } from './export-format-error.ts';
import { type ByteSource, CHUNK_BYTES, chunkFor } from './scan.ts';

/** What reading needs of an open file. */
export interface ExportFile extends ByteSource {
  stat(): Promise<{ size: number }>;
}

const NONE = { reason: 'there is no such file', advice: 'Check the path.' };
const CLOSED = {
  reason: 'no permission to read it',
  advice: 'Let the account that runs this program read the file.',
};
const FOLDER = { reason: 'it is a folder', advice: 'Name one export file in it.' };
const NO_FILE = {
  reason: 'it is no file whose content can be read twice',
  advice: 'Copy it to a file first.',
};
const BROKEN = {
  reason: "the disk can't read it",
  advice: 'Copy it from where it is whole, or export again.',
};

/** Faults of one file; any other, as too many open files, is the system's and no reason to refuse the file. */
const UNREADABLE: Record<string, { reason: string; advice: string }> = {
  ENOENT: NONE,
  ENOTDIR: NONE,
  ENAMETOOLONG: NONE,
  EACCES: CLOSED,
  EPERM: CLOSED,
  EIO: BROKEN,
};

/**
 * An export file, open for reading.
 * Errors  ExportFormatError: there is no such file, it may not be read, it is no file
 */
export async function openExport(path: string): Promise<FileHandle> {
  const refuse = (fault: { reason: string; advice: string }, cause?: unknown) =>
    new ExportFormatError({ file: path, place: 'opening it', ...fault }, { cause });
  try {
    // Told before it is opened: to open a pipe waits for a writer.
    const status = await stat(path);
    if (!status.isFile()) throw refuse(status.isDirectory() ? FOLDER : NO_FILE);
    return await open(path);
  } catch (cause) {
    const fault = UNREADABLE[(cause as NodeJS.ErrnoException).code ?? ''];
    throw fault ? refuse(fault, cause) : cause;
  }
}

/** An open file, to be closed by whoever opened it. */
export interface OpenFile extends ExportFile {
  close(): Promise<void>;
}

/**
 * An export file to be read several times. A small one, as most threads are, is read into memory at once: each
 * look at the disk would cost more than its messages.
 * Errors  ExportFormatError: as `openExport`
 */
export async function openForAll(path: string): Promise<OpenFile> {
  const file = await openExport(path);
  const { size } = await file.stat();
  if (size > CHUNK_BYTES) return file;
  let bytes = await readBytes(file, 0, size).finally(() => file.close());
  return {
    read: async (into, at, length, position) => ({
      bytesRead: bytes.copy(
        into,
        at,
        Math.min(position, bytes.length),
        Math.min(position + length, bytes.length),
      ),
    }),
    stat: async () => ({ size: bytes.length }),
    close: async () => {
      bytes = Buffer.alloc(0);
    },
  };
}

/** Works on a file that is open already, or on one that is opened for it. */
export async function withFile<T>(
  path: string,
  open: ExportFile | undefined,
  work: (file: ExportFile) => Promise<T>,
): Promise<T> {
  if (open) return work(open);
  const file = await openExport(path);
  return work(file).finally(() => file.close());
}

/**
 * SHA-256 of a file's bytes, in hexadecimal. `open`: the file, where it is open already.
 * Errors  ExportFormatError: as `openExport`
 */
export async function hashFile(path: string, open?: ExportFile): Promise<string> {
  return withFile(path, open, async (file) => {
    const hash = createHash('sha256');
    const { size } = await file.stat();
    const chunk = Buffer.allocUnsafe(chunkFor(size));
    for (let position = 0; ;) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytesRead));
      position += bytesRead;
    }
  });
}

/** The bytes of a file from an offset on: fewer than asked for only at its end. */
export async function readBytes(file: ByteSource, offset: number, length: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafe(length);
  for (let filled = 0; ;) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, offset + filled);
    filled += bytesRead;
    if (bytesRead === 0 || filled === length) return bytes.subarray(0, filled);
  }
}

/** Where a file's text ends: behind its last byte that isn't NUL. A power failure leaves NUL bytes where data never arrived. */
export async function endOfText(file: ExportFile): Promise<{ text: number; file: number }> {
  const { size } = await file.stat();
  for (let end = size; end > 0;) {
    const begin = Math.max(0, end - CHUNK_BYTES);
    const last = (await readBytes(file, begin, end - begin)).findLastIndex((byte) => byte !== 0);
    if (last >= 0) return { text: begin + last + 1, file: size };
    end = begin;
  }
  return { text: 0, file: size };
}
