/** What all parts of a run under way work with. */
import { saveRunProgress, type ChannelStep } from '../../db/run-channels.ts';
import type { Run } from '../../db/runs.ts';
import { openWriter } from '../../db/write-batch.ts';
import type { Alongside, Reading } from '../history/reading.ts';
import { type BackfillCard, openBackfillCard } from './card.ts';
import type { BackfillOptions } from './options.ts';

export interface Backfilling extends Reading {
  run: Run;
  card: BackfillCard;
  options: BackfillOptions;
  /** Aborted where the run ends before its work: it was stopped, paused, or something failed. */
  halted: AbortSignal;
  /** Why; undefined as long as it goes on. */
  halt(reason: Halt): void;
  halting(): Halt | undefined;
  /** Counts a request as one that lists. */
  listing: Reading;
  /** Writes steps of channels and the card, alongside a batch. */
  save(steps: ChannelStep[]): Alongside;
  close(): Promise<void>;
}

export type Halt = { is: 'stopped' } | { is: 'paused' } | { is: 'failed'; error: unknown };

/** What was asked for is waited for so long, when the run is to stop; then it is given up, and asked for again another time. */
const STOP_MS = 5_000;

/** Opens it, with a connection of its own to write by. */
export async function openBackfilling(options: BackfillOptions, run: Run): Promise<Backfilling> {
  const { pool, calls, self, clock, content, log, wait, signal } = options;
  const { guildId } = run;
  const card = openBackfillCard(run.card);
  const writer = await openWriter(pool, { content });
  const halted = new AbortController();
  const givenUp = new AbortController();
  const closed = new AbortController();
  let why: Halt | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const halt = (reason: Halt) => {
    why ??= reason;
    halted.abort();
    void wait(reason.is === 'failed' ? 0 : STOP_MS, closed.signal).then(
      () => givenUp.abort(),
      () => {},
    );
  };
  const onStop = () => halt({ is: 'stopped' });
  signal.addEventListener('abort', onStop);
  if (signal.aborted) onStop();
  const reading: Reading = {
    pool,
    guildId,
    card,
    log,
    calls: {
      get(route, query) {
        card.requests++;
        return calls.get(route, query, givenUp.signal);
      },
    },
    now: () => clock.discordNow(),
    tellerAt: (observedAt) => ({ source: 'rest', observedAt, guildId, self }),
    write(batch, alongside) {
      const written = last.then(async () => {
        const result = await writer.write(batch, alongside);
        card.messages += result.new.size;
        card.deletions += result.absent;
        return result;
      });
      last = written.catch(() => {});
      return written;
    },
  };
  return {
    ...reading,
    run,
    card,
    options,
    halted: halted.signal,
    halt,
    halting: () => why,
    listing: {
      ...reading,
      calls: {
        get(route, query) {
          card.listingRequests++;
          return reading.calls.get(route, query);
        },
      },
    },
    save: (steps) => async (client, result) => {
      // A try that fails has counted nothing.
      const now = {
        ...card,
        messages: card.messages + result.new.size,
        deletions: card.deletions + result.absent,
      };
      if (!(await saveRunProgress(client, run, steps, now, reading.now()))) halt({ is: 'paused' });
    },
    async close() {
      signal.removeEventListener('abort', onStop);
      closed.abort();
      await last;
      await writer.close();
    },
  };
}
