/** A run of backfill: a guild's history by REST, newest first, stoppable anywhere. */
import { saveRunProgress } from '../../db/run-channels.ts';
import { type Run, readRun, setRunState, startRun } from '../../db/runs.ts';
import { type Backfilling, openBackfilling } from './backfilling.ts';
import type { BackfillCard } from './card.ts';
import { figure, Speed } from './figures.ts';
import { listMembers } from './members.ts';
import type { BackfillOptions } from './options.ts';
import { listAllReactors } from './reactors.ts';
import { Work } from './work.ts';

export type { BackfillCard } from './card.ts';
export type { BackfillOptions } from './options.ts';

/**
 * How it ended. `stopped`: by the signal, and the run stays `running`, to be gone on with; `paused`: somebody has paused the
 * run meanwhile; else the state that the run was given.
 */
export interface BackfillEnd {
  state: 'done' | 'partly' | 'failed' | 'paused' | 'stopped';
  card: BackfillCard;
  reason?: string;
}

const SHOW_EVERY_MS = 1_000;

/**
 * Works on a run until it ends, and yields its card about once a second. The state of the run is kept in the database.
 *
 * Errors  TokenError; UnansweredError; Postgres': the run stays `running`, to be tried again
 */
export async function* backfill(
  options: BackfillOptions & { run: Run },
): AsyncGenerator<BackfillCard, BackfillEnd> {
  const { pool, clock } = options;
  await startRun(pool, options.run, clock.discordNow());
  const run = await readRun(pool, options.run);
  const backfilling = await openBackfilling(options, run ?? options.run);
  try {
    if (run?.state !== 'running') return { state: 'paused', card: backfilling.card };
    const work = new Work(backfilling);
    yield* watch(backfilling, work, workThrough(backfilling, work));
    return await end(backfilling, work);
  } finally {
    backfilling.halt({ is: 'stopped' });
    await backfilling.close();
  }
}

/** All that is to be done, one part after the other; members beside the pages. */
async function workThrough(backfilling: Backfilling, work: Work): Promise<void> {
  if (!(await work.open())) return;
  const members = listMembers(backfilling).catch((error: unknown) =>
    backfilling.halt({ is: 'failed', error }),
  );
  await work.readAll();
  await members;
  if (!backfilling.halted.aborted && backfilling.run.withReactors) await listAllReactors(backfilling, work);
  await work.settle();
}

/** Yields the card as long as the work goes on. */
async function* watch(
  backfilling: Backfilling,
  work: Work,
  done: Promise<void>,
): AsyncGenerator<BackfillCard> {
  const { card, now, options } = backfilling;
  const speed = new Speed();
  const over = new AbortController();
  let lastMs = now();
  const settled = done
    .catch((error: unknown) => backfilling.halt({ is: 'failed', error }))
    .finally(() => over.abort());
  try {
    while (!over.signal.aborted) {
      speed.mark(now(), card);
      work.isUneven = figure(card, work.lanes(), speed);
      card.activeMs += now() - lastMs;
      lastMs = now();
      yield card;
      await options.wait(SHOW_EVERY_MS, over.signal).catch(() => {});
    }
  } finally {
    // Whoever stops listening stops the work, too.
    if (!over.signal.aborted) backfilling.halt({ is: 'stopped' });
    await settled;
    card.activeMs += now() - lastMs;
    figure(card, work.lanes(), speed);
  }
}

async function end(backfilling: Backfilling, work: Work): Promise<BackfillEnd> {
  const { pool, run, card, now } = backfilling;
  const halt = backfilling.halting();
  if (halt) {
    card.reading = [];
    await saveRunProgress(pool, run, [], card, now());
    if (halt.is === 'failed') throw halt.error;
    return { state: halt.is, card };
  }
  const { state, reason } = work.outcome();
  if (state !== 'failed') Object.assign(card, { leftMs: 0, share: 1, reading: [] });
  await setRunState(pool, run, state, { card, nowMs: now(), ...(reason !== undefined && { reason }) });
  return { state, card, ...(reason !== undefined && { reason }) };
}
