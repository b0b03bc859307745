/**
 * Exports into the store: every file streamed through the one writer in batches, each batch committing with
 * the ledger entry that tells how far the file is. Killed anywhere, the same call goes on where it was.
 */
import { stat } from 'node:fs/promises';
import type { Pool } from 'pg';
import type { ContentChoice } from '../../db/keep.ts';
import { openWriter } from '../../db/write-batch.ts';
import { blankCard, type FileCard, type ReportCard, sumMessages } from './card.ts';
import { findExports, missingPartitions } from './find.ts';
import { importFile } from './import-file.ts';
import { WriteQueue } from './write-queue.ts';

export interface ImportOptions {
  pool: Pool;
  content: ContentChoice;
  /** The clock, ms since 1970. */
  nowMs: number;
  includeDirectMessages: boolean;
  /** The same card, and nothing written. */
  isDryRun: boolean;
  /** Files read side by side, each with a connection of its own. */
  lanes: number;
}

export interface ImportProgress {
  filesDone: number;
  filesTotal: number;
  bytesDone: number;
  bytesTotal: number;
  messages: number;
}

/** Imports what paths, folders and globs name; yields progress now and then and returns the report card. */
export async function* importExports(
  paths: string[],
  options: ImportOptions,
): AsyncGenerator<ImportProgress, ReportCard> {
  const { files, missing, passedOver } = await findExports(paths);
  const warnings = missingPartitions(files);
  const cards = new Map<string, FileCard>();
  const progress = new ProgressCount(files);
  await progress.measure();
  const queue = [...files];
  const stop = new AbortController();
  const lane = async () => {
    if (queue.length === 0) return;
    const writer = await openWriter(options.pool, { content: options.content, dryRun: options.isDryRun });
    const writes = new WriteQueue(writer);
    const look = options.isDryRun ? writer.client : options.pool;
    const taking: Promise<void>[] = [];
    const take = async (file: string, onRead: () => void) => {
      const { signal } = stop;
      const onProgress = (step: { bytes: number; messages: number }) => progress.add(step);
      const card = await importFile(file, { ...options, queue: writes, look, signal, onProgress, onRead });
      const warning = warnings.get(file);
      if (warning) card.warnings.push(warning);
      cards.set(file, card);
      progress.finish();
    };
    try {
      for (let file = queue.shift(); file !== undefined && !stop.signal.aborted; file = queue.shift()) {
        const read = Promise.withResolvers<void>();
        const done = take(file, read.resolve);
        done.catch(() => stop.abort()).finally(read.resolve);
        taking.push(done);
        await read.promise;
      }
    } finally {
      writes.flush();
      await Promise.allSettled(taking);
      await writes.idle();
      await writer.close();
    }
    await Promise.all(taking);
  };
  // A dry run is one transaction from first to last, so it has one lane.
  const lanes = Array.from({ length: options.isDryRun ? 1 : Math.min(options.lanes, files.length) }, lane);
  const done = Promise.all(lanes).finally(() => progress.end());
  done.catch(() => stop.abort());
  try {
    yield* progress.steps();
    await done;
  } finally {
    stop.abort();
    await Promise.allSettled(lanes);
  }
  const rejected = missing.map(({ path, reason }): FileCard => ({
    ...blankCard(path),
    status: 'rejected',
    reason,
  }));
  const all = [...rejected, ...files.map((file) => cards.get(file)!)];
  return { files: all, passedOver, messages: sumMessages(all), isDryRun: options.isDryRun };
}

const YIELD_EVERY_MS = 100;

/** Sums what the lanes report, and hands it on a few times a second. */
class ProgressCount {
  #sizes = new Map<string, number>();
  #progress: ImportProgress;
  #wake: PromiseWithResolvers<void> = Promise.withResolvers();
  #isEnded = false;

  constructor(files: string[]) {
    this.#progress = { filesDone: 0, filesTotal: files.length, bytesDone: 0, bytesTotal: 0, messages: 0 };
    for (const file of files) this.#sizes.set(file, 0);
  }

  async measure(): Promise<void> {
    for (const file of this.#sizes.keys()) {
      const size = await stat(file).then(
        (s) => s.size,
        () => 0,
      );
      this.#sizes.set(file, size);
      this.#progress.bytesTotal += size;
    }
  }

  add({ bytes, messages }: { bytes: number; messages: number }): void {
    this.#progress.bytesDone += bytes;
    this.#progress.messages += messages;
    this.#wake.resolve();
  }

  finish(): void {
    this.#progress.filesDone++;
    this.#wake.resolve();
  }

  end(): void {
    this.#isEnded = true;
    this.#wake.resolve();
  }

  async *steps(): AsyncGenerator<ImportProgress> {
    let lastAt = 0;
    while (!this.#isEnded) {
      await this.#wake.promise;
      this.#wake = Promise.withResolvers();
      const nowMs = performance.now();
      if (nowMs - lastAt < YIELD_EVERY_MS && !this.#isEnded) continue;
      lastAt = nowMs;
      yield { ...this.#progress };
    }
  }
}
