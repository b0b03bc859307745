import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';

import { ExportFormatError } from './export-format-error.ts';
import { type ByteSource, CHUNK_BYTES } from './scan.ts';

/** What reading needs of an open file. */
export interface ExportFile extends ByteSource {
  stat(): Promise<{ size: number }>;
}

const UNREADABLE: Record<string, { reason: string; advice: string }> = {
  ENOENT: { reason: 'there is no such file', advice: 'Check the path.' },
  EACCES: {
    reason: 'no permission to read it',
    advice: 'Let the account that runs this program read the file.',
  },
  EPERM: {
    reason: 'no permission to read it',
    advice: 'Let the account that runs this program read the file.',
  },
  EISDIR: { reason: 'it is a folder', advice: 'Name one export file in it.' },
};

/**
 * An export file, open for reading.
 * Errors  ExportFormatError: there is no such file, it may not be read, it is no file
 */
export async function openExport(path: string): Promise<FileHandle> {
  try {
    // Told before it is opened: to open a pipe waits for a writer.
    const status = await stat(path);
    if (status.isFile()) return await open(path);
    throw Object.assign(new Error('not a file'), {
      code: status.isDirectory() ? 'EISDIR' : 'no regular file',
    });
  } catch (cause) {
    const { code = 'unknown reason' } = cause as NodeJS.ErrnoException;
    const advice = 'Copy it to a disk of this machine and try again.';
    const known = UNREADABLE[code] ?? { reason: `it can't be read (${code})`, advice };
    throw new ExportFormatError({ file: path, place: 'opening it', ...known }, { cause });
  }
}

/**
 * SHA-256 of a file's bytes, in hexadecimal; `onBytes` hears how many were read since it was last called.
 * Errors  ExportFormatError: as `openExport`
 */
export async function hashFile(path: string, onBytes?: (bytes: number) => void): Promise<string> {
  const file = await openExport(path);
  try {
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(chunk, 0, chunk.length);
      if (bytesRead === 0) return hash.digest('hex');
      hash.update(chunk.subarray(0, bytesRead));
      onBytes?.(bytesRead);
    }
  } finally {
    await file.close();
  }
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
