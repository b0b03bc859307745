/** `almanac backfill status`, `pause` and `resume`: what was asked for, and what became of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Pool } from 'pg';
import { listRuns, pauseRuns, resumeRuns, type Run } from '../../db/runs.ts';
import { openBackfillCard } from '../../ingest/backfill/card.ts';
import { countArgument } from '../asked.ts';
import { aboutWords, minuteOf, percent } from './words.ts';
import { EXIT, idArgument, withStore } from '../context.ts';
import { type FormatOptions, isJson, n, some, table, toJson, withFormat } from '../format.ts';
import type { Verb } from '../main.ts';

type ListedRun = Run & { guildName: string | null };

/** Adds the subcommands. */
export function defineRuns(backfill: Command, run: Parameters<Verb['define']>[1]): void {
  withFormat(
    backfill
      .command('status')
      .description('list backfills, the newest first')
      .option('--guild <id>', 'those of one server', idArgument)
      .option('--limit <count>', 'backfills at most', countArgument, 20),
    'table',
  ).action((options: { guild?: string; limit: number } & FormatOptions) =>
    run(async (context) => {
      const { guild: guildId, limit } = options;
      const runs = await withStore(context, ({ pool }) =>
        listRuns(pool, { limit, ...(guildId !== undefined && { guildId }) }),
      );
      if (isJson(options)) context.print(toJson(runs.map(toPlain)));
      else if (runs.length === 0)
        context.tell(
          "No backfill was asked for. To read a server's history: npx almanac backfill --guild ID",
        );
      else context.print(statusText(runs, Date.now()));
      return EXIT.ok;
    }),
  );
  const PAUSED = 'paused by almanac backfill pause';
  withFormat(
    backfill
      .command('pause')
      .description("pause a server's backfills between pages, until they are resumed or asked for again")
      .requiredOption('--guild <id>', 'the server', idArgument),
    'text',
  ).action((options: { guild: string } & FormatOptions) =>
    run(async (context) => {
      const paused = await withStore(context, ({ pool }) =>
        pauseRuns(pool, options.guild, PAUSED, Date.now()),
      );
      if (isJson(options)) context.print(toJson({ guildId: options.guild, paused }));
      else if (paused === 0)
        context.print(`No backfill of the server ${options.guild} is queued or running.`);
      else
        context.print(
          `${some(paused, 'backfill')} paused. To go on: npx almanac backfill resume --guild ${options.guild}`,
        );
      return EXIT.ok;
    }),
  );
  withFormat(
    backfill
      .command('resume')
      .description("queue a server's paused backfills again, for npx almanac start to go on with")
      .requiredOption('--guild <id>', 'the server', idArgument),
    'text',
  ).action((options: { guild: string } & FormatOptions) =>
    run(async (context) => {
      const { resumed, isWorkedOn } = await withStore(context, async ({ pool }) => {
        const runs = await resumeRuns(pool, options.guild, Date.now());
        return { resumed: runs.length, isWorkedOn: runs.length > 0 && (await isTaken(pool, options.guild)) };
      });
      if (isJson(options)) context.print(toJson({ guildId: options.guild, resumed, isWorkedOn }));
      else context.print(resumeText(options.guild, resumed, isWorkedOn));
      return EXIT.ok;
    }),
  );
}

/** Who works on backfills looks every two seconds. */
const TAKEN_MS = 5_000;
const LOOK_EVERY_MS = 250;

/** Whether any process has taken up a backfill of the server. */
async function isTaken(pool: Pool, guildId: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < TAKEN_MS; waitedMs += LOOK_EVERY_MS) {
    const runs = await listRuns(pool, { guildId, limit: 50 });
    if (runs.some(({ state }) => state === 'running')) return true;
    await sleep(LOOK_EVERY_MS);
  }
  return false;
}

function resumeText(guildId: string, resumed: number, isWorkedOn: boolean): string {
  if (resumed === 0) return `No backfill of the server ${guildId} is paused.`;
  return isWorkedOn
    ? `${some(resumed, 'backfill')} resumed, and worked on. To watch: npx almanac backfill status --guild ${guildId}`
    : `${some(resumed, 'backfill')} queued again, but no process works on it now. To go on: npx almanac start, or\n  npx almanac backfill --guild ${guildId}`;
}

function toPlain(run: ListedRun): object {
  const { guildId, guildName, askedAtMs, startedAtMs, updatedAtMs, finishedAtMs, card, ...asked } = run;
  const iso = (ms: number | null) => (ms === null ? null : new Date(ms).toISOString());
  return {
    guildId,
    guildName,
    ...asked,
    askedAt: iso(askedAtMs),
    startedAt: iso(startedAtMs),
    updatedAt: iso(updatedAtMs),
    finishedAt: iso(finishedAtMs),
    card: openBackfillCard(card),
  };
}

/** Who works on a run says so every few seconds. */
const SILENT_MS = 60_000;

/** The runs for a terminal, and below what can be done about those that don't go on. */
export function statusText(runs: ListedRun[], nowMs: number): string {
  const isSilent = ({ state, updatedAtMs }: Run) => state === 'running' && nowMs - updatedAtMs > SILENT_MS;
  const cells = runs.map((run) => {
    const { share, messages, messagesPerSecond, leftMs } = openBackfillCard(run.card);
    const isRunning = run.state === 'running' && !isSilent(run);
    return [
      run.guildName ?? run.guildId,
      minuteOf(run.askedAtMs),
      isSilent(run) ? 'broken off' : run.state,
      percent(share),
      messages,
      isRunning ? n(Math.round(messagesPerSecond)) : '',
      isRunning && leftMs !== null ? aboutWords(leftMs) : '',
      run.reason ?? '',
    ];
  });
  const heads = ['server', 'asked for', 'state', 'done', 'new messages', 'a second', 'left', 'why'];
  const stuck = (is: (run: ListedRun) => boolean, words: (ids: string[]) => string) => {
    const ids = [...new Set(runs.filter(is).map(({ guildId }) => guildId))];
    return ids.length > 0 ? [words(ids)] : [];
  };
  const commands = (ids: string[], verb: string) =>
    ids.map((id) => `  npx almanac ${verb} --guild ${id}`).join('\n');
  return [
    table(heads, cells),
    ...stuck(
      ({ state }) => state === 'paused',
      (ids) => `What is paused goes on with:\n${commands(ids, 'backfill resume')}`,
    ),
    ...stuck(
      isSilent,
      (ids) => `What is broken off goes on with npx almanac start, or with:\n${commands(ids, 'backfill')}`,
    ),
    ...stuck(
      ({ state }) => state === 'queued',
      () => 'What is queued is taken up by npx almanac start, or by the same command again.',
    ),
    ...stuck(
      (run) =>
        (run.state === 'partly' || run.state === 'failed') &&
        !runs.some((one) => one.guildId === run.guildId && one.askedAtMs > run.askedAtMs),
      (ids) => `What could not be read is tried again by:\n${commands(ids, 'backfill')}`,
    ),
  ].join('\n\n');
}
