/**
 * A process that records made events as the bot does, to be killed: from behind the last one that is durable it takes a
 * few at a time, and ends when all are in Postgres (or, where it is told so, on the disk).
 */
import { connect } from '../../db/connect.ts';
import { openShardRecorder } from '../../ingest/live/recorder.ts';
import { listeningLog, logProgress, madeLives, until as patiently } from './live-events.ts';
import { at } from './records.ts';

export interface RecorderProcessArguments {
  url: string;
  folder: string;
  seed: number;
  events: number;
  /** Of these at a time. */
  step: number;
  until: 'written' | 'durable';
}

const { url, folder, seed, events, step, until }: RecorderProcessArguments = JSON.parse(process.argv[2]!);
const { pool } = connect(url, 2);
const recorder = await openShardRecorder({
  pool,
  content: 'full',
  folder,
  spoolBytesMax: 1 << 26,
  now: () => at(1e6),
  saveProgress: logProgress,
  log: listeningLog(),
  limits: { batchEvents: 100, batchMs: 20, queueEvents: 300, spoolMs: 5, writeMs: 2000 },
});
const kept = await pool
  .query<{ sequence: string | null }>('select max(sequence) as sequence from progress_log')
  .then(({ rows }) => Number(rows[0]?.sequence ?? 0))
  .catch(() => 0);
const rest = madeLives(seed, events).slice(Math.max(kept, recorder.progress()?.sequence ?? 0));
while (rest.length > 0) {
  for (const event of rest.splice(0, step)) recorder.take(event);
  if (until === 'durable') await recorder.flushed();
  else await new Promise((resolve) => setTimeout(resolve, 10));
}
await recorder.flushed();
if (until === 'written') await patiently(() => recorder.state().spooledEvents === 0);
await recorder.close({ deadlineMs: 5000 });
await pool.end();
