import { EXIT, idArgument, withStore } from './context.ts';
import { type FormatOptions, isJson, table, terminalText, toJson, withFormat } from './format.ts';
import type { ListedJob } from './jobs-door.ts';
import type { Verb } from './main.ts';

interface Options extends FormatOptions {
  guild?: string;
}

/** `almanac jobs`: what runs by itself, what came of it last, and when it is next. */
export const jobs: Verb = {
  define(program, run) {
    withFormat(
      program
        .command('jobs')
        .description('list what runs by itself: when it last ran, what came of it, and when it runs next')
        .option('--guild <id>', 'of this server only', idArgument),
      'table',
    ).action((options: Options) =>
      run(async (context) => {
        const companion = await context.companion();
        const all = await withStore(context, (store) => companion.jobs(store, context.nowMs));
        const listed = all.filter(({ guildId }) => options.guild === undefined || guildId === options.guild);
        context.print(isJson(options) ? toJson(listed.map(forPrograms)) : jobsTable(listed));
        return EXIT.ok;
      }),
    );
  },
};

const jobsTable = (listed: readonly ListedJob[]): string =>
  table(
    ['job', 'server', 'last run (UTC)', 'took', 'outcome', 'next run (UTC)', 'note'],
    listed.map((job) => [
      job.job,
      job.guildId === '0' ? 'all' : terminalText(job.guildName ?? job.guildId),
      momentOf(job.startedAtMs) ?? 'never',
      job.durationMs === null ? '' : tookOf(job.durationMs),
      job.isRunning ? 'running' : outcomeOf(job),
      momentOf(job.nextAtMs) ?? 'when there is something to do',
      terminalText(job.note ?? ''),
    ]),
  );

const outcomeOf = ({ outcome, failures }: ListedJob): string =>
  failures > 1 ? `failed ${failures} times` : (outcome ?? '');

const momentOf = (ms: number | null): string | null =>
  ms === null ? null : new Date(ms).toISOString().slice(0, 16).replace('T', ' ');

function tookOf(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 7_200_000 ? `${Math.round(ms / 60_000)} min` : `${Math.round(ms / 3_600_000)} h`;
}

const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

function forPrograms({ startedAtMs, nextAtMs, ...job }: ListedJob): object {
  return { ...job, startedAt: timeOf(startedAtMs), nextAt: timeOf(nextAtMs) };
}
