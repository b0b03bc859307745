/** Events to Postgres, in order, each batch with its progress; what can't be recorded is set aside. */
import type { ClientBase, Pool } from 'pg';
import { emptyBatch, type RecordBatch } from '../../db/records.ts';
import { setAside } from '../../db/set-aside.ts';
import { type LiveWriteOptions, writeLive } from '../../db/write-live.ts';
import { faultOfEvent, withoutRecords } from './faults.ts';
import type { LiveEvent } from './live-event.ts';

export interface WriteEventsOptions extends LiveWriteOptions {
  pool: Pool;
  isMilestone?: (event: LiveEvent) => boolean;
  saveProgress(client: ClientBase, events: LiveEvent[]): Promise<void>;
  /** The next events, as they were committed: `refused` says which of them were set aside. */
  onWritten(events: LiveEvent[]): void;
}

/** Milestones within this time are one. */
const MILESTONE_MS = 1000;

/**
 * Writes them, milestones that are apart in transactions of their own. A batch that is refused is halved, down to the events at fault: what names them is written in place of
 * what they tell.
 *
 * Errors  any: not now. What was not told of by `onWritten` is to be written again.
 */
export async function writeEvents(options: WriteEventsOptions, events: LiveEvent[]): Promise<void> {
  for (const part of atMilestones(events, options.isMilestone)) await writePart(options, part);
}

function* atMilestones(
  events: LiveEvent[],
  isMilestone: WriteEventsOptions['isMilestone'] = () => false,
): Generator<LiveEvent[]> {
  let part: LiveEvent[] = [];
  let firstMs: number | undefined;
  for (const event of events) {
    if (isMilestone(event)) {
      if (firstMs !== undefined && event.at - firstMs > MILESTONE_MS) {
        yield part;
        part = [];
        firstMs = undefined;
      }
      firstMs ??= event.at;
    }
    part.push(event);
  }
  yield part;
}

async function writePart(options: WriteEventsOptions, events: LiveEvent[]): Promise<void> {
  try {
    await writeTogether(options, events);
  } catch (error) {
    const reason = faultOfEvent(error);
    const [event] = events;
    if (!reason || !event || (events.length === 1 && event.refused !== undefined)) throw error;
    if (events.length === 1) return writePart(options, [withoutRecords(event, reason)]);
    const middle = Math.ceil(events.length / 2);
    await writePart(options, events.slice(0, middle));
    await writePart(options, events.slice(middle));
  }
}

async function writeTogether(options: WriteEventsOptions, events: LiveEvent[]): Promise<void> {
  const { pool, saveProgress, onWritten } = options;
  await writeLive(pool, joined(events), options, async (client) => {
    await setAside(
      client,
      events.flatMap((event) => (event.refused === undefined ? [] : [{ ...event, reason: event.refused }])),
    );
    await saveProgress(client, events);
  });
  onWritten(events);
}

function joined(events: LiveEvent[]): RecordBatch {
  const all = emptyBatch();
  for (const { batch } of events) {
    for (const key of Object.keys(all) as (keyof RecordBatch)[])
      for (const record of batch[key]) all[key].push(record as never);
  }
  return all;
}
