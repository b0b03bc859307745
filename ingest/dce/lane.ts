/** One lane of an import: files one after the other, over one connection. */
import type { Pool } from 'pg';
import type { ContentChoice } from '../../db/keep.ts';
import { type ChannelRecord, emptyBatch } from '../../db/records.ts';
import { openWriter } from '../../db/write-batch.ts';
import type { FileCard } from './card.ts';
import { importFile } from './import-file.ts';
import { WriteQueue } from './write-queue.ts';

/** What every lane is told. */
export interface LaneOptions {
  content: ContentChoice;
  /** The clock, ms since 1970. */
  nowMs: number;
  includeDirectMessages: boolean;
  /** The same card, and nothing written. */
  isDryRun: boolean;
  /** Reads files and writes messages that were taken in before, too. */
  isAgain?: boolean;
  /** Told before any message. */
  channels?: ChannelRecord[];
}

/** Where a lane gets its files, and whom it tells. */
export interface LaneHost {
  next(): Promise<string | undefined>;
  onCard(file: string, card: FileCard): void;
  onProgress(step: { bytes: number; messages: number }): void;
  signal: AbortSignal;
}

/** Takes files until there are no more; throws where the store fails, and what was committed stays. */
export async function runLane(pool: Pool, options: LaneOptions, host: LaneHost): Promise<void> {
  let file = await host.next();
  if (file === undefined) return;
  const writer = await openWriter(pool, { content: options.content, dryRun: options.isDryRun });
  if (options.channels) await writer.write({ ...emptyBatch(), channels: options.channels });
  const queue = new WriteQueue(writer);
  const look = options.isDryRun ? writer.client : pool;
  const failed = new AbortController();
  const signal = AbortSignal.any([host.signal, failed.signal]);
  const { onProgress } = host;
  const taking: Promise<void>[] = [];
  try {
    for (; file !== undefined && !signal.aborted; file = await host.next()) {
      const name = file;
      const read = Promise.withResolvers<void>();
      const taken = importFile(name, { ...options, queue, look, signal, onProgress, onRead: read.resolve });
      const told = taken.then((card) => host.onCard(name, card));
      told.catch(() => failed.abort()).finally(read.resolve);
      taking.push(told);
      // The next file is read while this one's last batch waits for company.
      await read.promise;
    }
  } finally {
    queue.flush();
    await Promise.allSettled(taking);
    await queue.idle();
    await writer.close();
  }
  await Promise.all(taking);
}
