/** A process that works on backfills, within a test: what it is given to do takes as long as the test says. */
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { type Backfills, startBackfills } from '../../companion/backfills.ts';
import type { Worker } from '../../companion/turns.ts';
import { queueRun, readRun, type Run, type RunKey, setRunState, startRun } from '../../db/runs.ts';
import type { BackfillEnd } from '../../ingest/backfill/backfill.ts';
import { openBackfillCard } from '../../ingest/backfill/card.ts';
import type { TestDatabase } from '../support/database.ts';

const APPLICATION = '100000000000000077';
export const guild = (i: number) => String(100 + i);

interface Working {
  run: Run;
  requestsAtOnce(): number;
  signal: AbortSignal;
  end(state: BackfillEnd['state']): void;
  fail(error: Error): void;
}

/** Each run does nothing until the test says how it ends. */
export function openProcess(database: TestDatabase) {
  const clock = { ms: Date.UTC(2026, 0, 1) };
  /** Guilds, as their turns began. */
  const begun: string[] = [];
  const working = new Map<string, Working>();
  const done: string[] = [];
  const log: string[] = [];
  /** What was asked for takes so long to be written. */
  const writing = { until: Promise.resolve() };
  const work: Worker = async function* ({ run, requestsAtOnce, signal }) {
    const outcome = Promise.withResolvers<BackfillEnd>();
    const end = (state: BackfillEnd['state']) => outcome.resolve({ state, card: openBackfillCard({}) });
    signal.addEventListener('abort', () => end('stopped'));
    const { guildId } = run;
    if (!(await startRun(database.pool, run, clock.ms)))
      return { state: 'paused', card: openBackfillCard({}) };
    begun.push(guildId);
    working.set(guildId, { run, requestsAtOnce, signal, end, fail: (error) => outcome.reject(error) });
    try {
      yield openBackfillCard({});
      const ended = await outcome.promise;
      await writing.until;
      if (ended.state === 'done' || ended.state === 'partly')
        await setRunState(database.pool, run, ended.state, { nowMs: clock.ms });
      return ended;
    } finally {
      working.delete(guildId);
    }
  };
  const start = (): Backfills => {
    const backfills = startBackfills({
      pool: database.pool,
      applicationId: APPLICATION,
      work,
      onDone: async ({ guildId }) => void done.push(guildId),
      now: () => clock.ms,
      // Nobody waits for seconds: what is waited for is looked at more often instead.
      wait: (ms, signal) => sleep(Math.min(ms, 10), undefined, signal && { signal }),
      random: () => 1,
      log: { info() {}, warn: (_, message) => void log.push(message) },
    });
    onTestFinished(() => backfills.close());
    return backfills;
  };
  return { clock, begun, working, done, log, writing, start };
}

export const queueIn = (
  database: TestDatabase,
  guildId: string,
  more: { channelIds?: string[]; atMs?: number } = {},
) =>
  queueRun(
    database.pool,
    { guildId, channelIds: more.channelIds ?? null, sinceId: '0', withReactors: false, isAgain: false },
    more.atMs ?? Number(guildId),
  );
export const stateIn = async (database: TestDatabase, key: RunKey) =>
  (await readRun(database.pool, key))!.state;
export const guildsOf = (process: { working: Map<string, Working> }) =>
  [...process.working.keys()].toSorted();
/** Long enough for some looks at what is to be done. */
export const someLooks = () => sleep(150);
