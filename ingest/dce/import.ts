/**
 * Exports into the store: every file streamed through the one writer in batches, each batch committing with
 * the ledger entry that tells how far the file is. Killed anywhere, the same call goes on where it was.
 */
import { stat } from 'node:fs/promises';
import type { Pool } from 'pg';
import { hasExcludedChannels } from '../../db/settings.ts';
import { blankCard, type FileCard, type ReportCard, sumMessages } from './card.ts';
import { findExports, missingPartitions } from './find.ts';
import { type LaneHost, type LaneOptions, runLane } from './lane.ts';
import { channelsOf } from './parents.ts';

export interface ImportOptions extends LaneOptions {
  pool: Pool;
  /** Files read side by side, each over a connection of its own. */
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
  // The largest first, so that no lane is left with one when the others are done.
  const queue = files.toSorted((a, b) => progress.sizeOf(b) - progress.sizeOf(a));
  const stop = new AbortController();
  const host: LaneHost = {
    next: async () => (stop.signal.aborted ? undefined : queue.shift()),
    onCard(file, card) {
      const warning = warnings.get(file);
      if (warning) card.warnings.push(warning);
      cards.set(file, card);
      progress.finish();
    },
    onProgress: (step) => progress.add(step),
    signal: stop.signal,
  };
  const { pool, content, nowMs, includeDirectMessages, isDryRun, isAgain } = options;
  const told: LaneOptions = { content, nowMs, includeDirectMessages, isDryRun, isAgain };
  if (await hasExcludedChannels(pool)) told.channels = await channelsOf(files, told);
  // A dry run is one transaction from first to last, so it has one lane.
  const laneCount = isDryRun ? 1 : Math.min(options.lanes, files.length);
  const lanes = Array.from({ length: laneCount }, () => runLane(pool, told, host));
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

  sizeOf(file: string): number {
    return this.#sizes.get(file) ?? 0;
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
