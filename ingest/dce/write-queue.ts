/** Small files share a transaction: its fixed cost would be most of theirs. */
import type { ClientBase } from 'pg';
import { emptyBatch, type RecordBatch } from '../../db/records.ts';
import type { Writer, WriteResult } from '../../db/write-batch.ts';

type Alongside = (client: ClientBase, result: WriteResult) => Promise<void>;

interface Waiting {
  batch: RecordBatch;
  alongside: Alongside;
  written: PromiseWithResolvers<void>;
}

/** A batch is large enough that a statement's fixed cost is small, and small enough for the memory of four. */
export const BATCH_MESSAGES_MAX = 3000;
/** Files without messages cost a ledger entry each. */
const WAITING_MAX = 50;

export class WriteQueue {
  readonly #writer: Writer;
  #waiting: Waiting[] = [];
  #messageIds = new Set<string>();
  #writing: Promise<void> = Promise.resolve();

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  /**
   * Queues a batch with what is to commit along; settles when both have. A result that several batches share
   * names all their messages, so each takes what it counts out of its sets.
   */
  write(batch: RecordBatch, alongside: Alongside): Promise<void> {
    // A message of several files is new to the first, and changed by a later one or not.
    if (batch.messages.some(({ messageId }) => this.#messageIds.has(messageId))) this.flush();
    const written = Promise.withResolvers<void>();
    this.#waiting.push({ batch, alongside, written });
    for (const { messageId } of batch.messages) this.#messageIds.add(messageId);
    if (this.#messageIds.size >= BATCH_MESSAGES_MAX || this.#waiting.length >= WAITING_MAX) this.flush();
    return written.promise;
  }

  /** Writes what waits, behind what is being written. */
  flush(): void {
    if (this.#waiting.length === 0) return;
    const group = this.#waiting;
    this.#waiting = [];
    this.#messageIds = new Set();
    this.#writing = this.#writing.then(() => this.#writeGroup(group));
  }

  /** Settles when nothing is being written. */
  idle(): Promise<void> {
    return this.#writing;
  }

  async #writeGroup(group: Waiting[]): Promise<void> {
    try {
      await this.#writer.write(
        concatenated(group.map((waiting) => waiting.batch)),
        async (client, result) => {
          for (const { alongside } of group) await alongside(client, result);
        },
      );
      for (const { written } of group) written.resolve();
    } catch (error) {
      for (const { written } of group) written.reject(error);
    }
  }
}

function concatenated(batches: RecordBatch[]): RecordBatch {
  if (batches.length === 1) return batches[0]!;
  const all = emptyBatch();
  for (const batch of batches) {
    for (const key of Object.keys(all) as (keyof RecordBatch)[])
      all[key] = (all[key] as never[]).concat(batch[key] as never[]);
  }
  return all;
}
