import { type ExportFile, openExport } from './open.ts';
import type { ExportHeader } from './read-header.ts';
import type { ReadEnd, ReadMessage, ResumePoint } from './read-message.ts';
import { Reading } from './reading.ts';
import { chunkFor } from './scan.ts';

export type { Damage } from './damage.ts';
export { newestTimestamp } from './newest-timestamp.ts';
export { type ExportFile, hashFile, openForAll } from './open.ts';
export { type ExportHeader, readHeader } from './read-header.ts';
export { nothingRead, type ReadEnd, type ReadMessage, type ResumePoint } from './read-message.ts';

/**
 * Reads the messages of an export in batches of about 256 KiB of text, each message as it came; then tells what was wrong
 * with the file. Every message that is complete in it is read, whatever happened to the others. `from` goes on behind a
 * message read before.
 * Errors  ExportFormatError: the file can't be opened
 */
export async function* readMessages(
  path: string,
  header: ExportHeader,
  from: ResumePoint = { offset: header.messagesOffset, index: 0 },
  open?: ExportFile,
): AsyncGenerator<ReadMessage[], ReadEnd> {
  const opened = open ? undefined : await openExport(path);
  const file = open ?? opened!;
  try {
    const { size } = await file.stat();
    const reading = new Reading(file, from, header.bom, chunkFor(size - from.offset));
    for (;;) {
      const batch = await reading.batch();
      if (batch.length > 0) yield batch;
      if (reading.isDone) return reading.end;
    }
  } finally {
    await opened?.close();
  }
}
