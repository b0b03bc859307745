/** One file of the spool: whole lines of events, from a position on. */
import { type FileHandle, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { LiveEvent } from './live-event.ts';
import { readLine } from './spool-line.ts';

export interface Segment {
  path: string;
  /** Positions: of its first event, and behind its last. */
  first: number;
  end: number;
  /** That are on the disk for sure; what follows them is not read. */
  bytes: number;
  /** When its first event came, as far as known. */
  firstAt: number | undefined;
}

/** A file is gone, or ends before it should: what it held can't be read any more. */
export class SegmentLostError extends Error {
  override name = 'SegmentLostError';
}

const NAME = /^\d{12}\.jsonl$/;
const NEWLINE = 10;
const CHUNK_BYTES = 1 << 20;

/** The number by which segments are in order. */
export const segmentNumber = (path: string): number => Number.parseInt(basename(path), 10);
const nameOf = (number: number): string => `${String(number).padStart(12, '0')}.jsonl`;

/** The paths of a folder's segments, in order; none where there is no folder. */
export async function listSegments(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => NAME.test(name))
    .toSorted()
    .map((name) => join(folder, name));
}

/** A new file, in a folder that is made where it is missing; both are ours alone, and outlive a loss of power. */
export async function createSegment(folder: string, number: number): Promise<[FileHandle, string]> {
  const made = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (made !== undefined) await syncFolder(dirname(made));
  const path = join(folder, nameOf(number));
  const handle = await open(path, 'ax', 0o600);
  try {
    await syncFolder(folder);
  } catch (error) {
    await handle.close();
    await unlink(path);
    throw error;
  }
  return [handle, path];
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

/** A segment of an earlier run. What follows its last whole line was cut off by the end of that run. */
export async function findSegment(
  path: string,
  first: number,
): Promise<{ segment: Segment; last?: LiveEvent }> {
  const content = await readFile(path);
  let lines = 0;
  for (let at = content.indexOf(NEWLINE); at >= 0; at = content.indexOf(NEWLINE, at + 1)) lines++;
  const bytes = content.lastIndexOf(NEWLINE) + 1;
  const firstAt = readLine(content.subarray(0, Math.max(0, content.indexOf(NEWLINE))))?.at;
  const segment = { path, first, end: first + lines, bytes, firstAt };
  for (let end = bytes - 1; end > 0;) {
    const begin = content.lastIndexOf(NEWLINE, end - 1) + 1;
    const last = readLine(content.subarray(begin, end));
    if (last) return { segment, last };
    end = begin - 1;
  }
  return { segment };
}

/**
 * Lines without their ends from an offset on: at least one, and about a megabyte.
 *
 * Errors  SegmentLostError: there is none, where there was one.
 */
export async function readLines({ path, bytes }: Segment, offset: number): Promise<Buffer[]> {
  const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new SegmentLostError('it is gone', { cause: error }) : error;
  });
  try {
    for (let size = CHUNK_BYTES; ; size *= 2) {
      const length = Math.min(size, bytes - offset);
      const buffer = Buffer.allocUnsafe(length);
      const { bytesRead } = await handle.read(buffer, 0, length, offset);
      const lines = linesOf(buffer.subarray(0, bytesRead));
      if (lines.length > 0) return lines;
      if (bytesRead < length || length === bytes - offset) throw new SegmentLostError('it ends too early');
    }
  } finally {
    await handle.close();
  }
}

function linesOf(buffer: Buffer): Buffer[] {
  const lines: Buffer[] = [];
  let begin = 0;
  for (let end = buffer.indexOf(NEWLINE); end >= 0; end = buffer.indexOf(NEWLINE, begin)) {
    lines.push(buffer.subarray(begin, end));
    begin = end + 1;
  }
  return lines;
}
