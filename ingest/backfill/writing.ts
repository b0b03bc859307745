/** From pages to the database: what has come is written together, records and progress in one transaction. */
import { emptyBatch, type RecordBatch } from '../../db/records.ts';
import type { ChannelStep } from '../../db/run-channels.ts';
import type { WriteResult } from '../../db/write-batch.ts';
import type { Alongside, Reading } from '../history/reading.ts';

/** What was read of a channel, as it goes in. */
export interface Portion {
  batch: RecordBatch;
  step: ChannelStep;
  /** It is committed. */
  onWritten(): void;
}

export interface Writing {
  push(portion: Portion): void;
  /** Portions that are not committed yet. */
  readonly waiting: number;
  /** A write failed: what was pushed since stays unwritten. */
  readonly hasFailed: boolean;
  /** Settles when all that was pushed is committed. Rejects where a write failed. */
  drained(): Promise<void>;
}

/** Beyond this one transaction gains nothing, and what waits for it grows. */
const MESSAGES_MAX = 2_000;

/** Opens it. `save` writes the progress alongside; `onFailed` is told of the first write that failed, and nothing is written after. */
export function openWriting(
  reading: Pick<Reading, 'write'>,
  save: (steps: ChannelStep[], ...alongside: Parameters<Alongside>) => Promise<void>,
  onFailed: (error: unknown) => void,
): Writing {
  const queue: Portion[] = [];
  let waiting = 0;
  let failed: unknown;
  let done: Promise<void> | undefined;

  async function writeSome(): Promise<void> {
    const portions = takeSome(queue);
    await reading.write(together(portions), (client, result: WriteResult) =>
      save(
        portions.map(({ step }) => step),
        client,
        result,
      ),
    );
    for (const { onWritten } of portions) {
      waiting--;
      onWritten();
    }
  }

  async function run(): Promise<void> {
    try {
      while (queue.length > 0) await writeSome();
    } catch (error) {
      failed = error;
      onFailed(error);
    } finally {
      // At once: what is pushed a moment later must not find it under way.
      done = undefined;
    }
  }

  return {
    get waiting() {
      return waiting;
    },
    get hasFailed() {
      return failed !== undefined;
    },
    push(portion) {
      if (failed !== undefined) return;
      queue.push(portion);
      waiting++;
      done ??= run();
    },
    async drained() {
      while (done) await done;
      if (failed !== undefined) throw failed;
    },
  };
}

function takeSome(queue: Portion[]): Portion[] {
  let messages = 0;
  let count = 0;
  for (const { batch } of queue) {
    messages += batch.messages.length;
    if (count > 0 && messages > MESSAGES_MAX) break;
    count++;
  }
  return queue.splice(0, count);
}

function together(portions: Portion[]): RecordBatch {
  if (portions.length === 1) return portions[0]!.batch;
  const all = emptyBatch();
  for (const key of Object.keys(all) as (keyof RecordBatch)[])
    for (const { batch } of portions) for (const record of batch[key]) all[key].push(record as never);
  return all;
}
